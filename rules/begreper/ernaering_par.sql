-- Hvert par av svar og dato om ernæring (kartlagt, risiko, plan) hos voksne, én rad per
-- person og par der svaret eller en gyldig dato finnes.
-- Kilde: som ernaering_svar, som dette er en annen form av.
-- felt, datofelt: svarets og datoens felt.
-- dato: datoen på samme rad som svaret; uten svar den siste gyldige datoen i året.
-- dato_gitt: det står en dato der, om så 99991231.
-- gyldig_dato: en dato fra 2005 til og med året står på en rad i året.
-- tidligere_9: et tidligere ledd i kjeden kartlagt, risiko, plan er besvart med 9.
-- rad: raden svaret står på, ellers raden datoen står på.
WITH par AS (
    SELECT
        person_rad,
        'poErnKartlagt' AS felt,
        kartlagt_besvart AS besvart,
        kartlagt_ja AS ja,
        kartlagt_9 AS ikke_relevant,
        0 AS tidligere_9,
        kartlagt_dato AS dato,
        kartlagt_gyldig_rad AS gyldig_rad,
        kartlagt_rad AS rad
    FROM ernaering_svar
    WHERE voksen
    UNION ALL
    SELECT
        person_rad,
        'poErnRisiko',
        risiko_besvart,
        risiko_ja,
        risiko_9,
        kartlagt_9,
        risiko_dato,
        risiko_gyldig_rad,
        risiko_rad
    FROM ernaering_svar
    WHERE voksen
    UNION ALL
    SELECT
        person_rad,
        'poErnPlan',
        plan_besvart,
        plan_ja,
        plan_9,
        kartlagt_9 OR risiko_9,
        plan_dato,
        plan_gyldig_rad,
        plan_rad
    FROM ernaering_svar
    WHERE voksen
)
SELECT
    p.person_rad,
    p.felt,
    p.felt || 'Dato' AS datofelt,
    p.besvart,
    p.ja,
    p.ikke_relevant,
    p.tidligere_9,
    p.gyldig_rad IS NOT NULL AS gyldig_dato,
    CASE WHEN p.besvart THEN p.rad ELSE p.gyldig_rad END AS rad,
    CASE
        WHEN p.besvart THEN p.dato
        ELSE (
            SELECT d.dato
            FROM ernaering_dato AS d
            WHERE d.rad = p.gyldig_rad AND d.svarfelt = p.felt
        )
    END AS dato,
    CASE
        WHEN p.dato IS NOT NULL THEN 1
        ELSE EXISTS (
            SELECT 1
            FROM ernaering_dato AS d
            WHERE d.rad = p.rad AND d.svarfelt = p.felt
        )
    END AS dato_gitt
FROM par AS p
WHERE p.besvart OR p.gyldig_rad IS NOT NULL
