-- Hvor mange datoer om personer som har riktig form og finnes i kalenderen, én rad per felt.
-- Kilde: skjemaene for IPLOS 3.5 og 3.7. Se dato_umulig for dem som ikke finnes.
SELECT
    v.tabell,
    v.felt,
    sum(v.antall)
    - coalesce(
        (
            SELECT sum(u.antall) FROM dato_umulig AS u
            WHERE u.tabell = v.tabell AND u.felt = v.felt
        ),
        0
    ) AS antall
FROM verdi AS v
INNER JOIN felt AS f ON f.tabell = v.tabell AND f.felt = v.felt
WHERE f.type = 'dato' AND v.tabell <> 'innhinfo' AND v.verdi BETWEEN '19000101' AND '20991231'
GROUP BY v.tabell, v.felt
