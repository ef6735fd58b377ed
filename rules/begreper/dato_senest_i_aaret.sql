-- Hvor mange datoer som er oppgitt og ikke er etter dataåret, én rad per felt der en
-- senere dato sletter raden.
-- Kilde: kontrollen av områder i annotasjonene til 2018- og 2019-formatet.
SELECT
    v.tabell,
    v.felt,
    sum(v.antall) AS antall
FROM felt AS f
CROSS JOIN verdi AS v ON v.tabell = f.tabell AND v.felt = f.felt
WHERE
    f.type = 'dato'
    AND f.maks = 'iiTilDato'
    AND f.omraade_konsekvens = 'rad'
    AND v.verdi <> ''
    AND v.verdi <= :til
GROUP BY v.tabell, v.felt
