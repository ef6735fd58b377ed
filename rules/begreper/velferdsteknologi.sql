-- Hvilken velferdsteknologi mottakerne av tjenester har i året, én rad per person.
-- Kilde: Helsedirektoratets tall for velferdsteknologi (personer i løpet av året): kodeverk
-- 9151, trygghetsalarm (6), lokaliseringsteknologi (26), elektronisk medisineringsstøtte (27) og
-- digitalt tilsyn (28). Mottakerne er de samme som i tjenestemottaker.
-- rad: den siste teknologien, ellers den siste tjenesten.
SELECT
    person_rad,
    coalesce(max(CASE WHEN type IN (6, 26, 27, 28) THEN rad END), max(rad)) AS rad,
    max(type = 6) AS alarm,
    max(type = 26) AS lokalisering,
    max(type = 27) AS medisinering,
    max(type = 28) AS tilsyn,
    max(CASE WHEN type IN (6, 26, 27, 28) THEN rad END) IS NOT NULL AS noe
FROM aktiv_tjeneste
WHERE tellende
GROUP BY person_rad
