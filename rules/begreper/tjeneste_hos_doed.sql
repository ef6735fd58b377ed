-- Tjenestene som er startet hos dem som er registrert døde, én rad per startet TJENESTE.
-- Kilde: Helsedirektoratets metodebeskrivelse (tjenester til døde før året tas ut).
-- dato: startdatoen. dod: dødsdatoen. etter: tjenesten begynte etter dødsdagen.
-- Avslag og tjenester som først begynner etter året, er ikke med: det er andre funn.
-- Vår tolkning: en tjeneste som begynte på selve dødsdagen, er i orden.
SELECT
    t.rad,
    t.person_rad,
    t.tjFraDato AS dato,
    p.dod,
    t.tjFraDato > p.dod AS etter
FROM person_aar AS p
CROSS JOIN tjeneste AS t ON t.person_rad = p.person_rad
WHERE
    p.dod IS NOT NULL
    AND t.tjVedtak IS NOT '1'
    AND t.tjFraDato <= :til
    AND dagnr(t.tjFraDato) IS NOT NULL
