-- Datoene om innsendingen selv: perioden (iiFraDato, iiTilDato) og uttrekket
-- (iiLagetDato), én rad per INNHINFO og datofelt.
-- Kilde: skjemaene for IPLOS 3.5 og 3.7, som godtar dag 01–31 i alle måneder.
-- finnes: datoen finnes i kalenderen; 99991231 gjør det. sen_dag: dag 29, 30 eller 31,
-- de eneste som kan mangle i en måned.
-- En verdi skjemaet ikke godtar som dato, har skjemaet sagt fra om; den er ikke med.
-- Indeks: rad.
WITH alle AS (
    SELECT
        rad,
        'iiFraDato' AS felt,
        iiFraDato AS dato
    FROM innhinfo
    UNION ALL
    SELECT
        rad,
        'iiTilDato',
        iiTilDato
    FROM innhinfo
    UNION ALL
    SELECT
        rad,
        'iiLagetDato',
        iiLagetDato
    FROM innhinfo
)
SELECT
    rad,
    felt,
    dato,
    substr(dato, 7) > '28' AS sen_dag,
    substr(dato, 7) <= '28' OR dagnr('2000' || substr(dato, 5)) IS NOT NULL
    AND (substr(dato, 5) <> '0229' OR dagnr(dato) IS NOT NULL) AS finnes
FROM alle
WHERE
    dato GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
    AND substr(dato, 5, 2) BETWEEN '01' AND '12'
    AND substr(dato, 7) BETWEEN '01' AND '31'
