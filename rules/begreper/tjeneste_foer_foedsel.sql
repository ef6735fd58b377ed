-- Tjenestene i gang i året som begynte før personens fødselsår, én rad per TJENESTE.
-- Kilde: Helsedirektoratets rapport om barn (startdato fra fødselsåret).
-- dato: startdatoen. alder: alderen per 31.12.
-- Vår tolkning: fødselsåret er dataåret minus alderen. Startdatoer fra før 1980 er en annen feil
-- og ikke med, og uten alder er personen utenfor.
SELECT
    rad,
    person_rad,
    fra AS dato,
    alder
FROM aktiv_tjeneste
WHERE
    alder <= CAST(substr(:til, 1, 4) AS INTEGER) - 1980
    AND fra >= '19800101'
    AND fra < (CAST(substr(:til, 1, 4) AS INTEGER) - alder) || '0101'
