-- Personer fra 67 år på langtidsopphold (21) på statusdatoen, én rad per person: dem
-- kvalitetsindikatorene om legemiddelgjennomgang og ernæring på sykehjem handler om.
-- Kilde: Helsedirektoratets kvalitetsindikatorer (beboere på sykehjem, 67 år og eldre).
-- rad: det siste oppholdet. sykehjem: 1 når enheten er et sykehjem, tom når det ikke er kjent.
-- Vår tolkning: hvem som bor på sykehjem, kan bare leses med en liste over enheter. Uten den
-- er alle på langtidsopphold med. Den som med listen bor et annet sted, er ikke med.
-- Uten kjent alder er personen ikke med.
SELECT
    person_rad,
    rad,
    alder,
    sykehjem
FROM langtidsopphold
WHERE per_statusdato AND alder >= 67 AND coalesce(sykehjem, 1)
