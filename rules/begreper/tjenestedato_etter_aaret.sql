-- Hver dato etter dataåret på en tjeneste som hører til året, én rad per TJENESTE og
-- datofelt.
-- Kilde: kontrollen av datoene i annotasjonene til 2018- og 2019-formatet (senest
-- iiTilDato; ellers slettes raden).
-- En tjeneste som først begynner etter året, er ikke med (tjeneste_neste_aar).
WITH alle AS (
    SELECT
        rad,
        'tjFraDato' AS felt,
        tjFraDato AS dato
    FROM tjeneste
    WHERE tjFraDato > :til
    UNION ALL
    SELECT
        rad,
        'tjSoknadDato',
        tjSoknadDato
    FROM tjeneste
    WHERE tjSoknadDato > :til
    UNION ALL
    SELECT
        rad,
        'tjVedtDato',
        tjVedtDato
    FROM tjeneste
    WHERE tjVedtDato > :til
    UNION ALL
    SELECT
        rad,
        'tjKlageMottatt',
        tjKlageMottatt
    FROM tjeneste
    WHERE tjKlageMottatt > :til
)
SELECT
    rad,
    felt,
    dato
FROM alle
WHERE
    rad NOT IN (SELECT n.rad FROM tjeneste_neste_aar AS n)
    AND (dagnr(dato) OR dato = '99991231')
