-- Personer med minst én av omsorgstjenestene i KOSTRAs tall for individuell plan, på
-- statusdatoen, én rad per person.
-- Kilde: SSBs definisjon KOSindplan0000: ikke langtidsopphold (21), tvang (14, 23, 24) eller
-- øyeblikkelig hjelp (25); til og med 2019 heller ikke nattopphold (22) og velferdsteknologi
-- (26–28). I 2019 mangler bolig (12, 13, 29).
-- rad: den siste av tjenestene.
-- Vår tolkning: unntakene gjelder tjenestene og ikke personen. Den som har langtidsopphold og
-- en annen tjeneste, er med.
SELECT
    person_rad,
    max(rad) AS rad
FROM aktiv_tjeneste
WHERE
    per_statusdato
    AND tellende
    AND type NOT IN (14, 21, 23, 24, 25)
    AND (:aar >= 2020 OR type NOT IN (22, 26, 27, 28))
    AND (:aar <> 2019 OR type_talt <> 29)
GROUP BY person_rad
