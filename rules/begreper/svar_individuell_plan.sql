-- Svarene på individuell plan i året, én rad per PERSONOPPL som overlapper året og
-- har et svar. En rad som ble avsluttet før året, er ikke med: svaret var riktig da.
-- Kilde: kodeverk 9336, med årene hver kode gjelder (4 fra 2019, 9 til og med 2018).
-- utgaatt: koden gjaldt før, men ikke i året. for_tidlig: koden gjelder først senere.
-- En kode som aldri har stått i kodeverket, er ingen av delene.
-- skrevet_i_tide: raden startet mens koden ennå gjaldt (eller har alltid vært). Den er
-- altså ikke feil skrevet, men ikke oppdatert.
-- erstattet: svaret er utgått, og personen har et gyldig svar på en senere rad i året.
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
)
SELECT
    i.rad,
    i.person_rad,
    coalesce(s.til_aar < :aar, 0) AS utgaatt,
    coalesce(s.fra_aar > :aar, 0) AS for_tidlig,
    coalesce(CAST(substr(coalesce(i.fra, ''), 1, 4) AS INTEGER) <= s.til_aar, 0)
        AS skrevet_i_tide,
    CASE
        WHEN s.til_aar < :aar THEN EXISTS (
            SELECT 1
            FROM personoppl_i_aaret AS senere
            INNER JOIN personoppl AS n ON n.rad = senere.rad
            INNER JOIN svaralternativ AS g ON g.kode = n.poIndPlan
            WHERE
                senere.person_rad = i.person_rad
                AND senere.nr > i.nr
                AND :aar BETWEEN g.fra_aar AND g.til_aar
        )
        ELSE 0
    END AS erstattet,
    (SELECT a.gyldige FROM i_aaret AS a) AS gyldige
FROM personoppl_i_aaret AS i
INNER JOIN personoppl AS o ON o.rad = i.rad
LEFT JOIN svaralternativ AS s ON s.kode = o.poIndPlan
WHERE o.poIndPlan <> ''
