-- Det personopplysningene i året sier om habilitering eller rehabilitering utenfor
-- institusjon (poHab fra 2019), én rad per person som har svar eller dato.
-- Kilde: annotasjonene til 2019-formatet (1 ja, 2 nei; datoen er ikke kontrollert).
-- besvart, ja, dato_gitt: på minst én PERSONOPPL-rad i året.
-- ja_rad, dato_rad: siste rad i året med ja og med dato. dato: datoen på den raden.
-- Vår tolkning: en umulig dato er det samme som manglende.
WITH svar AS (
    SELECT
        i.person_rad,
        printf('%05d%011d ', i.nr, i.rad) AS plass,
        coalesce(o.poHab <> '', 0) AS besvart,
        coalesce(o.poHab = '1', 0) AS ja,
        dagnr(o.poHabDato) IS NOT NULL AS dato_gitt,
        o.poHabDato AS dato
    FROM personoppl_i_aaret AS i
    INNER JOIN personoppl AS o ON o.rad = i.rad
    WHERE o.poHab <> '' OR o.poHabDato <> ''
)
SELECT
    person_rad,
    max(besvart) AS besvart,
    max(ja) AS ja,
    max(dato_gitt) AS dato_gitt,
    CAST(substr(max(CASE WHEN ja THEN plass END), 6, 11) AS INTEGER) AS ja_rad,
    CAST(substr(max(CASE WHEN dato_gitt THEN plass END), 6, 11) AS INTEGER) AS dato_rad,
    substr(max(CASE WHEN dato_gitt THEN plass || dato END), 18) AS dato
FROM svar
GROUP BY person_rad
