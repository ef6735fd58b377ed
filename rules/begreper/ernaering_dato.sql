-- Hver dato for ernæring på en PERSONOPPL-rad som overlapper året, én rad per
-- PERSONOPPL og datofelt (kartlagt, risiko, plan).
-- Kilde: kontrollen av de tre datoene i annotasjonene til 2018- og 2019-formatet
-- (fra 1.1.2005 til og med iiTilDato).
-- felt: datofeltet. svarfelt: svaret den hører til.
-- etter_aaret, for_2005, i_omraadet: hvor datoen faller; nøyaktig én er sann.
-- 99991231 er en oppgitt dato, etter året. Tom og umulig dato er ingen dato.
-- Vår tolkning: rader som starter etter året eller sluttet før det, er ikke med; at
-- raden selv hører til et annet år, er en annen feil.
-- Indeks: person_rad, rad.
WITH rader AS MATERIALIZED (
    SELECT
        i.rad,
        i.person_rad,
        o.poErnKartlagtDato,
        o.poErnRisikoDato,
        o.poErnPlanDato
    FROM personoppl AS o
    CROSS JOIN personoppl_i_aaret AS i ON i.rad = o.rad
    WHERE o.poErnKartlagtDato <> '' OR o.poErnRisikoDato <> '' OR o.poErnPlanDato <> ''
),

alle AS (
    SELECT
        rad,
        person_rad,
        poErnKartlagtDato AS dato,
        'poErnKartlagt' AS svarfelt
    FROM rader
    WHERE poErnKartlagtDato <> ''
    UNION ALL
    SELECT
        rad,
        person_rad,
        poErnRisikoDato,
        'poErnRisiko'
    FROM rader
    WHERE poErnRisikoDato <> ''
    UNION ALL
    SELECT
        rad,
        person_rad,
        poErnPlanDato,
        'poErnPlan'
    FROM rader
    WHERE poErnPlanDato <> ''
)
SELECT
    rad,
    person_rad,
    svarfelt || 'Dato' AS felt,
    svarfelt,
    dato,
    dato > :til AS etter_aaret,
    dato < '20050101' AS for_2005,
    dato BETWEEN '20050101' AND :til AS i_omraadet
FROM alle
WHERE dato = '99991231' OR dagnr(dato) IS NOT NULL
