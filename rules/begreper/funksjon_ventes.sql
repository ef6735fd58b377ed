-- Personer som det ventes en funksjonsvurdering av, én rad per person: de har eller hadde i
-- året en tjeneste som skal bygge på en vurdering, og som hadde vart i mer enn 14 dager.
-- Med er praktisk bistand (1, 2), BPA (3), helsetjenester i hjemmet (15), tidsbegrenset
-- opphold (18, 20) og langtidsopphold (21). Matombringing (5), trygghetsalarm (6),
-- støttekontakt (9), omsorgsstønad (11), øyeblikkelig hjelp (25), velferdsteknologi (26–28)
-- og bolig (29) er ikke nok alene. Opphold for rehabilitering (19) har sin egen regel.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 2018 (skåring av
-- funksjonsvariabler; korte tjenester trenger ikke enkeltvedtak). Hvilke tjenester og hvor
-- mange dager er vår tolkning.
-- type: tjenesten meldingen nevner: helst en som gjelder på statusdatoen, og da den med det
-- høyeste tallet (21, 20, 18, 15, 3, 2, 1).
-- i_gang: en slik tjeneste gjelder på statusdatoen. hjelp_hjemme: en av 1, 2, 3 og 15 gjør det.
-- daglige_gjoremaal: tjeneste 1 gjør det.
-- Vår tolkning: dagene telles til statusdatoen, så den som fikk tjenesten i romjulen, er ikke
-- med ennå.
-- Nøkkel: person_rad.
WITH dager AS MATERIALIZED (
    SELECT dato(dagnr(:statusdato) - 14) AS senest
)
SELECT
    t.person_rad,
    max(100 * t.per_statusdato + t.type_talt) % 100 AS type,
    max(100 * t.per_statusdato + t.type_talt) > 100 AS i_gang,
    coalesce(min(CASE WHEN t.per_statusdato THEN t.type_talt END) <= 15, 0) AS hjelp_hjemme,
    coalesce(min(CASE WHEN t.per_statusdato THEN t.type_talt END) = 1, 0) AS daglige_gjoremaal
FROM aktiv_tjeneste AS t
CROSS JOIN dager AS d
WHERE
    t.type_talt IN (1, 2, 3, 15, 18, 20, 21)
    AND t.fra <= d.senest
    AND coalesce(t.dager, 15) >= 15
GROUP BY t.person_rad
