-- Timer per uke til sammen på den dagen i året summen er størst, én rad per person med to eller
-- flere slike tjenester i gang i året: praktisk bistand (1), opplæring i praktisk bistand (2),
-- brukerstyrt personlig assistanse (3) og helsetjenester i hjemmet (15).
-- Kilde: Helsedirektoratet, spørsmål og svar om IPLOS (mer enn 168 timer på én tjeneste er ikke
-- tillatt). Summen er vår tolkning, og gjelder bare disse fire: på dagaktivitet, avlastning og
-- opphold følger de samme ansatte med, og timene i omsorgsstønad er den pårørendes.
-- timer, tjenester: summen og antallet på dagen. dag: den første dagen med den summen.
-- rad: tjenesten som begynte sist av dem, ellers den første i meldingen.
-- Vår tolkning: slutter én tjeneste samme dag som den neste begynner, overlapper de ikke.
-- Timer utenfor området 0,01–168 er en annen feil og ikke med.
WITH hjelp AS MATERIALIZED (
    SELECT
        rad,
        person_rad,
        max(fra, :fra) AS dag,
        til,
        fra = til AS en_dag,
        CAST(round(timer * 100) AS INTEGER) AS hundredeler
    FROM aktiv_tjeneste
    WHERE type IN (1, 2, 3, 15) AND timer BETWEEN 0.01 AND 168 AND (til > :fra OR fra = til)
),

flere AS MATERIALIZED (
    SELECT person_rad FROM hjelp
    GROUP BY person_rad
    HAVING count(*) > 1
),

sum_paa_dagen AS (
    SELECT
        d.rad,
        d.person_rad,
        d.dag,
        sum(h.hundredeler) AS hundredeler,
        count(*) AS tjenester
    FROM flere AS f
    INNER JOIN hjelp AS d ON d.person_rad = f.person_rad
    INNER JOIN hjelp AS h ON h.person_rad = f.person_rad
    WHERE h.dag <= d.dag AND (h.til > d.dag OR (h.en_dag AND h.til = d.dag))
    GROUP BY d.rad, d.person_rad, d.dag
),

rangert AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY person_rad ORDER BY hundredeler DESC, dag, rad) AS nr
    FROM sum_paa_dagen
)
SELECT
    rad,
    person_rad,
    dag,
    hundredeler / 100.0 AS timer,
    tjenester
FROM rangert
WHERE nr = 1
