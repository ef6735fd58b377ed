-- Hvor langt oppfølgingen av ernæring er kommet hos eldre, én rad per person og gruppe.
-- Kilde: kvalitetsindikatorene Oppfølging av ernæring (Helsedirektoratet): vurdert de siste
-- tolv månedene, av dem i risiko, av dem med plan; 67 år og eldre. Kodeverk 1101 og 1110.
-- gruppe: 'sykehjem' (eldre_paa_langtidsopphold) eller 'hjemme' (helsetjenester i hjemmet (15)
-- på statusdatoen, 67 år og eldre). Den som har begge deler, er i begge.
-- kartlegging: 'vurdert', 'annen_dato' (ja, men datoen er ikke i dataåret), 'uten_dato' (ja uten
-- virkelig dato), 'ikke_kartlagt', 'ikke_relevant', 'mangler' eller 'ugyldig' (annen kode).
-- risiko, plan: 'ja', 'nei', 'ikke_relevant', 'mangler' eller 'ugyldig'.
-- rad: raden svaret om kartlegging står på, ellers raden i kraft. risiko_rad, plan_rad: likeså.
-- Vår tolkning: tolv måneder før 31.12. er dataåret, og datoene for risiko og plan avgjør
-- ikke hva som telles, for risiko vurderes på nytt hver måned.
WITH deltaker AS (
    SELECT
        person_rad,
        'sykehjem' AS gruppe
    FROM eldre_paa_langtidsopphold
    UNION ALL
    SELECT
        person_rad,
        'hjemme'
    FROM helsetjenester_hjemme
    WHERE per_statusdato AND alder >= 67
)
SELECT
    d.person_rad,
    g.poErnKartlagt_rad AS rad,
    d.gruppe,
    CASE
        WHEN NOT g.poErnKartlagt_besvart THEN 'mangler'
        WHEN g.poErnKartlagt = '1' AND g.poErnKartlagtDato BETWEEN :fra AND :til THEN 'vurdert'
        WHEN g.poErnKartlagt = '1' AND g.poErnKartlagtDato_gitt THEN 'annen_dato'
        WHEN g.poErnKartlagt = '1' THEN 'uten_dato'
        WHEN g.poErnKartlagt = '2' THEN 'ikke_kartlagt'
        WHEN g.poErnKartlagt = '9' THEN 'ikke_relevant'
        ELSE 'ugyldig'
    END AS kartlegging,
    CASE
        WHEN NOT g.poErnRisiko_besvart THEN 'mangler'
        WHEN g.poErnRisiko = '1' THEN 'ja'
        WHEN g.poErnRisiko = '2' THEN 'nei'
        WHEN g.poErnRisiko = '9' THEN 'ikke_relevant'
        ELSE 'ugyldig'
    END AS risiko,
    g.poErnRisiko_rad AS risiko_rad,
    CASE
        WHEN NOT g.poErnPlan_besvart THEN 'mangler'
        WHEN g.poErnPlan = '1' THEN 'ja'
        WHEN g.poErnPlan = '2' THEN 'nei'
        WHEN g.poErnPlan = '9' THEN 'ikke_relevant'
        ELSE 'ugyldig'
    END AS plan,
    g.poErnPlan_rad AS plan_rad
FROM deltaker AS d
CROSS JOIN gjeldende AS g ON g.person_rad = d.person_rad
