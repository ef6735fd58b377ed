-- Hvert organisasjonsnummer som er oppgitt på en tjeneste eller et døgntilbud og har riktig
-- form, én rad per felt og verdi.
-- Kilde: kontrollen av formen i annotasjonene til 2018- og 2019-formatet (ni siffer, og en
-- null til hvis det er skrevet i det gamle feltet på ti tegn); modulus 11 med vektene
-- 3 2 7 6 5 4 3 2, der kontrollsifferet 10 ikke finnes.
-- nummer: de ni første sifrene. ti_tegn: skrevet med en null etter. antall: poster med verdien.
-- gyldig: kontrollsifferet stemmer.
-- like_sifre: ni like sifre, som 000000000 og 777777777. De består alle kontrollen.
-- Vår tolkning: slike nummer er fyll, og ingen enhet har dem.
WITH lest AS MATERIALIZED (
    SELECT
        tabell,
        felt,
        verdi,
        antall,
        substr(verdi, 1, 9) AS nummer,
        length(verdi) = 10 AS ti_tegn
    FROM verdi
    WHERE felt IN ('tjInstOrgnr', 'dgInstOrgnr') AND treff('[0-9]{9}0?', verdi)
)
SELECT
    *,
    (
        3 * substr(nummer, 1, 1)
        + 2 * substr(nummer, 2, 1)
        + 7 * substr(nummer, 3, 1)
        + 6 * substr(nummer, 4, 1)
        + 5 * substr(nummer, 5, 1)
        + 4 * substr(nummer, 6, 1)
        + 3 * substr(nummer, 7, 1)
        + 2 * substr(nummer, 8, 1)
        + substr(nummer, 9, 1)
    ) % 11 = 0 AS gyldig,
    ltrim(nummer, substr(nummer, 1, 1)) = '' AS like_sifre
FROM lest
