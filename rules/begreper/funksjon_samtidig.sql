-- Personer der en funksjonsvariabel har flere skårer som gjelder på statusdatoen, én rad per
-- person.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 2018 (én skår for hver
-- funksjonsvariabel).
-- gjentatte: hvor mange variabler som har samme skår med samme datoer flere ganger.
-- gjentatt_rad: en rad på den siste av dem.
-- overlappende: hvor mange variabler som har skårer der noe er ulikt. overlapp_rad: en rad på
-- den siste av dem.
-- Vår tolkning: en skår som slutter dagen den neste begynner, overlapper den ikke. Derfor er
-- den som slutter på selve statusdatoen, ikke med, og resten overlapper alle hverandre. En
-- skår med sluttdato som ikke finnes, er ikke med; det er en annen feil. Skårer som var i
-- kraft samtidig tidligere i året, er heller ikke med: det er statusdatoen statistikken leser.
-- Indeks: person_rad.
WITH flere AS (
    SELECT
        f.person_rad,
        CAST(f.fnFunkType AS INTEGER) AS variabel,
        count(*) AS antall,
        count(DISTINCT f.fnFraDato || f.fnTilDato || f.fnFunkVerdi) AS ulike,
        max(f.rad) AS rad
    FROM funksjon_i_kraft AS k
    CROSS JOIN skaarsett AS s ON s.person_rad = k.person_rad
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    WHERE
        k.antall > k.variabler
        AND s.fnFraDato <= :statusdato
        AND s.fnTilDato > :statusdato
    GROUP BY f.person_rad, variabel
    HAVING count(*) > 1
)
SELECT
    person_rad,
    sum(antall > ulike) AS gjentatte,
    max(rad) FILTER (WHERE antall > ulike) AS gjentatt_rad,
    sum(ulike > 1) AS overlappende,
    max(rad) FILTER (WHERE ulike > 1) AS overlapp_rad
FROM flere
GROUP BY person_rad
