-- Hvor mange av tjenestene som sluttet før året, én rad for hele innsendingen.
-- Kilde: Helsedirektoratets metodebeskrivelse (til-dato tidligst 1. januar i året).
-- avsluttet: tjenester som begynte og sluttet før året. alle: tjenestene i meldingen.
-- Avslag, og døde før året, er ikke med blant de avsluttede. Sluttdato før startdato og
-- umulig sluttdato er andre feil.
SELECT
    (SELECT count(*) FROM tjeneste) AS alle,
    count(*) AS avsluttet
FROM tjeneste AS t
WHERE
    t.tjTilDato < :fra
    AND t.tjFraDato <= t.tjTilDato
    AND t.tjVedtak IS NOT '1'
    AND dagnr(t.tjFraDato) IS NOT NULL
    AND dagnr(t.tjTilDato) IS NOT NULL
    AND t.person_rad NOT IN (SELECT p.person_rad FROM person_aar AS p WHERE p.dod_for_aaret)
