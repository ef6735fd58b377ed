-- Hvor mange identiteter hver person har i identmeldingen, én rad per PERSON-rad.
-- Kilde: skjemaet for XPR(ide) 53.1.3, der pid er entydig bare innen en institusjon.
-- identiteter: hvor mange ganger personen er med. ulike: hvor mange forskjellige numre.
-- linje og siste_linje er den første og siste linjen i identmeldingen.
-- Personer uten pePeID har skjemaet sagt fra om; de er ikke med.
WITH gitt AS MATERIALIZED (
    SELECT
        ltrim(pid, '+0') AS id,
        count(*) AS identiteter,
        count(DISTINCT fid) AS ulike,
        min(linje) AS linje,
        max(linje) AS siste_linje
    FROM ident
    GROUP BY ltrim(pid, '+0')
)
SELECT
    p.rad,
    g.linje,
    g.siste_linje,
    coalesce(g.identiteter, 0) AS identiteter,
    coalesce(g.ulike, 0) AS ulike
FROM person AS p
LEFT JOIN gitt AS g ON g.id = ltrim(p.pePeID, '+0')
WHERE p.pePeID <> ''
