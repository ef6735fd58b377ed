-- Hvor mange personer som har trygghetsalarm (6) og lokaliseringsteknologi (26, GPS) i året
-- og i året før, én rad for innsendingen. Fjoråret er fjorårets melding.
-- Kilde: kodeverk 9151; Helsedirektoratet, Kommunale helse- og omsorgstjenester: GPS er
-- meldt som trygghetsalarm, og omvendt.
-- nedgang: personer den ene er blitt færre. oppgang: personer den andre er blitt flere.
-- Begge er 0 når de to ikke går hver sin vei. nivaa: hvor mange den som falt, var i fjor.
-- fra_gps: det er GPS som er blitt færre.
-- Vår tolkning: en tjeneste hører til året når den er i gang minst én dag og ikke er et
-- avslag. Hvert år telles personen én gang per type.
WITH naa AS (
    SELECT
        count(DISTINCT CASE WHEN type = 6 THEN person_rad END) AS alarm,
        count(DISTINCT CASE WHEN type = 26 THEN person_rad END) AS gps
    FROM aktiv_tjeneste
    WHERE type IN (6, 26)
),

fjoraaret AS (
    SELECT
        count(DISTINCT CASE WHEN CAST(tjTjenType AS INTEGER) = 6 THEN person_rad END) AS alarm,
        count(DISTINCT CASE WHEN CAST(tjTjenType AS INTEGER) = 26 THEN person_rad END) AS gps
    FROM fjor.tjeneste
    WHERE
        CAST(tjTjenType AS INTEGER) IN (6, 26)
        AND tjVedtak IS NOT '1'
        AND dagnr(tjFraDato) IS NOT NULL
        AND tjFraDato < :fra
        AND (
            dagnr(tjTilDato) IS NULL
            OR CAST(tjTilDato AS INTEGER) >= CAST(:fra AS INTEGER) - 10000
        )
),

endring AS (
    SELECT
        n.alarm,
        n.gps,
        f.alarm AS alarm_i_fjor,
        f.gps AS gps_i_fjor,
        f.alarm - n.alarm AS faerre_alarm,
        f.gps - n.gps AS faerre_gps,
        (f.alarm - n.alarm) * (f.gps - n.gps) < 0 AS hver_sin_vei
    FROM naa AS n
    CROSS JOIN fjoraaret AS f
)
SELECT
    alarm,
    gps,
    alarm_i_fjor,
    gps_i_fjor,
    CASE WHEN hver_sin_vei THEN max(faerre_alarm, faerre_gps) ELSE 0 END AS nedgang,
    CASE WHEN hver_sin_vei THEN max(-faerre_alarm, -faerre_gps) ELSE 0 END AS oppgang,
    faerre_gps > faerre_alarm AS fra_gps,
    CASE WHEN faerre_gps > faerre_alarm THEN gps_i_fjor ELSE alarm_i_fjor END AS nivaa
FROM endring
