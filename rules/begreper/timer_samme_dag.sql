-- Timer per uke til sammen på den dagen i året summen er størst, én rad per person med to eller
-- flere slike tjenester i gang i året: praktisk bistand (1), opplæring i praktisk bistand (2),
-- brukerstyrt personlig assistanse (3) og helsetjenester i hjemmet (15).
-- Kilde: Helsedirektoratet, spørsmål og svar om IPLOS (mer enn 168 timer på én tjeneste er ikke
-- tillatt). Summen er vår tolkning, og gjelder bare disse fire: på dagaktivitet, avlastning og
-- opphold følger de samme ansatte med, og timene i omsorgsstønad er den pårørendes.
-- mer_enn_uken: summen er mer enn 168 på en dag i året. timer, tjenester: summen og antallet på
-- den dagen summen er størst, og dag: den første av dem; tomme når det ikke kan bli så mye.
-- rad: tjenesten som begynte sist av dem, ellers den første i meldingen.
-- Vår tolkning: slutter én tjeneste samme dag som den neste begynner, overlapper de ikke.
-- Timer utenfor området 0,01–168 er en annen feil og ikke med.
WITH hjelp AS NOT MATERIALIZED (
    SELECT
        rad,
        person_rad,
        fra,
        til,
        timer
    FROM aktiv_tjeneste
    WHERE type IN (1, 2, 3, 15) AND timer BETWEEN 0.01 AND 168 AND (til > :fra OR fra = til)
),

flere AS MATERIALIZED (
    SELECT
        person_rad,
        min(rad) AS rad,
        total(timer) AS til_sammen
    FROM hjelp
    GROUP BY person_rad
    HAVING count(*) > 1
),

mange AS MATERIALIZED (
    SELECT
        h.rad,
        h.person_rad,
        max(h.fra, :fra) AS dag,
        h.til,
        h.fra = h.til AS en_dag,
        CAST(round(h.timer * 100) AS INTEGER) AS hundredeler
    FROM flere AS f
    CROSS JOIN hjelp AS h ON h.person_rad = f.person_rad
    WHERE f.til_sammen > 167.99
),

sum_paa_dagen AS (
    SELECT
        d.rad,
        d.person_rad,
        d.dag,
        sum(h.hundredeler) AS hundredeler,
        count(*) AS tjenester
    FROM mange AS d
    INNER JOIN mange AS h ON h.person_rad = d.person_rad
    WHERE h.dag <= d.dag AND (h.til > d.dag OR (h.en_dag AND h.til = d.dag))
    GROUP BY d.rad, d.person_rad, d.dag
),

rangert AS MATERIALIZED (
    SELECT
        *,
        row_number() OVER (PARTITION BY person_rad ORDER BY hundredeler DESC, dag, rad) AS nr
    FROM sum_paa_dagen
)
SELECT
    coalesce(r.rad, f.rad) AS rad,
    f.person_rad,
    r.dag,
    r.hundredeler / 100.0 AS timer,
    r.tjenester,
    coalesce(r.hundredeler > 16800, 0) AS mer_enn_uken
FROM flere AS f
LEFT JOIN rangert AS r ON r.person_rad = f.person_rad AND r.nr = 1
