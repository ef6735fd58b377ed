-- Hvert avslag som gjelder året, med startdatoen det eventuelt har, én rad per TJENESTE.
-- Kilde: kodeverk 9171 (1 = avslag).
-- fra: startdatoen når den er en virkelig dato, ellers tom.
-- Vår tolkning: et avslag er avgjørelsen om en søknad, og noe som er avslått, begynner
-- ikke. Rader som sluttet før året, og rader som først begynner etter det
-- (tjeneste_neste_aar), er ikke med. Døde før året er ikke med.
SELECT
    a.rad,
    a.person_rad,
    a.type,
    CASE WHEN dagnr(t.tjFraDato) IS NOT NULL THEN t.tjFraDato END AS fra
FROM avslag AS a
INNER JOIN tjeneste AS t ON t.rad = a.rad
INNER JOIN person_aar AS p ON p.person_rad = a.person_rad
WHERE
    p.dod_for_aaret = 0
    AND (t.tjTilDato >= :fra OR dagnr(t.tjTilDato) IS NULL)
    AND a.rad NOT IN (SELECT n.rad FROM tjeneste_neste_aar AS n)
