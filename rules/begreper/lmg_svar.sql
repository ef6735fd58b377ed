-- Det som er svart om legemiddelgjennomgang (LMG), én rad per person.
-- Kilde: kodeverk 1101 (1 ja, 2 nei) og 1110 (9 ikke relevant). Hvilket svar som
-- gjelder, og hvilken rad det står på, er begrepet gjeldende.
-- svar: svaret i ord, «annet» for en kode utenfor kodeverkene, tom når ubesvart.
-- dato: datoen på samme rad som svaret; uten svar den siste gyldige datoen i året.
-- dato_gitt: det står en dato der. dato_i_omraadet: og den er ikke før 2005 eller
-- etter året. aaret_for: samme dag året før datoen.
-- bare_dato: ikke besvart, men en gyldig dato står på en rad i året.
-- paa_avsluttet_rad: besvart, men ikke på raden som er i kraft.
-- rad: raden svaret står på; uten svar raden datoen står på, ellers raden i kraft.
-- Nøkkel: person_rad.
WITH uten_svar AS (
    SELECT
        g.person_rad,
        max(d.rad) AS rad
    FROM lmg_dato AS d
    CROSS JOIN gjeldende AS g ON g.person_rad = d.person_rad
    WHERE NOT g.poLegeMiddGj_besvart AND d.i_omraadet
    GROUP BY g.person_rad
)
SELECT
    g.person_rad,
    coalesce(u.rad, g.poLegeMiddGj_rad) AS rad,
    g.poLegeMiddGj_besvart AS besvart,
    CASE
        WHEN g.poLegeMiddGj = '1' THEN 'ja'
        WHEN g.poLegeMiddGj = '2' THEN 'nei'
        WHEN g.poLegeMiddGj = '9' THEN 'ikke relevant'
        WHEN g.poLegeMiddGj_besvart THEN 'annet'
    END AS svar,
    coalesce(g.poLegeMiddGj = '1', 0) AS ja,
    coalesce(g.poLegeMiddGj = '9', 0) AS ikke_relevant,
    d.dato,
    d.rad IS NOT NULL AS dato_gitt,
    coalesce(d.i_omraadet, 0) AS dato_i_omraadet,
    CAST(CAST(d.dato AS INTEGER) - 10000 AS TEXT) AS aaret_for,
    u.rad IS NOT NULL AS bare_dato,
    g.har_rad AND NOT g.foreldet AND g.poLegeMiddGj_besvart AND g.poLegeMiddGj_rad <> g.rad
        AS paa_avsluttet_rad
FROM gjeldende AS g
LEFT JOIN uten_svar AS u ON u.person_rad = g.person_rad
LEFT JOIN lmg_dato AS d ON d.rad = coalesce(u.rad, g.poLegeMiddGj_rad)
