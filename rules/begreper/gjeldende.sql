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
--    samme rad som svaret. …_gitt: den finnes.
-- 3. poHab, poVenteliste og poHeldg leses bare av raden i kraft, og tomt er ikke noe
--    svar: et flagg som forsvinner, er slutt. …_i_aaret: 1 på en rad i året.
-- 4. poIndPlan_i_kraft: raden i kraft har selv et svar.
-- koordinator: poHarKoordinator med 11–14 lest som 1–4; merknaden i formatet sier 11–14,
-- kodeverket 9188 sier 1–4.
-- En umulig dato er det samme som ingen dato.
--
-- Leses slik: de fleste har høyst én rad i året, og står i første halvdel av «samlet». For dem
-- med flere finner «flere» hvor svarene står: det høyeste (nr, rad) i ett tall, der rad er de
-- elleve siste sifrene. En + foran en verdi tar bort kolonnens type, så halvdelene er like og
-- leses rett ut, uten å mellomlagres.
-- …_her er verdien på raden i kraft.
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
        coalesce(max(o.poHab = '1'), 0) AS poHab,
        coalesce(max(o.poVenteliste = '1'), 0) AS poVenteliste,
        coalesce(max(o.poHeldg = '1'), 0) AS poHeldg
    FROM rader AS r
    INNER JOIN personoppl AS o ON o.rad = r.rad
    GROUP BY r.person_rad
),

