-- Hver dato om personer som har riktig form, men ikke finnes i kalenderen (31. februar),
-- én rad per felt og verdi.
-- Kilde: skjemaene for IPLOS 3.5 og 3.7 og kontrollen av datatype, som godtar dag 01–31 i
-- alle måneder. Datoene om innsendingen selv er i innsendingsdato.
-- antall: hvor mange poster som har verdien.
-- Et årstall som ikke begynner med 19 eller 20, er feil form og ikke med; 99991231 er åpen.
SELECT
    v.tabell,
    v.felt,
    v.verdi,
    v.antall
FROM felt AS f
CROSS JOIN verdi AS v ON v.tabell = f.tabell AND v.felt = f.felt
WHERE
    f.type = 'dato'
    AND v.tabell <> 'innhinfo'
    AND substr(v.verdi, 7) > '28'
    AND v.verdi BETWEEN '19000101' AND '20991231'
    AND dagnr(v.verdi) IS NULL
