-- Fjorårets innsending når den kan sammenlignes med årets, én rad eller ingen.
-- Kilde: Helsedirektoratets tilbakemelding til kommunene (tabellene viser antall i år og
-- i fjor, med endring). Når de to kan sammenlignes, er vår tolkning:
-- perioden er hele kalenderåret før dataåret; kommunen er den samme, eller har byttet
-- nummer ved årsskiftet og beholdt navnet; bydelen er den samme (00 er ingen bydel);
-- ingen av uttrekkene er tatt før 1. oktober i sitt eget år.
-- aar, fra, til: fjorårets. statusdato: 31.12, eller uttrekksdatoen når den er tidligere.
-- hele_aaret: uttrekket i fjor ble tatt da året var omme.
-- En kommune som er slått sammen med en annen og har beholdt navnet, er med.
WITH naa AS (
    SELECT
        iiKomnr AS kommunenr,
        ltrim(iiBydelsnr, '0') AS bydel,
        CAST(substr(:fra, 1, 4) AS INTEGER) AS aar
    FROM innhinfo
    WHERE rad = 0
)
SELECT
    n.aar - 1 AS aar,
    f.iiFraDato AS fra,
    f.iiTilDato AS til,
    min(f.iiLagetDato, f.iiTilDato) AS statusdato,
    f.iiLagetDato >= f.iiTilDato AS hele_aaret
FROM fjor.innhinfo AS f
CROSS JOIN naa AS n
WHERE
    f.rad = 0
    AND f.iiFraDato = (n.aar - 1) || '0101'
    AND f.iiTilDato = (n.aar - 1) || '1231'
    AND f.iiLagetDato >= (n.aar - 1) || '1001'
    AND :statusdato >= n.aar || '1001'
    AND ltrim(f.iiBydelsnr, '0') = n.bydel
    AND (
        f.iiKomnr = n.kommunenr
        OR EXISTS (
            SELECT 1
            FROM kommune AS gammel
            INNER JOIN kommune AS ny ON ny.navn = gammel.navn
            WHERE
                gammel.kommunenr = f.iiKomnr
                AND gammel.gyldig_til_aar = n.aar - 1
                AND ny.kommunenr = n.kommunenr
                AND ny.gyldig_fra_aar = n.aar
        )
    )
