-- Hvert par av svar om behov for bistand og om bistanden mottas, én rad per PERSONOPPL og
-- par der behovet er ja, eller det er svart på om bistanden mottas, på en rad i året.
-- Kilde: merknaden i annotasjonene til 2018- og 2019-formatet («skal bare angis hvis
-- behov = 1»), kodeverk 1110 (1 ja, 2 nei, 9 ikke relevant), 9338 og 9340 (1 ja, 2 ja, men
-- udekket behov, 3 nei).
-- behovfelt, mottarfelt: feltene i paret.
-- behov: 'ja', 'nei', 'ikke relevant', 'ikke besvart' eller 'annet svar'.
-- mottar: 'ja', 'nei', 'ikke besvart' eller 'annet svar'; 'ja' er også «ja, men udekket».
-- behov_ja_her, mottar_besvart_her: raden sier det selv.
-- Vår tolkning: de to svarene sammenlignes på samme rad, så et gammelt svar ikke stilles
-- mot et nytt. Er det ene tomt på raden, brukes svaret som gjelder for personen
-- (gjeldende), for det er ikke kjent om en ny rad gjentar det som ikke er endret.
WITH rader AS MATERIALIZED (
    SELECT
        i.rad,
        i.person_rad,
        o.poArbBistBehov,
        o.poArbBistMottar,
        o.poArbTranspBehov,
        o.poArbTranspMottar,
        o.poFriBistBehov,
        o.poFriBistMottar,
        o.poFriTranspBehov,
        o.poFriTranspMottar
    FROM personoppl AS o
    CROSS JOIN personoppl_i_aaret AS i ON i.rad = o.rad
    WHERE
        '1' IN (o.poArbBistBehov, o.poArbTranspBehov, o.poFriBistBehov, o.poFriTranspBehov)
        OR o.poArbBistMottar <> ''
        OR o.poArbTranspMottar <> ''
        OR o.poFriBistMottar <> ''
        OR o.poFriTranspMottar <> ''
),

par AS (
    SELECT
        r.rad,
        'poArbBistBehov' AS behovfelt,
        'poArbBistMottar' AS mottarfelt,
        r.poArbBistBehov AS behov_her,
        coalesce(nullif(r.poArbBistBehov, ''), g.poArbBistBehov) AS behov,
        r.poArbBistMottar AS mottar_her,
        coalesce(nullif(r.poArbBistMottar, ''), g.poArbBistMottar) AS mottar
    FROM rader AS r
    CROSS JOIN gjeldende AS g ON g.person_rad = r.person_rad
    WHERE r.poArbBistBehov = '1' OR r.poArbBistMottar <> ''
    UNION ALL
    SELECT
        r.rad,
        'poArbTranspBehov',
        'poArbTranspMottar',
        r.poArbTranspBehov,
        coalesce(nullif(r.poArbTranspBehov, ''), g.poArbTranspBehov),
        r.poArbTranspMottar,
        coalesce(nullif(r.poArbTranspMottar, ''), g.poArbTranspMottar)
    FROM rader AS r
    CROSS JOIN gjeldende AS g ON g.person_rad = r.person_rad
    WHERE r.poArbTranspBehov = '1' OR r.poArbTranspMottar <> ''
    UNION ALL
    SELECT
        r.rad,
        'poFriBistBehov',
        'poFriBistMottar',
        r.poFriBistBehov,
        coalesce(nullif(r.poFriBistBehov, ''), g.poFriBistBehov),
        r.poFriBistMottar,
        coalesce(nullif(r.poFriBistMottar, ''), g.poFriBistMottar)
    FROM rader AS r
    CROSS JOIN gjeldende AS g ON g.person_rad = r.person_rad
    WHERE r.poFriBistBehov = '1' OR r.poFriBistMottar <> ''
    UNION ALL
    SELECT
        r.rad,
        'poFriTranspBehov',
        'poFriTranspMottar',
        r.poFriTranspBehov,
        coalesce(nullif(r.poFriTranspBehov, ''), g.poFriTranspBehov),
        r.poFriTranspMottar,
        coalesce(nullif(r.poFriTranspMottar, ''), g.poFriTranspMottar)
    FROM rader AS r
    CROSS JOIN gjeldende AS g ON g.person_rad = r.person_rad
    WHERE r.poFriTranspBehov = '1' OR r.poFriTranspMottar <> ''
)
SELECT
    p.rad,
    p.behovfelt,
    p.mottarfelt,
    CASE
        WHEN p.behov = '1' THEN 'ja'
        WHEN p.behov = '2' THEN 'nei'
        WHEN p.behov = '9' THEN 'ikke relevant'
        WHEN coalesce(p.behov, '') = '' THEN 'ikke besvart'
        ELSE 'annet svar'
    END AS behov,
    CASE
        WHEN p.mottar IN ('1', '2') THEN 'ja'
        WHEN p.mottar = '3' THEN 'nei'
        WHEN coalesce(p.mottar, '') = '' THEN 'ikke besvart'
        ELSE 'annet svar'
    END AS mottar,
    coalesce(p.behov_her = '1', 0) AS behov_ja_her,
    coalesce(p.mottar_her <> '', 0) AS mottar_besvart_her
FROM par AS p
