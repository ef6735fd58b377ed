-- Tjenestene som krever vedtak og begynte i året, og hvor lang tid det gikk fra vedtaket, én
-- rad per TJENESTE.
-- Kilde: SSB, tabell 12656 om iverksettingstid (negativ når tjenesten begynte før vedtaket, som er
-- lov); hvilke typer som skal ha vedtak, er i aktiv_tjeneste.
-- dager: fra vedtaksdatoen til startdatoen, tom når vedtaksdatoen mangler eller er umulig.
-- langtid: langtidsopphold i institusjon (21).
-- Vår tolkning: bare det som teller i statistikken, og hver rad for seg. Et nytt vedtak om en
-- tjeneste som fortsetter, er da en tjeneste til, som regel uten ventetid.
SELECT
    a.rad,
    a.person_rad,
    dagnr(a.fra) - dagnr(t.tjVedtDato) AS dager,
    a.type = 21 AS langtid
FROM aktiv_tjeneste AS a
INNER JOIN tjeneste AS t ON t.rad = a.rad
WHERE a.tellende AND a.krever_vedtak AND a.fra >= :fra
