-- Hver dato og måned der en for tidlig verdi sletter raden, og kildene er uenige om hvor tidlig,
-- én rad per felt og verdi.
-- Kilde: kontrollen av områder i annotasjonene til 2018- og 2019-formatet (fra 1.1.2005) og
-- Helsedirektoratets metodebeskrivelse (fra 1980).
-- antall: hvor mange poster som har verdien. aarstall: de fire første sifrene. maaned: verdien er
-- en måned og ikke en dato; en som ikke er skrevet som en måned, er ikke med.
-- Verdier etter året er en annen feil og ikke med.
SELECT
    v.tabell,
    v.felt,
    v.verdi,
    v.antall,
    substr(v.verdi, 1, 4) AS aarstall,
    f.type = 'maaned' AS maaned
FROM felt AS f
CROSS JOIN verdi AS v ON v.tabell = f.tabell AND v.felt = f.felt
WHERE
    f.omraade_konsekvens = 'rad'
    AND f.omraade_sikkerhet = 'omstridt'
    AND v.verdi <= :til
    AND (f.type = 'dato' OR treff(f.monster, v.verdi))
