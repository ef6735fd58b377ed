-- Hver tjeneste i innsendingen, koden den er meldt med og hva det blir av den i statistikken,
-- én rad per TJENESTE.
-- Kilde: kodeverk 9151 og det samme som aktiv_tjeneste.
-- kode: tjenestetypen som tekst; 'ukjent' når den mangler eller aldri har stått i kodeverket.
-- utfall: nøyaktig ett av
--   'teller': i gang i året, og teller i statistikken.
--   'teller ikke': i gang i året, men koden gjelder ikke i året, vedtaket mangler, eller den
--     begynte før 1980.
--   'avslag': det er gitt avslag. 'uten startdato': startdatoen mangler eller finnes ikke.
--   'etter året': begynner etter året. 'ikke i året': slutt før året, slutt før start, eller
--     personen døde før året eller før start.
SELECT
    t.rad,
    t.person_rad,
    CASE
        WHEN CAST(t.tjTjenType AS INTEGER) IN (
            SELECT CAST(k.kode AS INTEGER) FROM kode AS k
            WHERE k.kodeverk = '9151'
        ) THEN CAST(CAST(t.tjTjenType AS INTEGER) AS TEXT)
        ELSE 'ukjent'
    END AS kode,
    CASE
        WHEN a.tellende THEN 'teller'
        WHEN a.rad > 0 THEN 'teller ikke'
        WHEN t.tjVedtak = '1' THEN 'avslag'
        WHEN dagnr(t.tjFraDato) IS NULL THEN 'uten startdato'
        WHEN t.tjFraDato > :til THEN 'etter året'
        ELSE 'ikke i året'
    END AS utfall
FROM tjeneste AS t
LEFT JOIN aktiv_tjeneste AS a ON a.person_rad = t.person_rad AND a.rad = t.rad
