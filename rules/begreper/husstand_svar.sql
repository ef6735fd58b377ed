-- Svaret om husstand i ord, én rad per person som ikke døde før året.
-- Kilde: kodeverk 9335 (1 alene, 2 sammen med andre, 3 med foreldre). Hvilket svar som
-- gjelder, og hvilken rad det står på, er begrepet gjeldende.
-- husstand: 'alene', 'sammen med andre', 'med foreldre', 'ikke besvart' eller 'annet svar'
-- (en kode utenfor kodeverket).
-- i_institusjon: langtidsopphold (21) på statusdatoen.
-- rad: raden svaret står på, ellers den gjeldende raden.
SELECT
    g.person_rad,
    g.poHusstand_rad AS rad,
    CASE
        WHEN NOT g.poHusstand_besvart THEN 'ikke besvart'
        WHEN g.poHusstand = '1' THEN 'alene'
        WHEN g.poHusstand = '2' THEN 'sammen med andre'
        WHEN g.poHusstand = '3' THEN 'med foreldre'
        ELSE 'annet svar'
    END AS husstand,
    coalesce(l.per_statusdato, 0) AS i_institusjon,
    p.alder
FROM gjeldende AS g
INNER JOIN person_aar AS p ON p.person_rad = g.person_rad
LEFT JOIN langtidsopphold AS l ON l.person_rad = g.person_rad
WHERE p.dod_for_aaret = 0
