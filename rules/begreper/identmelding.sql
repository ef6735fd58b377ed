-- Identmeldingen som hører til innsendingen, én rad per identmelding: om den er hel, og om
-- den er laget for samme periode og til samme tid som innsendingen.
-- Kilde: skjemaet for XPR(ide) 53.1.3 og kodeverk 7371 (B er en satsvis melding, E en
-- endringsmelding).
-- samme_periode og dager_mellom er tomme når en av datoene ikke er en virkelig dato.
-- Vår tolkning: bare en satsvis melding kan ventes å ha med alle, og perioden skal være
-- den samme i de to meldingene.
WITH datoer AS (
    SELECT
        meldingstype,
        replace(substr(fraDatoPeriode, 1, 10), '-', '') AS fra,
        replace(substr(tilDatoPeriode, 1, 10), '-', '') AS til,
        replace(substr(uttakDato, 1, 10), '-', '') AS uttrekk
    FROM ident_melding
)
SELECT
    d.fra,
    d.til,
    d.uttrekk,
    n.iiFraDato AS egen_fra,
    n.iiTilDato AS egen_til,
    n.iiLagetDato AS eget_uttrekk,
    d.meldingstype = 'B' AS er_hel,
    CASE
        WHEN
            dagnr(d.fra) IS NOT NULL AND dagnr(d.til) IS NOT NULL
            AND dagnr(n.iiFraDato) IS NOT NULL AND dagnr(n.iiTilDato) IS NOT NULL
            THEN d.fra = n.iiFraDato AND d.til = n.iiTilDato
    END AS samme_periode,
    abs(dagnr(d.uttrekk) - dagnr(n.iiLagetDato)) AS dager_mellom
FROM datoer AS d
LEFT JOIN innhinfo AS n ON n.rad = 0
