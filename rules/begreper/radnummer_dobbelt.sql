-- Hver rad i en klasse der personen har to rader med samme nummer: alle personens rader i
-- klassen, med om nummeret alt er brukt (brukt_foer).
-- Kilde: nøklene i annotasjonene til 2018- og 2019-formatet: PERSONOPPL er poPeID + poPoID,
-- FUNKSJON fnPeID + fnFnID, TJENESTE tjPeID + tjTjID, DIAGNOSE diPeID + diDiID, DOGNTILBUD
-- dgPeID + dgDgID, med fortløpende nummerering.
-- Først finnes personene det gjelder, for nesten ingen har slike rader, og det er mange rader.
WITH rader AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        'poPoID' AS felt,
        poPoID AS nummer
    FROM personoppl
    WHERE person_rad IN (
        SELECT b.person_rad
        FROM personoppl AS b
        GROUP BY b.person_rad
        HAVING count(*) > count(DISTINCT b.poPoID)
    )
    UNION ALL
    SELECT
        rad,
        person_rad,
        'fnFnID' AS felt,
        fnFnID AS nummer
    FROM funksjon
    WHERE person_rad IN (
        SELECT b.person_rad
        FROM funksjon AS b
        GROUP BY b.person_rad
        HAVING count(*) > count(DISTINCT b.fnFnID)
    )
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjTjID' AS felt,
        tjTjID AS nummer
    FROM tjeneste
    WHERE person_rad IN (
        SELECT b.person_rad
        FROM tjeneste AS b
        GROUP BY b.person_rad
        HAVING count(*) > count(DISTINCT b.tjTjID)
    )
    UNION ALL
    SELECT
        rad,
        person_rad,
        'diDiID' AS felt,
        diDiID AS nummer
    FROM diagnose
    WHERE person_rad IN (
        SELECT b.person_rad
        FROM diagnose AS b
        GROUP BY b.person_rad
        HAVING count(*) > count(DISTINCT b.diDiID)
    )
    UNION ALL
    SELECT
        rad,
        person_rad,
        'dgDgID' AS felt,
        dgDgID AS nummer
    FROM dogntilbud
    WHERE person_rad IN (
        SELECT b.person_rad
        FROM dogntilbud AS b
        GROUP BY b.person_rad
        HAVING count(*) > count(DISTINCT b.dgDgID)
    )
)
SELECT
    rad,
    person_rad,
    felt,
    row_number() OVER (PARTITION BY person_rad, felt, nummer ORDER BY rad) > 1 AS brukt_foer
FROM rader
