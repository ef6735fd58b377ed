-- Hver tjeneste det er gitt avslag på, én rad per TJENESTE, uansett datoer.
-- Kilde: kodeverk 9171 (1 = avslag).
-- vedtak_dato: vedtaksdatoen når den er en virkelig dato, ellers tom.
-- Indeks: person_rad.
SELECT
    rad,
    person_rad,
    CAST(tjTjenType AS INTEGER) AS type,
    CASE WHEN dagnr(tjVedtDato) IS NOT NULL THEN tjVedtDato END AS vedtak_dato
FROM tjeneste
WHERE tjVedtak = '1'
