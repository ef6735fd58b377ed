-- Feltene som var fylt ut i fjorårets innsending, og hvor mange poster i år som da kunne
-- ventes å ha dem, én rad per felt; ingen rader når den ikke kan sammenlignes med årets.
-- Kilde: Helsedirektoratet om individuell plan i barnehabiliteringen (et helseforetak gikk fra
-- 24,2 til 0,3 prosent på ett år fordi 99,5 prosent av statusene manglet i uttrekket).
-- poster: postene i år som kan ha feltet. fylt: de av dem som har det.
-- ventet: poster ganger andelen som hadde det i fjor.
-- Bare felter i årets format, av personen og klassene under, som ikke er id-er. peFraDato og
-- peEndrDato er blitt frivillige, og ingen vet hva DOGNTILBUD skal ha; de er ikke med.
WITH innsending AS (
    SELECT
        tabell,
        felt,
        sum(antall) AS poster,
        total(CASE WHEN verdi <> '' THEN antall END) AS fylt
    FROM verdi
    GROUP BY tabell, felt
),

fjoraaret AS (
    SELECT
        tabell,
        felt,
        sum(antall) AS poster,
        total(CASE WHEN verdi <> '' THEN antall END) AS fylt
    FROM fjor.verdi
    GROUP BY tabell, felt
)
SELECT
    n.tabell,
    n.felt,
    n.poster,
    n.fylt,
    1.0 * n.poster * f.fylt / f.poster AS ventet
FROM innsending AS n
INNER JOIN fjoraaret AS f ON f.tabell = n.tabell AND f.felt = n.felt
INNER JOIN felt AS d ON d.tabell = n.tabell AND d.felt = n.felt
CROSS JOIN fjor_innsending AS i
WHERE f.fylt > 0 AND n.tabell IN ('person', 'personoppl', 'funksjon', 'tjeneste', 'diagnose')
    AND n.felt NOT IN ('peFraDato', 'peEndrDato')
