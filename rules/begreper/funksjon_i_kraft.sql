-- Skårene for funksjon som gjelder på statusdatoen, samlet for hver person: én rad per person
-- med minst én slik skår.
-- Kilde: kodeverk 9111 (variablene) og annotasjonene til 2018- og 2019-formatet (hver skår
-- har sin egen fra- og til-dato, til og med).
-- antall: hvor mange skårer. biter: hvilke variabler de gjelder, variabel n er bit n.
-- variabler: hvor mange av variablene i kodeverket som har en skår. komplett: alle har.
-- mangler_antall, mangler: de andre, som antall og som tekst.
-- eneste_skaar: skåren, når alle variablene har en og samme.
-- toalett_syn_hoersel: minst én av variablene 11, 13 og 14 har en skår. ikke_relevant: de av
-- dem som har skår 9 «ikke relevant», som tekst.
-- nyeste: dagen den siste av skårene begynte å gjelde.
-- Vår tolkning: en umulig sluttdato betyr åpen, og en skår uten verdi er også en skår
-- (at verdien mangler, er et annet funn). Den som ikke lever på statusdatoen, er ikke med.
-- De fleste har ett sett med skårer i kraft, og det er alt lagt sammen (skaarsett). Bare for
-- dem som har flere, leses radene.
-- Nøkkel: person_rad.
WITH aapen AS MATERIALIZED (
    SELECT verdi FROM verdi
    WHERE
        tabell = 'funksjon'
        AND felt = 'fnTilDato'
        AND verdi <> '99991231'
        AND coalesce(dagnr(verdi), 0) = 0
),

variabel AS MATERIALIZED (
    SELECT CAST(kode AS INTEGER) AS nr
    FROM kode
    WHERE
        kodeverk = '9111'
        AND :aar BETWEEN coalesce(gyldig_fra, 0) AND coalesce(gyldig_til, 9999)
    ORDER BY nr
),

i_kraft AS NOT MATERIALIZED (
    SELECT
        rad,
        siste,
        person_rad,
        fnFraDato,
        antall,
        variabler,
        skaarer,
        skaar_9
    FROM skaarsett
    WHERE
        fnFraDato <= :statusdato
        AND (fnTilDato >= :statusdato OR fnTilDato IN (SELECT a.verdi FROM aapen AS a))
),

flere AS MATERIALIZED (
    SELECT person_rad FROM i_kraft
    GROUP BY person_rad
    HAVING count(*) > 1
),

enkelte AS (
    SELECT
        i.person_rad,
        i.fnFraDato,
        f.fnFunkVerdi AS skaar,
        1 << f.fnFunkType AS bit,
        1 << f.fnFunkVerdi AS skaarbit
    FROM flere AS p
    CROSS JOIN i_kraft AS i ON i.person_rad = p.person_rad
    CROSS JOIN funksjon AS f ON f.rad BETWEEN i.rad AND i.siste
),

skaaret AS MATERIALIZED (
    SELECT
        person_rad,
        antall,
        fnFraDato AS nyeste,
        variabler AS biter,
        skaarer AS skaarbiter,
        skaar_9 AS ni_biter
    FROM i_kraft
    WHERE person_rad NOT IN (SELECT p.person_rad FROM flere AS p)
    UNION ALL
    SELECT
        person_rad,
        count(*),
        max(fnFraDato),
        coalesce(sum(DISTINCT bit), 0),
        sum(DISTINCT skaarbit),
        coalesce(sum(DISTINCT bit) FILTER (WHERE skaar = '9'), 0)
    FROM enkelte
    GROUP BY person_rad
),

sett AS MATERIALIZED (
    SELECT
        s.biter,
        sum((s.biter >> v.nr) & 1) AS variabler,
        count(*) - sum((s.biter >> v.nr) & 1) AS mangler_antall,
        group_concat(CASE (s.biter >> v.nr) & 1 WHEN 0 THEN v.nr END, ', ') AS mangler
    FROM (SELECT DISTINCT biter FROM skaaret) AS s
    CROSS JOIN variabel AS v
    GROUP BY s.biter
),

opplysende AS (
    SELECT sum(1 << nr) AS biter FROM variabel
    WHERE nr IN (11, 13, 14)
)
SELECT
    s.person_rad,
    s.antall,
    s.biter,
    t.variabler,
    t.mangler_antall = 0 AS komplett,
    t.mangler_antall,
    t.mangler,
    CASE
        WHEN t.mangler_antall > 0 THEN NULL
        WHEN s.skaarbiter = 1 << 1 THEN '1'
        WHEN s.skaarbiter = 1 << 5 THEN '5'
        WHEN s.skaarbiter = 1 << 9 THEN '9'
    END AS eneste_skaar,
    (s.biter & o.biter) <> 0 AS toalett_syn_hoersel,
    CASE
        WHEN s.ni_biter & o.biter
            THEN rtrim(
                iif((s.ni_biter >> 11) & 1, '11, ', '')
                || iif((s.ni_biter >> 13) & 1, '13, ', '')
                || iif((s.ni_biter >> 14) & 1, '14', ''),
                ', '
            )
    END AS ikke_relevant,
    s.nyeste,
    p.alder
FROM skaaret AS s
CROSS JOIN sett AS t ON t.biter = s.biter
CROSS JOIN opplysende AS o
INNER JOIN person_aar AS p ON p.person_rad = s.person_rad
WHERE p.lever AND NOT p.dod_for_aaret
