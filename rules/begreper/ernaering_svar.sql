-- Det som er svart om ernæring (kartlagt, risiko, plan), én rad per person.
-- Kilde: kodeverk 1101 (1 ja, 2 nei) og 1110 (9 ikke relevant). Hvilke svar som gjelder,
-- og hvilken rad de står på, er begrepet gjeldende.
-- voksen: 18 år eller eldre (den nasjonale retningslinjen om underernæring); uten kjent
-- alder er personen ikke voksen.
-- kartlagt_dato: datoen på samme rad som svaret, når den er fra 2005 til og med året.
-- kartlagt_bare_dato, plan_bare_dato: ikke besvart, men en slik dato står på en rad i året.
-- risiko_vurdert: risiko er besvart med ja eller nei.
-- nei_til_kartlagt_ved_risiko: raden med svaret om risiko sier selv «ikke kartlagt».
-- kartlagt_paa_avsluttet_rad: kartlagt er besvart, men ikke på raden som er i kraft.
-- …_rad: raden svaret står på, ellers raden i kraft.
WITH gyldig AS (
    SELECT
        person_rad,
        max(svarfelt = 'poErnKartlagt') AS kartlagt,
        max(svarfelt = 'poErnPlan') AS plan
    FROM ernaering_dato
    WHERE i_omraadet
    GROUP BY person_rad
)
SELECT
    g.person_rad,
    coalesce(p.alder >= 18, 0) AS voksen,
    g.poErnKartlagt_rad AS kartlagt_rad,
    g.poErnKartlagt_besvart AS kartlagt_besvart,
    coalesce(g.poErnKartlagt = '1', 0) AS kartlagt_ja,
    k.dato AS kartlagt_dato,
    NOT g.poErnKartlagt_besvart AND coalesce(d.kartlagt, 0) AS kartlagt_bare_dato,
    g.har_rad AND NOT g.foreldet AND g.poErnKartlagt_besvart AND g.poErnKartlagt_rad <> g.rad
        AS kartlagt_paa_avsluttet_rad,
    g.poErnRisiko_rad AS risiko_rad,
    coalesce(g.poErnRisiko IN ('1', '2'), 0) AS risiko_vurdert,
    coalesce(g.poErnRisiko = '1', 0) AS risiko_ja,
    coalesce(g.poErnRisiko_besvart AND r.poErnKartlagt = '2', 0) AS nei_til_kartlagt_ved_risiko,
    g.poErnPlan_besvart AS plan_besvart,
    NOT g.poErnPlan_besvart AND coalesce(d.plan, 0) AS plan_bare_dato
FROM gjeldende AS g
INNER JOIN person_aar AS p ON p.person_rad = g.person_rad
LEFT JOIN gyldig AS d ON d.person_rad = g.person_rad
LEFT JOIN personoppl AS r ON r.rad = g.poErnRisiko_rad
LEFT JOIN ernaering_dato AS k
    ON
        k.rad = g.poErnKartlagt_rad
        AND k.svarfelt = 'poErnKartlagt'
        AND k.i_omraadet
        AND g.poErnKartlagt_besvart
