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
WITH alle AS (
    SELECT
        rad,
        poErnKartlagtDato AS dato,
        'poErnKartlagt' AS svarfelt
    FROM personoppl
    WHERE poErnKartlagtDato <> ''
    UNION ALL
    SELECT
        rad,
        poErnRisikoDato,
        'poErnRisiko'
    FROM personoppl
    WHERE poErnRisikoDato <> ''
    UNION ALL
    SELECT
        rad,
        poErnPlanDato,
        'poErnPlan'
    FROM personoppl
    WHERE poErnPlanDato <> ''
)
SELECT
    i.rad,
    i.person_rad,
    a.svarfelt || 'Dato' AS felt,
    a.svarfelt,
    a.dato,
    a.dato > :til AS etter_aaret,
    a.dato < '20050101' AS for_2005,
    a.dato BETWEEN '20050101' AND :til AS i_omraadet
FROM alle AS a
INNER JOIN personoppl_i_aaret AS i ON i.rad = a.rad
WHERE a.dato = '99991231' OR dagnr(a.dato) IS NOT NULL
