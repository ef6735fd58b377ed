-- Feltene der det ikke er til å tro at alle har samme verdi, med hvor mange poster som har
-- fylt dem ut, og hvor mange ulike verdier de har, én rad per felt.
-- Kilde: Helsedirektoratet skiller feil i registreringen fra feil i uttrekket. Hvilke felter
-- det gjelder, er vår tolkning: datoer, måneder, alder, kjønn, timer, diagnoser og skår
-- varierer i enhver kommune. Svar på spørsmål (alvorlighet opplysning) kan være like fordi
-- fagsystemet foreslår et svar. Felter der alle gjerne har samme verdi, er ikke med: bosted,
-- bydel, vedtak (innvilget), kodesett, omsorg for barn, egnet bolig, og ja eller nei på det
-- kommunen enten gjør for alle eller ingen.
WITH proevd AS (
    SELECT
        column1 AS felt,
        column2 AS alvorlighet
    FROM (
        VALUES
        ('peAlder', 'advarsel'),
        ('peKjonn', 'advarsel'),
        ('poVurdLege', 'advarsel'),
        ('poVurdTann', 'advarsel'),
        ('poLegeMiddGjDato', 'advarsel'),
        ('poErnKartlagtDato', 'advarsel'),
        ('poErnRisikoDato', 'advarsel'),
        ('poErnPlanDato', 'advarsel'),
        ('poFraDato', 'advarsel'),
        ('poHabDato', 'advarsel'),
        ('poVentelisteDato', 'advarsel'),
        ('fnFunkType', 'advarsel'),
        ('fnFunkVerdi', 'advarsel'),
        ('fnFraDato', 'advarsel'),
        ('tjTjenType', 'advarsel'),
        ('tjSoknadDato', 'advarsel'),
        ('tjVedtDato', 'advarsel'),
        ('tjTimerUke', 'advarsel'),
        ('tjFraDato', 'advarsel'),
        ('tjTilDato', 'advarsel'),
        ('diDiagKode', 'advarsel'),
        ('poHusstand', 'opplysning'),
        ('poPrivHjelp', 'opplysning'),
        ('poIndPlan', 'opplysning'),
        ('poHarKoordinator', 'opplysning')
    )
)
SELECT
    v.felt,
    p.alvorlighet,
    sum(v.antall) AS fylt,
    count(*) AS ulike
FROM proevd AS p
INNER JOIN verdi AS v ON v.felt = p.felt
WHERE v.verdi <> ''
GROUP BY v.felt
