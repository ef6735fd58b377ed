-- Hvor mange personer som står to ganger uten å ha samme id, én rad.
-- Kilde: ingen; id-er er unike innen et fagsystem, og ingenting i meldingen sier at to id-er
-- er samme person. Vår tolkning: to PERSON med samme kjønn, alder, bosted, bosattdato og
-- dødsdato, og like mange tjenester med de samme typene, startdatoene og vedtaksdatoene, er
-- den samme. Hos enkelte kan det være tilfeldig, hos mange er det ikke det.
-- personer: de som har en tjeneste med startdato. doble: de av dem som har en slik make.
WITH like_personer AS MATERIALIZED (
    SELECT
        person_rad,
        dense_rank() OVER (
            ORDER BY peKjonn, peAlder, peKomnr, peFraDato, peDodDato
        ) AS sammenfall,
        count(*) OVER (
            PARTITION BY peKjonn, peAlder, peKomnr, peFraDato, peDodDato
        ) AS antall
    FROM person
),

avtrykk AS (
    SELECT
        l.person_rad,
        l.sammenfall,
        count(*) AS tjenester,
        min(t.tjFraDato) AS foerste,
        max(t.tjFraDato) AS siste,
        total(CAST(t.tjTjenType AS INTEGER) * CAST(t.tjFraDato AS INTEGER)) AS fra,
        total(CAST(t.tjTjenType AS INTEGER) * CAST(t.tjVedtDato AS INTEGER)) AS vedtak
    FROM like_personer AS l
    INNER JOIN tjeneste AS t ON t.person_rad = l.person_rad
    WHERE l.antall > 1 AND t.tjFraDato <> ''
    GROUP BY l.person_rad
),

grupper AS (
    SELECT count(*) AS antall
    FROM avtrykk
    GROUP BY sammenfall, tjenester, foerste, siste, fra, vedtak
    HAVING count(*) > 1
)
SELECT
    (SELECT count(DISTINCT t.person_rad) FROM tjeneste AS t WHERE t.tjFraDato <> '') AS personer,
    (SELECT CAST(total(g.antall) AS INTEGER) FROM grupper AS g) AS doble
