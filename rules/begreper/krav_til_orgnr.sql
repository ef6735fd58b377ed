-- Hvilke tjenester som skal ha organisasjonsnummeret til enheten som utfører dem, og hvilke
-- som ikke skal ha det, én rad per tjenestetype.
-- Kilde: Helsedirektoratets spørsmål og svar om organisasjonsnummer (2015–2017).
-- skal: 1 = skal ha nummer, 0 = skal ikke ha det. De som kan ha det (5, 6, 7, 9, 11, 16), og
-- de som listen er for gammel til å nevne (14, 23, 24, 27, 28), har ingen rad.
-- Vår tolkning: 29 arver det som gjaldt 12 og 13. Kontrollen i 2018-formatet krever nummer
-- på alle tjenester, men uten følger; veiledningen går foran.
SELECT
    column1 AS type,
    column2 AS skal
FROM (
    VALUES
    (1, 1),
    (2, 1),
    (3, 1),
    (4, 1),
    (8, 1),
    (15, 1),
    (17, 1),
    (18, 1),
    (19, 1),
    (20, 1),
    (21, 1),
    (22, 1),
    (25, 1),
    (12, 0),
    (13, 0),
    (26, 0),
    (29, 0)
)
