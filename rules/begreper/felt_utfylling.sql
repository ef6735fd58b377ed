-- Hvor mange hvert felt gjelder for i innsendingen, og hvor mange av dem som har det fylt ut,
-- én rad per felt. Felter som med rette kan være tomme hos alle, er ikke med.
-- Kilde: Helsedirektoratets tilbakemelding til kommunene (andelen der hver opplysning er
-- kartlagt), og de begrepene som sier hvem hver opplysning gjelder:
-- alder, kjønn og bosted: alle personer. Startdatoene: alle tjenester og PERSONOPPL.
-- husstand, omsorg for barn, privat hjelp, egnet bolig, individuell plan og koordinator:
-- langvarig_involvert.
-- lege og tannhelse: beboere på langtidsopphold (lege_tannlege). Legemiddelgjennomgang og
-- ernæring: lmg_aktuell og ernaering_aktuell. Det som følger av et ja (datoer, risiko, plan):
-- de som har svart ja, og for risikoens dato de som har svart.
-- funksjonsvurdering og diagnose: funksjon_ventes.
-- søknad, vedtak, timer, rullerende: tjenestene som krever dem. organisasjonsnummer:
-- tjenestene i gang som skal ha det (krav_til_orgnr).
-- Ikke med: bistand og transport (ingen kilde sier hvem det skal svares for), sluttdatoer,
-- klage, ressurstimer og dødsdato (tomt er vanlig), venteliste, heldøgns tilbud og habilitering
-- (tomt er nei), bydel, peFraDato og peEndrDato (ingen statistikk bruker dem), og DOGNTILBUD
-- (ukjent betydning).
-- i_statistikk: feltet brukes i en indikator, i publiserte tall, eller avgjør hva som telles.
-- Vår tolkning: i_statistikk, og hvem individuell plan, koordinator og diagnose kan ventes
-- for. Kravene i reglene om dem er strengere.
WITH langvarig AS MATERIALIZED (
    SELECT
        count(*) AS personer,
        total(g.poHusstand_besvart) AS poHusstand,
        total(g.poOmsorgBarn_besvart) AS poOmsorgBarn,
        total(g.poPrivHjelp_besvart) AS poPrivHjelp,
        total(g.poBoligTilr_besvart) AS poBoligTilr,
        total(g.poIndPlan_besvart) AS poIndPlan,
        total(g.poHarKoordinator_besvart) AS poHarKoordinator
    FROM langvarig_involvert AS v
    INNER JOIN gjeldende AS g ON g.person_rad = v.person_rad
),

svart AS MATERIALIZED (
    SELECT
        1.0 * count(*) FILTER (WHERE poLegeMiddGj = '1') AS lmg,
        1.0 * count(*) FILTER (WHERE poLegeMiddGj = '1' AND poLegeMiddGjDato_gitt) AS lmg_dato,
        1.0 * count(*) FILTER (WHERE poErnKartlagt = '1') AS kartlagt,
        1.0 * count(*) FILTER (WHERE poErnKartlagt = '1' AND poErnKartlagtDato_gitt) AS kartlagt_dato,
        1.0 * count(*) FILTER (WHERE poErnKartlagt = '1' AND poErnRisiko_besvart) AS kartlagt_risiko,
        1.0 * count(*) FILTER (WHERE poErnRisiko_besvart) AS risiko,
        1.0 * count(*) FILTER (WHERE poErnRisiko_besvart AND poErnRisikoDato_gitt) AS risiko_dato,
        1.0 * count(*) FILTER (WHERE poErnRisiko = '1') AS i_risiko,
        1.0 * count(*) FILTER (WHERE poErnRisiko = '1' AND poErnPlan_besvart) AS i_risiko_plan,
        1.0 * count(*) FILTER (WHERE poErnPlan = '1') AS plan,
        1.0 * count(*) FILTER (WHERE poErnPlan = '1' AND poErnPlanDato_gitt) AS plan_dato,
        1.0 * count(*) FILTER (WHERE poHab = '1') AS hab,
        1.0 * count(*) FILTER (WHERE poHab = '1' AND poHabDato <> '') AS hab_dato,
        1.0 * count(*) FILTER (WHERE poVenteliste = '1') AS venter,
        1.0 * count(*) FILTER (WHERE poVenteliste = '1' AND poVentelisteDato <> '') AS venter_dato
    FROM gjeldende
),

