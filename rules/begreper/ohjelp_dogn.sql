-- Personer med kommunal øyeblikkelig hjelp, døgnopphold (25), i året, én rad per person.
-- Kilde: kodeverk 9151. Ikke det samme som tidsbegrenset opphold (18–20).
-- fra, til: første start og siste slutt; til er 99991231 når det ikke er avsluttet.
-- rad, enhet: den siste tjenesten (senest slutt, så senest start).
WITH samlet AS (
    SELECT
        person_rad,
        max(til || fra || printf('%012d', rad)) AS siste,
        max(per_statusdato) AS per_statusdato,
        min(fra) AS fra,
        max(til) AS til
    FROM aktiv_tjeneste
    WHERE type = 25
    GROUP BY person_rad
)
SELECT
    s.person_rad,
    t.rad,
    s.fra,
    s.til,
    s.per_statusdato,
    t.enhet,
    t.alder
FROM samlet AS s
INNER JOIN aktiv_tjeneste AS t
    ON t.person_rad = s.person_rad AND t.rad = CAST(substr(s.siste, 17) AS INTEGER)
