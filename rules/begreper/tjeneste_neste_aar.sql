-- Hver TJENESTE som først begynner etter dataåret, én rad per TJENESTE.
-- Kilde: kontrollen av tjFraDato, tjVedtDato og tjSoknadDato i annotasjonene til 2018-
-- og 2019-formatet (senest iiTilDato).
-- felt, dato: det som sier når den begynner: startdatoen, uten den vedtaksdatoen, uten
-- den søknadsdatoen.
-- Vår tolkning: raden hører til neste års innsending, og at den slettes her, gjør ingen
-- skade. Umulig dato og 99991231 er ingen begynnelse.
-- Indeks: rad.
WITH kandidater AS (
    SELECT
        rad,
        person_rad,
        CASE WHEN dagnr(tjFraDato) IS NOT NULL THEN tjFraDato END AS fra,
        CASE WHEN dagnr(tjVedtDato) IS NOT NULL THEN tjVedtDato END AS vedtak,
        CASE WHEN dagnr(tjSoknadDato) IS NOT NULL THEN tjSoknadDato END AS soknad
    FROM tjeneste
    WHERE tjFraDato > :til OR tjVedtDato > :til OR tjSoknadDato > :til
)
SELECT
    rad,
    person_rad,
    CASE
        WHEN fra IS NOT NULL THEN 'tjFraDato'
        WHEN vedtak IS NOT NULL THEN 'tjVedtDato'
        ELSE 'tjSoknadDato'
    END AS felt,
    coalesce(fra, vedtak, soknad) AS dato
FROM kandidater
WHERE coalesce(fra, vedtak, soknad) > :til
