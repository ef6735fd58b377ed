-- Hver tjeneste som er i gang en eller flere dager i året, én rad per TJENESTE.
-- Kilde: Helsedirektoratets metodebeskrivelser (startdato til og med 31.12, slutt
-- fra 1.1, bare innvilgede tjenester, tjenester uten startdato og døde før året
-- tas ut, 12 og 13 leses som 29) og annotasjonene til 2018- og 2019-formatet
-- (hvilke tjenestetyper som skal ha vedtak).
-- En søknad som er avslått, er aldri i gang, uansett datoer.
-- til: den tidligste av sluttdato og dødsdato, begge til og med; 99991231 når
-- tjenesten ikke er avsluttet.
-- per_statusdato: i gang på statusdatoen, og personen lever.
-- krever_vedtak: typen skal ha vedtak. 6, 16 og 24–28 skal ikke.
-- tellende: det statistikken teller: koden er gyldig i året (12 og 13 alltid), vedtaket
-- er innvilget (eller trengs ikke), og tjenesten startet tidligst i 1980.
-- dager: lengden på hele tjenesten, også dager før året; tom når den er åpen.
-- Vår tolkning: manglende, tom og umulig sluttdato betyr åpen, som 99991231.
-- Vår tolkning: 12 og 13 behandles som 29 i alle år, også når det gjelder vedtak.
-- Nøkkel: person_rad, rad.
WITH tjenestetype AS MATERIALIZED (
    SELECT
        CAST(kode AS INTEGER) AS type,
        CASE WHEN kode IN ('12', '13') THEN 29 ELSE CAST(kode AS INTEGER) END AS type_talt,
        CAST(kode AS INTEGER) IN (
            1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 29
        ) AS krever_vedtak,
        max(
            kode IN ('12', '13')
            OR :aar BETWEEN coalesce(gyldig_fra, :aar) AND coalesce(gyldig_til, :aar)
        ) AS gyldig
    FROM kode
    WHERE kodeverk = '9151'
    GROUP BY kode
),

datert AS (
    SELECT
        t.rad,
        t.person_rad,
        CAST(t.tjTjenType AS INTEGER) AS type,
        t.tjVedtak AS vedtak,
        t.tjFraDato AS fra,
        CASE
            WHEN t.tjTilDato < coalesce(p.dod, '99991231') AND dagnr(t.tjTilDato) IS NOT NULL
                THEN t.tjTilDato
            ELSE coalesce(p.dod, '99991231')
        END AS til,
        p.lever,
        CASE WHEN t.tjInstOrgnr <> '' THEN t.tjInstOrgnr END AS enhet,
        CASE WHEN t.tjTimerUke <> '' THEN CAST(t.tjTimerUke AS REAL) END AS timer,
        p.alder
    FROM tjeneste AS t
    INNER JOIN person_aar AS p ON p.person_rad = t.person_rad
    WHERE
        t.tjVedtak IS NOT '1'
        AND t.tjFraDato <= :til
        AND dagnr(t.tjFraDato) IS NOT NULL
        AND (
            (t.tjTilDato >= :fra AND t.tjTilDato >= t.tjFraDato)
            OR dagnr(t.tjTilDato) IS NULL
        )
        AND p.dod_for_aaret = 0
        AND coalesce(p.dod >= t.tjFraDato, 1)
)
SELECT
    d.rad,
    d.person_rad,
    d.type,
    coalesce(k.type_talt, d.type) AS type_talt,
    d.fra,
    d.til,
    d.enhet,
    d.timer,
    d.fra <= :statusdato AND d.til >= :statusdato AND d.lever AS per_statusdato,
    coalesce(k.krever_vedtak, 0) AS krever_vedtak,
    coalesce(
        k.gyldig AND (d.vedtak IS '2' OR NOT k.krever_vedtak) AND d.fra >= '19800101', 0
    ) AS tellende,
    CASE WHEN d.til < '99991231' THEN dagnr(d.til) - dagnr(d.fra) + 1 END AS dager,
    d.alder
FROM datert AS d
LEFT JOIN tjenestetype AS k ON k.type = d.type
