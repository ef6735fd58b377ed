-- Personer med tjenester over tid som kan trenge samordning, én rad per person.
-- Kilde: lov og veiledning om individuell plan (behov for langvarige og koordinerte
-- tjenester; to eller flere helse- og omsorgstjenester, og noen måneder er lenge nok).
-- antall: hvor mange slike tjenestetyper personen har på statusdatoen.
-- Vår tolkning: «langvarig» er at tjenesten da har vart minst 90 dager, og typene er
-- praktisk bistand (1), opplæring (2), BPA (3), dagaktivitet (4), avlastning (7, 8),
-- støttekontakt (9), omsorgsstønad (11), helsetjenester i hjemmet (15), dagopphold (17) og
-- nattopphold (22). Mat, alarm og annen teknologi, bolig, tvang og døgnopphold er ikke med:
-- de samordnes av andre eller trenger ingen samordning.
-- Nøkkel: person_rad.
SELECT
    person_rad,
    count(DISTINCT type) AS antall
FROM aktiv_tjeneste
WHERE
    type IN (1, 2, 3, 4, 7, 8, 9, 11, 15, 17, 22)
    AND per_statusdato
    AND tellende
    AND fra <= dato(dagnr(:statusdato) - 89)
GROUP BY person_rad
