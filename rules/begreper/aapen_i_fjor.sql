-- Personene som hadde en tjeneste i gang ved utgangen av fjoråret, én rad per person (rad er
-- raden i fjorårets innsending); ingen rader når den ikke kan sammenlignes med årets eller er
-- tatt før fjoråret var omme.
-- Kilde: en tjeneste som er i gang 31.12, er i gang 1.1, og hører til neste års innsending
-- også når den blir avsluttet da (Helsedirektoratets metodebeskrivelser: slutt fra 1.1).
-- finnes: person-id-en er brukt i årets innsending. samme: kjønnet er det samme der, og
-- personen er ett år eldre.
-- Vår tolkning: slik vises om id-ene er de samme fra år til år. Et nytt fagsystem eller en
-- sammenslåing gir nye id-er, og da sier det ingenting at en id mangler.
WITH aarets AS MATERIALIZED (
    SELECT
        ltrim(p.pePeID, '+0') AS id,
        p.peKjonn AS kjonn,
        a.alder
    FROM person AS p
    INNER JOIN person_aar AS a ON a.person_rad = p.person_rad
),

aapne AS (
    SELECT DISTINCT t.person_rad
    FROM fjor_tjeneste AS t
    CROSS JOIN fjor_innsending AS f
    WHERE t.per_statusdato AND f.hele_aaret
)
SELECT
    a.person_rad AS fjor_rad,
    max(n.id IS NOT NULL) AS finnes,
    coalesce(max(n.kjonn = p.kjonn AND n.alder = p.alder + 1), 0) AS samme
FROM aapne AS a
INNER JOIN fjor_person AS p ON p.person_rad = a.person_rad
LEFT JOIN aarets AS n ON n.id = p.id
GROUP BY a.person_rad
