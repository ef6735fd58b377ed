-- Hver person i innsendingen, én rad per person, også den som ikke har andre opplysninger.
-- Kilde: annotasjonene til 2019-formatet (alder er beregnet per 31.12) og
-- Helsedirektoratets metodebeskrivelse (døde før året tas ut av statistikken).
-- dod: dødsdatoen når den er en virkelig dato, ellers tom.
-- dod_for_aaret: død før 1. januar; holdes utenfor i alle andre begreper.
-- lever: ikke død på statusdatoen (en som døde på selve dagen, lever ikke).
-- Vår tolkning: en alder som ikke er et helt tall, er ukjent, og aldersgrenser
-- holder da personen utenfor.
-- Nøkkel: person_rad.
WITH lest AS (
    SELECT
        person_rad,
        CASE
            WHEN rtrim(peAlder, '0123456789') IN ('', '+') AND peAlder NOT IN ('', '+')
                THEN CAST(peAlder AS INTEGER)
        END AS alder,
        CASE WHEN peDodDato <> '' AND dagnr(peDodDato) IS NOT NULL THEN peDodDato END AS dod
    FROM person
)
SELECT
    person_rad,
    person_rad AS rad,
    alder,
    dod,
    coalesce(dod < :fra, 0) AS dod_for_aaret,
    coalesce(dod > :statusdato, 1) AS lever
FROM lest
