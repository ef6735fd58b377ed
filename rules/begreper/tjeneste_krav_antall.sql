-- Hvor mange tjenester og vedtak i året hvert betinget obligatorisk felt kreves for,
-- én rad per felt.
-- Kilde: krav_til_tjeneste, aktiv_tjeneste og vedtak_uten_oppstart.
WITH stand AS (
    SELECT
        type,
        0 AS avslag,
        count(*) AS antall
    FROM aktiv_tjeneste
    GROUP BY type
    UNION ALL
    SELECT
        type,
        avslag,
        count(*)
    FROM vedtak_uten_oppstart
    GROUP BY type, avslag
)
SELECT
    k.felt,
    sum(s.antall) AS antall
FROM krav_til_tjeneste AS k
INNER JOIN stand AS s ON s.type = k.type
WHERE NOT (s.avslag AND k.med_vedtak)
GROUP BY k.felt
