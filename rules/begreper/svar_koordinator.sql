-- Svarene på koordinator i året, én rad per PERSONOPPL som overlapper året og har
-- et svar. En rad som ble avsluttet før året, er ikke med.
-- Kilde: kommentaren i annotasjonene til 2019-formatet nevner 11–14, mens kodeverk
-- 9188 har 1–4 og datatypen er ett tegn. Kildene er altså uenige.
-- tosifret: svaret er 11–14. ment: det samme svaret med ettsifret kode.
SELECT
    i.rad,
    i.person_rad,
    o.poHarKoordinator IN ('11', '12', '13', '14') AS tosifret,
    CASE
        WHEN o.poHarKoordinator IN ('11', '12', '13', '14') THEN substr(o.poHarKoordinator, 2)
        ELSE o.poHarKoordinator
    END AS ment
FROM personoppl_i_aaret AS i
INNER JOIN personoppl AS o ON o.rad = i.rad
WHERE o.poHarKoordinator <> ''
