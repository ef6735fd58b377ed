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
-- Fire av fem rader i meldingen er skårer. Derfor leses de bare her, og bare én gang.
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

skaaret AS MATERIALIZED (
    SELECT
        f.person_rad,
        count(*) AS antall,
        sum(DISTINCT 1 << f.fnFunkType) AS biter,
        sum(DISTINCT 1 << f.fnFunkVerdi) AS skaarbiter,
        coalesce(sum(DISTINCT 1 << f.fnFunkType) FILTER (WHERE f.fnFunkVerdi = '9'), 0) AS ni_biter,
        max(f.fnFraDato) AS nyeste
    FROM funksjon AS f
    WHERE
        f.fnFraDato <= :statusdato
        AND (f.fnTilDato >= :statusdato OR f.fnTilDato IN (SELECT a.verdi FROM aapen AS a))
    GROUP BY f.person_rad
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
INNER JOIN sett AS t ON t.biter = s.biter
CROSS JOIN opplysende AS o
INNER JOIN person_aar AS p ON p.person_rad = s.person_rad
WHERE p.lever AND NOT p.dod_for_aaret
