-- Tjenestene til dem som døde i året, senest på statusdatoen, én rad per TJENESTE som var i
-- gang i året.
-- Kilde: aktiv_tjeneste og person_aar.
-- dod: dødsdatoen. aapen: tjenesten har ingen sluttdato, eller 99991231.
-- Vår tolkning: en tjeneste er slutt når personen dør, også når sluttdatoen mangler. En
-- sluttdato som ikke finnes i kalenderen, er en annen feil.
SELECT
    a.rad,
    a.person_rad,
    p.dod,
    coalesce(nullif(t.tjTilDato, ''), '99991231') = '99991231' AS aapen
FROM person_aar AS p
INNER JOIN aktiv_tjeneste AS a ON a.person_rad = p.person_rad
INNER JOIN tjeneste AS t ON t.rad = a.rad
WHERE NOT p.lever
