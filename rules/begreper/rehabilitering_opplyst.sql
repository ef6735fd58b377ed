-- Det personopplysningene i året sier om habilitering eller rehabilitering utenfor
-- institusjon (poHab fra 2019), én rad per person som har svar eller dato.
-- Kilde: annotasjonene til 2019-formatet (1 ja, 2 nei; datoen er ikke kontrollert).
-- besvart, ja, dato_gitt: på minst én PERSONOPPL-rad i året.
-- ja_rad, dato_rad: siste rad i året med ja og med dato. dato: datoen på den raden.
-- Vår tolkning: en umulig dato er det samme som manglende.
WITH svar AS MATERIALIZED (
    SELECT
        i.person_rad,
        i.nr * 100000000000 + i.rad AS plass,
        coalesce(o.poHab <> '', 0) AS besvart,
        coalesce(o.poHab = '1', 0) AS ja,
        dagnr(o.poHabDato) IS NOT NULL AS dato_gitt
    FROM personoppl AS o
    CROSS JOIN personoppl_i_aaret AS i ON i.rad = o.rad
    WHERE o.poHab <> '' OR o.poHabDato <> ''
),

samlet AS (
    SELECT
        person_rad,
        max(besvart) AS besvart,
        max(ja) AS ja,
        max(dato_gitt) AS dato_gitt,
        max(CASE WHEN ja THEN plass END) % 100000000000 AS ja_rad,
        max(CASE WHEN dato_gitt THEN plass END) % 100000000000 AS dato_rad
    FROM svar
    GROUP BY person_rad
)
SELECT
    s.person_rad,
    s.besvart,
    s.ja,
    s.dato_gitt,
    s.ja_rad,
    s.dato_rad,
    d.poHabDato AS dato
FROM samlet AS s
LEFT JOIN personoppl AS d ON d.rad = s.dato_rad
