-- Personer med tidsbegrenset opphold i institusjon i året, én rad per person:
-- 18 utredning/behandling, 19 habilitering/rehabilitering, 20 annet.
-- Kilde: kodeverk 9151. Avlastning (8), øyeblikkelig hjelp (25), nattopphold (22)
-- og dagopphold (17) er egne begreper.
-- fra, til: første start og siste slutt; til er 99991231 når det ikke er avsluttet.
-- rad, enhet: den siste tjenesten (senest slutt, så senest start).
-- Indeks: person_rad.
WITH samlet AS (
    SELECT
        person_rad,
        max(til || fra || printf('%012d', rad)) AS siste,
        max(per_statusdato) AS per_statusdato,
        min(fra) AS fra,
        max(til) AS til
    FROM aktiv_tjeneste
    WHERE type IN (18, 19, 20)
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
