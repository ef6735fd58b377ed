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
-- tellende: det statistikken teller: koden er gyldig i året, vedtaket er innvilget
-- (eller trengs ikke), og tjenesten startet tidligst i 1980.
-- dager: lengden på hele tjenesten, også dager før året; tom når den er åpen.
-- Vår tolkning: manglende, tom og umulig sluttdato betyr åpen, som 99991231.
-- Vår tolkning: 12 og 13 behandles som 29 i alle år, også når det gjelder vedtak.
-- Vår tolkning: 6, 14, 23, 24, 26 og 29 er gyldige i alle år, 16 til og med 2018,
-- 27 og 28 fra 2019.
WITH datert AS MATERIALIZED (
    SELECT
        t.rad,
        t.person_rad,
        CAST(t.tjTjenType AS INTEGER) AS type,
        CASE
            WHEN CAST(t.tjTjenType AS INTEGER) IN (12, 13) THEN 29
            ELSE CAST(t.tjTjenType AS INTEGER)
        END AS type_talt,
        t.tjFraDato AS fra,
        dagnr(t.tjFraDato) AS fra_dag,
        min(
            CASE WHEN dagnr(t.tjTilDato) IS NOT NULL THEN t.tjTilDato ELSE '99991231' END,
            coalesce(p.dod, '99991231')
        ) AS til,
        nullif(t.tjInstOrgnr, '') AS enhet,
        CAST(nullif(t.tjTimerUke, '') AS REAL) AS timer,
        coalesce(t.tjVedtak = '2', 0) AS innvilget,
        p.lever,
        p.alder
    FROM tjeneste AS t
    INNER JOIN person_aar AS p ON p.person_rad = t.person_rad
    WHERE t.tjVedtak IS NOT '1' AND t.tjFraDato <= :til AND p.dod_for_aaret = 0
),

vurdert AS (
    SELECT
        *,
        type_talt IN (1, 2, 3, 4, 5, 7, 8, 9, 11, 14, 15, 17, 18, 19, 20, 21, 22, 23, 29)
            AS krever_vedtak,
        type_talt BETWEEN 1 AND 9
        OR type_talt IN (11, 14, 15)
        OR type_talt BETWEEN 17 AND 26
        OR type_talt = 29
        OR (type_talt = 16 AND :aar <= 2018)
        OR (type_talt IN (27, 28) AND :aar >= 2019) AS gyldig
    FROM datert
    WHERE fra_dag IS NOT NULL AND til >= :fra AND til >= fra
)
SELECT
    rad,
    person_rad,
    type,
    type_talt,
    fra,
    til,
    enhet,
    timer,
    fra <= :statusdato AND til >= :statusdato AND lever AS per_statusdato,
    krever_vedtak,
    gyldig AND (innvilget OR NOT krever_vedtak) AND fra >= '19800101' AS tellende,
    CASE WHEN til < '99991231' THEN dagnr(til) - fra_dag + 1 END AS dager,
    alder
FROM vurdert
