-- Personer som mottar helsetjenester i hjemmet (15) i året, én rad per person.
-- Kilde: kodeverk 9151.
-- rad: den siste tjenesten (senest slutt, så senest start).
SELECT
    t.person_rad,
    CASE count(*)
        WHEN 1 THEN max(t.rad)
        ELSE (
            SELECT s.rad FROM aktiv_tjeneste AS s
            WHERE s.person_rad = t.person_rad AND s.type = 15
            ORDER BY s.til DESC, s.fra DESC, s.rad DESC
            LIMIT 1
        )
    END AS rad,
    max(t.per_statusdato) AS per_statusdato,
    t.alder
FROM aktiv_tjeneste AS t
WHERE t.type = 15
GROUP BY t.person_rad
