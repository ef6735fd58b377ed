-- Hvordan habilitering eller rehabilitering utenfor institusjon er meldt fra 2019:
-- én rad per TJENESTE med den utgåtte koden 16, og én rad per person som er meldt
-- riktig og ikke har slike tjenester.
-- Kilde: SSB tabell 04469 og Helsedirektoratet (fra 2019 er det en personopplysning;
-- rester av kode 16 telles ikke).
-- som_tjeneste: meldt med kode 16. telles: personen er også meldt med poHab = ja.
-- mister: kode 16 er i gang i året uten poHab, så personen faller ut av tallene.
-- Vår tolkning: en avslått eller ikke startet tjeneste fra før året var riktig kodet
-- da, og er ikke med.
SELECT
    t.rad,
    t.person_rad,
    1 AS som_tjeneste,
    t.person_rad IN (SELECT r.person_rad FROM rehabilitering_hjemme AS r) AS telles,
    t.i_gang
    AND t.person_rad NOT IN (SELECT r.person_rad FROM rehabilitering_hjemme AS r) AS mister
FROM tjeneste_16 AS t
WHERE :aar >= 2019 AND (t.i_gang OR coalesce(t.vedtak, :fra) BETWEEN :fra AND :til)
UNION ALL
SELECT
    r.kilde_rad,
    r.person_rad,
    0 AS som_tjeneste,
    1 AS telles,
    0 AS mister
FROM rehabilitering_hjemme AS r
WHERE r.kilde = 'poHab'
