-- Svarene på individuell plan i året, én rad per PERSONOPPL som overlapper året og
-- har et svar. En rad som ble avsluttet før året, er ikke med: svaret var riktig da.
-- Kilde: kodeverk 9336, med årene hver kode gjelder (4 fra 2019, 9 til og med 2018).
-- utgaatt: koden gjaldt før, men ikke i året. for_tidlig: koden gjelder først senere.
-- En kode som aldri har stått i kodeverket, er ingen av delene.
-- skrevet_i_tide: raden startet mens koden ennå gjaldt (eller har alltid vært). Den er
-- altså ikke feil skrevet, men ikke oppdatert.
-- erstattet: personen har et svar som gjelder i året, på en senere rad.
-- gyldige: svarene som gjelder i året.
WITH svaralternativ AS MATERIALIZED (
    SELECT
        kode,
        min(coalesce(gyldig_fra, 0)) AS fra_aar,
        max(coalesce(gyldig_til, 9999)) AS til_aar
    FROM kode
    WHERE kodeverk = '9336'
    GROUP BY kode
),

i_aaret AS MATERIALIZED (
    SELECT group_concat(kode, ', ') AS gyldige
    FROM (
        SELECT s.kode FROM svaralternativ AS s
        WHERE :aar BETWEEN s.fra_aar AND s.til_aar
        ORDER BY s.kode
    )
),

siste_gyldige AS MATERIALIZED (
    SELECT
        i.person_rad,
        max(i.nr) AS nr
    FROM personoppl_i_aaret AS i
    INNER JOIN personoppl AS o ON o.rad = i.rad
    INNER JOIN svaralternativ AS s ON s.kode = o.poIndPlan
    WHERE :aar BETWEEN s.fra_aar AND s.til_aar
    GROUP BY i.person_rad
)
SELECT
    i.rad,
    i.person_rad,
    coalesce(s.til_aar < :aar, 0) AS utgaatt,
    coalesce(s.fra_aar > :aar, 0) AS for_tidlig,
    coalesce(CAST(substr(coalesce(i.fra, ''), 1, 4) AS INTEGER) <= s.til_aar, 0)
        AS skrevet_i_tide,
    coalesce(i.nr < v.nr, 0) AS erstattet,
    g.gyldige
FROM personoppl_i_aaret AS i
INNER JOIN personoppl AS o ON o.rad = i.rad
INNER JOIN i_aaret AS g ON 1 = 1
LEFT JOIN svaralternativ AS s ON s.kode = o.poIndPlan
LEFT JOIN siste_gyldige AS v ON v.person_rad = i.person_rad
WHERE o.poIndPlan <> ''
