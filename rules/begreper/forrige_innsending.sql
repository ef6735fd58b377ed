-- En tidligere innsending av det samme, sammenlignet med denne, én rad; ingen rader når den
-- gjelder et annet år, en annen kommune eller en annen bydel.
-- Kilde: merknaden til iiLopenr i IPLOS 3.7 (entydig for alle meldinger for inneværende år,
-- én mer for hver sending). Vår tolkning: bydeler nummererer hver for seg.
-- lopenr, personer: denne. lopenr_foer, personer_foer: den tidligere. lopenr er tom når det
-- ikke er et tall.
WITH naa AS (
    SELECT
        iiKomnr,
        ltrim(iiBydelsnr, '0') AS bydel,
        substr(iiFraDato, 1, 4) AS aar,
        CASE WHEN treff('[0-9]+', iiLopenr) THEN CAST(iiLopenr AS INTEGER) END AS lopenr
    FROM innhinfo
    WHERE rad = 0
)
SELECT
    n.lopenr,
    CASE WHEN treff('[0-9]+', f.iiLopenr) THEN CAST(f.iiLopenr AS INTEGER) END AS lopenr_foer,
    (SELECT count(*) FROM person) AS personer,
    (SELECT count(*) FROM forrige.person) AS personer_foer
FROM forrige.innhinfo AS f
CROSS JOIN naa AS n
WHERE
    f.rad = 0
    AND substr(f.iiFraDato, 1, 4) = n.aar
    AND f.iiKomnr = n.iiKomnr
    AND ltrim(f.iiBydelsnr, '0') = n.bydel
