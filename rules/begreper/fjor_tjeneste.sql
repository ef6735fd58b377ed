-- Tjenestene i fjorårets innsending som statistikken teller for det året, én rad per
-- TJENESTE. Tom når innsendingen ikke kan sammenlignes med årets.
-- Kilde: det samme som aktiv_tjeneste (tellende), for fjorårets år og statusdato. Endres det
-- begrepet, må dette endres likt; en test holder dem mot hverandre.
-- type_talt: 12 og 13 leses som 29. per_statusdato: i gang på fjorårets statusdato, og
-- personen levde da.
-- Indeks: person_rad.
WITH tjenestetype AS MATERIALIZED (
    SELECT
        CAST(k.kode AS INTEGER) AS type,
        CASE WHEN k.kode IN ('12', '13') THEN 29 ELSE CAST(k.kode AS INTEGER) END AS type_talt,
        CAST(k.kode AS INTEGER) IN (
            1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 29
        ) AS krever_vedtak
    FROM kode AS k
    CROSS JOIN fjor_innsending AS f
    WHERE
        k.kodeverk = '9151'
        AND (
            k.kode IN ('12', '13')
            OR f.aar BETWEEN coalesce(k.gyldig_fra, f.aar) AND coalesce(k.gyldig_til, f.aar)
        )
    GROUP BY k.kode
)
SELECT
    t.rad,
    t.person_rad,
    k.type_talt,
    p.alder,
    t.tjFraDato <= f.statusdato
    AND (t.tjTilDato >= f.statusdato OR dagnr(t.tjTilDato) IS NULL)
    AND p.lever AS per_statusdato
FROM fjor.tjeneste AS t
CROSS JOIN fjor_innsending AS f
INNER JOIN fjor_person AS p ON p.person_rad = t.person_rad
INNER JOIN tjenestetype AS k ON k.type = CAST(t.tjTjenType AS INTEGER)
WHERE
    t.tjVedtak IS NOT '1'
    AND (t.tjVedtak IS '2' OR NOT k.krever_vedtak)
    AND t.tjFraDato BETWEEN '19800101' AND f.til
    AND dagnr(t.tjFraDato) IS NOT NULL
    AND (t.tjTilDato >= max(f.fra, t.tjFraDato) OR dagnr(t.tjTilDato) IS NULL)
    AND p.dod_for_aaret = 0
    AND coalesce(p.dod >= t.tjFraDato, 1)
