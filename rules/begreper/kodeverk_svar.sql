-- Hver oppgitt verdi i et kodet felt, med om koden gjelder i dataåret, én rad per felt og
-- verdi.
-- Kilde: kontrollene av kodeverk i annotasjonene til 2018- og 2019-formatet (koden skal
-- gjelde ved iiFraDato) og kodeverkene med årene hver kode gjelder.
-- gyldig: koden står i et av feltets kodeverk i dataåret. forventet: kodene som gjelder.
-- Koder og felter med egen regel er ikke med (kode_med_egen_side, felt_med_egen_side).
-- Vår tolkning: tjTjenType er et tall i skjemaet, og 05 er 5. En tjenestetype med gal form
-- sletter hele raden; det er en annen regel. Et personnummer har også sin egen regel.
WITH kontroll AS MATERIALIZED (
    SELECT
        k.tabell,
        k.felt,
        k.krav,
        k.konsekvens,
        k.sikkerhet,
        k.alvorlighet,
        d.krav AS monster,
        d.konsekvens = 'rad' AND k.konsekvens <> 'rad' AS form_foerst
    FROM felt_kontroll AS k
    INNER JOIN felt_kontroll AS d ON d.tabell = k.tabell AND d.felt = k.felt AND d.kontroll = 'datatype'
    WHERE
        k.kontroll = 'kodeverk'
        AND k.krav <> ''
        AND k.felt NOT IN (SELECT s.felt FROM felt_med_egen_side AS s WHERE s.kontroll = 'kodeverk')
),

koder AS MATERIALIZED (
    SELECT DISTINCT
        k.tabell,
        k.felt,
        c.kode
    FROM kontroll AS k
    INNER JOIN (SELECT DISTINCT kodeverk FROM kode) AS n
        ON instr(' ' || k.krav || ' ', ' ' || n.kodeverk || ' ') > 0
    CROSS JOIN kode AS c ON c.kodeverk = n.kodeverk
    WHERE :aar BETWEEN coalesce(c.gyldig_fra, 0) AND coalesce(c.gyldig_til, 9999)
),

lister AS MATERIALIZED (
    SELECT
        tabell,
        felt,
        group_concat(kode, ', ') AS forventet
    FROM (SELECT * FROM koder ORDER BY tabell, felt, length(kode), kode)
    GROUP BY tabell, felt
),

svar AS MATERIALIZED (
    SELECT
        v.tabell,
        v.felt,
        v.verdi,
        v.antall,
        CASE
            WHEN v.felt = 'tjTjenType' AND rtrim(v.verdi, '0123456789') = ''
                THEN CAST(CAST(v.verdi AS INTEGER) AS TEXT)
            ELSE v.verdi
        END AS lest
    FROM kontroll AS k
    CROSS JOIN verdi AS v ON v.tabell = k.tabell AND v.felt = k.felt
    WHERE v.verdi <> ''
)
SELECT
    v.tabell,
    v.felt,
    v.verdi,
    v.antall,
    c.kode IS NOT NULL AS gyldig,
    l.forventet,
    k.konsekvens,
    k.sikkerhet,
    k.alvorlighet
FROM svar AS v
INNER JOIN kontroll AS k ON k.tabell = v.tabell AND k.felt = v.felt
INNER JOIN lister AS l ON l.tabell = v.tabell AND l.felt = v.felt
LEFT JOIN koder AS c ON c.tabell = v.tabell AND c.felt = v.felt AND c.kode = v.lest
WHERE
    NOT (k.form_foerst AND NOT treff(k.monster, v.verdi))
    AND NOT (length(v.verdi) >= 11 AND er_personnummer(v.verdi))
    AND (
        c.kode IS NOT NULL
        OR NOT EXISTS (
            SELECT 1 FROM kode_med_egen_side AS e
            WHERE e.felt = v.felt AND e.kode = v.lest
        )
    )
