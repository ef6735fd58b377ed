-- Personer med habilitering eller rehabilitering utenfor institusjon som har en
-- funksjonsvurdering som gjelder en eller flere dager i året, én rad per person.
-- Kilde: kodeverk 9165–9167; 9 «ikke relevant» gir ingen opplysning om funksjon, så
-- det må være minst én skår 1–5.
-- Vår tolkning: en skår fra tidligere år som fortsatt gjelder, er også en vurdering i
-- året; meldingen viser ikke når den sist ble bekreftet. En umulig sluttdato er åpen.
-- Indeks: person_rad.
SELECT r.person_rad
FROM rehabilitering_kartlegges AS r
WHERE EXISTS (
    SELECT 1
    FROM skaarsett AS s
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    WHERE
        s.person_rad = r.person_rad
        AND f.fnFunkVerdi IN ('1', '2', '3', '4', '5')
        AND s.fnFraDato <= :til
        AND dagnr(s.fnFraDato) IS NOT NULL
        AND (s.fnTilDato >= :fra OR dagnr(s.fnTilDato) IS NULL)
)
