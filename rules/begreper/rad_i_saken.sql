-- Det hver rad under en person sier om saken den hører til, én rad per underpost (PERSONOPPL,
-- FUNKSJON, TJENESTE, DIAGNOSE, DOGNTILBUD): så mye at den kan finnes igjen i fagsystemet.
-- Kilde: annotasjonene til 2019-formatet (nøklene, og datoene til og med).
-- fra, til: perioden raden selv oppgir, slik den står. vedtak, tjeneste, enhet: bare på rader
-- som har dem. enhet: de ni første sifrene når nummeret har riktig form og ikke er ni like.
WITH rader AS (
    SELECT
        rad,
        person_rad,
        poFraDato AS fra,
        poTilDato AS til,
        NULL AS vedtak,
        NULL AS tjeneste,
        NULL AS nummer
    FROM personoppl
    UNION ALL
    SELECT
        rad,
        person_rad,
        fnFraDato,
        fnTilDato,
        NULL,
        NULL,
        NULL
    FROM funksjon
    UNION ALL
    SELECT
        rad,
        person_rad,
        tjFraDato,
        tjTilDato,
        tjVeID,
        tjTjenType,
        tjInstOrgnr
    FROM tjeneste
    UNION ALL
    SELECT
        rad,
        person_rad,
        diFraDato,
        diTilDato,
        NULL,
        NULL,
        NULL
    FROM diagnose
    UNION ALL
    SELECT
        rad,
        person_rad,
        dgFraDato,
        dgTilDato,
        NULL,
        NULL,
        dgInstOrgnr
    FROM dogntilbud
)
SELECT
    rad,
    person_rad,
    fra,
    til,
    vedtak,
    tjeneste,
    CASE
        WHEN treff('[0-9]{9}0?', nummer) AND ltrim(substr(nummer, 1, 9), substr(nummer, 1, 1)) <> ''
            THEN substr(nummer, 1, 9)
    END AS enhet
FROM rader
