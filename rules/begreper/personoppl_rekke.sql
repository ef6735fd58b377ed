-- Hver PERSONOPPL-rad i året som kommer etter en tidligere rad på samme person, én rad per
-- PERSONOPPL. Den første raden til en person er ikke med, og heller ikke en rad som slutter
-- før den begynner: den gjelder ikke på noen dag (det har sin egen regel).
-- Kilde: annotasjonene til 2018- og 2019-formatet (egne fra- og til-datoer, til og med).
-- Om en ny rad er et helt bilde eller bare det som er endret, er ikke kjent, og begrepet
-- bygger ikke på det.
-- forrige_rad, forrige_til: den tidligere raden som varer lengst, og dens siste dag.
-- overlapper: radene gjelder samtidig. At den ene slutter samme dag som den neste
-- begynner, er et vanlig skifte og ikke overlapp (vår tolkning).
-- motsigelse: radene overlapper og gir ulike svar på samme spørsmål.
-- hull_fra, hull_til: dagene mellom radene, tomme når det ikke er noen.
-- tjeneste_i_hullet: personen har en tjeneste i gang på minst én av de dagene. For andre
-- er det ikke noe galt i at ingen rad gjelder.
WITH rekke AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        coalesce(fra, '') AS fra,
        max(til || printf('%012d', rad)) OVER (
            PARTITION BY person_rad
            ORDER BY nr
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS lengst
    FROM personoppl_i_aaret
    WHERE
        person_rad IN (SELECT n.person_rad FROM personoppl_i_aaret AS n WHERE n.nr = 2)
        AND til >= coalesce(fra, '')
),

skifte AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        fra,
        CAST(substr(lengst, 9) AS INTEGER) AS forrige_rad,
        substr(lengst, 1, 8) AS forrige_til,
        dagnr(fra) - dagnr(substr(lengst, 1, 8)) > 1 AS hull
    FROM rekke
    WHERE lengst > ''
),

motsagt AS (
    SELECT s.rad
    FROM skifte AS s
    INNER JOIN personoppl AS a ON a.rad = s.forrige_rad
    INNER JOIN personoppl AS b ON b.rad = s.rad
    WHERE
        s.forrige_til > s.fra
        AND (
            nullif(a.poHusstand, '') <> nullif(b.poHusstand, '')
            OR nullif(a.poOmsorgBarn, '') <> nullif(b.poOmsorgBarn, '')
            OR nullif(a.poPrivHjelp, '') <> nullif(b.poPrivHjelp, '')
            OR nullif(a.poBoligTilr, '') <> nullif(b.poBoligTilr, '')
            OR nullif(a.poVurdTann, '') <> nullif(b.poVurdTann, '')
            OR nullif(a.poVurdLege, '') <> nullif(b.poVurdLege, '')
            OR nullif(a.poIndPlan, '') <> nullif(b.poIndPlan, '')
            OR nullif(a.poHarKoordinator, '') <> nullif(b.poHarKoordinator, '')
            OR nullif(a.poArbBistBehov, '') <> nullif(b.poArbBistBehov, '')
            OR nullif(a.poArbBistMottar, '') <> nullif(b.poArbBistMottar, '')
            OR nullif(a.poArbTranspBehov, '') <> nullif(b.poArbTranspBehov, '')
            OR nullif(a.poArbTranspMottar, '') <> nullif(b.poArbTranspMottar, '')
            OR nullif(a.poFriBistBehov, '') <> nullif(b.poFriBistBehov, '')
            OR nullif(a.poFriBistMottar, '') <> nullif(b.poFriBistMottar, '')
            OR nullif(a.poFriTranspBehov, '') <> nullif(b.poFriTranspBehov, '')
            OR nullif(a.poFriTranspMottar, '') <> nullif(b.poFriTranspMottar, '')
            OR nullif(a.poLegeMiddGj, '') <> nullif(b.poLegeMiddGj, '')
            OR nullif(a.poErnKartlagt, '') <> nullif(b.poErnKartlagt, '')
            OR nullif(a.poErnRisiko, '') <> nullif(b.poErnRisiko, '')
            OR nullif(a.poErnPlan, '') <> nullif(b.poErnPlan, '')
            OR nullif(a.poVenteliste, '') <> nullif(b.poVenteliste, '')
            OR nullif(a.poHeldg, '') <> nullif(b.poHeldg, '')
            OR nullif(a.poHab, '') <> nullif(b.poHab, '')
        )
)
SELECT
    s.rad,
    s.person_rad,
    s.forrige_rad,
    s.forrige_til,
    s.forrige_til > s.fra AS overlapper,
    s.rad IN (SELECT m.rad FROM motsagt AS m) AS motsigelse,
    CASE WHEN s.hull THEN dato(dagnr(s.forrige_til) + 1) END AS hull_fra,
    CASE WHEN s.hull THEN dato(dagnr(s.fra) - 1) END AS hull_til,
    CASE
        WHEN s.hull THEN EXISTS (
            SELECT 1
            FROM aktiv_tjeneste AS t
            WHERE t.person_rad = s.person_rad AND t.fra < s.fra AND t.til > s.forrige_til
        )
        ELSE 0
    END AS tjeneste_i_hullet
FROM skifte AS s
