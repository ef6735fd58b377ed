-- Hvor mange som er kartlagt for hver opplysning blant beboere på langtidsopphold og blant
-- hjemmeboende på statusdatoen, én rad per gruppe og opplysning.
-- Kilde: Helsedirektoratets tilbakemelding til kommunene (brukere på langtidsopphold og
-- hjemmeboende per 31.12, med andelen der hver opplysning er kartlagt). Hvilke opplysninger
-- tabellene viser, og hva andelene er regnet av, er ikke kjent; det følgende er vår tolkning.
-- gruppe: 'langtidsopphold' eller 'hjemmeboende'.
-- opplysning: feltet; 'funksjon_n' er funksjonsvariabel n, 'diagnose' minst én diagnose, og
-- 'personer' alle i gruppen (av er da tom).
-- antall: personene som har et svar (gjeldende, …_besvart; funksjonsskaar). En skår 9 «ikke
-- relevant» er et svar.
-- av: alle i gruppen; for risiko de som er kartlagt, og for ernæringsplan de som er i risiko.
-- Legemiddelgjennomgang er bare for langtidsopphold.
WITH medlem AS MATERIALIZED (
    SELECT
        person_rad,
        'langtidsopphold' AS gruppe
    FROM langtidsopphold
    WHERE per_statusdato
    UNION ALL
    SELECT
        person_rad,
        'hjemmeboende'
    FROM hjemmeboende
),

grupper AS (
    SELECT column1 AS gruppe FROM (VALUES ('langtidsopphold'), ('hjemmeboende'))
),

samlet AS MATERIALIZED (
    SELECT
        p.gruppe,
        count(g.person_rad) AS personer,
        total(g.poHusstand_besvart) AS poHusstand,
        total(g.poOmsorgBarn_besvart) AS poOmsorgBarn,
        total(g.poPrivHjelp_besvart) AS poPrivHjelp,
        total(g.poBoligTilr_besvart) AS poBoligTilr,
        total(g.poVurdTann_besvart) AS poVurdTann,
        total(g.poVurdLege_besvart) AS poVurdLege,
        total(g.poIndPlan_besvart) AS poIndPlan,
        total(g.poHarKoordinator_besvart) AS poHarKoordinator,
        total(g.poArbBistBehov_besvart) AS poArbBistBehov,
        total(g.poArbTranspBehov_besvart) AS poArbTranspBehov,
        total(g.poFriBistBehov_besvart) AS poFriBistBehov,
        total(g.poFriTranspBehov_besvart) AS poFriTranspBehov,
        total(g.poLegeMiddGj_besvart) AS poLegeMiddGj,
        total(g.poErnKartlagt_besvart) AS poErnKartlagt,
        total(g.poErnKartlagt = '1') AS er_kartlagt,
        total(g.poErnKartlagt = '1' AND g.poErnRisiko_besvart) AS poErnRisiko,
        total(g.poErnRisiko = '1') AS er_i_risiko,
        total(g.poErnRisiko = '1' AND g.poErnPlan_besvart) AS poErnPlan,
        total(g.person_rad IN (SELECT d.person_rad FROM diagnose_i_aaret AS d)) AS diagnose
    FROM grupper AS p
    LEFT JOIN medlem AS m ON m.gruppe = p.gruppe
    LEFT JOIN gjeldende AS g ON g.person_rad = m.person_rad
    GROUP BY p.gruppe
),

skaaret AS MATERIALIZED (
    SELECT
        m.gruppe,
        f.skaar_1 | f.skaar_2 | f.skaar_3 | f.skaar_4 | f.skaar_5 | f.skaar_9 | f.skaar_annet AS biter
    FROM funksjonsskaar AS f
    INNER JOIN medlem AS m ON m.person_rad = f.person_rad
),

svart AS (
    SELECT
        gruppe,
        'personer' AS opplysning,
        personer AS antall,
        NULL AS av
    FROM samlet
    UNION ALL
    SELECT gruppe, 'poHusstand', poHusstand, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poOmsorgBarn', poOmsorgBarn, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poPrivHjelp', poPrivHjelp, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poBoligTilr', poBoligTilr, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poVurdTann', poVurdTann, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poVurdLege', poVurdLege, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poIndPlan', poIndPlan, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poHarKoordinator', poHarKoordinator, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poArbBistBehov', poArbBistBehov, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poArbTranspBehov', poArbTranspBehov, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poFriBistBehov', poFriBistBehov, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poFriTranspBehov', poFriTranspBehov, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poLegeMiddGj', poLegeMiddGj, personer FROM samlet
    WHERE gruppe = 'langtidsopphold'
    UNION ALL
    SELECT gruppe, 'poErnKartlagt', poErnKartlagt, personer FROM samlet
    UNION ALL
    SELECT gruppe, 'poErnRisiko', poErnRisiko, er_kartlagt FROM samlet
    UNION ALL
    SELECT gruppe, 'poErnPlan', poErnPlan, er_i_risiko FROM samlet
    UNION ALL
    SELECT gruppe, 'diagnose', diagnose, personer FROM samlet
    UNION ALL
    SELECT
        s.gruppe,
        'funksjon_' || k.kode,
        (
            SELECT count(*) FROM skaaret AS f
            WHERE f.biter & (1 << CAST(k.kode AS INTEGER)) AND f.gruppe = s.gruppe
        ),
        s.personer
    FROM samlet AS s
    CROSS JOIN kode AS k
    WHERE
        k.kodeverk = '9111'
        AND :aar BETWEEN coalesce(k.gyldig_fra, 0) AND coalesce(k.gyldig_til, 9999)
)
SELECT
    gruppe,
    opplysning,
    CAST(antall AS INTEGER) AS antall,
    CAST(av AS INTEGER) AS av
FROM svart
