-- Hvor mange personer som står to ganger uten å ha samme id, én rad.
-- Kilde: ingen; id-er er unike innen et fagsystem, og ingenting i meldingen sier at to id-er
-- er samme person. Vår tolkning: to PERSON med samme kjønn, alder, bosted, bosattdato og
-- dødsdato, og like mange tjenester med de samme typene, startdatoene og vedtaksdatoene, er
-- den samme (summen av type ganger dato er lik). Hos enkelte kan det være tilfeldig, hos mange
-- er det ikke det. Uten bosattdato er for mange like til å kunne si det.
-- personer: de som har en tjeneste med startdato. doble: de av dem som har en slik make.
WITH avtrykk AS MATERIALIZED (
    SELECT
        person_rad,
        count(*) AS tjenester,
        total(CAST(tjTjenType AS INTEGER) * CAST(tjFraDato AS INTEGER)) AS fra,
        total(CAST(tjTjenType AS INTEGER) * CAST(tjVedtDato AS INTEGER)) AS vedtak
    FROM tjeneste
    WHERE tjFraDato <> ''
    GROUP BY person_rad
),

like_tjenester AS (
    SELECT
        tjenester,
        fra,
        vedtak
    FROM avtrykk
    GROUP BY tjenester, fra, vedtak
    HAVING count(*) > 1
),

makker AS (
    SELECT count(*) AS antall
    FROM avtrykk AS a
    CROSS JOIN person AS p ON p.rad = a.person_rad
    WHERE
        (a.tjenester, a.fra, a.vedtak) IN (SELECT tjenester, fra, vedtak FROM like_tjenester)
        AND p.peFraDato <> ''
    GROUP BY
        a.tjenester, a.fra, a.vedtak,
        p.peKjonn, p.peAlder, p.peKomnr, p.peFraDato, p.peDodDato
    HAVING count(*) > 1
)
SELECT
    (SELECT count(*) FROM avtrykk) AS personer,
    (SELECT CAST(total(m.antall) AS INTEGER) FROM makker AS m) AS doble
