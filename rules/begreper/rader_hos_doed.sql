-- Andre rader enn tjenester hos dem som er registrert døde, én rad per person og klasse
-- (PERSONOPPL, FUNKSJON, DIAGNOSE, DOGNTILBUD).
-- Kilde: vår tolkning; ingen publisert kontroll sammenligner med dødsdatoen.
-- felt: startdatoen i klassen. etter: hvor mange rader som begynner etter dødsdagen.
-- rad: den første av dem, ellers den første raden. dato: den tidligste datoen. dod: dødsdatoen.
-- Rader som først begynner etter året, er ikke med, og en dato som ikke finnes, er ikke etter.
WITH doed AS MATERIALIZED (
    SELECT
        person_rad,
        dod
    FROM person_aar
    WHERE dod IS NOT NULL
),

sene AS (
    SELECT
        o.rad,
        d.person_rad,
        'poFraDato' AS felt,
        o.poFraDato AS dato
    FROM doed AS d
    CROSS JOIN personoppl AS o ON o.person_rad = d.person_rad
    WHERE o.poFraDato > d.dod AND o.poFraDato <= :til AND dagnr(o.poFraDato) IS NOT NULL
    UNION ALL
    SELECT
        f.rad,
        d.person_rad,
        'fnFraDato',
        f.fnFraDato
    FROM doed AS d
    CROSS JOIN skaarsett AS s ON s.person_rad = d.person_rad
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    WHERE s.fnFraDato > d.dod AND s.fnFraDato <= :til AND dagnr(s.fnFraDato) IS NOT NULL
    UNION ALL
    SELECT
        i.rad,
        d.person_rad,
        'diFraDato',
        i.diFraDato
    FROM doed AS d
    CROSS JOIN diagnose AS i ON i.person_rad = d.person_rad
    WHERE i.diFraDato > d.dod AND i.diFraDato <= :til AND dagnr(i.diFraDato) IS NOT NULL
    UNION ALL
    SELECT
        g.rad,
        d.person_rad,
        'dgFraDato',
        g.dgFraDato
    FROM doed AS d
    CROSS JOIN dogntilbud AS g ON g.person_rad = d.person_rad
    WHERE g.dgFraDato > d.dod AND g.dgFraDato <= :til AND dagnr(g.dgFraDato) IS NOT NULL
),

etter_doeden AS MATERIALIZED (
    SELECT
        person_rad,
        felt,
        min(rad) AS rad,
        min(dato) AS dato,
        count(*) AS antall
    FROM sene
    GROUP BY person_rad, felt
),

klasser AS (
    SELECT
        d.person_rad,
        d.dod,
        'poFraDato' AS felt,
        (
            SELECT min(o.rad) FROM personoppl AS o
            WHERE o.person_rad = d.person_rad AND o.poFraDato <= :til
        ) AS rad
    FROM doed AS d
    UNION ALL
    SELECT
        d.person_rad,
        d.dod,
        'fnFraDato',
        (
            SELECT min(s.rad) FROM skaarsett AS s
            WHERE s.person_rad = d.person_rad AND s.fnFraDato <= :til
        )
    FROM doed AS d
    UNION ALL
    SELECT
        d.person_rad,
        d.dod,
        'diFraDato',
        (
            SELECT min(i.rad) FROM diagnose AS i
            WHERE i.person_rad = d.person_rad AND i.diFraDato <= :til
        )
    FROM doed AS d
    UNION ALL
    SELECT
        d.person_rad,
        d.dod,
        'dgFraDato',
        (
            SELECT min(g.rad) FROM dogntilbud AS g
            WHERE g.person_rad = d.person_rad AND g.dgFraDato <= :til
        )
    FROM doed AS d
)
SELECT
    coalesce(e.rad, k.rad) AS rad,
    k.person_rad,
    k.felt,
    k.dod,
    e.dato,
    coalesce(e.antall, 0) AS etter
FROM klasser AS k
LEFT JOIN etter_doeden AS e ON e.person_rad = k.person_rad AND e.felt = k.felt
WHERE k.rad IS NOT NULL
