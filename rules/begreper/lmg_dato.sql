-- Hver dato for legemiddelgjennomgang på en PERSONOPPL-rad som overlapper året,
-- én rad per PERSONOPPL.
-- Kilde: kontrollen av poLegeMiddGjDato i annotasjonene til 2018- og 2019-formatet
-- (fra 1.1.2005 til og med iiTilDato).
-- etter_aaret, for_2005, i_omraadet: hvor datoen faller; nøyaktig én er sann.
-- 99991231 er en oppgitt dato, etter året. Tom og umulig dato er ingen dato.
-- Vår tolkning: rader som starter etter året eller sluttet før det, er ikke med; at
-- raden selv hører til et annet år, er en annen feil.
-- Indeks: person_rad, rad.
SELECT
    i.rad,
    i.person_rad,
    o.poLegeMiddGjDato AS dato,
    o.poLegeMiddGjDato > :til AS etter_aaret,
    o.poLegeMiddGjDato < '20050101' AS for_2005,
    o.poLegeMiddGjDato BETWEEN '20050101' AND :til AS i_omraadet
FROM personoppl AS o
CROSS JOIN personoppl_i_aaret AS i ON i.rad = o.rad
WHERE
    o.poLegeMiddGjDato <> ''
    AND (o.poLegeMiddGjDato = '99991231' OR dagnr(o.poLegeMiddGjDato) IS NOT NULL)
