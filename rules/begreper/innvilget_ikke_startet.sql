-- Hver tjeneste som er innvilget, men ikke har fått startdato, én rad per TJENESTE.
-- Kilde: kodeverk 9171 (2 = innvilget) og Helsedirektoratets metodebeskrivelse
-- (tjenester uten startdato telles ikke). Det er ingen feil å vente på oppstart.
-- vedtak_dato: vedtaksdatoen når den er en virkelig dato, ellers tom.
-- Vår tolkning: tom og umulig startdato er det samme som manglende.
-- En tjeneste i gang har startdato, og er derfor aldri med her.
-- Indeks: person_rad.
SELECT
    rad,
    person_rad,
    CAST(tjTjenType AS INTEGER) AS type,
    CASE WHEN dagnr(tjVedtDato) IS NOT NULL THEN tjVedtDato END AS vedtak_dato
FROM tjeneste
WHERE tjVedtak = '2' AND dagnr(tjFraDato) IS NULL
