-- Hvor mange par av datoer på samme rad som står i riktig rekkefølge, én rad per par.
-- Kilde: som dato_feil_rekkefoelge, med samme avgrensning.
-- felt: datoen som skal komme sist. antall: parene, samme dag medregnet.
-- En dato med riktig form som ikke finnes i kalenderen (dato_umulig), er ikke skilt ut her.
-- En funksjonsvurdering har alltid begge datoene: det er sluttdatoene uten dem som er i feil
-- rekkefølge.
WITH utenfor AS MATERIALIZED (
    SELECT person_rad FROM person_aar WHERE dod_for_aaret
),

sekstende AS MATERIALIZED (
    SELECT rad FROM tjeneste_16 WHERE :aar <= 2018
),

tjenester AS MATERIALIZED (
    SELECT
        count(
            CASE
                WHEN
                    tjSoknadDato >= '19000101'
                    AND tjVedtDato BETWEEN tjSoknadDato AND '20991231'
                    AND (tjTilDato >= :fra OR coalesce(tjTilDato, '') = '')
                    THEN 1
            END
        ) AS vedtatt,
        count(
            CASE
                WHEN
                    tjVedtDato >= '19000101'
                    AND tjKlageMottatt BETWEEN tjVedtDato AND '20991231'
                    AND (tjTilDato >= :fra OR coalesce(tjTilDato, '') = '')
                    AND rad NOT IN (SELECT s.rad FROM sekstende AS s)
                    THEN 1
            END
        ) AS klaget,
        count(
            CASE
                WHEN
                    tjKlageMottatt >= '19000101'
                    AND tjKlageBesvart BETWEEN tjKlageMottatt AND '20991231'
                    AND (tjTilDato >= :fra OR coalesce(tjTilDato, '') = '')
                    AND rad NOT IN (SELECT s.rad FROM sekstende AS s)
                    THEN 1
            END
        ) AS besvart,
        count(
            CASE
                WHEN
                    tjFraDato >= '19000101'
                    AND tjTilDato BETWEEN tjFraDato AND '20991231'
                    AND tjVedtak IS NOT '1'
                    THEN 1
            END
        ) AS sluttet
    FROM tjeneste
    WHERE person_rad NOT IN (SELECT u.person_rad FROM utenfor AS u)
)
SELECT
    'tjVedtDato' AS felt,
    vedtatt AS antall
FROM tjenester
UNION ALL
SELECT
    'tjKlageMottatt',
    klaget
FROM tjenester
UNION ALL
SELECT
    'tjKlageBesvart',
    besvart
FROM tjenester
UNION ALL
SELECT
    'tjTilDato',
    sluttet
FROM tjenester
UNION ALL
SELECT
    'poTilDato',
    count(*)
FROM personoppl
WHERE
    poFraDato >= '19000101'
    AND poTilDato BETWEEN poFraDato AND '20991231'
    AND person_rad NOT IN (SELECT u.person_rad FROM utenfor AS u)
UNION ALL
SELECT
    'diTilDato',
    count(*)
FROM diagnose
WHERE
    diFraDato >= '19000101'
    AND diTilDato BETWEEN diFraDato AND '20991231'
    AND person_rad NOT IN (SELECT u.person_rad FROM utenfor AS u)
UNION ALL
SELECT
    'dgTilDato',
    count(*)
FROM dogntilbud
WHERE
    dgFraDato >= '19000101'
    AND dgTilDato BETWEEN dgFraDato AND '20991231'
    AND person_rad NOT IN (SELECT u.person_rad FROM utenfor AS u)
UNION ALL
SELECT
    'fnTilDato',
    total(v.antall)
    - (SELECT count(*) FROM dato_feil_rekkefoelge AS g WHERE g.felt = 'fnTilDato')
    - (
        SELECT total(s.antall) FROM utenfor AS u
        CROSS JOIN skaarsett AS s ON s.person_rad = u.person_rad
        WHERE s.fnTilDato BETWEEN '19000101' AND '20991231'
    )
FROM verdi AS v
WHERE v.tabell = 'funksjon' AND v.felt = 'fnTilDato' AND v.verdi BETWEEN '19000101' AND '20991231'
