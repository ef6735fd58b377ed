-- Personer som ikke har annet enn trygghetsalarm (6) i året, én rad per person.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 31.08.2018 (alarm som er gitt for
-- å dekke et behov for helse- og omsorgstjenester, skal rapporteres; alarm som er gitt etter
-- andre kriterier, skal ikke).
-- rad: den siste alarmen.
-- funksjonsvurdert: minst én funksjonsvurdering, uansett når.
-- opplyst: minst én personopplysning i året er besvart.
-- Vår tolkning: en rad med personopplysninger uten et eneste svar opplyser ingenting.
WITH alarm AS MATERIALIZED (
    SELECT
        t.person_rad,
        (SELECT max(a.rad) FROM aktiv_tjeneste AS a WHERE a.person_rad = t.person_rad) AS rad
    FROM aktiv_tjeneste AS t
    WHERE
        t.type = 6
        AND NOT EXISTS (
            SELECT 1 FROM aktiv_tjeneste AS a
            WHERE a.person_rad = t.person_rad AND a.type <> 6
        )
    GROUP BY t.person_rad
)
SELECT
    a.person_rad,
    a.rad,
    a.person_rad IN (SELECT s.person_rad FROM skaarsett AS s) AS funksjonsvurdert,
    g.poHusstand_besvart
    OR g.poOmsorgBarn_besvart
    OR g.poPrivHjelp_besvart
    OR g.poBoligTilr_besvart
    OR g.poVurdTann_besvart
    OR g.poVurdLege_besvart
    OR g.poIndPlan_besvart
    OR g.poHarKoordinator_besvart
    OR g.poArbBistBehov_besvart
    OR g.poArbTranspBehov_besvart
    OR g.poFriBistBehov_besvart
    OR g.poFriTranspBehov_besvart
    OR g.poLegeMiddGj_besvart
    OR g.poErnKartlagt_besvart
    OR g.poErnRisiko_besvart
    OR g.poErnPlan_besvart
    OR g.poHab_i_aaret
    OR g.poVenteliste_i_aaret
    OR g.poHeldg_i_aaret AS opplyst
FROM alarm AS a
CROSS JOIN gjeldende AS g ON g.person_rad = a.person_rad
