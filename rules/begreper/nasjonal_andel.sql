-- Hvor stor del av alle mottakere i landet som hadde et tilbud, én rad per tilbud: 'bpa',
-- 'heldoegn' og 'rehabilitering' (habilitering eller rehabilitering utenfor institusjon).
-- Kilde: Helsedirektoratets publiserte tall for personer i løpet av året (nasjonalt).
-- andel: av mottakerne samme år, for det året som er nærmest dataåret. aar: det året.
-- Tall som er merket som brudd i serien, som 2019 for rehabilitering, brukes aldri.
-- Vår tolkning: det nærmeste året gir den beste forventningen når dataåret ikke har noe tall.
WITH land AS (
    SELECT
        CASE
            WHEN maal = 'tjeneste' AND tjeneste = 3 THEN 'bpa'
            WHEN maal = 'heldoegnstilbud' THEN 'heldoegn'
            WHEN maal = 'rehabilitering_utenfor_institusjon' THEN 'rehabilitering'
            WHEN maal = 'mottakere' THEN 'mottakere'
        END AS tilbud,
        aar,
        verdi
    FROM nasjonalt
    WHERE
        nivaa = 'land'
        AND per = 'året'
        AND coalesce(gruppe, '') = ''
        AND coalesce(merke, 'omtrent') = 'omtrent'
),

rangert AS (
    SELECT
        t.tilbud,
        t.aar,
        t.verdi / m.verdi AS andel,
        row_number() OVER (
            PARTITION BY t.tilbud
            ORDER BY abs(t.aar - CAST(substr(:fra, 1, 4) AS INTEGER)), t.aar DESC
        ) AS nr
    FROM land AS t
    INNER JOIN land AS m ON m.aar = t.aar AND m.tilbud = 'mottakere'
    WHERE t.tilbud <> 'mottakere'
)
SELECT
    tilbud,
    aar,
    andel
FROM rangert
WHERE nr = 1
