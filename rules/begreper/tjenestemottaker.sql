-- Personer som mottok minst én tjeneste i året som statistikken teller, én rad per
-- person.
-- Kilde: Helsedirektoratet, Kommunale helse- og omsorgstjenester (mottakere i løpet
-- av året; en person telles én gang).
-- Indeks: person_rad.
SELECT DISTINCT person_rad
FROM aktiv_tjeneste
WHERE tellende
