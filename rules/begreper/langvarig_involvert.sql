-- Personer som kommunen følger så lenge at de kan ventes å være kartlagt, én rad
-- per person. De andre skal ikke få «ikke besvart».
-- Med er den som har en tjeneste i året som ikke er matombringing (5),
-- trygghetsalarm (6), støttekontakt (9), omsorgsstønad (11), øyeblikkelig hjelp
-- (25), velferdsteknologi (26–28) eller bolig (29, 12, 13), som har slike tjenester
-- minst 15 dager til sammen, og som ikke døde innen 14 dager etter start.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 2018 (korte tjenester
-- trenger ikke enkeltvedtak). Grensene for type, varighet og død er vår tolkning.
-- Vår tolkning: en åpen tjeneste er lang nok, dager før året teller med, og en dag
-- med flere tjenester telles én gang.
-- Nøkkel: person_rad.
WITH tjenestedager AS NOT MATERIALIZED (
    SELECT
        person_rad,
        fra,
        til,
        dager
    FROM aktiv_tjeneste
    WHERE type_talt NOT IN (5, 6, 9, 11, 25, 26, 27, 28, 29)
),

forlop AS MATERIALIZED (
    SELECT
        person_rad,
        max(coalesce(dager, 15)) AS lengste
    FROM tjenestedager
    GROUP BY person_rad
),

dekket AS (
    SELECT
        t.person_rad,
        dagnr(t.fra) AS fra_dag,
        dagnr(t.til) AS til_dag,
        max(dagnr(t.til)) OVER (
            PARTITION BY t.person_rad
            ORDER BY t.fra
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS dekket_til
    FROM forlop AS f
    CROSS JOIN tjenestedager AS t ON t.person_rad = f.person_rad
    WHERE f.lengste < 15
),

flere_korte AS (
    SELECT person_rad
    FROM dekket
    GROUP BY person_rad
    HAVING sum(max(til_dag - max(fra_dag, coalesce(dekket_til + 1, 0)) + 1, 0)) >= 15
),

doede_tidlig AS (
    SELECT p.person_rad
    FROM person_aar AS p
    WHERE
        p.dod IS NOT NULL
        AND dagnr(p.dod) - 14 <= (
            SELECT dagnr(min(t.fra)) FROM tjenestedager AS t
            WHERE t.person_rad = p.person_rad
        )
)
SELECT f.person_rad
FROM forlop AS f
WHERE
    (f.lengste >= 15 OR f.person_rad IN (SELECT k.person_rad FROM flere_korte AS k))
    AND f.person_rad NOT IN (SELECT d.person_rad FROM doede_tidlig AS d)
