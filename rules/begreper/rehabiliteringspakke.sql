-- Personer med tjenestene som til sammen kjennetegner en «rehabiliteringspakke»,
-- én rad per person: praktisk bistand – opplæring (2) og helsetjenester i hjemmet (15)
-- samtidig i året, og oppnevnt koordinator eller virksom individuell plan.
-- Kilde: eksemplene i Helsedirektoratets brev 05.05.2015 (15/4122-1).
-- rad: den siste tjenesten med opplæring.
-- meldt: habilitering eller rehabilitering er meldt eller nevnt på annen måte:
-- som tjeneste 16 (også avslag), med poHab = ja, eller med dato uten svar.
-- Vår tolkning: samtidig betyr minst én felles dag i året.
WITH samtidig AS (
    SELECT
        o.person_rad,
        max(o.fra || printf('%012d', o.rad)) AS siste
    FROM aktiv_tjeneste AS o
    INNER JOIN aktiv_tjeneste AS h ON h.person_rad = o.person_rad
    WHERE
        o.type = 2
        AND h.type = 15
        AND max(o.fra, h.fra, :fra) <= min(o.til, h.til, :til)
    GROUP BY o.person_rad
)
SELECT
    s.person_rad,
    CAST(substr(s.siste, 9) AS INTEGER) AS rad,
    s.person_rad IN (SELECT r.person_rad FROM rehabilitering_hjemme AS r)
    OR s.person_rad IN (SELECT t.person_rad FROM tjeneste_16 AS t)
    OR s.person_rad IN (
        SELECT p.person_rad FROM rehabilitering_opplyst AS p
        WHERE p.dato_gitt AND NOT p.besvart AND :aar >= 2019
    ) AS meldt
FROM samtidig AS s
INNER JOIN plan_og_koordinator AS k ON k.person_rad = s.person_rad
WHERE k.koordinator = 'oppnevnt' OR k.plan = 'virksom'