samlet AS (
    SELECT
        p.person_rad,
        coalesce(o.rad, p.person_rad) AS rad,
        o.rad IS NOT NULL AS har_rad,
        coalesce(e.dekker, 0) AS i_kraft,
        CASE WHEN s.poHusstand <> '' THEN s.poHusstand END AS poHusstand,
        coalesce(o.rad, p.person_rad) AS poHusstand_rad,
        CASE WHEN s.poOmsorgBarn <> '' THEN s.poOmsorgBarn END AS poOmsorgBarn,
        coalesce(o.rad, p.person_rad) AS poOmsorgBarn_rad,
        CASE WHEN s.poPrivHjelp <> '' THEN s.poPrivHjelp END AS poPrivHjelp,
        coalesce(o.rad, p.person_rad) AS poPrivHjelp_rad,
        CASE WHEN s.poBoligTilr <> '' THEN s.poBoligTilr END AS poBoligTilr,
        coalesce(o.rad, p.person_rad) AS poBoligTilr_rad,
        CASE WHEN s.poVurdTann <> '' THEN s.poVurdTann END AS poVurdTann,
        coalesce(o.rad, p.person_rad) AS poVurdTann_rad,
        CASE WHEN s.poVurdLege <> '' THEN s.poVurdLege END AS poVurdLege,
        coalesce(o.rad, p.person_rad) AS poVurdLege_rad,
        CASE WHEN s.poIndPlan <> '' THEN s.poIndPlan END AS poIndPlan,
        coalesce(o.rad, p.person_rad) AS poIndPlan_rad,
        CASE WHEN s.poHarKoordinator <> '' THEN s.poHarKoordinator END AS poHarKoordinator,
        coalesce(o.rad, p.person_rad) AS poHarKoordinator_rad,
        CASE WHEN s.poArbBistBehov <> '' THEN s.poArbBistBehov END AS poArbBistBehov,
        coalesce(o.rad, p.person_rad) AS poArbBistBehov_rad,
        CASE WHEN s.poArbBistMottar <> '' THEN s.poArbBistMottar END AS poArbBistMottar,
        coalesce(o.rad, p.person_rad) AS poArbBistMottar_rad,
        CASE WHEN s.poArbTranspBehov <> '' THEN s.poArbTranspBehov END AS poArbTranspBehov,
        coalesce(o.rad, p.person_rad) AS poArbTranspBehov_rad,
        CASE WHEN s.poArbTranspMottar <> '' THEN s.poArbTranspMottar END AS poArbTranspMottar,
        coalesce(o.rad, p.person_rad) AS poArbTranspMottar_rad,
        CASE WHEN s.poFriBistBehov <> '' THEN s.poFriBistBehov END AS poFriBistBehov,
        coalesce(o.rad, p.person_rad) AS poFriBistBehov_rad,
        CASE WHEN s.poFriBistMottar <> '' THEN s.poFriBistMottar END AS poFriBistMottar,
        coalesce(o.rad, p.person_rad) AS poFriBistMottar_rad,
        CASE WHEN s.poFriTranspBehov <> '' THEN s.poFriTranspBehov END AS poFriTranspBehov,
        coalesce(o.rad, p.person_rad) AS poFriTranspBehov_rad,
        CASE WHEN s.poFriTranspMottar <> '' THEN s.poFriTranspMottar END AS poFriTranspMottar,
        coalesce(o.rad, p.person_rad) AS poFriTranspMottar_rad,
        CASE WHEN s.poLegeMiddGj <> '' THEN s.poLegeMiddGj END AS poLegeMiddGj,
        coalesce(o.rad, p.person_rad) AS poLegeMiddGj_rad,
        CASE WHEN s.poErnKartlagt <> '' THEN s.poErnKartlagt END AS poErnKartlagt,
        coalesce(o.rad, p.person_rad) AS poErnKartlagt_rad,
        CASE WHEN s.poErnRisiko <> '' THEN s.poErnRisiko END AS poErnRisiko,
        coalesce(o.rad, p.person_rad) AS poErnRisiko_rad,
        CASE WHEN s.poErnPlan <> '' THEN s.poErnPlan END AS poErnPlan,
        coalesce(o.rad, p.person_rad) AS poErnPlan_rad,
        CASE WHEN s.poLegeMiddGj <> '' THEN s.poLegeMiddGjDato END AS poLegeMiddGjDato,
        CASE WHEN s.poErnKartlagt <> '' THEN s.poErnKartlagtDato END AS poErnKartlagtDato,
        CASE WHEN s.poErnRisiko <> '' THEN s.poErnRisikoDato END AS poErnRisikoDato,
        CASE WHEN s.poErnPlan <> '' THEN s.poErnPlanDato END AS poErnPlanDato,
        o.poIndPlan AS poIndPlan_her,
        o.poHab AS poHab_her,
        coalesce(o.poHab = '1', 0) AS poHab_i_aaret,
        o.poVenteliste AS poVenteliste_her,
        coalesce(o.poVenteliste = '1', 0) AS poVenteliste_i_aaret,
        o.poHeldg AS poHeldg_her,
        coalesce(o.poHeldg = '1', 0) AS poHeldg_i_aaret,
        o.poHabDato AS poHabDato_her,
        o.poVentelisteDato AS poVentelisteDato_her
    FROM person_aar AS p
    LEFT JOIN personoppl_i_aaret AS e ON e.person_rad = p.person_rad
    LEFT JOIN personoppl AS o ON o.rad = e.rad
    LEFT JOIN personoppl AS s ON s.rad = e.rad AND e.startet
    WHERE p.person_rad NOT IN (SELECT f.person_rad FROM flere AS f)
    UNION ALL
    SELECT
        f.person_rad,
        +f.rad,
        1,
        +f.dekker,
        +(SELECT a.poHusstand FROM personoppl AS a WHERE a.rad = f.poHusstand),
        coalesce(f.poHusstand, f.rad),
        +(SELECT a.poOmsorgBarn FROM personoppl AS a WHERE a.rad = f.poOmsorgBarn),
        coalesce(f.poOmsorgBarn, f.rad),
        +(SELECT a.poPrivHjelp FROM personoppl AS a WHERE a.rad = f.poPrivHjelp),
        coalesce(f.poPrivHjelp, f.rad),
        +(SELECT a.poBoligTilr FROM personoppl AS a WHERE a.rad = f.poBoligTilr),
        coalesce(f.poBoligTilr, f.rad),
        +(SELECT a.poVurdTann FROM personoppl AS a WHERE a.rad = f.poVurdTann),
        coalesce(f.poVurdTann, f.rad),
        +(SELECT a.poVurdLege FROM personoppl AS a WHERE a.rad = f.poVurdLege),
        coalesce(f.poVurdLege, f.rad),
        +(SELECT a.poIndPlan FROM personoppl AS a WHERE a.rad = f.poIndPlan),
        coalesce(f.poIndPlan, f.rad),
        +(SELECT a.poHarKoordinator FROM personoppl AS a WHERE a.rad = f.poHarKoordinator),
        coalesce(f.poHarKoordinator, f.rad),
        +(SELECT a.poArbBistBehov FROM personoppl AS a WHERE a.rad = f.poArbBistBehov),
        coalesce(f.poArbBistBehov, f.rad),
        +(SELECT a.poArbBistMottar FROM personoppl AS a WHERE a.rad = f.poArbBistMottar),
        coalesce(f.poArbBistMottar, f.rad),
        +(SELECT a.poArbTranspBehov FROM personoppl AS a WHERE a.rad = f.poArbTranspBehov),
        coalesce(f.poArbTranspBehov, f.rad),
        +(SELECT a.poArbTranspMottar FROM personoppl AS a WHERE a.rad = f.poArbTranspMottar),
        coalesce(f.poArbTranspMottar, f.rad),
        +(SELECT a.poFriBistBehov FROM personoppl AS a WHERE a.rad = f.poFriBistBehov),
        coalesce(f.poFriBistBehov, f.rad),
        +(SELECT a.poFriBistMottar FROM personoppl AS a WHERE a.rad = f.poFriBistMottar),
        coalesce(f.poFriBistMottar, f.rad),
        +(SELECT a.poFriTranspBehov FROM personoppl AS a WHERE a.rad = f.poFriTranspBehov),
        coalesce(f.poFriTranspBehov, f.rad),
        +(SELECT a.poFriTranspMottar FROM personoppl AS a WHERE a.rad = f.poFriTranspMottar),
        coalesce(f.poFriTranspMottar, f.rad),
        +(SELECT a.poLegeMiddGj FROM personoppl AS a WHERE a.rad = f.poLegeMiddGj),
        coalesce(f.poLegeMiddGj, f.rad),
        +(SELECT a.poErnKartlagt FROM personoppl AS a WHERE a.rad = f.poErnKartlagt),
        coalesce(f.poErnKartlagt, f.rad),
        +(SELECT a.poErnRisiko FROM personoppl AS a WHERE a.rad = f.poErnRisiko),
        coalesce(f.poErnRisiko, f.rad),
        +(SELECT a.poErnPlan FROM personoppl AS a WHERE a.rad = f.poErnPlan),
        coalesce(f.poErnPlan, f.rad),
        +(SELECT a.poLegeMiddGjDato FROM personoppl AS a WHERE a.rad = f.poLegeMiddGj),
        +(SELECT a.poErnKartlagtDato FROM personoppl AS a WHERE a.rad = f.poErnKartlagt),
        +(SELECT a.poErnRisikoDato FROM personoppl AS a WHERE a.rad = f.poErnRisiko),
        +(SELECT a.poErnPlanDato FROM personoppl AS a WHERE a.rad = f.poErnPlan),
        o.poIndPlan,
        o.poHab,
        +f.poHab,
        o.poVenteliste,
        +f.poVenteliste,
        o.poHeldg,
        +f.poHeldg,
        o.poHabDato,
        o.poVentelisteDato
    FROM flere AS f
    INNER JOIN personoppl AS o ON o.rad = f.rad
),

