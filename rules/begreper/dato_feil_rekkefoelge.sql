-- Hvert par av datoer på samme rad der den seneste står før den tidligste, én rad per rad i
-- meldingen og par.
-- Kilde: merknadene i annotasjonene til 2018- og 2019-formatet (vedtak tidligst ved søknad,
-- klage mottatt tidligst ved vedtak, klage besvart tidligst når den er mottatt, slutt tidligst
-- ved start) og Helsedirektoratets metodebeskrivelse (fra-dato senest til-dato).
-- felt, dato: datoen som skulle kommet sist; feltet sier hvilket par det er. foerst,
-- tidligst: datoen som skulle kommet først. Samme dag er i orden.
-- Datoer som mangler, er umulige, har feil form eller er 99991231, har ingen rekkefølge.
-- Døde før året er ikke med. Søknad, vedtak og klage er ikke med for tjenester som sluttet
-- før året, og start og slutt ikke på et avslag: det skal ikke ha noen av dem.
-- Klage på tjeneste 16 i 2018 er i tjeneste_16.
WITH tjenester AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        tjSoknadDato,
        tjVedtDato,
        tjVedtak,
        tjFraDato,
        tjTilDato,
        tjKlageMottatt,
        tjKlageBesvart
    FROM tjeneste
    WHERE
        tjVedtDato < tjSoknadDato
        OR tjKlageMottatt < tjVedtDato
        OR tjKlageBesvart < tjKlageMottatt
        OR tjTilDato < tjFraDato
),

galt AS (
    SELECT
        rad,
        person_rad,
        'tjVedtDato' AS felt,
        tjVedtDato AS dato,
        'tjSoknadDato' AS foerst,
        tjSoknadDato AS tidligst,
        tjTilDato AS slutt
    FROM tjenester
    WHERE tjVedtDato < tjSoknadDato
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjKlageMottatt',
        tjKlageMottatt,
        'tjVedtDato',
        tjVedtDato,
        tjTilDato
    FROM tjenester
    WHERE tjKlageMottatt < tjVedtDato
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjKlageBesvart',
        tjKlageBesvart,
        'tjKlageMottatt',
        tjKlageMottatt,
        tjTilDato
    FROM tjenester
    WHERE tjKlageBesvart < tjKlageMottatt
    UNION ALL
    SELECT
        rad,
        person_rad,
        'tjTilDato',
        tjTilDato,
        'tjFraDato',
        tjFraDato,
        NULL
    FROM tjenester
    WHERE tjTilDato < tjFraDato AND tjVedtak IS NOT '1'
    UNION ALL
    SELECT
        rad,
        person_rad,
        'poTilDato',
        poTilDato,
        'poFraDato',
        poFraDato,
        NULL
    FROM personoppl
    WHERE poTilDato < poFraDato
    UNION ALL
    SELECT
        f.rad,
        f.person_rad,
        'fnTilDato',
        f.fnTilDato,
        'fnFraDato',
        f.fnFraDato,
        NULL
    FROM skaarsett AS s
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    WHERE s.fnTilDato < s.fnFraDato
    UNION ALL
    SELECT
        rad,
        person_rad,
        'diTilDato',
        diTilDato,
        'diFraDato',
        diFraDato,
        NULL
    FROM diagnose
    WHERE diTilDato < diFraDato
    UNION ALL
    SELECT
        rad,
        person_rad,
        'dgTilDato',
        dgTilDato,
        'dgFraDato',
        dgFraDato,
        NULL
    FROM dogntilbud
    WHERE dgTilDato < dgFraDato
)
SELECT
    g.rad,
    g.person_rad,
    g.felt,
    g.dato,
    g.foerst,
    g.tidligst
FROM galt AS g
INNER JOIN person_aar AS p ON p.person_rad = g.person_rad
WHERE
    p.dod_for_aaret = 0
    AND g.dato >= '19000101'
    AND g.tidligst <= '20991231'
    AND dagnr(g.dato) IS NOT NULL
    AND dagnr(g.tidligst) IS NOT NULL
    AND (coalesce(g.slutt, '') >= :fra OR dagnr(g.slutt) IS NULL)
    AND NOT (
        :aar <= 2018
        AND g.felt IN ('tjKlageMottatt', 'tjKlageBesvart')
        AND g.rad IN (SELECT s.rad FROM tjeneste_16 AS s)
    )
