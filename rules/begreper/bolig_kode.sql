-- Tjenestene med bolig som kommunen disponerer, og koden de er meldt med, én rad per
-- TJENESTE som gjelder året, også avslag og tjenester som ikke er startet.
-- Kilde: kodeverk 9151: 12 og 13 gjaldt til og med 2018, og er 29 fra 2019.
-- gammel: meldt med en kode som ikke gjelder i dataåret.
-- Rader som sluttet før året, var riktig kodet og er ikke med; heller ikke rader som først
-- begynner etter det (tjeneste_neste_aar), eller døde før året.
WITH koder AS MATERIALIZED (
    SELECT
        CAST(kode AS INTEGER) AS type,
        :aar > coalesce(gyldig_til, 9999) AS gammel
    FROM kode
    WHERE kodeverk = '9151' AND kode IN ('12', '13', '29')
)
SELECT
    t.rad,
    t.person_rad,
    k.type,
    k.gammel
FROM tjeneste AS t
CROSS JOIN koder AS k ON k.type = CAST(t.tjTjenType AS INTEGER)
CROSS JOIN person_aar AS p ON p.person_rad = t.person_rad
WHERE
    p.dod_for_aaret = 0
    AND (t.tjTilDato >= :fra OR dagnr(t.tjTilDato) IS NULL)
    AND t.rad NOT IN (SELECT n.rad FROM tjeneste_neste_aar AS n)
