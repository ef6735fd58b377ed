-- Når beboere på langtidsopphold (21) på statusdatoen sist ble vurdert av lege og av
-- tannhelsepersonell, delt som i de publiserte tallene, én rad per person og felt (poVurdLege,
-- poVurdTann). Ingen aldersgrense: tallene gjelder alle på langtidsopphold, barnebolig også.
-- Kilde: Helsedirektoratets tall for lege og tannhelse (langtidsopphold per 31.12.: inntil 12
-- måneder, mer enn 12 måneder, ikke oppgitt); SSBs definisjon KOSandellangtidv0000.
-- vurdert: 'siste_12', 'eldre', 'mangler' eller 'ugyldig' (ikke en måned fra 2005 til og med året).
-- rad: raden måneden står på, ellers raden i kraft.
-- Vår tolkning: tolv måneder regnes i måneder, fra januar i dataåret.
-- Indeks: person_rad.
WITH svar AS (
    SELECT
        l.person_rad,
        g.poVurdLege_rad AS rad,
        'poVurdLege' AS felt,
        g.poVurdLege_besvart AS besvart,
        g.poVurdLege AS maaned
    FROM langtidsopphold AS l
    CROSS JOIN gjeldende AS g ON g.person_rad = l.person_rad
    WHERE l.per_statusdato
    UNION ALL
    SELECT
        l.person_rad,
        g.poVurdTann_rad,
        'poVurdTann',
        g.poVurdTann_besvart,
        g.poVurdTann
    FROM langtidsopphold AS l
    CROSS JOIN gjeldende AS g ON g.person_rad = l.person_rad
    WHERE l.per_statusdato
)
SELECT
    s.person_rad,
    s.rad,
    s.felt,
    CASE
        WHEN NOT s.besvart THEN 'mangler'
        WHEN NOT treff(f.monster, s.maaned) OR s.maaned NOT BETWEEN f.min AND substr(:til, 1, 6)
            THEN 'ugyldig'
        WHEN s.maaned >= substr(:fra, 1, 6) THEN 'siste_12'
        ELSE 'eldre'
    END AS vurdert
FROM svar AS s
INNER JOIN felt AS f ON f.tabell = 'personoppl' AND f.felt = s.felt
