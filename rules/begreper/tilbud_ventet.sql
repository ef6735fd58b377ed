-- Hvor mange som er meldt med et tilbud i året, og hvor mange det hadde vært om andelen var
-- som i landet, én rad per tilbud i nasjonal_andel.
-- Kilde: nasjonal_andel, tjenestemottaker (mottakere av tjenester), aktiv_tjeneste (3, BPA),
-- rehabilitering_hjemme og tjeneste_16 (meldt på gammel måte), gjeldende (poHeldg).
-- meldt: personer i løpet av året. mottakere: alle mottakere av tjenester i innsendingen.
WITH telling AS (
    SELECT
        'bpa' AS tilbud,
        count(DISTINCT person_rad) AS meldt
    FROM aktiv_tjeneste
    WHERE tellende AND type = 3
    UNION ALL
    SELECT
        'heldoegn',
        count(*)
    FROM gjeldende
    WHERE poHeldg_i_aaret
    UNION ALL
    SELECT
        'rehabilitering',
        (SELECT count(*) FROM rehabilitering_hjemme)
        + (SELECT count(*) FROM tjeneste_16 AS s WHERE s.i_gang)
),

alle AS (
    SELECT count(*) AS mottakere
    FROM tjenestemottaker
)
SELECT
    t.tilbud,
    t.meldt,
    a.mottakere,
    n.andel * a.mottakere AS ventet,
    n.aar
FROM telling AS t
INNER JOIN nasjonal_andel AS n ON n.tilbud = t.tilbud
CROSS JOIN alle AS a