proevd AS (
    SELECT
        column1 AS tabell,
        column2 AS felt
    FROM (
        VALUES
        ('person', 'peAlder'),
        ('person', 'peKjonn'),
        ('person', 'peKomnr'),
        ('personoppl', 'poFraDato'),
        ('tjeneste', 'tjFraDato')
    )
),

enkle AS (
    SELECT
        p.felt,
        (
            SELECT total(v.antall)
            FROM verdi AS v
            WHERE v.tabell = p.tabell AND v.felt = p.felt
        ) AS gjelder,
        (
            SELECT total(v.antall)
            FROM verdi AS v
            WHERE v.tabell = p.tabell AND v.felt = p.felt AND v.verdi <> ''
        ) AS fylt
    FROM proevd AS p
),

utfylt AS (
    SELECT
        felt,
        gjelder,
        fylt
    FROM enkle
    UNION ALL
    SELECT 'poHusstand', personer, poHusstand FROM langvarig
    UNION ALL
    SELECT 'poOmsorgBarn', personer, poOmsorgBarn FROM langvarig
    UNION ALL
    SELECT 'poPrivHjelp', personer, poPrivHjelp FROM langvarig
    UNION ALL
    SELECT 'poBoligTilr', personer, poBoligTilr FROM langvarig
    UNION ALL
    SELECT 'poIndPlan', personer, poIndPlan FROM langvarig
    UNION ALL
    SELECT 'poHarKoordinator', personer, poHarKoordinator FROM langvarig
    UNION ALL
    SELECT 'poLegeMiddGjDato', lmg, lmg_dato FROM svart
    UNION ALL
    SELECT 'poErnKartlagtDato', kartlagt, kartlagt_dato FROM svart
    UNION ALL
    SELECT 'poErnRisiko', kartlagt, kartlagt_risiko FROM svart
    UNION ALL
    SELECT 'poErnRisikoDato', risiko, risiko_dato FROM svart
    UNION ALL
    SELECT 'poErnPlan', i_risiko, i_risiko_plan FROM svart
    UNION ALL
    SELECT 'poErnPlanDato', plan, plan_dato FROM svart
    UNION ALL
    SELECT 'poHabDato', hab, hab_dato FROM svart
    UNION ALL
    SELECT 'poVentelisteDato', venter, venter_dato FROM svart
    UNION ALL
    SELECT
        felt,
        count(*),
        total(besvart)
    FROM lege_tannlege
    WHERE langvarig
    GROUP BY felt
    UNION ALL
    SELECT
        'poLegeMiddGj',
        count(*),
        total(g.poLegeMiddGj_besvart)
    FROM lmg_aktuell AS a
    INNER JOIN gjeldende AS g ON g.person_rad = a.person_rad
    UNION ALL
    SELECT
        'poErnKartlagt',
        count(*),
        total(g.poErnKartlagt_besvart)
    FROM ernaering_aktuell AS a
    INNER JOIN gjeldende AS g ON g.person_rad = a.person_rad
    UNION ALL
    SELECT
        'fnFunkVerdi',
        count(*),
        total(EXISTS (SELECT 1 FROM skaarsett AS s WHERE s.person_rad = v.person_rad))
    FROM funksjon_ventes AS v
    UNION ALL
    SELECT
        'diDiagKode',
        count(*),
        total(EXISTS (SELECT 1 FROM diagnose AS d WHERE d.person_rad = v.person_rad))
    FROM funksjon_ventes AS v
    UNION ALL
    SELECT
        k.felt,
        k.antall,
        k.antall - (SELECT count(*) FROM tjeneste_krav_mangler AS m WHERE m.felt = k.felt)
    FROM tjeneste_krav_antall AS k
    UNION ALL
    SELECT
        'tjInstOrgnr',
        count(*),
        total(enhet IS NOT NULL)
    FROM aktiv_tjeneste
    WHERE type IN (SELECT o.type FROM krav_til_orgnr AS o WHERE o.skal)
)
SELECT
    felt,
    gjelder,
    fylt,
    felt NOT IN (
        'poOmsorgBarn',
        'poPrivHjelp',
        'poBoligTilr',
        'poFraDato',
        'tjSoknadDato',
        'tjVedtDato',
        'tjRullerende',
        'diDiagKode'
    ) AS i_statistikk
FROM utfylt
