-- Personer med praktisk bistand til daglige gjøremål (1) på statusdatoen, der de sju
-- variablene om hus og stell alle har en skår, én rad per person.
-- Kilde: kodeverk 9111 og Helsedirektoratets gjennomgang av rapporteringen 2018 (skår 1 og 2:
-- ikke behov for personbistand; 9: det foreligger ikke behov, og opplysningen er ikke relevant).
-- behov: minst én av dem har, eller hadde en dag i året, en annen skår enn 1, 2 og 9.
-- Vår tolkning er hvilke variabler det gjelder: skaffe seg varer og tjenester (2), husarbeid
-- (6), lage mat (9), og personlig hygiene (7), på- og avkledning (8), spise (10), toalett (11).
-- Vår tolkning: den som hadde et behov tidligere i året, kan ha hjelp som er i ferd med å
-- trappes ned.
WITH hus_og_stell AS MATERIALIZED (
    SELECT
        CAST(kode AS INTEGER) AS nr,
        sum(1 << CAST(kode AS INTEGER)) OVER () AS biter
    FROM kode
    WHERE kodeverk = '9111' AND kode IN ('2', '6', '7', '8', '9', '10', '11')
)
SELECT
    k.person_rad,
    EXISTS (
        SELECT 1 FROM skaarsett AS s
        CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
        WHERE
            s.person_rad = k.person_rad
            AND f.fnFunkVerdi NOT IN ('1', '2', '9')
            AND CAST(f.fnFunkType AS INTEGER) IN (SELECT h.nr FROM hus_og_stell AS h)
            AND s.fnFraDato <= :statusdato
            AND (s.fnTilDato >= :fra OR dagnr(s.fnTilDato) IS NULL)
    ) AS behov
FROM funksjon_ventes AS v
INNER JOIN funksjon_i_kraft AS k ON k.person_rad = v.person_rad
CROSS JOIN (SELECT max(biter) AS biter FROM hus_og_stell) AS alle
WHERE v.daglige_gjoremaal AND (k.biter & alle.biter) = alle.biter
