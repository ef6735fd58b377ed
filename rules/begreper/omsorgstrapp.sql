-- Hvem som står på hvert trinn i omsorgstrappen på statusdatoen, én rad per person og trinn.
-- Kilde: omsorgstrappen i Helsedirektoratets gjennomgang av rapporteringen 31.08.2018.
-- trinn: bare de trinnene meldingen sier noe om. Forebyggende tiltak, eldresenter, vaktmester
-- og hjelpemidler, arbeid og palliativ enhet kan ikke leses av den.
-- En person kan stå på flere trinn, og telles på hvert av dem.
-- Vår tolkning: hvilke tjenester som hører til hvert trinn; bolig med heldøgns omsorg er bolig
-- (29) der poHeldg er ja på statusdatoen. Før 2019 fantes ikke poHeldg, så all bolig er da ett
-- trinn. Bare tjenester som teller i statistikken, er med.
SELECT DISTINCT
    a.person_rad,
    CASE
        WHEN a.type = 6 THEN 'trygghetsalarm'
        WHEN a.type IN (1, 2) THEN 'hjemmehjelp'
        WHEN a.type = 4 THEN 'dagsenter'
        WHEN a.type = 15 THEN 'hjemmesykepleie'
        WHEN a.type_talt = 29 AND h.person_rad > 0 THEN 'bolig_heldoegn'
        WHEN a.type_talt = 29 THEN 'bolig'
        WHEN a.type = 11 THEN 'omsorgsstoenad'
        WHEN a.type = 3 THEN 'bpa'
        WHEN a.type IN (8, 18, 20) THEN 'korttid'
        WHEN a.type = 19 THEN 'rehabilitering'
        ELSE 'langtid'
    END AS trinn
FROM aktiv_tjeneste AS a
LEFT JOIN heldoegnstilbud AS h ON h.person_rad = a.person_rad
WHERE
    a.per_statusdato
    AND a.tellende
    AND a.type_talt IN (1, 2, 3, 4, 6, 8, 11, 15, 18, 19, 20, 21, 29)
