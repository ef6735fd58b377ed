-- Personene i funksjon_ventes som ikke har noen funksjonsvurdering, én rad per person.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 2018 (skåring av
-- funksjonsvariabler). Hvem det ventes av, står i funksjon_ventes.
-- Vår tolkning: har personen tjenesten på statusdatoen, skal en skår gjelde da. Er tjenesten
-- slutt, eller personen død, er det nok med en skår en dag i året. En skår er en rad, også med
-- 9 eller uten verdi: at den sier lite, er et annet funn.
-- Indeks: person_rad.
SELECT
    v.person_rad,
    v.type
FROM funksjon_ventes AS v
WHERE
    v.person_rad NOT IN (SELECT k.person_rad FROM funksjon_i_kraft AS k)
    AND (
        v.i_gang
        OR NOT EXISTS (
            SELECT 1 FROM skaarsett AS s
            WHERE
                s.person_rad = v.person_rad
                AND s.fnFraDato <= :statusdato
                AND (s.fnTilDato >= :fra OR dagnr(s.fnTilDato) IS NULL)
        )
    )
