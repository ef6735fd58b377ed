-- Hvor mange par av datoer på samme rad som står i riktig rekkefølge, én rad per par.
-- Kilde: som dato_feil_rekkefoelge, med samme avgrensning; de to er til sammen alle parene.
-- felt: datoen som skal komme sist.
WITH umulig AS MATERIALIZED (
    SELECT DISTINCT verdi FROM dato_umulig
),

utenfor AS MATERIALIZED (
    SELECT person_rad FROM person_aar WHERE dod_for_aaret
),

sekstende AS MATERIALIZED (
    SELECT rad FROM tjeneste_16 WHERE :aar <= 2018
)
SELECT
    'tjVedtDato' AS felt,
    count(*) AS antall
FROM tjeneste
WHERE
    tjSoknadDato BETWEEN '19000101' AND tjVedtDato
    AND tjVedtDato <= '20991231'
    AND tjSoknadDato NOT IN (SELECT verdi FROM umulig)
    AND tjVedtDato NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
    AND (tjTilDato >= :fra OR tjTilDato IN (SELECT verdi FROM umulig) OR coalesce(tjTilDato, '') = '')
UNION ALL
SELECT
    'tjKlageMottatt',
    count(*)
FROM tjeneste
WHERE
    tjVedtDato BETWEEN '19000101' AND tjKlageMottatt
    AND tjKlageMottatt <= '20991231'
    AND tjVedtDato NOT IN (SELECT verdi FROM umulig)
    AND tjKlageMottatt NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
    AND (tjTilDato >= :fra OR tjTilDato IN (SELECT verdi FROM umulig) OR coalesce(tjTilDato, '') = '')
    AND rad NOT IN (SELECT rad FROM sekstende)
UNION ALL
SELECT
    'tjKlageBesvart',
    count(*)
FROM tjeneste
WHERE
    tjKlageMottatt BETWEEN '19000101' AND tjKlageBesvart
    AND tjKlageBesvart <= '20991231'
    AND tjKlageMottatt NOT IN (SELECT verdi FROM umulig)
    AND tjKlageBesvart NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
    AND (tjTilDato >= :fra OR tjTilDato IN (SELECT verdi FROM umulig) OR coalesce(tjTilDato, '') = '')
    AND rad NOT IN (SELECT rad FROM sekstende)
UNION ALL
SELECT
    'tjTilDato',
    count(*)
FROM tjeneste
WHERE
    tjFraDato BETWEEN '19000101' AND tjTilDato
    AND tjTilDato <= '20991231'
    AND tjFraDato NOT IN (SELECT verdi FROM umulig)
    AND tjTilDato NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
    AND tjVedtak IS NOT '1'
UNION ALL
SELECT
    'poTilDato',
    count(*)
FROM personoppl
WHERE
    poFraDato BETWEEN '19000101' AND poTilDato
    AND poTilDato <= '20991231'
    AND poFraDato NOT IN (SELECT verdi FROM umulig)
    AND poTilDato NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
UNION ALL
SELECT
    'fnTilDato',
    count(*)
FROM funksjon
WHERE
    fnFraDato BETWEEN '19000101' AND fnTilDato
    AND fnTilDato <= '20991231'
    AND fnFraDato NOT IN (SELECT verdi FROM umulig)
    AND fnTilDato NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
UNION ALL
SELECT
    'diTilDato',
    count(*)
FROM diagnose
WHERE
    diFraDato BETWEEN '19000101' AND diTilDato
    AND diTilDato <= '20991231'
    AND diFraDato NOT IN (SELECT verdi FROM umulig)
    AND diTilDato NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
UNION ALL
SELECT
    'dgTilDato',
    count(*)
FROM dogntilbud
WHERE
    dgFraDato BETWEEN '19000101' AND dgTilDato
    AND dgTilDato <= '20991231'
    AND dgFraDato NOT IN (SELECT verdi FROM umulig)
    AND dgTilDato NOT IN (SELECT verdi FROM umulig)
    AND person_rad NOT IN (SELECT person_rad FROM utenfor)
