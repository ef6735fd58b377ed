-- Svarene om individuell plan og koordinator i ord, én rad per person som ikke
-- døde før året. Ingen aldersgrense: retten gjelder uavhengig av alder og diagnose.
-- Kilde: kodeverk 9336 og 9188; annotasjonene til 2018-formatet (1, 2, 3, 9) og
-- 2019-formatet (1–4).
-- plan: 'virksom', 'ikke utarbeidet', 'ønsker ikke', 'oppfyller ikke retten',
-- 'ikke besvart' eller 'annet svar' (en kode som ikke gjelder i året).
-- koordinator: 'oppnevnt', 'ikke oppnevnt', 'ønsker ikke', 'oppfyller ikke retten',
-- 'ikke relevant' (9 fra 2019, da det ikke lenger er et svaralternativ, men fortsatt
-- godtas av kontrollen mot kodeverk 1110), 'ikke besvart' eller 'annet svar'.
-- plan_rad, koordinator_rad: raden svaret står på, ellers den gjeldende raden.
-- plan_i_kraft: 1 når det er raden som gjelder nå, som har svaret om planen.
-- Vår tolkning: 9 «ikke relevant» i 2018 er det samme som 4 «oppfyller ikke retten»
-- fra 2019, for begge spørsmålene. 11–14 leses som 1–4.
-- Nøkkel: person_rad.
SELECT
    g.person_rad,
    CASE coalesce(g.poIndPlan, '')
        WHEN '' THEN 'ikke besvart'
        WHEN '1' THEN 'virksom'
        WHEN '2' THEN 'ikke utarbeidet'
        WHEN '3' THEN 'ønsker ikke'
        WHEN iif(:aar >= 2019, '4', '9') THEN 'oppfyller ikke retten'
        ELSE 'annet svar'
    END AS plan,
    g.poIndPlan_rad AS plan_rad,
    g.poIndPlan_i_kraft AS plan_i_kraft,
    CASE
        WHEN g.koordinator IS NULL THEN 'ikke besvart'
        WHEN g.koordinator = '1' THEN 'oppnevnt'
        WHEN g.koordinator = '2' THEN 'ikke oppnevnt'
        WHEN g.koordinator = '3' AND :aar >= 2019 THEN 'ønsker ikke'
        WHEN g.koordinator = '4' AND :aar >= 2019 THEN 'oppfyller ikke retten'
        WHEN g.koordinator = '9' AND :aar <= 2018 THEN 'oppfyller ikke retten'
        WHEN g.koordinator = '9' THEN 'ikke relevant'
        ELSE 'annet svar'
    END AS koordinator,
    g.poHarKoordinator_rad AS koordinator_rad,
    g.har_rad,
    g.foreldet
FROM gjeldende AS g
WHERE g.person_rad NOT IN (SELECT p.person_rad FROM person_aar AS p WHERE p.dod_for_aaret)
