-- Hver rad i en klasse der personen har to rader med samme nummer: alle personens rader i
-- klassen, med om nummeret alt er brukt (brukt_foer).
-- Kilde: nøklene i annotasjonene til 2018- og 2019-formatet: PERSONOPPL er poPeID + poPoID,
-- FUNKSJON fnPeID + fnFnID, TJENESTE tjPeID + tjTjID, DIAGNOSE diPeID + diDiID, DOGNTILBUD
-- dgPeID + dgDgID, med fortløpende nummerering.
-- Først finnes personene det kan gjelde (id_uvanlig), for nesten ingen har slike rader, og det
-- er mange rader.
WITH rader AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        'poPoID' AS felt,
        poPoID AS nummer
    FROM personoppl
    WHERE person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
    UNION ALL
    SELECT
        f.rad,
        f.person_rad,
        'fnFnID',
        f.fnFnID
    FROM id_uvanlig AS u
    CROSS JOIN skaarsett AS s ON s.person_rad = u.person_rad
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjTjID',
        tjTjID
    FROM tjeneste
    WHERE person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
    UNION ALL
    SELECT
        rad,
        person_rad,
        'diDiID',
        diDiID
    FROM diagnose
    WHERE person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
    UNION ALL
    SELECT
        rad,
        person_rad,
        'dgDgID',
        dgDgID
    FROM dogntilbud
    WHERE person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
),

dobbelte AS MATERIALIZED (
    SELECT
        person_rad,
        felt
    FROM rader
    GROUP BY person_rad, felt
    HAVING count(*) > count(DISTINCT nummer)
)
SELECT
    r.rad,
    r.person_rad,
    r.felt,
    row_number() OVER (PARTITION BY r.person_rad, r.felt, r.nummer ORDER BY r.rad) > 1 AS brukt_foer
FROM dobbelte AS d
INNER JOIN rader AS r ON r.person_rad = d.person_rad AND r.felt = d.felt
