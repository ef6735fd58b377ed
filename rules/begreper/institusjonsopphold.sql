-- Hvert opphold i institusjon som er startet (tidsbegrenset 18, 19, 20 og langtids 21),
-- også det som sluttet før året, én rad per TJENESTE.
-- Kilde: kodeverk 9151.
-- Et avslag er ikke noe opphold. til er 99991231 når oppholdet ikke er avsluttet.
-- Vår tolkning: tom og umulig sluttdato betyr åpent, som 99991231.
-- Indeks: person_rad.
SELECT
    t.rad,
    t.person_rad,
    t.tjFraDato AS fra,
    CASE WHEN dagnr(t.tjTilDato) IS NOT NULL THEN t.tjTilDato ELSE '99991231' END AS til
FROM tjeneste AS t
WHERE
    CAST(t.tjTjenType AS INTEGER) IN (18, 19, 20, 21)
    AND t.tjVedtak IS NOT '1'
    AND t.tjFraDato <= :til
    AND dagnr(t.tjFraDato) IS NOT NULL
