-- Andre rader enn tjenester hos dem som er registrert døde, én rad per person og klasse
-- (PERSONOPPL, FUNKSJON, DIAGNOSE, DOGNTILBUD).
-- Kilde: vår tolkning; ingen publisert kontroll sammenligner med dødsdatoen.
-- felt: startdatoen i klassen. etter: hvor mange rader som begynner etter dødsdagen.
-- rad, dato: den første av dem, ellers den første raden. dod: dødsdatoen.
-- Rader som først begynner etter året, og umulige datoer, er ikke med.
WITH doed AS MATERIALIZED (
    SELECT
        person_rad,
        dod
    FROM person_aar
    WHERE dod IS NOT NULL
),

rader AS MATERIALIZED (
    SELECT
        o.rad,
        d.person_rad,
        d.dod,
        'poFraDato' AS felt,
        o.poFraDato AS dato
    FROM doed AS d
    CROSS JOIN personoppl AS o ON o.person_rad = d.person_rad
    UNION ALL
    SELECT
        f.rad,
        d.person_rad,
        d.dod,
        'fnFraDato',
        f.fnFraDato
    FROM doed AS d
    CROSS JOIN funksjon AS f ON f.person_rad = d.person_rad
    UNION ALL
    SELECT
        i.rad,
        d.person_rad,
        d.dod,
        'diFraDato',
        i.diFraDato
    FROM doed AS d
    CROSS JOIN diagnose AS i ON i.person_rad = d.person_rad
    UNION ALL
    SELECT
        g.rad,
        d.person_rad,
        d.dod,
        'dgFraDato',
        g.dgFraDato
    FROM doed AS d
    CROSS JOIN dogntilbud AS g ON g.person_rad = d.person_rad
)
SELECT
    coalesce(min(CASE WHEN dato > dod THEN rad END), min(rad)) AS rad,
    person_rad,
    felt,
    sum(dato > dod) AS etter,
    coalesce(min(CASE WHEN dato > dod THEN dato END), min(dato)) AS dato,
    dod
FROM rader
WHERE dato <= :til AND dagnr(dato) IS NOT NULL
GROUP BY person_rad, felt, dod
