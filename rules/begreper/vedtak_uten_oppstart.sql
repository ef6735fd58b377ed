-- Vedtakene i året som ikke er tjenester i gang: avslag, og innvilget som ikke er
-- startet. Én rad per TJENESTE.
-- Kilde: begrepene avslag og innvilget_ikke_startet.
-- avslag: 1 når det er et avslag.
-- Vår tolkning: et avslag hører til året når vedtaksdatoen mangler eller er i året; et
-- innvilget vedtak når det er fattet senest i året og ikke er avsluttet før det. En
-- søknad uten vedtak er under behandling og er ikke med. Døde før året er ikke med.
-- Indeks: rad.
SELECT
    a.rad,
    a.person_rad,
    a.type,
    1 AS avslag
FROM avslag AS a
INNER JOIN person_aar AS p ON p.person_rad = a.person_rad
WHERE p.dod_for_aaret = 0 AND coalesce(a.vedtak_dato, :fra) BETWEEN :fra AND :til
UNION ALL
SELECT
    i.rad,
    i.person_rad,
    i.type,
    0
FROM innvilget_ikke_startet AS i
INNER JOIN tjeneste AS t ON t.rad = i.rad
INNER JOIN person_aar AS p ON p.person_rad = i.person_rad
WHERE
    p.dod_for_aaret = 0
    AND coalesce(i.vedtak_dato, :fra) <= :til
    AND coalesce(nullif(t.tjTilDato, ''), '99991231') >= :fra
