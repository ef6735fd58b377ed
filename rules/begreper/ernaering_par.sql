-- Hvert par av svar og dato om ernæring (kartlagt, risiko, plan) hos voksne, én rad per
-- person og par der svaret eller en gyldig dato finnes.
-- Kilde: kodeverk 1101 (1 ja, 2 nei) og 1110 (9 ikke relevant). Hvilket svar som
-- gjelder, og hvilken rad det står på, er begrepet gjeldende.
-- felt, datofelt: svarets og datoens felt. trinn: 1 kartlagt, 2 risiko, 3 plan.
-- dato: datoen på samme rad som svaret; uten svar den siste gyldige datoen i året.
-- dato_gitt: det står en dato der.
-- gyldig_dato: en dato fra 2005 til og med året står på en rad i året.
-- tidligere_9: et tidligere trinn er besvart med 9.
-- rad: raden svaret står på, ellers raden datoen står på.
-- Aldersgrensen 18 år er den nasjonale retningslinjens om underernæring; uten alder er
-- personen utenfor.
WITH svar AS (
    SELECT
        person_rad,
        1 AS trinn,
        'poErnKartlagt' AS felt,
        poErnKartlagt AS svar,
        poErnKartlagt_besvart AS besvart,
        poErnKartlagt_rad AS rad,
        0 AS tidligere_9
    FROM gjeldende
    UNION ALL
    SELECT
        person_rad,
        2,
        'poErnRisiko',
        poErnRisiko,
        poErnRisiko_besvart,
        poErnRisiko_rad,
        coalesce(poErnKartlagt = '9', 0)
    FROM gjeldende
    UNION ALL
    SELECT
        person_rad,
        3,
        'poErnPlan',
        poErnPlan,
        poErnPlan_besvart,
        poErnPlan_rad,
        coalesce(poErnKartlagt = '9', 0) OR coalesce(poErnRisiko = '9', 0)
    FROM gjeldende
),

gyldig AS (
    SELECT
        person_rad,
        svarfelt,
        max(rad) AS rad
    FROM ernaering_dato
    WHERE i_omraadet
    GROUP BY person_rad, svarfelt
)
SELECT
    s.person_rad,
    s.trinn,
    s.felt,
    s.felt || 'Dato' AS datofelt,
    CASE WHEN s.besvart THEN s.rad ELSE g.rad END AS rad,
    s.besvart,
    coalesce(s.svar = '1', 0) AS ja,
    coalesce(s.svar = '9', 0) AS ikke_relevant,
    s.tidligere_9,
    d.dato,
    d.rad IS NOT NULL AS dato_gitt,
    g.rad IS NOT NULL AS gyldig_dato
FROM svar AS s
INNER JOIN person_aar AS p ON p.person_rad = s.person_rad
LEFT JOIN gyldig AS g ON g.person_rad = s.person_rad AND g.svarfelt = s.felt
LEFT JOIN ernaering_dato AS d
    ON d.rad = CASE WHEN s.besvart THEN s.rad ELSE g.rad END AND d.svarfelt = s.felt
WHERE p.alder >= 18 AND (s.besvart OR g.rad IS NOT NULL)
