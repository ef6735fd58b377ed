-- Personer der en funksjonsvariabel har flere skårer som gjelder på statusdatoen, én rad per
-- person.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 2018 (én skår for hver
-- funksjonsvariabel).
-- gjentatte: hvor mange variabler som har samme skår med samme datoer to ganger.
-- gjentatt_rad: den første gjentakelsen.
-- overlappende: hvor mange variabler som har flere skårer uten at de er slike gjentakelser.
-- overlapp_rad: den første skåren som begynner før en annen er slutt.
-- Vår tolkning: en skår som slutter dagen den neste begynner, overlapper den ikke. En skår
-- med sluttdato som ikke finnes, er ikke med; det er en annen feil. Skårer som var i kraft
-- samtidig tidligere i året, er heller ikke med: det er statusdatoen statistikken leser.
WITH rekke AS (
    SELECT
        f.rad,
        f.person_rad,
        CAST(f.fnFunkType AS INTEGER) AS variabel,
        f.fnFraDato AS fra,
        lag(f.fnTilDato) OVER skaarer AS forrige_til,
        f.fnFraDato = lag(f.fnFraDato) OVER skaarer
        AND f.fnTilDato = lag(f.fnTilDato) OVER skaarer
        AND f.fnFunkVerdi = lag(f.fnFunkVerdi) OVER skaarer AS gjentatt
    FROM funksjon_i_kraft AS k
    CROSS JOIN funksjon AS f
    WHERE
        k.antall > k.variabler
        AND f.person_rad = k.person_rad
        AND f.fnFraDato <= :statusdato
        AND f.fnTilDato >= :statusdato
    WINDOW skaarer AS (
        PARTITION BY f.person_rad, CAST(f.fnFunkType AS INTEGER)
        ORDER BY f.fnFraDato, f.fnTilDato, f.fnFunkVerdi, f.rad
    )
)
SELECT
    person_rad,
    count(DISTINCT variabel) FILTER (WHERE gjentatt) AS gjentatte,
    min(rad) FILTER (WHERE gjentatt) AS gjentatt_rad,
    count(DISTINCT variabel) FILTER (WHERE NOT gjentatt) AS overlappende,
    min(rad) FILTER (WHERE NOT gjentatt) AS overlapp_rad
FROM rekke
WHERE gjentatt OR forrige_til > fra
GROUP BY person_rad
