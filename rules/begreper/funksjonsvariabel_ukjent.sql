-- Hver funksjonsvurdering av en variabel som ikke står i kodeverket, én rad per FUNKSJON.
-- Kilde: kodeverk 9111 (1–18). Kontrollen i annotasjonene til 2019-formatet er på, uten
-- oppgitt handling; i 2018-formatet er den av.
-- verdi: variabelen som er oppgitt. forventet: området av variabler.
-- Vår tolkning: variabelen er et tall i skjemaet, og 05 er 5. En vurdering som ble avsluttet
-- før året, er ikke med.
WITH variabler AS MATERIALIZED (
    SELECT CAST(kode AS INTEGER) AS nr FROM kode
    WHERE
        kodeverk = '9111'
        AND :aar BETWEEN coalesce(gyldig_fra, 0) AND coalesce(gyldig_til, 9999)
),

ukjente AS MATERIALIZED (
    SELECT verdi FROM verdi
    WHERE
        tabell = 'funksjon'
        AND felt = 'fnFunkType'
        AND verdi <> ''
        AND CAST(verdi AS INTEGER) NOT IN (SELECT nr FROM variabler)
)
SELECT
    t.rad,
    t.fnFunkType AS verdi,
    (SELECT 'område:' || min(nr) || '..' || max(nr) FROM variabler) AS forventet
FROM (SELECT 1 FROM ukjente LIMIT 1) AS noen
CROSS JOIN funksjon AS t
INNER JOIN ukjente AS u ON u.verdi = t.fnFunkType
WHERE coalesce(t.fnTilDato, '') >= :fra OR coalesce(dagnr(t.fnTilDato), 0) = 0
