-- Hver dato for noe som må ha skjedd før uttrekket, én rad per felt og verdi.
-- Kilde: vår tolkning av feltene: dødsdagen, dagen en person kom inn i registeret, sist endret,
-- vurdert funksjon, stilt diagnose, satt på venteliste og besvart klage. En tjeneste og et tiltak
-- kan være planlagt, og er ikke med.
-- antall: hvor mange poster som har verdien. uttrekk: dagen uttrekket ble laget.
-- Er uttrekksdatoen umulig, eller fra før februar i dataåret, er den selv feil (INN-02, INN-08),
-- og ingen datoer er med. Datoer som er umulige, har feil form eller er 99991231, er ikke med.
WITH uttrekket AS (
    SELECT dato AS uttrekk FROM innsendingsdato
    WHERE felt = 'iiLagetDato' AND finnes AND dato > substr(:fra, 1, 4) || '0131'
)
SELECT
    v.tabell,
    v.felt,
    v.verdi,
    v.antall,
    u.uttrekk
FROM uttrekket AS u
CROSS JOIN felt AS f
CROSS JOIN verdi AS v ON v.tabell = f.tabell AND v.felt = f.felt
WHERE
    f.felt IN (
        'peDodDato',
        'peFraDato',
        'peEndrDato',
        'fnFraDato',
        'diFraDato',
        'poVentelisteDato',
        'tjKlageBesvart'
    )
    AND v.verdi BETWEEN '19000101' AND '20991231'
    AND v.verdi NOT IN (SELECT d.verdi FROM dato_umulig AS d)
