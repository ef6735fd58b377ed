-- Hver tjeneste som er innvilget og ventes å begynne, men som ikke har startdato, én rad
-- per TJENESTE.
-- Kilde: innvilget_ikke_startet; Helsedirektoratets metodebeskrivelse (tjenester uten
-- startdato telles ikke).
-- vedtak_dato: når den ble innvilget. dager: dager fra vedtaket til statusdatoen.
-- Vår tolkning: den venter når vedtaket er fattet senest på statusdatoen, raden ikke er
-- avsluttet, personen lever, og personen ikke har en annen tjeneste av samme slag i gang.
-- Den som står på venteliste og er innvilget langtidsopphold (21) eller bolig (12, 13,
-- 29), venter med god grunn og er ikke med. Tjeneste 16 har sin egen regel (REH-11,
-- REH-01). En startdato som ikke finnes i kalenderen, er en annen feil.
SELECT
    i.rad,
    i.person_rad,
    i.type,
    i.vedtak_dato,
    dagnr(:statusdato) - dagnr(i.vedtak_dato) AS dager
FROM innvilget_ikke_startet AS i
INNER JOIN tjeneste AS t ON t.rad = i.rad
INNER JOIN person_aar AS p ON p.person_rad = i.person_rad
INNER JOIN gjeldende AS g ON g.person_rad = i.person_rad
WHERE
    i.vedtak_dato <= :statusdato
    AND coalesce(t.tjFraDato, '') = ''
    AND coalesce(nullif(t.tjTilDato, ''), '99991231') > :statusdato
    AND p.lever
    AND i.type <> 16
    AND NOT (i.type IN (12, 13, 21, 29) AND coalesce(g.poVenteliste = '1', 0))
    AND NOT EXISTS (
        SELECT 1
        FROM aktiv_tjeneste AS a
        WHERE
            a.person_rad = i.person_rad
            AND a.type_talt = CASE WHEN i.type IN (12, 13) THEN 29 ELSE i.type END
    )
