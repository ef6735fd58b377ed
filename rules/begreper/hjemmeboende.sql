-- Personer som bor hjemme og mottar tjenester på statusdatoen, én rad per person: lever,
-- har minst én tjeneste som teller i statistikken, og ikke langtidsopphold (21).
-- Den som er på dagopphold (17), tidsbegrenset opphold (18–20), avlastning (8),
-- nattopphold (22) eller øyeblikkelig hjelp (25), bor fortsatt hjemme.
-- Ikke det samme som Helsedirektoratets tjenester til hjemmeboende eller KOSTRAs
-- hjemmetjenester, som er grupper av tjenester.
-- Kilde: Helsedirektoratets tabell over hjemmeboende per 31.12, der bare begynnelsen av
-- definisjonen er kjent. Resten er vår tolkning.
-- paa_opphold: 18–20 på statusdatoen.
-- Nøkkel: person_rad.
SELECT
    person_rad,
    max(CASE WHEN type = 21 THEN 2 ELSE type BETWEEN 18 AND 20 END) AS paa_opphold
FROM aktiv_tjeneste
WHERE per_statusdato
GROUP BY person_rad
HAVING max(tellende) AND paa_opphold < 2
