-- Hver oppgitt verdi som skal ha en bestemt form, én rad per felt og verdi, uten
-- nøklene (de er i id_avvik). Datoene med et årstall som går, er én rad per felt, uten verdi.
-- Kilde: kontrollene av datatype i annotasjonene til 2018- og 2019-formatet (felt_kontroll).
-- antall: hvor mange poster som har verdien. feil_form: verdien har en annen form. forventet:
-- formen som nøkkel som rapporten gjør til ord (måned, desimaltall,
-- område:fra..til, heltall:fra.., mønster:…). For datoer har skjemaet prøvd formen, så det
-- som er igjen, er årstallet; 99991231 går også.
-- Vår tolkning: en verdi meldes av den kontrollen som har den tyngste følgen. Derfor er
-- kodede felter ikke med (kodeverket sier fra), unntatt når gal form sletter hele raden,
-- og datoer utenfor et område som sletter raden, er ikke med (regelen om området sier fra).
-- Et personnummer i et felt har også sin egen regel.
WITH datatype AS MATERIALIZED (
    SELECT
        d.tabell,
        d.felt,
        d.krav AS monster,
        d.konsekvens,
        d.sikkerhet,
        d.alvorlighet,
        CASE
            WHEN f.type = 'dato' THEN 'område:19000101..20991231'
            WHEN f.type = 'maaned' THEN 'måned'
            WHEN f.type = 'desimal' THEN 'desimaltall'
            WHEN f.type = 'orgnr' THEN 'mønster:[0-9]{9}'
            WHEN d.krav = '[0-9]+' THEN 'heltall:0..'
            WHEN d.krav = '[0-9]' THEN 'heltall:0..9'
            ELSE 'mønster:' || d.krav
        END AS forventet,
        f.type = 'dato' AS er_dato,
        f.type = 'dato' AND coalesce(o.konsekvens = 'rad', 0) AS dato_med_omraade,
        CASE WHEN e.regel IS NOT NULL THEN f.min END AS laveste
    FROM felt_kontroll AS d
    INNER JOIN felt AS f ON f.tabell = d.tabell AND f.felt = d.felt
    LEFT JOIN felt_kontroll AS k ON k.tabell = d.tabell AND k.felt = d.felt AND k.kontroll = 'kodeverk'
    LEFT JOIN felt_kontroll AS o ON o.tabell = d.tabell AND o.felt = d.felt AND o.kontroll = 'omraade'
    LEFT JOIN felt_med_egen_side AS e ON e.felt = d.felt AND e.kontroll = 'omraade'
    WHERE
        d.kontroll = 'datatype'
        AND d.krav <> ''
        AND (k.felt IS NULL OR (d.konsekvens = 'rad' AND k.konsekvens <> 'rad'))
        AND d.felt NOT IN (SELECT s.felt FROM felt_med_egen_side AS s WHERE s.kontroll = 'datatype')
),

i_orden AS MATERIALIZED (
    SELECT
        tabell,
        felt,
        (
            SELECT sum(v.antall) FROM verdi AS v
            WHERE
                v.tabell = d.tabell
                AND v.felt = d.felt
                AND v.verdi BETWEEN '19000101' AND '20991231'
                AND v.verdi >= coalesce(d.laveste, '')
                AND NOT (d.dato_med_omraade AND v.verdi > :til)
        ) AS antall,
        forventet,
        konsekvens,
        sikkerhet,
        alvorlighet
    FROM datatype AS d
    WHERE er_dato
)
SELECT
    v.tabell,
    v.felt,
    v.verdi,
    v.antall,
    NOT treff(d.monster, v.verdi) AS feil_form,
    d.forventet,
    d.konsekvens,
    d.sikkerhet,
    d.alvorlighet
FROM datatype AS d
CROSS JOIN verdi AS v ON v.tabell = d.tabell AND v.felt = d.felt
WHERE
    v.verdi <> ''
    AND NOT (d.er_dato AND v.verdi BETWEEN '19000101' AND '20991231')
    AND v.verdi >= coalesce(d.laveste, '')
    AND NOT (d.dato_med_omraade AND v.verdi > :til)
    AND NOT (length(v.verdi) >= 11 AND er_personnummer(v.verdi))
UNION ALL
SELECT
    tabell,
    felt,
    NULL,
    antall,
    0,
    forventet,
    konsekvens,
    sikkerhet,
    alvorlighet
FROM i_orden
WHERE antall > 0
