-- Hver PERSONOPPL-rad som overlapper året, én rad per PERSONOPPL.
-- Kilde: annotasjonene til 2019-formatet (nøkkelen poPeID + poPoID, egne fra- og
-- til-datoer, til og med). Om raden er et helt bilde eller bare det som er endret,
-- er ikke kjent; ingen begreper bygger på det.
-- fra: startdatoen, tom når den mangler (har da alltid vært). til: sluttdatoen,
-- 99991231 når raden er åpen.
-- startet: raden begynte senest på personens referansedag (statusdatoen når personen har
-- en tjeneste i gang da, ellers den siste dagen med tjeneste, ellers statusdatoen).
-- dekker: raden gjaldt på referansedagen. Flere rader kan dekke den.
-- nr: radens nummer innen personen, eldst først: startdato, så poPoID, så rekkefølgen
-- i filen.
-- Vår tolkning: tom og umulig dato er det samme som manglende, og rader for den som
-- døde før året, er ikke med.
-- Nøkkel: rad.
-- Indeks: person_rad.
WITH dag AS MATERIALIZED (
    SELECT
        person_rad,
        max(til) AS ref
    FROM aktiv_tjeneste
    WHERE fra <= :statusdato
    GROUP BY person_rad
    HAVING max(til) < :statusdato
),

flere AS MATERIALIZED (
    SELECT person_rad FROM personoppl
    GROUP BY person_rad
    HAVING count(*) > 1
),

datert AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        CAST(poPoID AS INTEGER) AS id,
        CASE WHEN dagnr(poFraDato) IS NOT NULL THEN poFraDato END AS fra,
        CASE
            WHEN poTilDato < '99991231' AND dagnr(poTilDato) IS NOT NULL THEN poTilDato
            ELSE '99991231'
        END AS til
    FROM personoppl
    WHERE person_rad NOT IN (SELECT p.person_rad FROM person_aar AS p WHERE p.dod_for_aaret)
),

nummerert AS (
    SELECT
        rad,
        person_rad,
        1 AS nr,
        fra,
        til
    FROM datert
    WHERE
        person_rad NOT IN (SELECT f.person_rad FROM flere AS f)
        AND coalesce(fra, '') <= :til
        AND til >= :fra
    UNION ALL
    SELECT
        rad,
        person_rad,
        row_number() OVER (PARTITION BY person_rad ORDER BY fra, id, rad),
        fra,
        til
    FROM datert
    WHERE
        person_rad IN (SELECT f.person_rad FROM flere AS f)
        AND coalesce(fra, '') <= :til
        AND til >= :fra
)
SELECT
    n.rad,
    n.person_rad,
    n.nr,
    n.fra,
    n.til,
    coalesce(n.fra, '') <= coalesce(d.ref, :statusdato) AS startet,
    coalesce(n.fra, '') <= coalesce(d.ref, :statusdato) AND n.til >= coalesce(d.ref, :statusdato)
        AS dekker
FROM nummerert AS n
LEFT JOIN dag AS d ON d.person_rad = n.person_rad
