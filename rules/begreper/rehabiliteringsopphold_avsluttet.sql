-- Opphold for habilitering eller rehabilitering (19) som ble avsluttet i året,
-- én rad per opphold.
-- Kilde: kodeverk 9151. Avslag og opphold som ikke er startet, er ikke med.
-- Vår tolkning: et opphold som endte med at personen døde, er ikke med, for da er det
-- ingen utskriving å vurdere funksjonen ved.
-- Indeks: person_rad, rad.
SELECT
    o.rad,
    o.person_rad,
    dagnr(o.fra) AS fra_dag,
    dagnr(o.til) AS til_dag
FROM opphold_rehabilitering AS o
INNER JOIN person_aar AS p ON p.person_rad = o.person_rad
WHERE o.til BETWEEN :fra AND :statusdato AND o.til <> coalesce(p.dod, '')
