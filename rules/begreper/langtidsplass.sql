-- Hver søknad, hvert avslag og hver tjeneste som gjelder langtidsopphold i institusjon (21)
-- eller bolig kommunen disponerer (29, og 12, 13), for personer som er meldt på venteliste
-- i året, én rad per TJENESTE.
-- Kilde: helse- og omsorgstjenesteloven § 3-2 a (ventelisten gjelder langtidsopphold i
-- sykehjem eller tilsvarende bolig, og kommunen skal fatte vedtak); kodeverk 9151 og 9171.
-- avslag: 1 når det er et avslag. vedtak_dato: vedtaksdatoen når den er en virkelig dato.
-- i_kraft: avslaget er gitt mens en rad med ja gjaldt, begge dager med.
-- dager_fra_dato: dager mellom avslaget og den nærmeste ventelistedatoen på en rad med ja.
-- Begge er 0 og tom når det ikke er et avslag, eller datoen mangler.
-- Vår tolkning: en tjeneste som sluttet før året, har ikke noe med ventingen å gjøre og er
-- ikke med. Uten startdato gjelder en rad fra alltid.
-- Indeks: person_rad.
WITH plass AS MATERIALIZED (
    SELECT
        t.rad,
        t.person_rad,
        CAST(t.tjTjenType AS INTEGER) AS type,
        coalesce(t.tjVedtak = '1', 0) AS avslag,
        CASE WHEN dagnr(t.tjVedtDato) IS NOT NULL THEN t.tjVedtDato END AS vedtak_dato
    FROM (SELECT DISTINCT person_rad FROM venteliste_opplyst WHERE ja) AS v
    CROSS JOIN tjeneste AS t ON t.person_rad = v.person_rad
    WHERE
        CAST(t.tjTjenType AS INTEGER) IN (12, 13, 21, 29)
        AND (coalesce(t.tjTilDato, '') >= :fra OR dagnr(t.tjTilDato) IS NULL)
)
SELECT
    p.rad,
    p.person_rad,
    p.type,
    p.avslag,
    p.vedtak_dato,
    coalesce(max(p.avslag AND p.vedtak_dato BETWEEN v.fra AND v.til), 0) AS i_kraft,
    min(CASE WHEN p.avslag THEN abs(dagnr(p.vedtak_dato) - dagnr(v.dato)) END) AS dager_fra_dato
FROM plass AS p
INNER JOIN venteliste_opplyst AS v ON v.person_rad = p.person_rad
WHERE v.ja
GROUP BY p.rad