svar AS (
    SELECT
        person_rad,
        rad,
        har_rad,
        har_rad AND NOT i_kraft AS foreldet,
        poHusstand,
        poHusstand IS NOT NULL AS poHusstand_besvart,
        poHusstand_rad,
        poOmsorgBarn,
        poOmsorgBarn IS NOT NULL AS poOmsorgBarn_besvart,
        poOmsorgBarn_rad,
        poPrivHjelp,
        poPrivHjelp IS NOT NULL AS poPrivHjelp_besvart,
        poPrivHjelp_rad,
        poBoligTilr,
        poBoligTilr IS NOT NULL AS poBoligTilr_besvart,
        poBoligTilr_rad,
        poVurdTann,
        poVurdTann IS NOT NULL AS poVurdTann_besvart,
        poVurdTann_rad,
        poVurdLege,
        poVurdLege IS NOT NULL AS poVurdLege_besvart,
        poVurdLege_rad,
        poIndPlan,
        poIndPlan IS NOT NULL AS poIndPlan_besvart,
        poIndPlan_rad,
        poHarKoordinator,
        poHarKoordinator IS NOT NULL AS poHarKoordinator_besvart,
        poHarKoordinator_rad,
        poArbBistBehov,
        poArbBistBehov IS NOT NULL AS poArbBistBehov_besvart,
        poArbBistBehov_rad,
        poArbBistMottar,
        poArbBistMottar IS NOT NULL AS poArbBistMottar_besvart,
        poArbBistMottar_rad,
        poArbTranspBehov,
        poArbTranspBehov IS NOT NULL AS poArbTranspBehov_besvart,
        poArbTranspBehov_rad,
        poArbTranspMottar,
        poArbTranspMottar IS NOT NULL AS poArbTranspMottar_besvart,
        poArbTranspMottar_rad,
        poFriBistBehov,
        poFriBistBehov IS NOT NULL AS poFriBistBehov_besvart,
        poFriBistBehov_rad,
        poFriBistMottar,
        poFriBistMottar IS NOT NULL AS poFriBistMottar_besvart,
        poFriBistMottar_rad,
        poFriTranspBehov,
        poFriTranspBehov IS NOT NULL AS poFriTranspBehov_besvart,
        poFriTranspBehov_rad,
        poFriTranspMottar,
        poFriTranspMottar IS NOT NULL AS poFriTranspMottar_besvart,
        poFriTranspMottar_rad,
        poLegeMiddGj,
        poLegeMiddGj IS NOT NULL AS poLegeMiddGj_besvart,
        poLegeMiddGj_rad,
        poErnKartlagt,
        poErnKartlagt IS NOT NULL AS poErnKartlagt_besvart,
        poErnKartlagt_rad,
        poErnRisiko,
        poErnRisiko IS NOT NULL AS poErnRisiko_besvart,
        poErnRisiko_rad,
        poErnPlan,
        poErnPlan IS NOT NULL AS poErnPlan_besvart,
        poErnPlan_rad,
        CASE WHEN poLegeMiddGjDato <> '' AND dagnr(poLegeMiddGjDato) IS NOT NULL THEN poLegeMiddGjDato END AS poLegeMiddGjDato,
        CASE WHEN poErnKartlagtDato <> '' AND dagnr(poErnKartlagtDato) IS NOT NULL THEN poErnKartlagtDato END AS poErnKartlagtDato,
        CASE WHEN poErnRisikoDato <> '' AND dagnr(poErnRisikoDato) IS NOT NULL THEN poErnRisikoDato END AS poErnRisikoDato,
        CASE WHEN poErnPlanDato <> '' AND dagnr(poErnPlanDato) IS NOT NULL THEN poErnPlanDato END AS poErnPlanDato,
        i_kraft AND coalesce(poIndPlan_her <> '', 0) AS poIndPlan_i_kraft,
        CASE WHEN i_kraft THEN nullif(poHab_her, '') END AS poHab,
        poHab_i_aaret,
        CASE WHEN i_kraft THEN nullif(poVenteliste_her, '') END AS poVenteliste,
        poVenteliste_i_aaret,
        CASE WHEN i_kraft THEN nullif(poHeldg_her, '') END AS poHeldg,
        poHeldg_i_aaret,
        CASE
            WHEN i_kraft AND poHabDato_her <> '' AND dagnr(poHabDato_her) IS NOT NULL THEN poHabDato_her
        END AS poHabDato,
        CASE
            WHEN i_kraft AND poVentelisteDato_her <> '' AND dagnr(poVentelisteDato_her) IS NOT NULL THEN poVentelisteDato_her
        END AS poVentelisteDato
    FROM samlet
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
