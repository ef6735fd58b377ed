-- Feltene som er obligatoriske for bestemte tjenester, én rad per felt og tjenestetype.
-- Kilde: kontrollene av obligatoriske felter i annotasjonene til 2018- og 2019-formatet.
-- med_vedtak: feltet hører til et vedtak om å gi tjenesten, og kreves ikke ved avslag.
-- Vår tolkning: ingen kilde venter timer eller rullerende på et avslag.
SELECT
    k.felt,
    CAST(c.kode AS INTEGER) AS type,
    k.konsekvens,
    k.sikkerhet,
    k.alvorlighet,
    k.felt IN ('tjTimerUke', 'tjRullerende') AS med_vedtak
FROM felt_kontroll AS k
INNER JOIN (SELECT DISTINCT kode FROM kode WHERE kodeverk = '9151') AS c
    ON instr(' ' || substr(k.krav, instr(k.krav, ':') + 1) || ' ', ' ' || c.kode || ' ') > 0
WHERE k.kontroll = 'obligatorisk' AND k.tabell = 'tjeneste' AND k.krav <> ''
