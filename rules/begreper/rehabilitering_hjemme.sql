-- Personer med habilitering eller rehabilitering utenfor institusjon i året, én rad
-- per person. Nevneren i kvalitetsindikatoren om individuell plan.
-- Kilde: kvalitetsindikator 360-13/10391 (tjeneste 16), SSB tabell 04469 og
-- Helsedirektoratet (personopplysning i stedet for tjeneste fra 2019; teller unike
-- personer meldt med «ja» i løpet av året).
-- Til og med 2018: en tjeneste 16 i året som ikke er avslått.
-- Fra 2019: poHab = 1 på en hvilken som helst PERSONOPPL-rad som overlapper året,
-- ikke bare på raden som gjelder 31.12, for da er forløpet oftest over.
-- En rest av 16 etter 2018 teller ikke hos Helsedirektoratet, og er ikke med her.
-- kilde: '16', 'poHab' eller 'begge'. kilde_rad: siste rad som sier det.
-- per_statusdato: tjeneste 16 i gang, fra 2019 poHab = 1 på raden i kraft, på
-- statusdatoen, og personen lever.
-- Vår tolkning: har_tjeneste gjelder en tjeneste i året som ikke selv er 16.
-- Indeks: person_rad.
WITH tjeneste_16 AS (
    SELECT
        person_rad,
        max(rad) AS rad,
        max(per_statusdato) AS per_statusdato
    FROM aktiv_tjeneste
    WHERE type = 16
    GROUP BY person_rad
),

hab AS (
    SELECT
        i.person_rad,
        max(i.nr * 100000000000 + i.rad) % 100000000000 AS rad
    FROM personoppl AS o
    CROSS JOIN personoppl_i_aaret AS i ON i.rad = o.rad
    WHERE o.poHab = '1'
    GROUP BY i.person_rad
),

mottaker AS (
    SELECT
        t.person_rad,
        t.rad AS kilde_rad,
        t.per_statusdato,
        '16' AS kilde,
        EXISTS (SELECT 1 FROM hab AS h WHERE h.person_rad = t.person_rad) AS begge
    FROM tjeneste_16 AS t
    WHERE :aar <= 2018
    UNION ALL
    SELECT
        h.person_rad,
        h.rad AS kilde_rad,
        p.lever AND coalesce((
            SELECT o.poHab
            FROM personoppl_i_aaret AS i
            INNER JOIN personoppl AS o ON o.rad = i.rad
            WHERE
                i.person_rad = h.person_rad
                AND coalesce(i.fra, '') <= :statusdato
                AND i.til >= :statusdato
            ORDER BY i.nr DESC
            LIMIT 1
        ) = '1', 0) AS per_statusdato,
        'poHab' AS kilde,
        EXISTS (SELECT 1 FROM tjeneste_16 AS t WHERE t.person_rad = h.person_rad) AS begge
    FROM hab AS h
    INNER JOIN person_aar AS p ON p.person_rad = h.person_rad
    WHERE :aar >= 2019
)
SELECT
    person_rad,
    CASE WHEN begge THEN 'begge' ELSE kilde END AS kilde,
    kilde_rad,
    per_statusdato,
    EXISTS (
        SELECT 1 FROM aktiv_tjeneste AS a
        WHERE a.person_rad = mottaker.person_rad AND a.type <> 16
    ) AS har_tjeneste
FROM mottaker
