-- Hvem som mottok hver tjeneste i løpet av året, én rad per person og tjeneste.
-- Kilde: Helsedirektoratets tilbakemelding til kommunene (antall brukere per tjenestetype, i
-- år og i fjor); Helsedirektoratet, Kommunale helse- og omsorgstjenester 2022, vedlegg B (12
-- og 13 leses som 29, rester av 16 telles for seg, personer meldt med «ja» på poHab).
-- tjeneste: tjenestetypen som tekst, slik den telles (aktiv_tjeneste, tellende).
-- 'rehabilitering' er habilitering og rehabilitering utenfor institusjon: tjeneste 16 til og
-- med 2018, poHab fra 2019 (rehabilitering_hjemme). '16' er rester av tjenesten etter 2018.
-- En person med flere tjenester av samme type telles én gang.
SELECT
    person_rad,
    CAST(type_talt AS TEXT) AS tjeneste
FROM aktiv_tjeneste
WHERE tellende AND type <> 16
GROUP BY person_rad, type_talt
UNION ALL
SELECT
    person_rad,
    'rehabilitering'
FROM rehabilitering_hjemme
UNION ALL
SELECT
    person_rad,
    '16'
FROM aktiv_tjeneste
WHERE type = 16 AND :aar >= 2019
GROUP BY person_rad
