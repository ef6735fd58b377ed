-- Det som gjelder for hver person, én rad per person, også den uten PERSONOPPL.
-- Kilde: annotasjonene til 2019-formatet (PERSONOPPL er «personinformasjon som kan
-- endres over tid», med egne fra- og til-datoer, til og med). Utvalget er vår tolkning,
-- for det er ikke kjent om hver rad er et helt bilde eller bare det som er endret:
-- 1. ref er statusdatoen når personen har en tjeneste i gang da, ellers den siste dagen
--    med tjeneste i året, ellers statusdatoen. Raden i kraft (rad) er den som dekker ref;
--    er det flere, den med senest startdato, så høyest poPoID. Dekker ingen, er det den
--    siste som overlapper året, og foreldet = 1. Uten rader er rad personen selv.
-- 2. En opplysning om personen eller en vurdering er det siste svaret som ikke er tomt,
--    på en rad som overlapper året og starter senest ref. x_besvart sier om det finnes,
--    x_rad hvor det står (rad når det ikke finnes). En dato (…Dato) hentes alltid fra
--    samme rad som svaret. …_gitt: den finnes. …_sist: den seneste datoen på en rad i
--    året, også uten svar.
-- 3. poHab, poVenteliste og poHeldg leses bare av raden i kraft, og tomt er ikke noe
--    svar: et flagg som forsvinner, er slutt. …_i_aaret: 1 på en rad i året.
-- 4. poIndPlan_i_kraft: raden i kraft har selv et svar.
-- koordinator: poHarKoordinator med 11–14 lest som 1–4; merknaden i formatet sier 11–14,
-- kodeverket 9188 sier 1–4.
-- En umulig dato er det samme som ingen dato.
--
-- Leses slik: de fleste har én rad i året (eneste). For dem med flere finner «flere» hvor
-- svarene står: det høyeste (nr, rad) i ett tall, der rad er de elleve siste sifrene.
-- …_sted er raden svaret står på, …_her er verdien på raden i kraft.
-- Nøkkel: person_rad.
WITH rader AS MATERIALIZED (
    SELECT
        person_rad,
        rad,
        startet,
        dekker,
        nr * 100000000000 + rad AS plass
    FROM personoppl_i_aaret
    WHERE person_rad IN (SELECT n.person_rad FROM personoppl_i_aaret AS n WHERE n.nr = 2)
),

flere AS MATERIALIZED (
    SELECT
        r.person_rad,
        max(r.dekker) AS dekker,
        coalesce(max(CASE WHEN r.dekker THEN r.plass END), max(r.plass)) % 100000000000 AS rad,
        max(CASE WHEN r.startet AND o.poHusstand <> '' THEN r.plass END) % 100000000000 AS poHusstand,
        max(CASE WHEN r.startet AND o.poOmsorgBarn <> '' THEN r.plass END) % 100000000000 AS poOmsorgBarn,
        max(CASE WHEN r.startet AND o.poPrivHjelp <> '' THEN r.plass END) % 100000000000 AS poPrivHjelp,
        max(CASE WHEN r.startet AND o.poBoligTilr <> '' THEN r.plass END) % 100000000000 AS poBoligTilr,
        max(CASE WHEN r.startet AND o.poVurdTann <> '' THEN r.plass END) % 100000000000 AS poVurdTann,
        max(CASE WHEN r.startet AND o.poVurdLege <> '' THEN r.plass END) % 100000000000 AS poVurdLege,
        max(CASE WHEN r.startet AND o.poIndPlan <> '' THEN r.plass END) % 100000000000 AS poIndPlan,
        max(CASE WHEN r.startet AND o.poHarKoordinator <> '' THEN r.plass END) % 100000000000 AS poHarKoordinator,
        max(CASE WHEN r.startet AND o.poArbBistBehov <> '' THEN r.plass END) % 100000000000 AS poArbBistBehov,
        max(CASE WHEN r.startet AND o.poArbBistMottar <> '' THEN r.plass END) % 100000000000 AS poArbBistMottar,
        max(CASE WHEN r.startet AND o.poArbTranspBehov <> '' THEN r.plass END) % 100000000000 AS poArbTranspBehov,
        max(CASE WHEN r.startet AND o.poArbTranspMottar <> '' THEN r.plass END) % 100000000000 AS poArbTranspMottar,
        max(CASE WHEN r.startet AND o.poFriBistBehov <> '' THEN r.plass END) % 100000000000 AS poFriBistBehov,
        max(CASE WHEN r.startet AND o.poFriBistMottar <> '' THEN r.plass END) % 100000000000 AS poFriBistMottar,
        max(CASE WHEN r.startet AND o.poFriTranspBehov <> '' THEN r.plass END) % 100000000000 AS poFriTranspBehov,
        max(CASE WHEN r.startet AND o.poFriTranspMottar <> '' THEN r.plass END) % 100000000000 AS poFriTranspMottar,
        max(CASE WHEN r.startet AND o.poLegeMiddGj <> '' THEN r.plass END) % 100000000000 AS poLegeMiddGj,
        max(CASE WHEN r.startet AND o.poErnKartlagt <> '' THEN r.plass END) % 100000000000 AS poErnKartlagt,
        max(CASE WHEN r.startet AND o.poErnRisiko <> '' THEN r.plass END) % 100000000000 AS poErnRisiko,
        max(CASE WHEN r.startet AND o.poErnPlan <> '' THEN r.plass END) % 100000000000 AS poErnPlan,
        max(CASE WHEN dagnr(o.poLegeMiddGjDato) IS NOT NULL THEN o.poLegeMiddGjDato END) AS poLegeMiddGjDato,
        max(CASE WHEN dagnr(o.poErnKartlagtDato) IS NOT NULL THEN o.poErnKartlagtDato END) AS poErnKartlagtDato,
        max(CASE WHEN dagnr(o.poErnRisikoDato) IS NOT NULL THEN o.poErnRisikoDato END) AS poErnRisikoDato,
        max(CASE WHEN dagnr(o.poErnPlanDato) IS NOT NULL THEN o.poErnPlanDato END) AS poErnPlanDato,
        coalesce(max(o.poHab = '1'), 0) AS poHab,
        coalesce(max(o.poVenteliste = '1'), 0) AS poVenteliste,
        coalesce(max(o.poHeldg = '1'), 0) AS poHeldg
    FROM rader AS r
    INNER JOIN personoppl AS o ON o.rad = r.rad
    GROUP BY r.person_rad
),

