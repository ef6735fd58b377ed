-- Funksjonsvurderinger av personer med habilitering eller rehabilitering, hjemme
-- eller som opphold, én rad per FUNKSJON med en skår som sier noe (1–5).
-- Kilde: kodeverk 9165–9167; 9 «ikke relevant» gir ingen opplysning om funksjon.
-- fra: dagen vurderingen gjelder fra. til: 99991231 når den er åpen.
-- i_aaret: vurderingen gjelder en eller flere dager i året.
-- Vår tolkning: en skår fra tidligere år som fortsatt gjelder, er også en vurdering i
-- året; meldingen viser ikke når den sist ble bekreftet.
WITH mottaker AS MATERIALIZED (
    SELECT r.person_rad FROM rehabilitering_hjemme AS r
    UNION
    SELECT o.person_rad FROM opphold_rehabilitering AS o
),

datert AS MATERIALIZED (
    SELECT
        f.rad,
        f.person_rad,
        f.fnFraDato AS fra,
        dagnr(f.fnFraDato) AS fra_dag,
        CASE WHEN dagnr(f.fnTilDato) IS NOT NULL THEN f.fnTilDato ELSE '99991231' END AS til
    FROM funksjon AS f
    WHERE
        f.person_rad IN (SELECT m.person_rad FROM mottaker AS m)
        AND f.fnFunkVerdi IN ('1', '2', '3', '4', '5')
)
SELECT
    rad,
    person_rad,
    fra,
    fra_dag,
    til,
    fra <= :til AND til >= :fra AS i_aaret
FROM datert
WHERE fra_dag IS NOT NULL
