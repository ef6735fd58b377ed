-- Bydelsnumrene i de fire kommunene som har bydeler, én rad per kommune og bydel, og
-- 00 = bydel er ikke brukt.
-- Kilde: SSBs klassifikasjon 103 per 2020; annotasjonene til 2019-formatet («00 dersom
-- bydeler ikke brukes»).
-- Vår tolkning: Bergens bydeler hadde de samme numrene da kommunen var 1201 (til og med
-- 2019), Trondheims da den var 1601 (til og med 2017). Endringer før og etter 2020 er
-- ikke kjent.
WITH kommuner AS (
    SELECT DISTINCT
        kommunenr,
        kommunenr AS liste
    FROM bydel
    UNION ALL
    SELECT
        '1201',
        '4601'
    UNION ALL
    SELECT
        '1601',
        '5001'
)
SELECT
    k.kommunenr,
    b.bydelsnr
FROM kommuner AS k
INNER JOIN bydel AS b ON b.kommunenr = k.liste
UNION
SELECT
    kommunenr,
    '00'
FROM kommuner
