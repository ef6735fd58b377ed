-- Personer som skal ha ernæringsstatus kartlagt, én rad per person: voksne med
-- langtidsopphold (21), tidsbegrenset opphold (18, 19, 20) eller helsetjenester i
-- hjemmet (15) i året, i mer enn 14 dager; dager før året teller med.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 31.08.2018 (hvem risikoen skal
-- vurderes for) og den nasjonale retningslinjen om underernæring (fra 18 år, senest to
-- uker etter start i hjemmet).
-- gruppe: 'langtid', 'tidsbegrenset' eller 'hjemme'. Den som er i flere, er bare i én:
-- først tilbudene på statusdatoen, så de som er slutt, i rekkefølgen over.
-- per_statusdato: tilbudet gruppen viser til, er i gang på statusdatoen.
-- rad: den siste tjenesten i gruppen.
-- Vår tolkning: grensen på 14 dager gjelder både dagene til sammen, til og med
-- statusdatoen, og tiden fra første til siste dag. Både et kort opphold og en tjeneste
-- som nettopp er startet, er da utenfor, mens rullerende korte opphold er med. Den som
-- døde innen 14 dager etter start (langvarig_involvert), er heller ikke med, og heller
-- ikke øyeblikkelig hjelp (25).
-- Nøkkel: person_rad.
WITH tilbud AS (
    SELECT
        person_rad,
        rad,
        CASE type WHEN 21 THEN 1 WHEN 15 THEN 3 ELSE 2 END AS trinn,
        per_statusdato,
        fra,
        min(til, :statusdato) AS til,
        CASE
            WHEN til <= :statusdato THEN dager > 14
            ELSE fra <= dato(dagnr(:statusdato) - 14)
        END AS lang
    FROM aktiv_tjeneste
    WHERE type IN (15, 18, 19, 20, 21) AND alder >= 18 AND fra <= :statusdato
),

rullerende AS (
    SELECT 10 * person_rad + trinn AS gruppe
    FROM tilbud
    WHERE NOT lang
    GROUP BY gruppe
    HAVING
        sum(dagnr(til) - dagnr(fra) + 1) > 14
        AND dagnr(max(til)) - dagnr(min(fra)) >= 14
),

grupper AS (
    SELECT
        person_rad,
        trinn,
        max(per_statusdato) AS per_statusdato,
        max(rad) AS rad
    FROM tilbud
    GROUP BY person_rad, trinn
    HAVING max(lang) OR 10 * person_rad + trinn IN (SELECT r.gruppe FROM rullerende AS r)
),

valgt AS (
    SELECT
        person_rad,
        rad,
        trinn,
        per_statusdato,
        max(10 * per_statusdato - trinn) AS plass
    FROM grupper
    GROUP BY person_rad
)
SELECT
    u.person_rad,
    u.rad,
    CASE u.trinn WHEN 1 THEN 'langtid' WHEN 2 THEN 'tidsbegrenset' ELSE 'hjemme' END AS gruppe,
    u.per_statusdato
FROM valgt AS u
INNER JOIN langvarig_involvert AS v ON v.person_rad = u.person_rad
