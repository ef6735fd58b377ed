-- Hvor mange datoer som er oppgitt og ikke er etter dataåret, én rad per felt der en
-- senere dato sletter raden.
-- Kilde: kontrollen av områder i annotasjonene til 2018- og 2019-formatet.
WITH telt AS MATERIALIZED (
    SELECT
        tabell,
        felt,
        (
            SELECT sum(v.antall) FROM verdi AS v
            WHERE
                v.tabell = f.tabell
                AND v.felt = f.felt
                AND v.verdi <> ''
                AND v.verdi <= :til
        ) AS antall
    FROM felt AS f
    WHERE f.type = 'dato' AND f.maks = 'iiTilDato' AND f.omraade_konsekvens = 'rad'
)
SELECT
    tabell,
    felt,
    antall
FROM telt
WHERE antall > 0
