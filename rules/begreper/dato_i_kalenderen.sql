-- Hvor mange datoer om personer som har riktig form og finnes i kalenderen, én rad per felt.
-- Kilde: skjemaene for IPLOS 3.5 og 3.7. Se dato_umulig for dem som ikke finnes.
WITH datofelt AS MATERIALIZED (
    SELECT
        tabell,
        felt,
        (
            SELECT sum(v.antall) FROM verdi AS v
            WHERE
                v.tabell = f.tabell
                AND v.felt = f.felt
                AND v.verdi BETWEEN '19000101' AND '20991231'
        ) AS med_form,
        (
            SELECT sum(u.antall) FROM dato_umulig AS u
            WHERE u.tabell = f.tabell AND u.felt = f.felt
        ) AS umulige
    FROM felt AS f
    WHERE f.type = 'dato' AND f.tabell <> 'innhinfo'
)
SELECT
    tabell,
    felt,
    med_form - coalesce(umulige, 0) AS antall
FROM datofelt
WHERE med_form > coalesce(umulige, 0)
