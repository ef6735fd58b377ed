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
        t.rad,
        t.person_rad,
        'tjSoknadDato' AS felt,
        CAST(t.tjTjenType AS INTEGER) AS type
    FROM kan_mangle AS k
    CROSS JOIN tjeneste AS t
    WHERE
        k.felt = 'tjSoknadDato'
        AND coalesce(t.tjSoknadDato, '') = ''
        AND CAST(t.tjTjenType AS INTEGER) IN (SELECT r.type FROM krav_til_tjeneste AS r WHERE r.felt = 'tjSoknadDato')
    UNION ALL
    SELECT
        t.rad,
        t.person_rad,
        'tjVedtDato',
        CAST(t.tjTjenType AS INTEGER)
    FROM kan_mangle AS k
    CROSS JOIN tjeneste AS t
    WHERE
        k.felt = 'tjVedtDato'
        AND coalesce(t.tjVedtDato, '') = ''
        AND CAST(t.tjTjenType AS INTEGER) IN (SELECT r.type FROM krav_til_tjeneste AS r WHERE r.felt = 'tjVedtDato')
    UNION ALL
    SELECT
        t.rad,
        t.person_rad,
        'tjVedtak',
        CAST(t.tjTjenType AS INTEGER)
    FROM kan_mangle AS k
    CROSS JOIN tjeneste AS t
    WHERE
        k.felt = 'tjVedtak'
        AND coalesce(t.tjVedtak, '') = ''
        AND CAST(t.tjTjenType AS INTEGER) IN (SELECT r.type FROM krav_til_tjeneste AS r WHERE r.felt = 'tjVedtak')
    UNION ALL
    SELECT
        t.rad,
        t.person_rad,
        'tjTimerUke',
        CAST(t.tjTjenType AS INTEGER)
    FROM kan_mangle AS k
    CROSS JOIN tjeneste AS t
    WHERE
        k.felt = 'tjTimerUke'
        AND coalesce(t.tjTimerUke, '') = ''
        AND CAST(t.tjTjenType AS INTEGER) IN (SELECT r.type FROM krav_til_tjeneste AS r WHERE r.felt = 'tjTimerUke')
    UNION ALL
    SELECT
        t.rad,
        t.person_rad,
        'tjRullerende',
        CAST(t.tjTjenType AS INTEGER)
    FROM kan_mangle AS k
    CROSS JOIN tjeneste AS t
    WHERE
        k.felt = 'tjRullerende'
        AND coalesce(t.tjRullerende, '') = ''
        AND CAST(t.tjTjenType AS INTEGER) IN (SELECT r.type FROM krav_til_tjeneste AS r WHERE r.felt = 'tjRullerende')
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
    (a.rad IS NOT NULL OR v.rad IS NOT NULL)
    AND NOT (coalesce(v.avslag, 0) AND k.med_vedtak)
