-- Hvor mange personer som er bosatt i en annen kommune enn den som sender, én rad, eller
-- ingen når kommunen som sender, ikke er i bruk.
-- Kilde: merknaden til peKomnr i IPLOS 3.7 (bostedskommune etter Folkeregisteret).
-- personer: de som har en kommune i bruk i dataåret som bosted. andre: de av dem som bor et
-- annet sted. nabo, navn: den av de andre kommunene som flest bor i. fra_nabo: hvor mange.
-- Et nummer som først gjelder året etter, er ikke med: da er det som regel den samme
-- kommunen med nytt nummer.
WITH numre AS (
    SELECT
        v.verdi AS nummer,
        k.navn,
        v.antall,
        v.verdi = i.iiKomnr AS egen,
        row_number() OVER (PARTITION BY v.verdi = i.iiKomnr ORDER BY v.antall DESC, v.verdi) AS nr
    FROM verdi AS v
    INNER JOIN kommune_i_bruk AS k ON k.kommunenr = v.verdi
    CROSS JOIN innhinfo AS i
    INNER JOIN kommune_i_bruk AS s ON s.kommunenr = i.iiKomnr
    WHERE v.tabell = 'person' AND v.felt = 'peKomnr' AND k.i_aaret AND s.i_aaret AND i.rad = 0
)
SELECT
    sum(antall) AS personer,
    total(CASE WHEN NOT egen THEN antall END) AS andre,
    max(CASE WHEN NOT egen AND nr = 1 THEN nummer END) AS nabo,
    max(CASE WHEN NOT egen AND nr = 1 THEN navn END) AS navn,
    total(CASE WHEN NOT egen AND nr = 1 THEN antall END) AS fra_nabo
FROM numre
HAVING count(*) > 0
