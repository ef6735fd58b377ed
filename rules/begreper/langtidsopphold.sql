-- Personer med langtidsopphold i institusjon (21) i året, én rad per person.
-- Kilde: kodeverk 9151; Helsedirektoratets rapport om skrøpelige eldre slår sammen
-- flere opphold, med hull og overlapp, til første start og siste slutt.
-- 21 er ikke det samme som sykehjem: også aldershjem, barnebolig, avlastningsbolig
-- og rusinstitusjon ligger her (SSBs definisjoner i KOSTRA).
-- sykehjem: 1 når enheten har næringskode 86.107, 87.101 eller 87.102 i listen over enheter
-- (KOSTRAs avgrensning av sykehjem), 0 når den har en annen. Tom = ukjent: uten en slik
-- liste, eller når enheten eller næringskoden ikke står i den.
-- fra, til: det sammenslåtte oppholdet; til er 99991231 når det ikke er avsluttet.
-- rad, enhet: det siste oppholdet (senest slutt, så senest start).
-- siste_dag_i_aaret: den tidligste av slutt, død og statusdato.
-- Vår tolkning: dager_i_aaret regnes av det sammenslåtte oppholdet, hull medregnet.
-- Indeks: person_rad.
WITH samlet AS (
    SELECT
        person_rad,
        max(til || fra || printf('%012d', rad)) AS siste,
        max(per_statusdato) AS per_statusdato,
        min(fra) AS fra,
        max(til) AS til,
        min(max(til), :statusdato) AS siste_dag
    FROM aktiv_tjeneste
    WHERE type = 21
    GROUP BY person_rad
),

kjente_enheter AS MATERIALIZED (
    SELECT
        orgnr,
        max(replace(naeringskode, '.', '') IN ('86107', '87101', '87102')) AS sykehjem
    FROM enhet
    WHERE naeringskode <> ''
    GROUP BY orgnr
)
SELECT
    s.person_rad,
    t.rad,
    1 AS i_aaret,
    s.per_statusdato,
    s.fra,
    s.til,
    s.siste_dag AS siste_dag_i_aaret,
    max(dagnr(s.siste_dag) - dagnr(max(s.fra, :fra)) + 1, 0) AS dager_i_aaret,
    t.enhet,
    k.sykehjem,
    t.alder
FROM samlet AS s
INNER JOIN aktiv_tjeneste AS t
    ON t.person_rad = s.person_rad AND t.rad = CAST(substr(s.siste, 17) AS INTEGER)
LEFT JOIN kjente_enheter AS k ON k.orgnr = substr(t.enhet, 1, 9)
