-- Personer med kjent alder som har svart ja på omsorg for barn under 18 år, én rad per
-- person.
-- Kilde: kodeverk 1101 (1 ja); merknaden til poOmsorgBarn i annotasjonene til 2019-formatet.
-- Hvilket svar som gjelder, og hvilken rad det står på, er begrepet gjeldende.
SELECT
    g.person_rad,
    g.poOmsorgBarn_rad AS rad,
    p.alder
FROM gjeldende AS g
INNER JOIN person_aar AS p ON p.person_rad = g.person_rad
WHERE g.poOmsorgBarn = '1' AND p.alder >= 0
