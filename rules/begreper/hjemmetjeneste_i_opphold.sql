-- Tjenestene i hjemmet til personer med langtidsopphold (21) i året: praktisk bistand
-- (1, 2), matombringing (5), trygghetsalarm (6) og helsetjenester i hjemmet (15). Én rad per
-- TJENESTE.
-- Kilde: Helsedirektoratet, Kommunale helse- og omsorgstjenester, vedlegg B: tjenester som
-- utelukker hverandre, som hjemmetjenester under opphold, blir ikke kontrollert.
-- dager: så mange dager på rad tjenesten og langtidsoppholdet varer samtidig, til og med
-- statusdatoen.
-- Vår tolkning: bare disse fem. Opphold som overlapper eller følger rett etter hverandre,
-- er ett opphold; i et hull mellom to opphold er personen hjemme.
WITH opphold AS (
    SELECT
        person_rad,
        rad,
        fra,
        til,
        max(til) OVER (
            PARTITION BY person_rad
            ORDER BY fra, rad ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tidligere_til
    FROM aktiv_tjeneste
    WHERE type = 21
),

nummerert AS (
    SELECT
        *,
        sum(NOT coalesce(fra <= tidligere_til OR dagnr(fra) = dagnr(tidligere_til) + 1, 0)) OVER (
            PARTITION BY person_rad
            ORDER BY fra, rad ROWS UNBOUNDED PRECEDING
        ) AS nr
    FROM opphold
),

sammenhengende AS MATERIALIZED (
    SELECT
        person_rad,
        min(fra) AS fra,
        min(max(til), :statusdato) AS til
    FROM nummerert
    GROUP BY person_rad, nr
)
SELECT
    h.rad,
    h.person_rad,
    h.type,
    max(max(dagnr(min(h.til, o.til)) - dagnr(max(h.fra, o.fra)) + 1, 0)) AS dager
FROM sammenhengende AS o
INNER JOIN aktiv_tjeneste AS h ON h.person_rad = o.person_rad
WHERE h.type IN (1, 2, 5, 6, 15)
GROUP BY h.rad, h.person_rad, h.type
