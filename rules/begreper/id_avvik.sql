-- Hvert id-nummer som ikke har formen kontrollen krever, én rad per post og id-felt.
-- Kilde: kontrollen av datatype for nøklene i annotasjonene til 2018- og 2019-formatet
-- (1–10 siffer; vedtakets numre bare siffer).
-- Et nummer skjemaet ikke godtar (noe annet enn et heltall), har skjemaet sagt fra om.
-- Et personnummer brukt som id har sin egen regel. Postens henvisning til personen
-- (…PeID) følger personens eget nummer og meldes bare når den er skrevet annerledes.
-- Skjemaet tillater bare siffer med eller uten fortegn; et nummer under '0' som tekst
-- har altså fortegn.
WITH poster AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        'personoppl' AS tabell,
        'poPoID' AS felt,
        poPoID AS id,
        'poPeID' AS personfelt,
        poPeID AS person
    FROM personoppl
    WHERE
        person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
        AND (length(poPoID) > 10 OR poPoID < '0' OR length(poPeID) > 10 OR poPeID < '0')
    UNION ALL
    SELECT
        f.rad,
        f.person_rad,
        'funksjon',
        'fnFnID',
        f.fnFnID,
        'fnPeID',
        f.fnPeID
    FROM id_uvanlig AS u
    CROSS JOIN skaarsett AS s ON s.person_rad = u.person_rad
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    WHERE length(f.fnFnID) > 10 OR f.fnFnID < '0' OR length(f.fnPeID) > 10 OR f.fnPeID < '0'
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjeneste',
        'tjTjID',
        tjTjID,
        'tjPeID',
        tjPeID
    FROM tjeneste
    WHERE
        person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
        AND (length(tjTjID) > 10 OR tjTjID < '0' OR length(tjPeID) > 10 OR tjPeID < '0')
    UNION ALL
    SELECT
        rad,
        person_rad,
        'diagnose',
        'diDiID',
        diDiID,
        'diPeID',
        diPeID
    FROM diagnose
    WHERE
        person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
        AND (length(diDiID) > 10 OR diDiID < '0' OR length(diPeID) > 10 OR diPeID < '0')
    UNION ALL
    SELECT
        rad,
        person_rad,
        'dogntilbud',
        'dgDgID',
        dgDgID,
        'dgPeID',
        dgPeID
    FROM dogntilbud
    WHERE
        person_rad IN (SELECT u.person_rad FROM id_uvanlig AS u)
        AND (length(dgDgID) > 10 OR dgDgID < '0' OR length(dgPeID) > 10 OR dgPeID < '0')
),

samlet AS (
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
        tabell,
        felt,
        id
    FROM poster
    UNION ALL
    SELECT
        o.rad,
        o.tabell,
        o.personfelt,
        o.person
    FROM poster AS o
    INNER JOIN person AS p ON p.rad = o.person_rad
    WHERE o.person <> p.pePeID AND ltrim(o.person, '+0') = ltrim(p.pePeID, '+0')
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
)
SELECT
    s.rad,
    s.felt,
    k.konsekvens,
    k.sikkerhet,
    k.alvorlighet,
    CASE WHEN k.krav = '[0-9]+' THEN 'heltall:0..' ELSE 'mønster:' || k.krav END AS forventet
FROM samlet AS s
INNER JOIN felt_kontroll AS k ON k.tabell = s.tabell AND k.felt = s.felt AND k.kontroll = 'datatype'
WHERE
    treff('[-+]?[0-9]+', s.id)
    AND printf('%20s', ltrim(s.id, '+-0')) <= ' 9223372036854775807'
    AND NOT treff(k.krav, s.id)
    AND NOT er_personnummer(s.id)
