-- Personer som er meldt med heldøgns tjenestetilbud (poHeldg = 1) på statusdatoen, én rad
-- per person.
-- Kilde: annotasjonene til 2019-formatet; Helsedirektoratets gjennomgang av rapporteringen
-- 31.08.2018 (tilbudet avgjøres av innholdet og omfanget av tjenestene, ikke av boformen,
-- og etter kommunens egne kriterier).
-- rad: personopplysningene som gjelder. En nyere rad uten ja avslutter et ja.
-- har_tjeneste: minst én tjeneste er i gang. Alt under gjelder tjenestene på statusdatoen:
-- en_type: alle er av samme type (12, 13 og 29 er én type).
-- krever_timer: typen skal ha timer per uke. timer: timene til sammen, 0 når de mangler.
-- paa_opphold: minst ett opphold (8, 18–22, 25).
-- tjeneste_rad: den siste av tjenestene. type: den høyeste tjenestetypen.
-- Indeks: person_rad.
WITH paa_dagen AS (
    SELECT
        i.person_rad,
        max(i.nr * 100000000000 + i.rad) % 100000000000 AS rad
    FROM personoppl_i_aaret AS i
    WHERE
        i.person_rad IN (SELECT o.person_rad FROM personoppl AS o WHERE o.poHeldg = '1')
        AND coalesce(i.fra, '') <= :statusdato
        AND i.til >= :statusdato
    GROUP BY i.person_rad
),

meldt AS MATERIALIZED (
    SELECT
        d.person_rad,
        d.rad
    FROM paa_dagen AS d
    INNER JOIN personoppl AS o ON o.rad = d.rad
    INNER JOIN person_aar AS p ON p.person_rad = d.person_rad
    WHERE o.poHeldg = '1' AND p.lever
)
SELECT
    m.person_rad,
    m.rad,
    count(a.rad) > 0 AS har_tjeneste,
    count(DISTINCT a.type_talt) = 1 AS en_type,
    coalesce(max(a.type IN (SELECT k.type FROM krav_til_tjeneste AS k WHERE k.felt = 'tjTimerUke')), 0)
        AS krever_timer,
    total(a.timer) AS timer,
    coalesce(max(a.type IN (8, 18, 19, 20, 21, 22, 25)), 0) AS paa_opphold,
    max(a.rad) AS tjeneste_rad,
    max(a.type) AS type
FROM meldt AS m
LEFT JOIN aktiv_tjeneste AS a ON a.person_rad = m.person_rad AND a.per_statusdato
GROUP BY m.person_rad
