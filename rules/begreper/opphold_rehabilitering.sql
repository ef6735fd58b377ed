-- Hvert tidsbegrensede opphold for habilitering eller rehabilitering (19) i året,
-- én rad per TJENESTE. Avslag og opphold som ikke er startet, er ikke med.
-- Kilde: kodeverk 9151.
-- til: den tidligste av sluttdato og dødsdato; 99991231 når det ikke er avsluttet.
-- Indeks: person_rad.
SELECT
    rad,
    person_rad,
    fra,
    til
FROM aktiv_tjeneste
WHERE type = 19
