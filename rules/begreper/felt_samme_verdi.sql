-- Feltene der det ikke er til å tro at alle har samme verdi, med hvor mange poster som har
-- fylt dem ut, og om verdiene er ulike (1 = alle like, 2 = minst to, 0 = ingen), én rad per
-- felt.
-- Kilde: Helsedirektoratet skiller feil i registreringen fra feil i uttrekket. Hvilke felter
-- det gjelder, er vår tolkning: datoer, måneder, alder, kjønn, timer, diagnoser og skår
-- varierer i enhver kommune. Svar på spørsmål (alvorlighet opplysning) kan være like fordi
-- fagsystemet foreslår et svar. Felter der alle gjerne har samme verdi, er ikke med: bosted,
-- bydel, vedtak (innvilget), kodesett, omsorg for barn, egnet bolig, og ja eller nei på det
-- kommunen enten gjør for alle eller ingen.
WITH proevd AS (
    SELECT
        column1 AS tabell,
        column2 AS felt,
        column3 AS alvorlighet
    FROM (
        VALUES
        ('person', 'peAlder', 'advarsel'),
        ('person', 'peKjonn', 'advarsel'),
        ('personoppl', 'poVurdLege', 'advarsel'),
        ('personoppl', 'poVurdTann', 'advarsel'),
        ('personoppl', 'poLegeMiddGjDato', 'advarsel'),
        ('personoppl', 'poErnKartlagtDato', 'advarsel'),
        ('personoppl', 'poErnRisikoDato', 'advarsel'),
        ('personoppl', 'poErnPlanDato', 'advarsel'),
        ('personoppl', 'poFraDato', 'advarsel'),
        ('personoppl', 'poHabDato', 'advarsel'),
        ('personoppl', 'poVentelisteDato', 'advarsel'),
        ('funksjon', 'fnFunkType', 'advarsel'),
        ('funksjon', 'fnFunkVerdi', 'advarsel'),
        ('funksjon', 'fnFraDato', 'advarsel'),
        ('tjeneste', 'tjTjenType', 'advarsel'),
        ('tjeneste', 'tjSoknadDato', 'advarsel'),
        ('tjeneste', 'tjVedtDato', 'advarsel'),
        ('tjeneste', 'tjTimerUke', 'advarsel'),
        ('tjeneste', 'tjFraDato', 'advarsel'),
        ('tjeneste', 'tjTilDato', 'advarsel'),
        ('diagnose', 'diDiagKode', 'advarsel'),
        ('personoppl', 'poHusstand', 'opplysning'),
        ('personoppl', 'poPrivHjelp', 'opplysning'),
        ('personoppl', 'poIndPlan', 'opplysning'),
        ('personoppl', 'poHarKoordinator', 'opplysning')
    )
)
SELECT
    p.felt,
    p.alvorlighet,
    (
        SELECT total(v.antall)
        FROM verdi AS v
        WHERE v.tabell = p.tabell AND v.felt = p.felt AND v.verdi <> ''
    ) AS fylt,
    (
        SELECT count(*)
        FROM (
            SELECT 1
            FROM verdi AS v
            WHERE v.tabell = p.tabell AND v.felt = p.felt AND v.verdi <> ''
            LIMIT 2
        )
    ) AS ulike
FROM proevd AS p
