-- Hvor mange personer som mottok tjenester i året og i fjor, én rad per gruppe; ingen rader
-- når fjorårets innsending ikke kan sammenlignes med årets.
-- Kilde: tjenestemottaker og fjor_tjeneste (mottakere i løpet av året, en person telles én
-- gang); Helsedirektoratet, Kommunale helse- og omsorgstjenester (store utslag for 0–17 år).
-- gruppe: 'alle', eller 'barn' (0–17 år ved utgangen av hvert år).
WITH naa AS (
    SELECT
        count(DISTINCT person_rad) AS alle,
        count(DISTINCT CASE WHEN alder < 18 THEN person_rad END) AS barn
    FROM aktiv_tjeneste
    WHERE tellende
),

foer AS (
    SELECT
        count(DISTINCT person_rad) AS alle,
        count(DISTINCT CASE WHEN alder < 18 THEN person_rad END) AS barn
    FROM fjor_tjeneste
)
SELECT
    'alle' AS gruppe,
    n.alle AS naa,
    f.alle AS foer
FROM naa AS n
CROSS JOIN foer AS f
CROSS JOIN fjor_innsending AS i
UNION ALL
SELECT
    'barn',
    n.barn,
    f.barn
FROM naa AS n
CROSS JOIN foer AS f
CROSS JOIN fjor_innsending AS i
