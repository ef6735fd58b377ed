-- Hver tjeneste med timer per uke utenfor det tillatte området, én rad per TJENESTE.
-- Kilde: kontrollen av tjTimerUke i annotasjonene til 2018- og 2019-formatet (0,01–168).
-- timer: timetallet. forventet: området.
-- Vår tolkning: 0 timer er det samme som at timer ikke er oppgitt. Det er bare galt på
-- tjenester som skal ha timer, og ikke på avslag. Tjenester som sluttet før året, er ikke
-- med.
WITH omraade AS MATERIALIZED (
    SELECT
        CAST(krav AS REAL) AS minst,
        CAST(substr(krav, instr(krav, '..') + 2) AS REAL) AS mest,
        'område:' || krav AS forventet
    FROM felt_kontroll
    WHERE felt = 'tjTimerUke' AND kontroll = 'omraade'
),

utenfor AS MATERIALIZED (
    SELECT
        v.verdi,
        o.mest,
        o.forventet
    FROM verdi AS v
    CROSS JOIN omraade AS o
    WHERE
        v.tabell = 'tjeneste'
        AND v.felt = 'tjTimerUke'
        AND v.verdi <> ''
        AND CAST(v.verdi AS REAL) NOT BETWEEN o.minst AND o.mest
)
SELECT
    t.rad,
    t.person_rad,
    t.tjTimerUke AS timer,
    u.forventet
FROM (SELECT 1 FROM utenfor LIMIT 1) AS noen
CROSS JOIN tjeneste AS t
INNER JOIN utenfor AS u ON u.verdi = t.tjTimerUke
WHERE
    t.tjVedtak IS NOT '1'
    AND (coalesce(t.tjTilDato, '') >= :fra OR coalesce(dagnr(t.tjTilDato), 0) = 0)
    AND (
        CAST(t.tjTimerUke AS REAL) <> 0
        OR CAST(t.tjTjenType AS INTEGER) IN (
            SELECT k.type FROM krav_til_tjeneste AS k WHERE k.felt = 'tjTimerUke'
        )
    )
