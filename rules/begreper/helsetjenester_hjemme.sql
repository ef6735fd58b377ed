-- Personer som mottar helsetjenester i hjemmet (15) i året, én rad per person.
-- Kilde: kodeverk 9151.
-- rad: den siste tjenesten (senest slutt, så senest start).
-- dager_i_aaret: dager med tjenesten fra 1. januar til og med statusdatoen.
-- Vår tolkning: en dag med to samtidige tjenester telles én gang, og dager mellom
-- to tjenester telles ikke.
-- Indeks: rad.
WITH tjenestedager AS (
    SELECT
        person_rad,
        til || fra || printf('%012d', rad) AS siste,
        per_statusdato,
        alder,
        dagnr(max(fra, :fra)) AS fra_dag,
        dagnr(min(til, :statusdato)) AS til_dag
    FROM aktiv_tjeneste
    WHERE type = 15
),

dekket AS (
    SELECT
        *,
        max(til_dag) OVER (
            PARTITION BY person_rad
            ORDER BY fra_dag
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS dekket_til
    FROM tjenestedager
)
SELECT
    person_rad,
    CAST(substr(max(siste), 17) AS INTEGER) AS rad,
    max(per_statusdato) AS per_statusdato,
    sum(max(til_dag - max(fra_dag, coalesce(dekket_til + 1, 0)) + 1, 0)) AS dager_i_aaret,
    max(alder) AS alder
FROM dekket
GROUP BY person_rad
