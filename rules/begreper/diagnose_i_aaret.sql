-- Hver diagnose som gjelder en eller flere dager i året, én rad per DIAGNOSE.
-- Kilde: annotasjonene til 2018- og 2019-formatet (kodeverket er «ICPC-v» eller «ICD-v», høyst
-- seks tegn, og koden slås opp i det). Kodeverkene selv følger ikke med.
-- versjon, kode: slik de er oppgitt, tomme når de mangler.
-- versjon_oppgitt: kodeverket er oppgitt med høyst seks tegn (lengre er en annen feil).
-- versjon_kjent: det er skrevet som ICPC-2 eller ICD-10, med et annet tall om så er.
-- riktig_form: koden har formen kodene i kodeverket har; tom når vi ikke kjenner formen.
-- kode_lest: koden uten punktum, med store bokstaver.
-- gjentatt: samme person har alt den samme diagnosen, og den er ikke slutt når denne begynner.
-- Vår tolkning: store og små bokstaver er det samme, og en diagnose som slutter dagen den neste
-- begynner, overlapper den ikke. Datoer som mangler eller ikke finnes, gjør diagnosen åpen.
-- Indeks: person_rad.
WITH oppgitt AS MATERIALIZED (
    SELECT DISTINCT
        coalesce(diKodeVersjon, '') AS versjon,
        coalesce(diDiagKode, '') AS kode
    FROM diagnose
),

lest AS (
    SELECT
        versjon,
        kode,
        upper(replace(kode, '.', '')) AS kode_lest,
        treff('ICPC-[0-9]|ICD-[0-9]{1,2}', upper(versjon)) AS versjon_kjent,
        CASE
            WHEN treff('ICPC-[0-9]', upper(versjon)) THEN '[A-Z][0-9]{2}'
            WHEN upper(versjon) = 'ICD-10' THEN '[A-Z][0-9]{2}[0-9A-Z]{0,2}[*+]?'
        END AS form
    FROM oppgitt
),

koder AS MATERIALIZED (
    SELECT
        *,
        treff(form, kode_lest) AS riktig_form,
        dense_rank() OVER (ORDER BY upper(versjon), kode_lest) AS nr
    FROM lest
),

datert AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        coalesce(diKodeVersjon, '') AS versjon,
        coalesce(diDiagKode, '') AS kode,
        CASE
            WHEN diFraDato = '99991231' OR dagnr(diFraDato) IS NOT NULL THEN diFraDato
            ELSE ''
        END AS fra,
        CASE
            WHEN diTilDato < '99991231' AND dagnr(diTilDato) IS NOT NULL THEN diTilDato
            ELSE '99991231'
        END AS til
    FROM diagnose
    WHERE person_rad NOT IN (SELECT p.person_rad FROM person_aar AS p WHERE p.dod_for_aaret)
),

i_aaret AS MATERIALIZED (
    SELECT
        d.rad,
        d.person_rad,
        d.fra,
        d.til,
        k.*
    FROM datert AS d
    CROSS JOIN koder AS k ON k.versjon = d.versjon AND k.kode = d.kode
    WHERE d.til >= :fra AND d.fra <= :til AND d.fra <= d.til
),

rekke AS (
    SELECT
        g.rad,
        g.fra,
        max(g.til) OVER (
            PARTITION BY g.person_rad, g.nr
            ORDER BY g.fra, g.til, g.rad
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tidligere_til
    FROM i_aaret AS g
    WHERE (g.person_rad, g.nr) IN (
        SELECT f.person_rad, f.nr FROM i_aaret AS f
        GROUP BY f.person_rad, f.nr
        HAVING count(*) > 1
    )
)
SELECT
    rad,
    person_rad,
    versjon,
    kode,
    kode_lest,
    length(versjon) BETWEEN 1 AND 6 AS versjon_oppgitt,
    versjon_kjent,
    riktig_form,
    rad IN (SELECT r.rad FROM rekke AS r WHERE r.tidligere_til > r.fra) AS gjentatt
FROM i_aaret
