-- Hver diagnose som gjelder en eller flere dager i året, én rad per DIAGNOSE.
-- Kilde: annotasjonene til 2018- og 2019-formatet (kodeverket er «ICPC-v» eller «ICD-v», høyst
-- seks tegn, og koden slås opp i det). Kodeverkene selv følger ikke med.
-- versjon, kode: slik de er oppgitt, tomme når de mangler.
-- versjon_oppgitt: kodeverket er oppgitt med høyst seks tegn (lengre er en annen feil).
-- versjon_kjent: det er skrevet som ICPC-2 eller ICD-10, med et annet tall om så er.
-- form: mønsteret til kodene, når kodeverket er kjent og vi vet hvordan kodene ser ut.
-- kode_lest: koden uten punktum, med store bokstaver.
-- gjentatt: samme person har alt den samme diagnosen, og den er ikke slutt når denne begynner.
-- Vår tolkning: store og små bokstaver er det samme, og en diagnose som slutter dagen den neste
-- begynner, overlapper den ikke. Datoer som mangler eller ikke finnes, gjør diagnosen åpen.
-- Indeks: person_rad.
WITH form AS MATERIALIZED (
    SELECT
        v.versjon,
        CASE
            WHEN treff('ICPC-[0-9]', upper(v.versjon)) THEN '[A-Z][0-9]{2}'
            WHEN upper(v.versjon) = 'ICD-10' THEN '[A-Z][0-9]{2}[0-9A-Z]{0,2}[*+]?'
        END AS form,
        treff('ICPC-[0-9]|ICD-[0-9]{1,2}', upper(v.versjon)) AS kjent
    FROM (SELECT DISTINCT diKodeVersjon AS versjon FROM diagnose) AS v
),

lest AS MATERIALIZED (
    SELECT
        d.rad,
        d.person_rad,
        coalesce(d.diKodeVersjon, '') AS versjon,
        coalesce(d.diDiagKode, '') AS kode,
        upper(replace(coalesce(d.diDiagKode, ''), '.', '')) AS kode_lest,
        CASE
            WHEN d.diFraDato = '99991231' OR dagnr(d.diFraDato) IS NOT NULL THEN d.diFraDato
            ELSE ''
        END AS fra,
        CASE
            WHEN d.diTilDato < '99991231' AND dagnr(d.diTilDato) IS NOT NULL THEN d.diTilDato
            ELSE '99991231'
        END AS til
    FROM diagnose AS d
    WHERE d.person_rad NOT IN (SELECT p.person_rad FROM person_aar AS p WHERE p.dod_for_aaret)
)
SELECT
    l.rad,
    l.person_rad,
    l.versjon,
    l.kode,
    l.kode_lest,
    length(l.versjon) BETWEEN 1 AND 6 AS versjon_oppgitt,
    coalesce(f.kjent, 0) AS versjon_kjent,
    f.form,
    coalesce(
        max(l.til) OVER (
            PARTITION BY l.person_rad, upper(l.versjon), l.kode_lest
            ORDER BY l.fra, l.til, l.rad
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) > l.fra,
        0
    ) AS gjentatt
FROM lest AS l
LEFT JOIN form AS f ON f.versjon = l.versjon
WHERE l.til >= :fra AND l.fra <= :til AND l.fra <= l.til
