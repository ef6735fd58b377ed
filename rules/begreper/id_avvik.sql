-- Hvert id-nummer som ikke har formen kontrollen krever, én rad per post og id-felt.
-- Kilde: kontrollen av datatype for nøklene i annotasjonene til 2018- og 2019-formatet
-- (1–10 siffer; vedtakets numre bare siffer).
-- Et nummer skjemaet ikke godtar (noe annet enn et heltall), har skjemaet sagt fra om.
-- Et personnummer brukt som id har sin egen regel. Postens henvisning til personen
-- (…PeID) følger personens eget nummer og meldes bare når den er skrevet annerledes.
-- Skjemaet tillater bare siffer med eller uten fortegn; et nummer under '0' som tekst
-- har altså fortegn.
WITH lange AS (
    SELECT
        rad,
        'person' AS tabell,
        'pePeID' AS felt,
        pePeID AS id
    FROM person
    WHERE length(pePeID) > 10 OR pePeID < '0'
    UNION ALL
    SELECT
        rad,
        'personoppl',
        'poPoID',
        poPoID
    FROM personoppl
    WHERE length(poPoID) > 10 OR poPoID < '0'
    UNION ALL
    SELECT
        rad,
        'funksjon',
        'fnFnID',
        fnFnID
    FROM funksjon
    WHERE length(fnFnID) > 10 OR fnFnID < '0'
    UNION ALL
    SELECT
        rad,
        'tjeneste',
        'tjTjID',
        tjTjID
    FROM tjeneste
    WHERE length(tjTjID) > 10 OR tjTjID < '0'
    UNION ALL
    SELECT
        rad,
        'tjeneste',
        'tjVeID',
        tjVeID
    FROM tjeneste
    WHERE tjVeID < '0'
    UNION ALL
    SELECT
        rad,
        'tjeneste',
        'tjVeNrID',
        tjVeNrID
    FROM tjeneste
    WHERE tjVeNrID < '0'
    UNION ALL
    SELECT
        rad,
        'diagnose',
        'diDiID',
        diDiID
    FROM diagnose
    WHERE length(diDiID) > 10 OR diDiID < '0'
    UNION ALL
    SELECT
        rad,
        'dogntilbud',
        'dgDgID',
        dgDgID
    FROM dogntilbud
    WHERE length(dgDgID) > 10 OR dgDgID < '0'
),

henvisninger AS (
    SELECT
        b.rad,
        'personoppl' AS tabell,
        'poPeID' AS felt,
        b.poPeID AS id,
        p.pePeID AS person
    FROM personoppl AS b
    INNER JOIN person AS p ON p.rad = b.person_rad
    WHERE length(b.poPeID) > 10 OR b.poPeID < '0'
    UNION ALL
    SELECT
        b.rad,
        'funksjon',
        'fnPeID',
        b.fnPeID,
        p.pePeID
    FROM funksjon AS b
    INNER JOIN person AS p ON p.rad = b.person_rad
    WHERE length(b.fnPeID) > 10 OR b.fnPeID < '0'
    UNION ALL
    SELECT
        b.rad,
        'tjeneste',
        'tjPeID',
        b.tjPeID,
        p.pePeID
    FROM tjeneste AS b
    INNER JOIN person AS p ON p.rad = b.person_rad
    WHERE length(b.tjPeID) > 10 OR b.tjPeID < '0'
    UNION ALL
    SELECT
        b.rad,
        'diagnose',
        'diPeID',
        b.diPeID,
        p.pePeID
    FROM diagnose AS b
    INNER JOIN person AS p ON p.rad = b.person_rad
    WHERE length(b.diPeID) > 10 OR b.diPeID < '0'
    UNION ALL
    SELECT
        b.rad,
        'dogntilbud',
        'dgPeID',
        b.dgPeID,
        p.pePeID
    FROM dogntilbud AS b
    INNER JOIN person AS p ON p.rad = b.person_rad
    WHERE length(b.dgPeID) > 10 OR b.dgPeID < '0'
),

samlet AS (
    SELECT
        rad,
        tabell,
        felt,
        id
    FROM lange
    UNION ALL
    SELECT
        rad,
        tabell,
        felt,
        id
    FROM henvisninger
    WHERE id <> person AND ltrim(id, '+0') = ltrim(person, '+0')
)
SELECT
    s.rad,
    s.felt,
    k.konsekvens,
    k.sikkerhet,
    k.alvorlighet,
    CASE WHEN k.konsekvens = 'rad' THEN 'tall:1..10' ELSE 'tall:1..' END AS forventet
FROM samlet AS s
INNER JOIN felt_kontroll AS k ON k.tabell = s.tabell AND k.felt = s.felt AND k.kontroll = 'datatype'
WHERE
    treff('[-+]?[0-9]+', s.id)
    AND printf('%20s', ltrim(s.id, '+-0')) <= ' 9223372036854775807'
    AND NOT treff(k.krav, s.id)
    AND NOT er_personnummer(s.id)
