-- Hver funksjonsverdi som ikke står i skalaen til variabelen, én rad per FUNKSJON.
-- Kilde: kontrollen av fnFunkVerdi i annotasjonene til 2018- og 2019-formatet (9165, 9166
-- og 9167) og 9111, som sier hvilken skala hver variabel har. At syn har 9166 og hørsel
-- 9167, er lest ut av navnene på kodeverkene.
-- verdi: det som er oppgitt. variabel: funksjonsvariabelen. forventet: verdiene i skalaen.
-- Vår tolkning: en ukjent variabel kan ha en hvilken som helst av skalaene, og en vurdering
-- som ble avsluttet før året, er ikke med.
WITH kontroll AS MATERIALIZED (
    SELECT
        krav,
        konsekvens,
        sikkerhet,
        alvorlighet
    FROM felt_kontroll
    WHERE felt = 'fnFunkVerdi' AND kontroll = 'kodeverk'
),

skala AS MATERIALIZED (
    SELECT
        c.kodeverk,
        c.kode
    FROM kontroll AS k
    INNER JOIN kode AS c ON instr(' ' || k.krav || ' ', ' ' || c.kodeverk || ' ') > 0
    WHERE :aar BETWEEN coalesce(c.gyldig_fra, 0) AND coalesce(c.gyldig_til, 9999)
),

felles AS MATERIALIZED (
    SELECT kode FROM skala
    GROUP BY kode
    HAVING count(DISTINCT kodeverk) = (SELECT count(DISTINCT a.kodeverk) FROM skala AS a)
),

kandidater AS MATERIALIZED (
    SELECT verdi FROM verdi
    WHERE
        tabell = 'funksjon'
        AND felt = 'fnFunkVerdi'
        AND verdi <> ''
        AND verdi NOT IN (SELECT kode FROM felles)
        AND NOT (length(verdi) >= 11 AND er_personnummer(verdi))
),

soekt AS MATERIALIZED (
    SELECT
        sum(DISTINCT 1 << CAST(verdi AS INTEGER)) AS biter,
        max(verdi GLOB '*[^0-9]*' OR CAST(verdi AS INTEGER) > 62) AS alle
    FROM kandidater
    HAVING count(*) > 0
),

poster AS MATERIALIZED (
    SELECT
        t.rad,
        t.fnFunkVerdi AS verdi,
        CAST(t.fnFunkType AS INTEGER) AS variabel
    FROM soekt AS o
    CROSS JOIN skaarsett AS s
    CROSS JOIN funksjon AS t ON t.rad BETWEEN s.rad AND s.siste
    INNER JOIN kandidater AS k ON k.verdi = t.fnFunkVerdi
    WHERE
        (o.alle OR s.skaarer & o.biter)
        AND (coalesce(s.fnTilDato, '') >= :fra OR coalesce(dagnr(s.fnTilDato), 0) = 0)
),

variabler AS MATERIALIZED (
    SELECT
        CAST(kode AS INTEGER) AS variabel,
        verdiliste
    FROM kode
    WHERE kodeverk = '9111'
),

med_skala AS (
    SELECT
        p.rad,
        p.verdi,
        p.variabel,
        n.verdiliste
    FROM poster AS p
    LEFT JOIN variabler AS n ON n.variabel = p.variabel
)
SELECT
    p.rad,
    p.verdi,
    p.variabel,
    (
        SELECT group_concat(kode, ', ') FROM (
            SELECT DISTINCT s.kode FROM skala AS s
            WHERE s.kodeverk = coalesce(p.verdiliste, s.kodeverk)
            ORDER BY s.kode
        )
    ) AS forventet,
    k.konsekvens,
    k.sikkerhet,
    k.alvorlighet
FROM med_skala AS p
CROSS JOIN kontroll AS k
WHERE NOT EXISTS (
    SELECT 1 FROM skala AS s
    WHERE s.kodeverk = coalesce(p.verdiliste, s.kodeverk) AND s.kode = p.verdi
)
