-- Hver kode som ikke gjelder i dataåret, én rad per post og felt.
-- Kilde: kodeverk_svar.
-- post: raden; den heter ikke rad, for ingen slår opp på den, og da trengs ingen indeks.
-- verdi: koden. Det som ellers er å si om den, står i kodeverk_svar: i en fil der alt er
-- galt, er dette en million rader.
-- Vår tolkning: en kode som var riktig da raden ble avsluttet, er riktig. PERSONOPPL-rader
-- som ikke overlapper året og tjenester som sluttet før det, er derfor ikke med.
-- Hvert felt slås bare opp når det finnes en ukjent kode i det (felt_med_ukjente).
WITH ukjente AS MATERIALIZED (
    SELECT * FROM kodeverk_svar
    WHERE NOT gyldig
),

felt_med_ukjente AS MATERIALIZED (
    SELECT DISTINCT felt FROM ukjente
),

poster AS (
    SELECT
        t.rad,
        'person' AS tabell,
        'peKjonn' AS felt,
        t.peKjonn AS verdi,
        NULL AS slutt
    FROM felt_med_ukjente AS g
    CROSS JOIN person AS t
    INNER JOIN ukjente AS u ON u.felt = 'peKjonn' AND u.verdi = t.peKjonn
    WHERE g.felt = 'peKjonn'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poHusstand',
        t.poHusstand,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poHusstand' AND u.verdi = t.poHusstand
    WHERE g.felt = 'poHusstand'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poOmsorgBarn',
        t.poOmsorgBarn,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poOmsorgBarn' AND u.verdi = t.poOmsorgBarn
    WHERE g.felt = 'poOmsorgBarn'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poPrivHjelp',
        t.poPrivHjelp,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poPrivHjelp' AND u.verdi = t.poPrivHjelp
    WHERE g.felt = 'poPrivHjelp'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poBoligTilr',
        t.poBoligTilr,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poBoligTilr' AND u.verdi = t.poBoligTilr
    WHERE g.felt = 'poBoligTilr'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poIndPlan',
        t.poIndPlan,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poIndPlan' AND u.verdi = t.poIndPlan
    WHERE g.felt = 'poIndPlan'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poHarKoordinator',
        t.poHarKoordinator,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poHarKoordinator' AND u.verdi = t.poHarKoordinator
    WHERE g.felt = 'poHarKoordinator'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poArbBistBehov',
        t.poArbBistBehov,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poArbBistBehov' AND u.verdi = t.poArbBistBehov
    WHERE g.felt = 'poArbBistBehov'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poArbBistMottar',
        t.poArbBistMottar,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poArbBistMottar' AND u.verdi = t.poArbBistMottar
    WHERE g.felt = 'poArbBistMottar'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poArbTranspBehov',
        t.poArbTranspBehov,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poArbTranspBehov' AND u.verdi = t.poArbTranspBehov
    WHERE g.felt = 'poArbTranspBehov'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poArbTranspMottar',
        t.poArbTranspMottar,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poArbTranspMottar' AND u.verdi = t.poArbTranspMottar
    WHERE g.felt = 'poArbTranspMottar'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poFriBistBehov',
        t.poFriBistBehov,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poFriBistBehov' AND u.verdi = t.poFriBistBehov
    WHERE g.felt = 'poFriBistBehov'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poFriBistMottar',
        t.poFriBistMottar,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poFriBistMottar' AND u.verdi = t.poFriBistMottar
    WHERE g.felt = 'poFriBistMottar'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poFriTranspBehov',
        t.poFriTranspBehov,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poFriTranspBehov' AND u.verdi = t.poFriTranspBehov
    WHERE g.felt = 'poFriTranspBehov'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poFriTranspMottar',
        t.poFriTranspMottar,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poFriTranspMottar' AND u.verdi = t.poFriTranspMottar
    WHERE g.felt = 'poFriTranspMottar'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poLegeMiddGj',
        t.poLegeMiddGj,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poLegeMiddGj' AND u.verdi = t.poLegeMiddGj
    WHERE g.felt = 'poLegeMiddGj'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poErnKartlagt',
        t.poErnKartlagt,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poErnKartlagt' AND u.verdi = t.poErnKartlagt
    WHERE g.felt = 'poErnKartlagt'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poErnRisiko',
        t.poErnRisiko,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poErnRisiko' AND u.verdi = t.poErnRisiko
    WHERE g.felt = 'poErnRisiko'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poErnPlan',
        t.poErnPlan,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poErnPlan' AND u.verdi = t.poErnPlan
    WHERE g.felt = 'poErnPlan'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poVenteliste',
        t.poVenteliste,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poVenteliste' AND u.verdi = t.poVenteliste
    WHERE g.felt = 'poVenteliste'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poHeldg',
        t.poHeldg,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poHeldg' AND u.verdi = t.poHeldg
    WHERE g.felt = 'poHeldg'
    UNION ALL
    SELECT
        t.rad,
        'personoppl',
        'poHab',
        t.poHab,
        NULL
    FROM felt_med_ukjente AS g
    CROSS JOIN personoppl AS t
    INNER JOIN ukjente AS u ON u.felt = 'poHab' AND u.verdi = t.poHab
    WHERE g.felt = 'poHab'
    UNION ALL
    SELECT
        t.rad,
        'tjeneste',
        'tjTjenType',
        t.tjTjenType,
        t.tjTilDato
    FROM felt_med_ukjente AS g
    CROSS JOIN tjeneste AS t
    INNER JOIN ukjente AS u ON u.felt = 'tjTjenType' AND u.verdi = t.tjTjenType
    WHERE g.felt = 'tjTjenType'
    UNION ALL
    SELECT
        t.rad,
        'tjeneste',
        'tjVedtak',
        t.tjVedtak,
        t.tjTilDato
    FROM felt_med_ukjente AS g
    CROSS JOIN tjeneste AS t
    INNER JOIN ukjente AS u ON u.felt = 'tjVedtak' AND u.verdi = t.tjVedtak
    WHERE g.felt = 'tjVedtak'
    UNION ALL
    SELECT
        t.rad,
        'tjeneste',
        'tjRullerende',
        t.tjRullerende,
        t.tjTilDato
    FROM felt_med_ukjente AS g
    CROSS JOIN tjeneste AS t
    INNER JOIN ukjente AS u ON u.felt = 'tjRullerende' AND u.verdi = t.tjRullerende
    WHERE g.felt = 'tjRullerende'
)
SELECT
    p.rad AS post,
    p.felt,
    p.verdi
FROM poster AS p
WHERE
    (p.tabell <> 'personoppl' OR p.rad IN (SELECT i.rad FROM personoppl_i_aaret AS i))
    AND (coalesce(p.slutt, '') >= :fra OR coalesce(dagnr(p.slutt), 0) = 0)
