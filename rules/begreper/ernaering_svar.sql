-- Det som er svart om ernæring (kartlagt, risiko, plan), én rad per person.
-- Kilde: kodeverk 1101 (1 ja, 2 nei) og 1110 (9 ikke relevant). Hvilke svar som gjelder,
-- og hvilken rad de står på, er begrepet gjeldende.
-- voksen: 18 år eller eldre (den nasjonale retningslinjen om underernæring); uten kjent
-- alder er personen ikke voksen.
-- For hvert av kartlagt, risiko og plan:
--   x_besvart, x_ja, x_9: det er svart, med «ja», med «ikke relevant».
--   x_dato: datoen på samme rad som svaret, når den er en virkelig dato.
--   x_gyldig_rad: siste rad i året med en dato fra 2005 til og med året, ellers tom.
--   x_bare_dato: ikke besvart, men en slik rad finnes.
--   x_rad: raden svaret står på, ellers raden i kraft.
-- kartlagt_dato_i_omraadet: datoen er fra 2005 til og med året.
-- risiko_vurdert: risiko er besvart med ja eller nei.
-- nei_til_kartlagt_ved_risiko: raden med svaret om risiko sier selv «ikke kartlagt».
-- kartlagt_paa_avsluttet_rad: kartlagt er besvart, men ikke på raden som er i kraft.
-- Nøkkel: person_rad.
WITH gyldig AS MATERIALIZED (
    SELECT
        person_rad,
        max(CASE WHEN svarfelt = 'poErnKartlagt' THEN rad END) AS kartlagt,
        max(CASE WHEN svarfelt = 'poErnRisiko' THEN rad END) AS risiko,
        max(CASE WHEN svarfelt = 'poErnPlan' THEN rad END) AS plan
    FROM ernaering_dato
    WHERE i_omraadet
    GROUP BY person_rad
)
SELECT
    g.person_rad,
    coalesce(p.alder >= 18, 0) AS voksen,
    g.poErnKartlagt_besvart AS kartlagt_besvart,
    coalesce(g.poErnKartlagt = '1', 0) AS kartlagt_ja,
    coalesce(g.poErnKartlagt = '9', 0) AS kartlagt_9,
    g.poErnKartlagtDato AS kartlagt_dato,
    coalesce(g.poErnKartlagtDato BETWEEN '20050101' AND :til, 0) AS kartlagt_dato_i_omraadet,
    d.kartlagt AS kartlagt_gyldig_rad,
    NOT g.poErnKartlagt_besvart AND d.kartlagt IS NOT NULL AS kartlagt_bare_dato,
    g.poErnKartlagt_rad AS kartlagt_rad,
    g.har_rad AND NOT g.foreldet AND g.poErnKartlagt_besvart AND g.poErnKartlagt_rad <> g.rad
        AS kartlagt_paa_avsluttet_rad,
    g.poErnRisiko_besvart AS risiko_besvart,
    coalesce(g.poErnRisiko = '1', 0) AS risiko_ja,
    coalesce(g.poErnRisiko = '9', 0) AS risiko_9,
    coalesce(g.poErnRisiko IN ('1', '2'), 0) AS risiko_vurdert,
    g.poErnRisikoDato AS risiko_dato,
    d.risiko AS risiko_gyldig_rad,
    g.poErnRisiko_rad AS risiko_rad,
    coalesce(
        CASE
            WHEN g.poErnRisiko_besvart AND g.poErnRisiko_rad = g.poErnKartlagt_rad
                THEN g.poErnKartlagt
            WHEN g.poErnRisiko_besvart
                THEN (SELECT r.poErnKartlagt FROM personoppl AS r WHERE r.rad = g.poErnRisiko_rad)
        END = '2',
        0
    ) AS nei_til_kartlagt_ved_risiko,
    g.poErnPlan_besvart AS plan_besvart,
    coalesce(g.poErnPlan = '1', 0) AS plan_ja,
    coalesce(g.poErnPlan = '9', 0) AS plan_9,
    g.poErnPlanDato AS plan_dato,
    d.plan AS plan_gyldig_rad,
    NOT g.poErnPlan_besvart AND d.plan IS NOT NULL AS plan_bare_dato,
    g.poErnPlan_rad AS plan_rad
FROM gjeldende AS g
INNER JOIN person_aar AS p ON p.person_rad = g.person_rad
LEFT JOIN gyldig AS d ON d.person_rad = g.person_rad
