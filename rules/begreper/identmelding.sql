-- Identmeldingen som hører til innsendingen, én rad per identmelding: om den er hel, og om
-- den er laget for samme periode og til samme tid som innsendingen.
-- Kilde: skjemaet for XPR(ide) 53.1.3 og kodeverk 7371 (B er en satsvis melding, E en
-- endringsmelding).
-- har_perioder og har_uttrekk: datoene som skal sammenlignes, er virkelige datoer.
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
    coalesce(d.fra = n.iiFraDato AND d.til = n.iiTilDato, 0) AS samme_periode,
    dagnr(d.fra) IS NOT NULL AND dagnr(d.til) IS NOT NULL
    AND dagnr(n.iiFraDato) IS NOT NULL AND dagnr(n.iiTilDato) IS NOT NULL AS har_perioder,
    abs(dagnr(d.uttrekk) - dagnr(n.iiLagetDato)) AS dager_mellom,
    dagnr(d.uttrekk) IS NOT NULL AND dagnr(n.iiLagetDato) IS NOT NULL AS har_uttrekk
FROM datoer AS d
LEFT JOIN innhinfo AS n ON n.rad = 0
