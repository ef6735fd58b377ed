-- Institusjonene i identmeldingen, én rad per institusjon, mot kommunen som sender.
-- Kilde: skjemaet for XPR(ide) 53.1.3 (institusjonID).
-- er_kommunenummer: begge er fire sifre, og kan sammenlignes.
-- Vår tolkning: for KPR er institusjonen kommunen, og nummeret det samme som iiKomnr.
SELECT DISTINCT
    i.institusjonID AS kommune,
    n.iiKomnr AS egen,
    coalesce(
        i.institusjonID GLOB '[0-9][0-9][0-9][0-9]' AND n.iiKomnr GLOB '[0-9][0-9][0-9][0-9]', 0
    ) AS er_kommunenummer
FROM ident AS i
INNER JOIN innhinfo AS n ON n.rad = 0
