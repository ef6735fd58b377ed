-- Dagaktivitetstilbudene (4) til personer som også har dagopphold i institusjon (17) i
-- året, én rad per TJENESTE (den med dagaktivitetstilbudet).
-- Kilde: Helsedirektoratets opplæring 31.08.2018: 4 er aktivitet, 17 er nødvendig
-- helsehjelp i institusjon. En person kan ha begge.
-- likt: dagoppholdet er ved samme enhet og har samme start og slutt. Uten enhet er det
-- ukjent, og likt er 0.
WITH dagopphold_rad AS MATERIALIZED (
    SELECT DISTINCT
        person_rad,
        substr(enhet, 1, 9) AS enhet,
        fra,
        til
    FROM aktiv_tjeneste
    WHERE type = 17
)
SELECT
    a.rad,
    a.person_rad,
    max(o.enhet IS NOT NULL) AS likt
FROM dagopphold AS p
INNER JOIN aktiv_tjeneste AS a ON a.person_rad = p.person_rad
LEFT JOIN dagopphold_rad AS o
    ON o.person_rad = a.person_rad AND o.enhet = substr(a.enhet, 1, 9) AND o.fra = a.fra AND o.til = a.til
WHERE a.type = 4
GROUP BY a.rad, a.person_rad
