-- Skåren som gjelder for hver funksjonsvariabel på statusdatoen, én rad per person og
-- variabel.
-- Kilde: kodeverk 9111 (variablene) og annotasjonene til 2018- og 2019-formatet (hver skår
-- har sin egen fra- og til-dato, til og med).
-- skaar: verdien. En skår uten verdi er ikke med.
-- Vår tolkning: gjelder flere skårer, er det den som begynte sist, så den siste i meldingen.
-- En umulig sluttdato betyr åpen. Den som ikke lever på statusdatoen, er ikke med, og heller
-- ikke variabler utenfor kodeverket.
WITH variabel AS MATERIALIZED (
    SELECT CAST(kode AS INTEGER) AS nr
    FROM kode
    WHERE
        kodeverk = '9111'
        AND :aar BETWEEN coalesce(gyldig_fra, 0) AND coalesce(gyldig_til, 9999)
),

siste AS (
    SELECT
        f.person_rad,
        CAST(f.fnFunkType AS INTEGER) AS variabel,
        max(f.fnFraDato || printf('%012d', f.rad) || f.fnFunkVerdi) AS skaaret
    FROM funksjon AS f
    WHERE
        f.fnFunkVerdi <> ''
        AND f.fnFraDato <= :statusdato
        AND (f.fnTilDato >= :statusdato OR dagnr(f.fnTilDato) IS NULL)
    GROUP BY f.person_rad, CAST(f.fnFunkType AS INTEGER)
)
SELECT
    s.person_rad,
    s.variabel,
    substr(s.skaaret, 21) AS skaar
FROM siste AS s
INNER JOIN person_aar AS p ON p.person_rad = s.person_rad
WHERE
    p.lever
    AND NOT p.dod_for_aaret
    AND s.variabel IN (SELECT v.nr FROM variabel AS v)