lest AS (
    SELECT
        p.person_rad,
        coalesce(o.rad, p.person_rad) AS rad,
        o.rad IS NOT NULL AS har_rad,
        coalesce(e.dekker, f.dekker, 0) AS i_kraft,
        CASE WHEN e.startet AND o.poHusstand <> '' THEN e.rad ELSE f.poHusstand END AS poHusstand_sted,
        o.poHusstand AS poHusstand_her,
        CASE WHEN e.startet AND o.poOmsorgBarn <> '' THEN e.rad ELSE f.poOmsorgBarn END AS poOmsorgBarn_sted,
        o.poOmsorgBarn AS poOmsorgBarn_her,
        CASE WHEN e.startet AND o.poPrivHjelp <> '' THEN e.rad ELSE f.poPrivHjelp END AS poPrivHjelp_sted,
        o.poPrivHjelp AS poPrivHjelp_her,
        CASE WHEN e.startet AND o.poBoligTilr <> '' THEN e.rad ELSE f.poBoligTilr END AS poBoligTilr_sted,
        o.poBoligTilr AS poBoligTilr_her,
        CASE WHEN e.startet AND o.poVurdTann <> '' THEN e.rad ELSE f.poVurdTann END AS poVurdTann_sted,
        o.poVurdTann AS poVurdTann_her,
        CASE WHEN e.startet AND o.poVurdLege <> '' THEN e.rad ELSE f.poVurdLege END AS poVurdLege_sted,
        o.poVurdLege AS poVurdLege_her,
        CASE WHEN e.startet AND o.poIndPlan <> '' THEN e.rad ELSE f.poIndPlan END AS poIndPlan_sted,
        o.poIndPlan AS poIndPlan_her,
        CASE WHEN e.startet AND o.poHarKoordinator <> '' THEN e.rad ELSE f.poHarKoordinator END AS poHarKoordinator_sted,
        o.poHarKoordinator AS poHarKoordinator_her,
        CASE WHEN e.startet AND o.poArbBistBehov <> '' THEN e.rad ELSE f.poArbBistBehov END AS poArbBistBehov_sted,
        o.poArbBistBehov AS poArbBistBehov_her,
        CASE WHEN e.startet AND o.poArbBistMottar <> '' THEN e.rad ELSE f.poArbBistMottar END AS poArbBistMottar_sted,
        o.poArbBistMottar AS poArbBistMottar_her,
        CASE WHEN e.startet AND o.poArbTranspBehov <> '' THEN e.rad ELSE f.poArbTranspBehov END AS poArbTranspBehov_sted,
        o.poArbTranspBehov AS poArbTranspBehov_her,
        CASE WHEN e.startet AND o.poArbTranspMottar <> '' THEN e.rad ELSE f.poArbTranspMottar END AS poArbTranspMottar_sted,
        o.poArbTranspMottar AS poArbTranspMottar_her,
        CASE WHEN e.startet AND o.poFriBistBehov <> '' THEN e.rad ELSE f.poFriBistBehov END AS poFriBistBehov_sted,
        o.poFriBistBehov AS poFriBistBehov_her,
        CASE WHEN e.startet AND o.poFriBistMottar <> '' THEN e.rad ELSE f.poFriBistMottar END AS poFriBistMottar_sted,
        o.poFriBistMottar AS poFriBistMottar_her,
        CASE WHEN e.startet AND o.poFriTranspBehov <> '' THEN e.rad ELSE f.poFriTranspBehov END AS poFriTranspBehov_sted,
        o.poFriTranspBehov AS poFriTranspBehov_her,
        CASE WHEN e.startet AND o.poFriTranspMottar <> '' THEN e.rad ELSE f.poFriTranspMottar END AS poFriTranspMottar_sted,
        o.poFriTranspMottar AS poFriTranspMottar_her,
        CASE WHEN e.startet AND o.poLegeMiddGj <> '' THEN e.rad ELSE f.poLegeMiddGj END AS poLegeMiddGj_sted,
        o.poLegeMiddGj AS poLegeMiddGj_her,
        CASE WHEN e.startet AND o.poErnKartlagt <> '' THEN e.rad ELSE f.poErnKartlagt END AS poErnKartlagt_sted,
        o.poErnKartlagt AS poErnKartlagt_her,
        CASE WHEN e.startet AND o.poErnRisiko <> '' THEN e.rad ELSE f.poErnRisiko END AS poErnRisiko_sted,
        o.poErnRisiko AS poErnRisiko_her,
        CASE WHEN e.startet AND o.poErnPlan <> '' THEN e.rad ELSE f.poErnPlan END AS poErnPlan_sted,
        o.poErnPlan AS poErnPlan_her,
        CASE
            WHEN o.poLegeMiddGjDato <> '' AND dagnr(o.poLegeMiddGjDato) IS NOT NULL THEN o.poLegeMiddGjDato
        END AS poLegeMiddGjDato_her,
        f.poLegeMiddGjDato AS poLegeMiddGjDato_flere,
        CASE
            WHEN o.poErnKartlagtDato <> '' AND dagnr(o.poErnKartlagtDato) IS NOT NULL THEN o.poErnKartlagtDato
        END AS poErnKartlagtDato_her,
        f.poErnKartlagtDato AS poErnKartlagtDato_flere,
        CASE
            WHEN o.poErnRisikoDato <> '' AND dagnr(o.poErnRisikoDato) IS NOT NULL THEN o.poErnRisikoDato
        END AS poErnRisikoDato_her,
        f.poErnRisikoDato AS poErnRisikoDato_flere,
        CASE
            WHEN o.poErnPlanDato <> '' AND dagnr(o.poErnPlanDato) IS NOT NULL THEN o.poErnPlanDato
        END AS poErnPlanDato_her,
        f.poErnPlanDato AS poErnPlanDato_flere,
        o.poHab AS poHab_her,
        coalesce(f.poHab, o.poHab = '1', 0) AS poHab_i_aaret,
        o.poVenteliste AS poVenteliste_her,
        coalesce(f.poVenteliste, o.poVenteliste = '1', 0) AS poVenteliste_i_aaret,
        o.poHeldg AS poHeldg_her,
        coalesce(f.poHeldg, o.poHeldg = '1', 0) AS poHeldg_i_aaret,
        CASE WHEN o.poHabDato <> '' AND dagnr(o.poHabDato) IS NOT NULL THEN o.poHabDato END AS poHabDato_her,
        CASE WHEN o.poVentelisteDato <> '' AND dagnr(o.poVentelisteDato) IS NOT NULL THEN o.poVentelisteDato END AS poVentelisteDato_her
    FROM person_aar AS p
    LEFT JOIN flere AS f ON f.person_rad = p.person_rad
    LEFT JOIN personoppl_i_aaret AS e ON e.person_rad = p.person_rad AND f.person_rad IS NULL
    LEFT JOIN personoppl AS o ON o.rad = coalesce(e.rad, f.rad)
),

