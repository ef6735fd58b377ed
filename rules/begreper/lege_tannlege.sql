-- Når personer fra 18 år på langtidsopphold (21) på statusdatoen sist ble vurdert av lege og
-- av tannhelsepersonell, én rad per person og felt (poVurdLege, poVurdTann).
-- Kilde: annotasjonene til 2018- og 2019-formatet (måned, ÅÅÅÅMM, «hvis vurdert i løpet av
-- de 12 siste månedene»); Helsedirektoratets tall for lege og tannhelse, som deler beboere
-- på langtidsopphold per 31.12 i inntil 12 måneder, mer enn 12 måneder og ikke oppgitt.
-- besvart: noe er oppgitt. maaned: det som er oppgitt, når det er en måned fra 2005.
-- siste_aar: måneden er januar i dataåret eller senere.
-- paa_avsluttet_rad: måneden står på en rad i året, men ikke på den som er i kraft.
-- langvarig: kommunen har fulgt personen minst 15 dager.
-- Vår tolkning: aldersgrensen 18 år holder barneboliger utenfor (21 er mer enn sykehjem);
-- kildene nevner ingen. Tolv måneder regnes i måneder: en vurdering i januar i året
-- teller, en i desember året før teller ikke.
WITH svar AS (
    SELECT
        l.person_rad,
        g.poVurdLege_rad AS rad,
        'poVurdLege' AS felt,
        g.poVurdLege_besvart AS besvart,
        g.poVurdLege AS verdi,
        g.har_rad AND NOT g.foreldet AND g.poVurdLege_rad <> g.rad AS paa_avsluttet_rad
    FROM langtidsopphold AS l
    CROSS JOIN gjeldende AS g ON g.person_rad = l.person_rad
    WHERE l.per_statusdato AND l.alder >= 18
    UNION ALL
    SELECT
        l.person_rad,
        g.poVurdTann_rad,
        'poVurdTann',
        g.poVurdTann_besvart,
        g.poVurdTann,
        g.har_rad AND NOT g.foreldet AND g.poVurdTann_rad <> g.rad
    FROM langtidsopphold AS l
    CROSS JOIN gjeldende AS g ON g.person_rad = l.person_rad
    WHERE l.per_statusdato AND l.alder >= 18
)
SELECT
    s.person_rad,
    s.rad,
    s.felt,
    s.besvart,
    CASE WHEN treff(f.monster, s.verdi) AND s.verdi >= f.min THEN s.verdi END AS maaned,
    coalesce(treff(f.monster, s.verdi) AND s.verdi >= substr(:fra, 1, 6), 0) AS siste_aar,
    s.paa_avsluttet_rad,
    s.person_rad IN (SELECT v.person_rad FROM langvarig_involvert AS v) AS langvarig
FROM svar AS s
INNER JOIN felt AS f ON f.tabell = 'personoppl' AND f.felt = s.felt
