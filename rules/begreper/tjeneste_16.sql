-- Hver TJENESTE med kode 16 (re-/habilitering utenfor institusjon) som gjelder året,
-- også avslag og tjenester som ikke er startet.
-- Kilde: kodeverk 9151. Koden var en tjeneste til og med 2018; fra 2019 er det en
-- personopplysning (SSB tabell 04469).
-- i_gang: aktiv i året. avslag: søknaden er avslått.
-- har_startdato: startdatoen er en virkelig dato.
-- vedtak, klage_mottatt, klage_besvart: datoene når de er virkelige datoer, ellers tomme.
-- En rad som ble avsluttet før året eller starter etter det, er ikke med.
-- Indeks: person_rad, rad.
WITH datert AS MATERIALIZED (
    SELECT
        t.rad,
        t.person_rad,
        coalesce(t.tjVedtak = '1', 0) AS avslag,
        CASE WHEN dagnr(t.tjFraDato) IS NOT NULL THEN t.tjFraDato END AS fra,
        CASE WHEN dagnr(t.tjTilDato) IS NOT NULL THEN t.tjTilDato ELSE '99991231' END AS til,
        CASE WHEN dagnr(t.tjVedtDato) IS NOT NULL THEN t.tjVedtDato END AS vedtak,
        CASE WHEN dagnr(t.tjKlageMottatt) IS NOT NULL THEN t.tjKlageMottatt END AS klage_mottatt,
        CASE WHEN dagnr(t.tjKlageBesvart) IS NOT NULL THEN t.tjKlageBesvart END AS klage_besvart
    FROM tjeneste AS t
    INNER JOIN person_aar AS p ON p.person_rad = t.person_rad
    WHERE CAST(t.tjTjenType AS INTEGER) = 16 AND p.dod_for_aaret = 0
)
SELECT
    d.rad,
    d.person_rad,
    d.avslag,
    d.fra IS NOT NULL AS har_startdato,
    a.rad IS NOT NULL AS i_gang,
    d.vedtak,
    d.klage_mottatt,
    d.klage_besvart
FROM datert AS d
LEFT JOIN aktiv_tjeneste AS a ON a.person_rad = d.person_rad AND a.rad = d.rad
WHERE d.til >= :fra AND coalesce(d.fra, '') <= :til
