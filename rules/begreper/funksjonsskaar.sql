-- Skårene som gjelder på statusdatoen, én rad per person.
-- Kilde: kodeverk 9111 (variablene) og annotasjonene til 2018- og 2019-formatet (hver skår
-- har sin egen fra- og til-dato, til og med).
-- skaar_1 … skaar_9: variablene som er skåret så, variabel n er bit n. skaar_annet: de som har
-- en annen verdi. En skår uten verdi er ikke med.
-- Vår tolkning: gjelder flere skårer for en variabel, er det den som begynte sist, så den siste
-- i meldingen. En umulig sluttdato betyr åpen. Den som ikke lever på statusdatoen, er ikke med,
-- og heller ikke variabler utenfor kodeverket.
-- De fleste har ett sett med skårer i kraft, og det er alt lagt sammen (skaarsett). Bare for
-- dem som har flere, leses radene.
WITH variabel AS MATERIALIZED (
    SELECT sum(1 << CAST(kode AS INTEGER)) AS biter
    FROM kode
    WHERE
        kodeverk = '9111'
        AND :aar BETWEEN coalesce(gyldig_fra, 0) AND coalesce(gyldig_til, 9999)
),

i_kraft AS NOT MATERIALIZED (
    SELECT * FROM skaarsett
    WHERE fnFraDato <= :statusdato AND (fnTilDato >= :statusdato OR dagnr(fnTilDato) IS NULL)
),

flere AS MATERIALIZED (
    SELECT person_rad FROM i_kraft
    GROUP BY person_rad
    HAVING count(*) > 1
),

siste AS MATERIALIZED (
    SELECT
        f.person_rad,
        1 << f.fnFunkType AS bit,
        max(CAST(f.fnFraDato AS INTEGER) * 100000000000 + f.rad) % 100000000000 AS rad
    FROM flere AS p
    CROSS JOIN i_kraft AS i ON i.person_rad = p.person_rad
    CROSS JOIN funksjon AS f ON f.rad BETWEEN i.rad AND i.siste
    WHERE f.fnFunkVerdi <> ''
    GROUP BY f.person_rad, CAST(f.fnFunkType AS INTEGER)
),

samlet AS (
    SELECT
        person_rad,
        skaar_1,
        skaar_2,
        skaar_3,
        skaar_4,
        skaar_5,
        skaar_9,
        skaar_annet
    FROM i_kraft
    WHERE person_rad NOT IN (SELECT p.person_rad FROM flere AS p)
    UNION ALL
    SELECT
        s.person_rad,
        sum(s.bit * (f.fnFunkVerdi = '1')),
        sum(s.bit * (f.fnFunkVerdi = '2')),
        sum(s.bit * (f.fnFunkVerdi = '3')),
        sum(s.bit * (f.fnFunkVerdi = '4')),
        sum(s.bit * (f.fnFunkVerdi = '5')),
        sum(s.bit * (f.fnFunkVerdi = '9')),
        sum(s.bit * (f.fnFunkVerdi NOT IN ('1', '2', '3', '4', '5', '9')))
    FROM siste AS s
    INNER JOIN funksjon AS f ON f.rad = s.rad
    GROUP BY s.person_rad
)
SELECT
    s.person_rad,
    s.skaar_1 & v.biter AS skaar_1,
    s.skaar_2 & v.biter AS skaar_2,
    s.skaar_3 & v.biter AS skaar_3,
    s.skaar_4 & v.biter AS skaar_4,
    s.skaar_5 & v.biter AS skaar_5,
    s.skaar_9 & v.biter AS skaar_9,
    s.skaar_annet & v.biter AS skaar_annet
FROM samlet AS s
INNER JOIN person_aar AS p ON p.person_rad = s.person_rad
CROSS JOIN variabel AS v
WHERE p.lever
