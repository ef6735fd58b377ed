-- Hver dato etter dataåret på en tjeneste som hører til året, én rad per TJENESTE og
-- datofelt.
-- Kilde: kontrollen av datoene i annotasjonene til 2018- og 2019-formatet (senest
-- iiTilDato; ellers slettes raden).
-- En tjeneste som først begynner etter året, er ikke med (tjeneste_neste_aar).
WITH sene AS MATERIALIZED (
    SELECT
        rad,
        tjFraDato,
        tjSoknadDato,
        tjVedtDato,
        tjKlageMottatt
    FROM tjeneste
    WHERE
        (tjFraDato > :til OR tjSoknadDato > :til OR tjVedtDato > :til OR tjKlageMottatt > :til)
        AND rad NOT IN (SELECT n.rad FROM tjeneste_neste_aar AS n)
),

alle AS (
    SELECT
        rad,
        'tjFraDato' AS felt,
        tjFraDato AS dato
    FROM sene
    WHERE tjFraDato > :til
    UNION ALL
    SELECT
        rad,
        'tjSoknadDato',
        tjSoknadDato
    FROM sene
    WHERE tjSoknadDato > :til
    UNION ALL
    SELECT
        rad,
        'tjVedtDato',
        tjVedtDato
    FROM sene
    WHERE tjVedtDato > :til
    UNION ALL
    SELECT
        rad,
        'tjKlageMottatt',
        tjKlageMottatt
    FROM sene
    WHERE tjKlageMottatt > :til
)
SELECT
    rad,
    felt,
    dato
FROM alle
WHERE dagnr(dato) OR dato = '99991231'
