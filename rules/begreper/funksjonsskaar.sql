-- Skåren som gjelder for hver funksjonsvariabel på statusdatoen, én rad per person og
-- variabel.
-- Kilde: kodeverk 9111 (variablene) og annotasjonene til 2018- og 2019-formatet (hver skår
-- har sin egen fra- og til-dato, til og med).
-- skaar: verdien. En skår uten verdi er ikke med.
-- hvem_hva er personen og variabelen i ett tall: skårer er fire av fem rader i meldingen.
-- Vår tolkning: gjelder flere skårer, er det den som begynte sist, så den siste i meldingen.
-- En umulig sluttdato betyr åpen. Den som ikke lever på statusdatoen, er ikke med, og heller
-- ikke variabler utenfor kodeverket.
-- Indeks: person_rad.
WITH variabel AS MATERIALIZED (
    SELECT CAST(kode AS INTEGER) AS nr
    FROM kode
    WHERE
        kodeverk = '9111'
        AND :aar BETWEEN coalesce(gyldig_fra, 0) AND coalesce(gyldig_til, 9999)
),

siste AS MATERIALIZED (
    SELECT
        f.person_rad * 100000 + CAST(f.fnFunkType AS INTEGER) AS hvem_hva,
        max(CAST(f.fnFraDato AS INTEGER) * 100000000000 + f.rad) % 100000000000 AS rad
    FROM funksjon AS f
    WHERE
        f.fnFunkVerdi <> ''
        AND f.fnFraDato <= :statusdato
        AND (f.fnTilDato >= :statusdato OR dagnr(f.fnTilDato) IS NULL)
    GROUP BY hvem_hva
)
SELECT
    f.person_rad,
    s.hvem_hva % 100000 AS variabel,
    f.fnFunkVerdi AS skaar
FROM siste AS s
INNER JOIN funksjon AS f ON f.rad = s.rad
INNER JOIN person_aar AS p ON p.person_rad = f.person_rad
WHERE
    p.lever
    AND s.hvem_hva % 100000 IN (SELECT v.nr FROM variabel AS v)
