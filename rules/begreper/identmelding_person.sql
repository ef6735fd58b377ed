-- Hver PasientIdent i identmeldingen, én rad per identitet, og personen i innsendingen den
-- hører til. linje er linjen i identmeldingen.
-- Kilde: skjemaet for XPR(ide) 53.1.3.
-- Vår tolkning: pid er det samme som pePeID, og nuller foran gjør ikke en annen id. Har
-- flere personer samme pePeID (en egen regel), hører identiteten til den første av dem.
WITH eiere AS MATERIALIZED (
    SELECT
        min(rad) AS rad,
        ltrim(pePeID, '+0') AS id
    FROM person
    WHERE pePeID <> ''
    GROUP BY ltrim(pePeID, '+0')
)
SELECT
    i.rad AS nr,
    i.linje,
    e.rad,
    ltrim(i.pid, '+0') AS id,
    CAST(i.typeID AS INTEGER) AS type,
    e.rad IS NOT NULL AS i_innsendingen
FROM ident AS i
LEFT JOIN eiere AS e ON e.id = ltrim(i.pid, '+0')
