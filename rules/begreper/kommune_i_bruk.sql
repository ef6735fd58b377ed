-- Kommunenumrene, med om de er i bruk i dataåret og i året etter, én rad per nummer.
-- Kilde: SSBs klassifikasjon 131, slik den ble publisert for 2013, 2017–2020 og
-- 2024–2026. En endring mellom 2013 og 2017 er datert 2017.
-- Året leses av perioden, ikke av :aar, som er regelåret når formatet ikke er
-- dokumentert for dataåret.
WITH dataar AS (
    SELECT CAST(substr(:fra, 1, 4) AS INTEGER) AS aar
)
SELECT
    k.kommunenr,
    max(k.navn) AS navn,
    max(
        coalesce(k.gyldig_fra_aar, d.aar) <= d.aar AND coalesce(k.gyldig_til_aar, d.aar) >= d.aar
    ) AS i_aaret,
    max(
        coalesce(k.gyldig_fra_aar, d.aar) <= d.aar + 1
        AND coalesce(k.gyldig_til_aar, d.aar + 1) >= d.aar + 1
    ) AS aaret_etter
FROM kommune AS k
CROSS JOIN dataar AS d
GROUP BY k.kommunenr
