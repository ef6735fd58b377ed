-- Det som står om beboere på langtidsopphold på statusdatoen, i ord, én rad per person.
-- Kilde: kvalitetsindikatorene om legemiddelgjennomgang, ernæring, lege og tannhelse (siste 12
-- måneder, per 31.12) og individuell plan; de samme begrepene som reglene bruker.
-- lmg, ernaering, lege, tann, plan: 'ja' (og i indikatoren: i løpet av året), 'gammel' (eldre
-- enn 12 måneder), 'uten_dato' (ja, uten en dato som kan brukes), 'uten_plan' (kartlagt og i
-- risiko, men uten ernæringsplan), 'nei', 'ikke_relevant', 'oensker_ikke', 'uten_rett',
-- 'annet' (et svar som ikke kan leses), 'mangler', eller 'gjelder_ikke' (under 18 år, eller
-- uten kjent alder).
-- …_dato: datoen (ÅÅÅÅMMDD) eller måneden (ÅÅÅÅMM) svaret gjelder.
-- enhet: organisasjonsnummeret (ni siffer) til det siste oppholdet, tom når det mangler.
-- Vår tolkning: aldersgrensen 18 år holder barneboliger utenfor; individuell plan har ingen.
SELECT
    l.person_rad,
    l.rad,
    substr(l.enhet, 1, 9) AS enhet,
    l.alder,
    l.fra,
    CASE
        WHEN coalesce(l.alder, 0) < 18 THEN 'gjelder_ikke'
        WHEN NOT m.besvart THEN 'mangler'
        WHEN m.ja AND NOT m.dato_i_omraadet THEN 'uten_dato'
        WHEN m.ja AND m.dato < :fra THEN 'gammel'
        WHEN m.svar = 'ikke relevant' THEN 'ikke_relevant'
        ELSE m.svar
    END AS lmg,
    CASE WHEN m.ja THEN m.dato END AS lmg_dato,
    CASE
        WHEN coalesce(l.alder, 0) < 18 THEN 'gjelder_ikke'
        WHEN NOT e.kartlagt_besvart THEN 'mangler'
        WHEN e.kartlagt_ja AND NOT e.kartlagt_dato_i_omraadet THEN 'uten_dato'
        WHEN e.kartlagt_ja AND e.kartlagt_dato < :fra THEN 'gammel'
        WHEN e.kartlagt_ja AND e.risiko_ja AND NOT e.plan_ja THEN 'uten_plan'
        WHEN e.kartlagt_ja THEN 'ja'
        WHEN e.kartlagt_9 THEN 'ikke_relevant'
        WHEN g.poErnKartlagt = '2' THEN 'nei'
        ELSE 'annet'
    END AS ernaering,
    CASE WHEN e.kartlagt_ja THEN e.kartlagt_dato END AS ernaering_dato,
    CASE
        WHEN coalesce(l.alder, 0) < 18 THEN 'gjelder_ikke'
        WHEN v.vurdert = 'siste_12' THEN 'ja'
        WHEN v.vurdert = 'eldre' THEN 'gammel'
        WHEN v.vurdert = 'mangler' THEN 'mangler'
        ELSE 'annet'
    END AS lege,
    CASE WHEN l.alder >= 18 AND v.vurdert IN ('siste_12', 'eldre') THEN g.poVurdLege END AS lege_dato,
    CASE
        WHEN coalesce(l.alder, 0) < 18 THEN 'gjelder_ikke'
        WHEN t.vurdert = 'siste_12' THEN 'ja'
        WHEN t.vurdert = 'eldre' THEN 'gammel'
        WHEN t.vurdert = 'mangler' THEN 'mangler'
        ELSE 'annet'
    END AS tann,
    CASE WHEN l.alder >= 18 AND t.vurdert IN ('siste_12', 'eldre') THEN g.poVurdTann END AS tann_dato,
    CASE p.plan
        WHEN 'virksom' THEN 'ja'
        WHEN 'ikke utarbeidet' THEN 'nei'
        WHEN 'ønsker ikke' THEN 'oensker_ikke'
        WHEN 'oppfyller ikke retten' THEN 'uten_rett'
        WHEN 'ikke besvart' THEN 'mangler'
        ELSE 'annet'
    END AS plan
FROM langtidsopphold AS l
INNER JOIN gjeldende AS g ON g.person_rad = l.person_rad
INNER JOIN lmg_svar AS m ON m.person_rad = l.person_rad
INNER JOIN ernaering_svar AS e ON e.person_rad = l.person_rad
INNER JOIN plan_og_koordinator AS p ON p.person_rad = l.person_rad
INNER JOIN beboer_vurdert AS v ON v.person_rad = l.person_rad AND v.felt = 'poVurdLege'
INNER JOIN beboer_vurdert AS t ON t.person_rad = l.person_rad AND t.felt = 'poVurdTann'
WHERE l.per_statusdato