svar AS (
    SELECT
        person_rad,
        rad,
        har_rad,
        har_rad AND NOT i_kraft AS foreldet,
        CASE
            WHEN poHusstand_sted = rad THEN poHusstand_her
            WHEN poHusstand_sted > 0
                THEN (SELECT a.poHusstand FROM personoppl AS a WHERE a.rad = poHusstand_sted)
        END AS poHusstand,
        poHusstand_sted IS NOT NULL AS poHusstand_besvart,
        coalesce(poHusstand_sted, rad) AS poHusstand_rad,
        CASE
            WHEN poOmsorgBarn_sted = rad THEN poOmsorgBarn_her
            WHEN poOmsorgBarn_sted > 0
                THEN (SELECT a.poOmsorgBarn FROM personoppl AS a WHERE a.rad = poOmsorgBarn_sted)
        END AS poOmsorgBarn,
        poOmsorgBarn_sted IS NOT NULL AS poOmsorgBarn_besvart,
        coalesce(poOmsorgBarn_sted, rad) AS poOmsorgBarn_rad,
        CASE
            WHEN poPrivHjelp_sted = rad THEN poPrivHjelp_her
            WHEN poPrivHjelp_sted > 0
                THEN (SELECT a.poPrivHjelp FROM personoppl AS a WHERE a.rad = poPrivHjelp_sted)
        END AS poPrivHjelp,
        poPrivHjelp_sted IS NOT NULL AS poPrivHjelp_besvart,
        coalesce(poPrivHjelp_sted, rad) AS poPrivHjelp_rad,
        CASE
            WHEN poBoligTilr_sted = rad THEN poBoligTilr_her
            WHEN poBoligTilr_sted > 0
                THEN (SELECT a.poBoligTilr FROM personoppl AS a WHERE a.rad = poBoligTilr_sted)
        END AS poBoligTilr,
        poBoligTilr_sted IS NOT NULL AS poBoligTilr_besvart,
        coalesce(poBoligTilr_sted, rad) AS poBoligTilr_rad,
        CASE
            WHEN poVurdTann_sted = rad THEN poVurdTann_her
            WHEN poVurdTann_sted > 0
                THEN (SELECT a.poVurdTann FROM personoppl AS a WHERE a.rad = poVurdTann_sted)
        END AS poVurdTann,
        poVurdTann_sted IS NOT NULL AS poVurdTann_besvart,
        coalesce(poVurdTann_sted, rad) AS poVurdTann_rad,
        CASE
            WHEN poVurdLege_sted = rad THEN poVurdLege_her
            WHEN poVurdLege_sted > 0
                THEN (SELECT a.poVurdLege FROM personoppl AS a WHERE a.rad = poVurdLege_sted)
        END AS poVurdLege,
        poVurdLege_sted IS NOT NULL AS poVurdLege_besvart,
        coalesce(poVurdLege_sted, rad) AS poVurdLege_rad,
        CASE
            WHEN poIndPlan_sted = rad THEN poIndPlan_her
            WHEN poIndPlan_sted > 0
                THEN (SELECT a.poIndPlan FROM personoppl AS a WHERE a.rad = poIndPlan_sted)
        END AS poIndPlan,
        poIndPlan_sted IS NOT NULL AS poIndPlan_besvart,
        coalesce(poIndPlan_sted, rad) AS poIndPlan_rad,
        CASE
            WHEN poHarKoordinator_sted = rad THEN poHarKoordinator_her
            WHEN poHarKoordinator_sted > 0
                THEN (SELECT a.poHarKoordinator FROM personoppl AS a WHERE a.rad = poHarKoordinator_sted)
        END AS poHarKoordinator,
        poHarKoordinator_sted IS NOT NULL AS poHarKoordinator_besvart,
        coalesce(poHarKoordinator_sted, rad) AS poHarKoordinator_rad,
        CASE
            WHEN poArbBistBehov_sted = rad THEN poArbBistBehov_her
            WHEN poArbBistBehov_sted > 0
                THEN (SELECT a.poArbBistBehov FROM personoppl AS a WHERE a.rad = poArbBistBehov_sted)
        END AS poArbBistBehov,
        poArbBistBehov_sted IS NOT NULL AS poArbBistBehov_besvart,
        coalesce(poArbBistBehov_sted, rad) AS poArbBistBehov_rad,
        CASE
            WHEN poArbBistMottar_sted = rad THEN poArbBistMottar_her
            WHEN poArbBistMottar_sted > 0
                THEN (SELECT a.poArbBistMottar FROM personoppl AS a WHERE a.rad = poArbBistMottar_sted)
        END AS poArbBistMottar,
        poArbBistMottar_sted IS NOT NULL AS poArbBistMottar_besvart,
        coalesce(poArbBistMottar_sted, rad) AS poArbBistMottar_rad,
        CASE
            WHEN poArbTranspBehov_sted = rad THEN poArbTranspBehov_her
            WHEN poArbTranspBehov_sted > 0
                THEN (SELECT a.poArbTranspBehov FROM personoppl AS a WHERE a.rad = poArbTranspBehov_sted)
        END AS poArbTranspBehov,
        poArbTranspBehov_sted IS NOT NULL AS poArbTranspBehov_besvart,
        coalesce(poArbTranspBehov_sted, rad) AS poArbTranspBehov_rad,
        CASE
            WHEN poArbTranspMottar_sted = rad THEN poArbTranspMottar_her
            WHEN poArbTranspMottar_sted > 0
                THEN (SELECT a.poArbTranspMottar FROM personoppl AS a WHERE a.rad = poArbTranspMottar_sted)
        END AS poArbTranspMottar,
        poArbTranspMottar_sted IS NOT NULL AS poArbTranspMottar_besvart,
        coalesce(poArbTranspMottar_sted, rad) AS poArbTranspMottar_rad,
        CASE
            WHEN poFriBistBehov_sted = rad THEN poFriBistBehov_her
            WHEN poFriBistBehov_sted > 0
                THEN (SELECT a.poFriBistBehov FROM personoppl AS a WHERE a.rad = poFriBistBehov_sted)
        END AS poFriBistBehov,
        poFriBistBehov_sted IS NOT NULL AS poFriBistBehov_besvart,
        coalesce(poFriBistBehov_sted, rad) AS poFriBistBehov_rad,
        CASE
            WHEN poFriBistMottar_sted = rad THEN poFriBistMottar_her
            WHEN poFriBistMottar_sted > 0
                THEN (SELECT a.poFriBistMottar FROM personoppl AS a WHERE a.rad = poFriBistMottar_sted)
        END AS poFriBistMottar,
        poFriBistMottar_sted IS NOT NULL AS poFriBistMottar_besvart,
        coalesce(poFriBistMottar_sted, rad) AS poFriBistMottar_rad,
        CASE
            WHEN poFriTranspBehov_sted = rad THEN poFriTranspBehov_her
            WHEN poFriTranspBehov_sted > 0
                THEN (SELECT a.poFriTranspBehov FROM personoppl AS a WHERE a.rad = poFriTranspBehov_sted)
        END AS poFriTranspBehov,
        poFriTranspBehov_sted IS NOT NULL AS poFriTranspBehov_besvart,
        coalesce(poFriTranspBehov_sted, rad) AS poFriTranspBehov_rad,
        CASE
            WHEN poFriTranspMottar_sted = rad THEN poFriTranspMottar_her
            WHEN poFriTranspMottar_sted > 0
                THEN (SELECT a.poFriTranspMottar FROM personoppl AS a WHERE a.rad = poFriTranspMottar_sted)
        END AS poFriTranspMottar,
        poFriTranspMottar_sted IS NOT NULL AS poFriTranspMottar_besvart,
        coalesce(poFriTranspMottar_sted, rad) AS poFriTranspMottar_rad,
        CASE
            WHEN poLegeMiddGj_sted = rad THEN poLegeMiddGj_her
            WHEN poLegeMiddGj_sted > 0
                THEN (SELECT a.poLegeMiddGj FROM personoppl AS a WHERE a.rad = poLegeMiddGj_sted)
        END AS poLegeMiddGj,
        poLegeMiddGj_sted IS NOT NULL AS poLegeMiddGj_besvart,
        coalesce(poLegeMiddGj_sted, rad) AS poLegeMiddGj_rad,
        CASE
            WHEN poLegeMiddGj_sted = rad THEN poLegeMiddGjDato_her
            WHEN poLegeMiddGj_sted > 0 THEN (
                SELECT a.poLegeMiddGjDato
                FROM personoppl AS a
                WHERE a.rad = poLegeMiddGj_sted AND dagnr(a.poLegeMiddGjDato) IS NOT NULL
            )
        END AS poLegeMiddGjDato,
        coalesce(poLegeMiddGjDato_flere, poLegeMiddGjDato_her) AS poLegeMiddGjDato_sist,
        CASE
            WHEN poErnKartlagt_sted = rad THEN poErnKartlagt_her
            WHEN poErnKartlagt_sted > 0
                THEN (SELECT a.poErnKartlagt FROM personoppl AS a WHERE a.rad = poErnKartlagt_sted)
        END AS poErnKartlagt,
        poErnKartlagt_sted IS NOT NULL AS poErnKartlagt_besvart,
        coalesce(poErnKartlagt_sted, rad) AS poErnKartlagt_rad,
        CASE
            WHEN poErnKartlagt_sted = rad THEN poErnKartlagtDato_her
            WHEN poErnKartlagt_sted > 0 THEN (
                SELECT a.poErnKartlagtDato
                FROM personoppl AS a
                WHERE a.rad = poErnKartlagt_sted AND dagnr(a.poErnKartlagtDato) IS NOT NULL
            )
        END AS poErnKartlagtDato,
        coalesce(poErnKartlagtDato_flere, poErnKartlagtDato_her) AS poErnKartlagtDato_sist,
        CASE
            WHEN poErnRisiko_sted = rad THEN poErnRisiko_her
            WHEN poErnRisiko_sted > 0
                THEN (SELECT a.poErnRisiko FROM personoppl AS a WHERE a.rad = poErnRisiko_sted)
        END AS poErnRisiko,
        poErnRisiko_sted IS NOT NULL AS poErnRisiko_besvart,
        coalesce(poErnRisiko_sted, rad) AS poErnRisiko_rad,
        CASE
            WHEN poErnRisiko_sted = rad THEN poErnRisikoDato_her
            WHEN poErnRisiko_sted > 0 THEN (
                SELECT a.poErnRisikoDato
                FROM personoppl AS a
                WHERE a.rad = poErnRisiko_sted AND dagnr(a.poErnRisikoDato) IS NOT NULL
            )
        END AS poErnRisikoDato,
        coalesce(poErnRisikoDato_flere, poErnRisikoDato_her) AS poErnRisikoDato_sist,
        CASE
            WHEN poErnPlan_sted = rad THEN poErnPlan_her
            WHEN poErnPlan_sted > 0
                THEN (SELECT a.poErnPlan FROM personoppl AS a WHERE a.rad = poErnPlan_sted)
        END AS poErnPlan,
        poErnPlan_sted IS NOT NULL AS poErnPlan_besvart,
        coalesce(poErnPlan_sted, rad) AS poErnPlan_rad,
        CASE
            WHEN poErnPlan_sted = rad THEN poErnPlanDato_her
            WHEN poErnPlan_sted > 0 THEN (
                SELECT a.poErnPlanDato
                FROM personoppl AS a
                WHERE a.rad = poErnPlan_sted AND dagnr(a.poErnPlanDato) IS NOT NULL
            )
        END AS poErnPlanDato,
        coalesce(poErnPlanDato_flere, poErnPlanDato_her) AS poErnPlanDato_sist,
        i_kraft AND coalesce(poIndPlan_her <> '', 0) AS poIndPlan_i_kraft,
        CASE WHEN i_kraft THEN nullif(poHab_her, '') END AS poHab,
        poHab_i_aaret,
        CASE WHEN i_kraft THEN nullif(poVenteliste_her, '') END AS poVenteliste,
        poVenteliste_i_aaret,
        CASE WHEN i_kraft THEN nullif(poHeldg_her, '') END AS poHeldg,
        poHeldg_i_aaret,
        CASE WHEN i_kraft THEN poHabDato_her END AS poHabDato,
        CASE WHEN i_kraft THEN poVentelisteDato_her END AS poVentelisteDato
    FROM lest
)
SELECT
    *,
    CASE
        WHEN poHarKoordinator IN ('11', '12', '13', '14') THEN substr(poHarKoordinator, 2)
        ELSE poHarKoordinator
    END AS koordinator,
    poLegeMiddGjDato IS NOT NULL AS poLegeMiddGjDato_gitt,
    poErnKartlagtDato IS NOT NULL AS poErnKartlagtDato_gitt,
    poErnRisikoDato IS NOT NULL AS poErnRisikoDato_gitt,
    poErnPlanDato IS NOT NULL AS poErnPlanDato_gitt
FROM svar
