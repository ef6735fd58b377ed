-- Tjenestene i gang i året med ressursinnsats per uke, én rad per TJENESTE.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 2018 (ressursinnsatsen er lik eller
-- større enn timene: større når flere ansatte må hjelpe samtidig, lik når det er én).
-- ressurs: tjResTimerUke. timer: tjTimerUke, tom når den mangler. har_timer: mer enn 0 timer.
-- Vår tolkning: 0 er det samme som ikke oppgitt.
SELECT
    a.rad,
    a.person_rad,
    a.timer,
    coalesce(a.timer > 0, 0) AS har_timer,
    CAST(t.tjResTimerUke AS REAL) AS ressurs
FROM tjeneste AS t
CROSS JOIN aktiv_tjeneste AS a ON a.person_rad = t.person_rad AND a.rad = t.rad
WHERE t.tjResTimerUke > '' AND CAST(t.tjResTimerUke AS REAL) > 0
