-- Hvert felt som mangler der tjenestetypen krever det, én rad per TJENESTE og felt.
-- Kilde: kontrollene av obligatoriske felter i annotasjonene til 2018- og 2019-formatet,
-- for tjenester i gang i året og vedtak i året.
-- type: tjenestetypen. kort: tjenesten varer høyst 14 dager og trenger ikke enkeltvedtak
-- (Helsedirektoratets opplæring, spørsmål om tjenester under 14 dager).
-- Et felt som skjemaet selv krever (vedtaksdatoen i 3.5), er ikke med: da har skjemaet
-- sagt fra.
-- Vår tolkning: statistikken mister tjenesten når vedtaket mangler, og timetallet når
-- timene mangler; det er en advarsel. Det andre er en opplysning, som mottakeren ikke
-- gjør noe med.
WITH kan_mangle AS MATERIALIZED (
    SELECT DISTINCT felt FROM verdi
    WHERE tabell = 'tjeneste' AND coalesce(verdi, '') = ''
),

tomme AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        'tjSoknadDato' AS felt,
        CAST(tjTjenType AS INTEGER) AS type
    FROM tjeneste
    WHERE
        coalesce(tjSoknadDato, '') = ''
        AND CAST(tjTjenType AS INTEGER) IN (SELECT type FROM krav_til_tjeneste WHERE felt = 'tjSoknadDato')
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjVedtDato',
        CAST(tjTjenType AS INTEGER)
    FROM tjeneste
    WHERE
        coalesce(tjVedtDato, '') = ''
        AND CAST(tjTjenType AS INTEGER) IN (SELECT type FROM krav_til_tjeneste WHERE felt = 'tjVedtDato')
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjVedtak',
        CAST(tjTjenType AS INTEGER)
    FROM tjeneste
    WHERE
        coalesce(tjVedtak, '') = ''
        AND CAST(tjTjenType AS INTEGER) IN (SELECT type FROM krav_til_tjeneste WHERE felt = 'tjVedtak')
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjTimerUke',
        CAST(tjTjenType AS INTEGER)
    FROM tjeneste
    WHERE
        coalesce(tjTimerUke, '') = ''
        AND CAST(tjTjenType AS INTEGER) IN (SELECT type FROM krav_til_tjeneste WHERE felt = 'tjTimerUke')
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjRullerende',
        CAST(tjTjenType AS INTEGER)
    FROM tjeneste
    WHERE
        coalesce(tjRullerende, '') = ''
        AND CAST(tjTjenType AS INTEGER) IN (SELECT type FROM krav_til_tjeneste WHERE felt = 'tjRullerende')
)
SELECT
    m.rad,
    m.felt,
    m.type,
    k.konsekvens,
    k.sikkerhet,
    coalesce(a.dager <= 14, 0) AS kort,
    CASE
        WHEN m.felt = 'tjTimerUke' THEN 'advarsel'
        WHEN m.felt = 'tjVedtak' AND NOT coalesce(a.dager <= 14, 0) THEN 'advarsel'
        ELSE k.alvorlighet
    END AS alvorlighet
FROM tomme AS m
INNER JOIN krav_til_tjeneste AS k ON k.felt = m.felt AND k.type = m.type
LEFT JOIN aktiv_tjeneste AS a ON a.person_rad = m.person_rad AND a.rad = m.rad
LEFT JOIN vedtak_uten_oppstart AS v ON v.rad = m.rad
WHERE
    m.felt IN (SELECT f.felt FROM kan_mangle AS f)
    AND (a.rad IS NOT NULL OR v.rad IS NOT NULL)
    AND NOT (coalesce(v.avslag, 0) AND k.med_vedtak)
