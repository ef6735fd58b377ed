-- Hvor mange id-numre som er oppgitt og har riktig form, én rad per id-felt.
-- Kilde: tabellene selv, uten dem i id_avvik.
-- pePeID: bare personer med minst én post, for det er posten nummeret binder til
-- personen.
WITH vedtak AS MATERIALIZED (
    SELECT
        count(*) AS tjenester,
        count(CASE WHEN tjVeID <> '' THEN 1 END) AS nummer,
        count(CASE WHEN tjVeNrID <> '' THEN 1 END) AS loepenummer
    FROM tjeneste
)
SELECT
    'pePeID' AS felt,
    count(*) AS antall
FROM person AS p
WHERE
    p.rad NOT IN (SELECT a.rad FROM id_avvik AS a WHERE a.felt = 'pePeID')
    AND (
        EXISTS (SELECT 1 FROM tjeneste AS b WHERE b.person_rad = p.rad)
        OR EXISTS (SELECT 1 FROM personoppl AS b WHERE b.person_rad = p.rad)
        OR EXISTS (SELECT 1 FROM skaarsett AS b WHERE b.person_rad = p.rad)
        OR EXISTS (SELECT 1 FROM diagnose AS b WHERE b.person_rad = p.rad)
        OR EXISTS (SELECT 1 FROM dogntilbud AS b WHERE b.person_rad = p.rad)
    )
UNION ALL
SELECT
    'poPoID',
    count(*) - (SELECT count(*) FROM id_avvik AS a WHERE a.felt = 'poPoID')
FROM personoppl
UNION ALL
SELECT
    'fnFnID',
    count(*) - (SELECT count(*) FROM id_avvik AS a WHERE a.felt = 'fnFnID')
FROM funksjon
UNION ALL
SELECT
    'tjTjID',
    tjenester - (SELECT count(*) FROM id_avvik AS a WHERE a.felt = 'tjTjID')
FROM vedtak
UNION ALL
SELECT
    'tjVeID',
    nummer - (SELECT count(*) FROM id_avvik AS a WHERE a.felt = 'tjVeID')
FROM vedtak
UNION ALL
SELECT
    'tjVeNrID',
    loepenummer - (SELECT count(*) FROM id_avvik AS a WHERE a.felt = 'tjVeNrID')
FROM vedtak
UNION ALL
SELECT
    'diDiID',
    count(*) - (SELECT count(*) FROM id_avvik AS a WHERE a.felt = 'diDiID')
FROM diagnose
UNION ALL
SELECT
    'dgDgID',
    count(*) - (SELECT count(*) FROM id_avvik AS a WHERE a.felt = 'dgDgID')
FROM dogntilbud
