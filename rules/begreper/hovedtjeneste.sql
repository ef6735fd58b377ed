-- Hovedtjenesten til hver person med en tjeneste i gang i året, én rad per person: den som
-- sier hvilken enhet som følger personen, og som funn om personen kan deles ut etter.
-- Kilde: vår tolkning. Meldingen sier ikke hvilken tjeneste som er den viktigste.
-- Utvalget er tjenestene på personens referansedag: statusdatoen når personen har en
-- tjeneste i gang da, ellers den siste dagen med tjeneste i året. Rekkefølgen er
-- langtidsopphold (21), tidsbegrenset opphold (18–20), helsetjenester i hjemmet (15),
-- brukerstyrt personlig assistanse (3), daglige gjøremål (1), andre. Er det flere like høyt i
-- rekken, den som begynte sist.
-- rad: tjenesten. enhet: de ni første sifrene i organisasjonsnummeret på den. Mangler det,
-- det på den neste i rekken som har et. Ni like sifre er fyll og ingen enhet.
-- Indeks: person_rad.
WITH rangert AS (
    SELECT
        person_rad,
        rad,
        CASE
            WHEN treff('[0-9]{9}0?', enhet) AND ltrim(substr(enhet, 1, 9), substr(enhet, 1, 1)) <> ''
                THEN substr(enhet, 1, 9)
        END AS enhet,
        CASE WHEN fra <= :statusdato THEN min(til, :statusdato) ELSE '00000000' END
        || CASE
            WHEN type = 21 THEN 6
            WHEN type IN (18, 19, 20) THEN 5
            WHEN type = 15 THEN 4
            WHEN type = 3 THEN 3
            WHEN type = 1 THEN 2
            ELSE 1
        END
        || fra
        || printf('%012d', rad) AS plass
    FROM aktiv_tjeneste
)
SELECT
    person_rad,
    CAST(substr(max(plass), 18) AS INTEGER) AS rad,
    substr(max(CASE WHEN enhet <> '' THEN plass || enhet END), 30) AS enhet
FROM rangert
GROUP BY person_rad
