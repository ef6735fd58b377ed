-- Hvor mange personer som har trygghetsalarm (6) og lokaliseringsteknologi (26, GPS) i året
-- og i fjor, og hvor mye den ene har falt og den andre økt: én rad, eller ingen når årene
-- ikke kan sammenlignes eller ingen har noen av delene.
-- Kilde: Helsedirektoratet, Kommunale helse- og omsorgstjenester: GPS er meldt som
-- trygghetsalarm, og omvendt. Tallene er begrepet tjeneste_to_aar.
-- nedgang: hvor mange færre personer det er på den som falt. oppgang: hvor mange flere på
-- den andre. nivaa: hvor mange den som falt, hadde i fjor. nedgang og oppgang er 0 når de to
-- ikke går hver sin vei.
WITH personer AS (
    SELECT
        total(CASE WHEN type = 6 THEN naa END) AS alarm,
        total(CASE WHEN type = 6 THEN foer END) AS alarm_i_fjor,
        total(CASE WHEN type = 26 THEN naa END) AS gps,
        total(CASE WHEN type = 26 THEN foer END) AS gps_i_fjor
    FROM tjeneste_to_aar
    WHERE type IN (6, 26)
    HAVING count(*) > 0
),

endring AS (
    SELECT
        *,
        alarm_i_fjor - alarm AS faerre_alarm,
        gps_i_fjor - gps AS faerre_gps,
        (alarm_i_fjor - alarm) * (gps_i_fjor - gps) < 0 AS hver_sin_vei
    FROM personer
)
SELECT
    CAST(alarm AS INTEGER) AS alarm,
    CAST(alarm_i_fjor AS INTEGER) AS alarm_i_fjor,
    CAST(gps AS INTEGER) AS gps,
    CAST(gps_i_fjor AS INTEGER) AS gps_i_fjor,
    CASE WHEN hver_sin_vei THEN max(faerre_alarm, faerre_gps) ELSE 0 END AS nedgang,
    CASE WHEN hver_sin_vei THEN max(-faerre_alarm, -faerre_gps) ELSE 0 END AS oppgang,
    CASE WHEN faerre_gps > faerre_alarm THEN gps_i_fjor ELSE alarm_i_fjor END AS nivaa
FROM endring
