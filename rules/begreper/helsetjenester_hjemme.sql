-- Personer som mottar helsetjenester i hjemmet (15) i året, én rad per person.
-- Kilde: kodeverk 9151.
-- rad: den siste tjenesten (senest slutt, så senest start).
SELECT
    person_rad,
    CAST(substr(max(til || fra || printf('%012d', rad)), 17) AS INTEGER) AS rad,
    max(per_statusdato) AS per_statusdato,
    max(alder) AS alder
FROM aktiv_tjeneste
WHERE type = 15
GROUP BY person_rad
