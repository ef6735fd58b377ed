-- Personer med habilitering eller rehabilitering utenfor institusjon som det kan
-- ventes svar om, én rad per person. Ingen aldersgrense.
-- Kilde: nevneren i kvalitetsindikator 360-13/10391 (rehabilitering_hjemme).
-- Vår tolkning: den som kommunen bare så vidt var innom, er ikke med: bare avslag,
-- ikke startet, bare tjenester som alarm, mat og bolig, under 15 dager, eller død
-- innen 14 dager. Den som er meldt helt uten tjenester, er med, for den telles.
-- Indeks: person_rad.
SELECT
    r.person_rad,
    r.kilde_rad AS rad
FROM rehabilitering_hjemme AS r
WHERE
    r.person_rad IN (SELECT l.person_rad FROM langvarig_involvert AS l)
    OR NOT (
        r.person_rad IN (SELECT t.person_rad FROM aktiv_tjeneste AS t)
        OR r.person_rad IN (SELECT a.person_rad FROM avslag AS a)
        OR r.person_rad IN (SELECT s.person_rad FROM innvilget_ikke_startet AS s)
    )
