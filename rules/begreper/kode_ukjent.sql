-- Hver kode som ikke gjelder i dataåret, én rad per post og felt.
-- Kilde: kodeverk_svar.
-- post: raden; den heter ikke rad, for ingen slår opp på den, og da trengs ingen indeks.
-- verdi: koden. Det som ellers er å si om den, står i kodeverk_svar: i en fil der alt er
-- galt, er dette en million rader.
-- Vår tolkning: en kode som var riktig da raden ble avsluttet, er riktig. PERSONOPPL-rader
-- som ikke overlapper året og tjenester som sluttet før det, er derfor ikke med.
-- En tabell leses bare når det finnes en ukjent kode i den, én gang for hvert felt som har en.
WITH ukjente AS MATERIALIZED (
    SELECT
        tabell,
        felt,
        verdi
    FROM kodeverk_svar
    WHERE NOT gyldig
),

felt_med_ukjente AS MATERIALIZED (
    SELECT DISTINCT
        tabell,
        felt
    FROM ukjente
)
SELECT
    t.rad AS post,
    u.felt,
    u.verdi
FROM felt_med_ukjente AS g
CROSS JOIN person AS t
CROSS JOIN ukjente AS u ON u.felt = g.felt AND u.verdi = t.peKjonn
WHERE g.felt = 'peKjonn'
UNION ALL
SELECT
    t.rad,
    u.felt,
    u.verdi
FROM felt_med_ukjente AS g
CROSS JOIN personoppl_i_aaret AS i
CROSS JOIN personoppl AS t ON t.rad = i.rad
CROSS JOIN ukjente AS u
    ON
        u.felt = g.felt
        AND u.verdi = CASE g.felt
            WHEN 'poHusstand' THEN t.poHusstand
            WHEN 'poOmsorgBarn' THEN t.poOmsorgBarn
            WHEN 'poPrivHjelp' THEN t.poPrivHjelp
            WHEN 'poBoligTilr' THEN t.poBoligTilr
            WHEN 'poIndPlan' THEN t.poIndPlan
            WHEN 'poHarKoordinator' THEN t.poHarKoordinator
            WHEN 'poArbBistBehov' THEN t.poArbBistBehov
            WHEN 'poArbBistMottar' THEN t.poArbBistMottar
            WHEN 'poArbTranspBehov' THEN t.poArbTranspBehov
            WHEN 'poArbTranspMottar' THEN t.poArbTranspMottar
            WHEN 'poFriBistBehov' THEN t.poFriBistBehov
            WHEN 'poFriBistMottar' THEN t.poFriBistMottar
            WHEN 'poFriTranspBehov' THEN t.poFriTranspBehov
            WHEN 'poFriTranspMottar' THEN t.poFriTranspMottar
            WHEN 'poLegeMiddGj' THEN t.poLegeMiddGj
            WHEN 'poErnKartlagt' THEN t.poErnKartlagt
            WHEN 'poErnRisiko' THEN t.poErnRisiko
            WHEN 'poErnPlan' THEN t.poErnPlan
            WHEN 'poVenteliste' THEN t.poVenteliste
            WHEN 'poHeldg' THEN t.poHeldg
            WHEN 'poHab' THEN t.poHab
        END
WHERE g.tabell = 'personoppl'
UNION ALL
SELECT
    t.rad,
    u.felt,
    u.verdi
FROM felt_med_ukjente AS g
CROSS JOIN tjeneste AS t
CROSS JOIN ukjente AS u
    ON
        u.felt = g.felt
        AND u.verdi = CASE g.felt
            WHEN 'tjTjenType' THEN t.tjTjenType
            WHEN 'tjVedtak' THEN t.tjVedtak
            WHEN 'tjRullerende' THEN t.tjRullerende
        END
WHERE
    g.tabell = 'tjeneste'
    AND (coalesce(t.tjTilDato, '') >= :fra OR coalesce(dagnr(t.tjTilDato), 0) = 0)
