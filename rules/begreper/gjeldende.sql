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
WITH dag AS (
    SELECT
        person_rad,
        max(CASE WHEN fra <= :statusdato THEN min(til, :statusdato) END) AS ref
    FROM aktiv_tjeneste
    GROUP BY person_rad
),

rader AS MATERIALIZED (
    SELECT
        i.person_rad,
        coalesce(d.ref, :statusdato) AS ref,
        printf('%05d%011d ', i.nr, i.rad) AS plass,
        coalesce(i.fra, '') <= coalesce(d.ref, :statusdato) AS startet,
        coalesce(i.fra, '') <= coalesce(d.ref, :statusdato)
        AND i.til >= coalesce(d.ref, :statusdato) AS dekker,
        CASE WHEN dagnr(o.poLegeMiddGjDato) IS NOT NULL THEN o.poLegeMiddGjDato END AS poLegeMiddGjDato,
        CASE WHEN dagnr(o.poErnKartlagtDato) IS NOT NULL THEN o.poErnKartlagtDato END AS poErnKartlagtDato,
        CASE WHEN dagnr(o.poErnRisikoDato) IS NOT NULL THEN o.poErnRisikoDato END AS poErnRisikoDato,
        CASE WHEN dagnr(o.poErnPlanDato) IS NOT NULL THEN o.poErnPlanDato END AS poErnPlanDato,
        nullif(o.poHusstand, '') AS poHusstand,
        nullif(o.poOmsorgBarn, '') AS poOmsorgBarn,
        nullif(o.poPrivHjelp, '') AS poPrivHjelp,
        nullif(o.poBoligTilr, '') AS poBoligTilr,
        nullif(o.poVurdTann, '') AS poVurdTann,
        nullif(o.poVurdLege, '') AS poVurdLege,
        nullif(o.poIndPlan, '') AS poIndPlan,
        nullif(o.poHarKoordinator, '') AS poHarKoordinator,
        nullif(o.poArbBistBehov, '') AS poArbBistBehov,
        nullif(o.poArbBistMottar, '') AS poArbBistMottar,
        nullif(o.poArbTranspBehov, '') AS poArbTranspBehov,
        nullif(o.poArbTranspMottar, '') AS poArbTranspMottar,
        nullif(o.poFriBistBehov, '') AS poFriBistBehov,
        nullif(o.poFriBistMottar, '') AS poFriBistMottar,
        nullif(o.poFriTranspBehov, '') AS poFriTranspBehov,
        nullif(o.poFriTranspMottar, '') AS poFriTranspMottar,
        nullif(o.poLegeMiddGj, '') AS poLegeMiddGj,
        nullif(o.poErnKartlagt, '') AS poErnKartlagt,
        nullif(o.poErnRisiko, '') AS poErnRisiko,
        nullif(o.poErnPlan, '') AS poErnPlan,
        nullif(o.poHab, '') AS poHab,
        nullif(o.poVenteliste, '') AS poVenteliste,
        nullif(o.poHeldg, '') AS poHeldg
    FROM personoppl_i_aaret AS i
    INNER JOIN personoppl AS o ON o.rad = i.rad
    LEFT JOIN dag AS d ON d.person_rad = i.person_rad
),

samlet AS MATERIALIZED (
    SELECT
        person_rad,
        max(CASE WHEN dekker THEN plass END) AS i_kraft,
        max(plass) AS siste,
        max(poLegeMiddGjDato) AS poLegeMiddGjDato_sist,
        max(poErnKartlagtDato) AS poErnKartlagtDato_sist,
        max(poErnRisikoDato) AS poErnRisikoDato_sist,
        max(poErnPlanDato) AS poErnPlanDato_sist,
        coalesce(max(poHab = '1'), 0) AS poHab_i_aaret,
        coalesce(max(poVenteliste = '1'), 0) AS poVenteliste_i_aaret,
        coalesce(max(poHeldg = '1'), 0) AS poHeldg_i_aaret,
        max(CASE WHEN startet THEN plass || poHusstand END) AS poHusstand,
        max(CASE WHEN startet THEN plass || poOmsorgBarn END) AS poOmsorgBarn,
        max(CASE WHEN startet THEN plass || poPrivHjelp END) AS poPrivHjelp,
        max(CASE WHEN startet THEN plass || poBoligTilr END) AS poBoligTilr,
        max(CASE WHEN startet THEN plass || poVurdTann END) AS poVurdTann,
        max(CASE WHEN startet THEN plass || poVurdLege END) AS poVurdLege,
        max(CASE WHEN startet THEN plass || poIndPlan END) AS poIndPlan,
        max(CASE WHEN startet THEN plass || poHarKoordinator END) AS poHarKoordinator,
        max(CASE WHEN startet THEN plass || poArbBistBehov END) AS poArbBistBehov,
        max(CASE WHEN startet THEN plass || poArbBistMottar END) AS poArbBistMottar,
        max(CASE WHEN startet THEN plass || poArbTranspBehov END) AS poArbTranspBehov,
        max(CASE WHEN startet THEN plass || poArbTranspMottar END) AS poArbTranspMottar,
        max(CASE WHEN startet THEN plass || poFriBistBehov END) AS poFriBistBehov,
        max(CASE WHEN startet THEN plass || poFriBistMottar END) AS poFriBistMottar,
        max(CASE WHEN startet THEN plass || poFriTranspBehov END) AS poFriTranspBehov,
        max(CASE WHEN startet THEN plass || poFriTranspMottar END) AS poFriTranspMottar,
        max(CASE WHEN startet THEN plass || coalesce(poLegeMiddGjDato, '        ') || poLegeMiddGj END) AS poLegeMiddGj,
        max(CASE WHEN startet THEN plass || coalesce(poErnKartlagtDato, '        ') || poErnKartlagt END) AS poErnKartlagt,
        max(CASE WHEN startet THEN plass || coalesce(poErnRisikoDato, '        ') || poErnRisiko END) AS poErnRisiko,
        max(CASE WHEN startet THEN plass || coalesce(poErnPlanDato, '        ') || poErnPlan END) AS poErnPlan
    FROM rader
    GROUP BY person_rad
),

