-- Hvor mange personer som mottok hver tjeneste i året og i fjor, én rad per tjenestetype
-- som er brukt i ett av årene; ingen rader når fjorårets innsending ikke kan sammenlignes
-- med årets.
-- Kilde: Helsedirektoratets tilbakemelding til kommunene (antall brukere per tjenestetype,
-- i år og i fjor); tellende i aktiv_tjeneste og fjor_tjeneste.
-- type: 12 og 13 leses som 29. 16 er ikke med: fra 2019 er den ingen tjeneste, men en
-- personopplysning. bolig: bolig kommunen disponerer (29).
WITH personer AS (
    SELECT
        type_talt AS type,
        count(DISTINCT person_rad) AS naa,
        0 AS foer
    FROM aktiv_tjeneste
    WHERE tellende
    GROUP BY type_talt
    UNION ALL
    SELECT
        type_talt,
        0,
        count(DISTINCT person_rad)
    FROM fjor_tjeneste
    GROUP BY type_talt
)
SELECT
    p.type,
    sum(p.naa) AS naa,
    sum(p.foer) AS foer,
    p.type = 29 AS bolig
FROM personer AS p
CROSS JOIN fjor_innsending AS f
WHERE p.type <> 16
GROUP BY p.type