valgt AS MATERIALIZED (
    SELECT
        *,
        CAST(coalesce(i_kraft, siste) AS INTEGER) % 100000000000 AS rad
    FROM samlet
)
SELECT
    p.person_rad,
    coalesce(s.rad, p.person_rad) AS rad,
    coalesce(d.ref, :statusdato) AS ref,
    s.rad IS NOT NULL AS har_rad,
    s.rad IS NOT NULL AND s.i_kraft IS NULL AS foreldet,
    substr(s.poHusstand, 18) AS poHusstand,
    s.poHusstand IS NOT NULL AS poHusstand_besvart,
    coalesce(CAST(s.poHusstand AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poHusstand_rad,
    substr(s.poOmsorgBarn, 18) AS poOmsorgBarn,
    s.poOmsorgBarn IS NOT NULL AS poOmsorgBarn_besvart,
    coalesce(CAST(s.poOmsorgBarn AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poOmsorgBarn_rad,
    substr(s.poPrivHjelp, 18) AS poPrivHjelp,
    s.poPrivHjelp IS NOT NULL AS poPrivHjelp_besvart,
    coalesce(CAST(s.poPrivHjelp AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poPrivHjelp_rad,
    substr(s.poBoligTilr, 18) AS poBoligTilr,
    s.poBoligTilr IS NOT NULL AS poBoligTilr_besvart,
    coalesce(CAST(s.poBoligTilr AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poBoligTilr_rad,
    substr(s.poVurdTann, 18) AS poVurdTann,
    s.poVurdTann IS NOT NULL AS poVurdTann_besvart,
    coalesce(CAST(s.poVurdTann AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poVurdTann_rad,
    substr(s.poVurdLege, 18) AS poVurdLege,
    s.poVurdLege IS NOT NULL AS poVurdLege_besvart,
    coalesce(CAST(s.poVurdLege AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poVurdLege_rad,
    substr(s.poIndPlan, 18) AS poIndPlan,
    s.poIndPlan IS NOT NULL AS poIndPlan_besvart,
    coalesce(CAST(s.poIndPlan AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poIndPlan_rad,
    substr(s.poHarKoordinator, 18) AS poHarKoordinator,
    s.poHarKoordinator IS NOT NULL AS poHarKoordinator_besvart,
    coalesce(CAST(s.poHarKoordinator AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poHarKoordinator_rad,
    substr(s.poArbBistBehov, 18) AS poArbBistBehov,
    s.poArbBistBehov IS NOT NULL AS poArbBistBehov_besvart,
    coalesce(CAST(s.poArbBistBehov AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poArbBistBehov_rad,
    substr(s.poArbBistMottar, 18) AS poArbBistMottar,
    s.poArbBistMottar IS NOT NULL AS poArbBistMottar_besvart,
    coalesce(CAST(s.poArbBistMottar AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poArbBistMottar_rad,
    substr(s.poArbTranspBehov, 18) AS poArbTranspBehov,
    s.poArbTranspBehov IS NOT NULL AS poArbTranspBehov_besvart,
    coalesce(CAST(s.poArbTranspBehov AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poArbTranspBehov_rad,
    substr(s.poArbTranspMottar, 18) AS poArbTranspMottar,
    s.poArbTranspMottar IS NOT NULL AS poArbTranspMottar_besvart,
    coalesce(CAST(s.poArbTranspMottar AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poArbTranspMottar_rad,
    substr(s.poFriBistBehov, 18) AS poFriBistBehov,
    s.poFriBistBehov IS NOT NULL AS poFriBistBehov_besvart,
    coalesce(CAST(s.poFriBistBehov AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poFriBistBehov_rad,
    substr(s.poFriBistMottar, 18) AS poFriBistMottar,
    s.poFriBistMottar IS NOT NULL AS poFriBistMottar_besvart,
    coalesce(CAST(s.poFriBistMottar AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poFriBistMottar_rad,
    substr(s.poFriTranspBehov, 18) AS poFriTranspBehov,
    s.poFriTranspBehov IS NOT NULL AS poFriTranspBehov_besvart,
    coalesce(CAST(s.poFriTranspBehov AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poFriTranspBehov_rad,
    substr(s.poFriTranspMottar, 18) AS poFriTranspMottar,
    s.poFriTranspMottar IS NOT NULL AS poFriTranspMottar_besvart,
    coalesce(CAST(s.poFriTranspMottar AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poFriTranspMottar_rad,
    substr(s.poLegeMiddGj, 26) AS poLegeMiddGj,
    s.poLegeMiddGj IS NOT NULL AS poLegeMiddGj_besvart,
    coalesce(CAST(s.poLegeMiddGj AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poLegeMiddGj_rad,
    nullif(substr(s.poLegeMiddGj, 18, 8), '        ') AS poLegeMiddGjDato,
    coalesce(substr(s.poLegeMiddGj, 18, 8) <> '        ', 0) AS poLegeMiddGjDato_gitt,
    s.poLegeMiddGjDato_sist,
    substr(s.poErnKartlagt, 26) AS poErnKartlagt,
    s.poErnKartlagt IS NOT NULL AS poErnKartlagt_besvart,
    coalesce(CAST(s.poErnKartlagt AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poErnKartlagt_rad,
    nullif(substr(s.poErnKartlagt, 18, 8), '        ') AS poErnKartlagtDato,
    coalesce(substr(s.poErnKartlagt, 18, 8) <> '        ', 0) AS poErnKartlagtDato_gitt,
    s.poErnKartlagtDato_sist,
    substr(s.poErnRisiko, 26) AS poErnRisiko,
    s.poErnRisiko IS NOT NULL AS poErnRisiko_besvart,
    coalesce(CAST(s.poErnRisiko AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poErnRisiko_rad,
    nullif(substr(s.poErnRisiko, 18, 8), '        ') AS poErnRisikoDato,
    coalesce(substr(s.poErnRisiko, 18, 8) <> '        ', 0) AS poErnRisikoDato_gitt,
    s.poErnRisikoDato_sist,
    substr(s.poErnPlan, 26) AS poErnPlan,
    s.poErnPlan IS NOT NULL AS poErnPlan_besvart,
    coalesce(CAST(s.poErnPlan AS INTEGER) % 100000000000, s.rad, p.person_rad) AS poErnPlan_rad,
    nullif(substr(s.poErnPlan, 18, 8), '        ') AS poErnPlanDato,
    coalesce(substr(s.poErnPlan, 18, 8) <> '        ', 0) AS poErnPlanDato_gitt,
    s.poErnPlanDato_sist,
    CASE
        WHEN substr(s.poHarKoordinator, 18) IN ('11', '12', '13', '14')
            THEN substr(s.poHarKoordinator, 19)
        ELSE substr(s.poHarKoordinator, 18)
    END AS koordinator,
    coalesce(s.i_kraft IS NOT NULL AND o.poIndPlan <> '', 0) AS poIndPlan_i_kraft,
    CASE WHEN s.i_kraft IS NOT NULL THEN nullif(o.poHab, '') END AS poHab,
    coalesce(s.poHab_i_aaret, 0) AS poHab_i_aaret,
    CASE WHEN s.i_kraft IS NOT NULL THEN nullif(o.poVenteliste, '') END AS poVenteliste,
    coalesce(s.poVenteliste_i_aaret, 0) AS poVenteliste_i_aaret,
    CASE WHEN s.i_kraft IS NOT NULL THEN nullif(o.poHeldg, '') END AS poHeldg,
    coalesce(s.poHeldg_i_aaret, 0) AS poHeldg_i_aaret,
    CASE WHEN s.i_kraft IS NOT NULL AND dagnr(o.poHabDato) IS NOT NULL THEN o.poHabDato END AS poHabDato,
    CASE WHEN s.i_kraft IS NOT NULL AND dagnr(o.poVentelisteDato) IS NOT NULL THEN o.poVentelisteDato END AS poVentelisteDato
FROM person_aar AS p
LEFT JOIN dag AS d ON d.person_rad = p.person_rad
LEFT JOIN valgt AS s ON s.person_rad = p.person_rad
LEFT JOIN personoppl AS o ON o.rad = s.rad
