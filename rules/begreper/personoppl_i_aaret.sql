-- Hver PERSONOPPL-rad som overlapper året, én rad per PERSONOPPL.
-- Kilde: annotasjonene til 2019-formatet (nøkkelen poPeID + poPoID, egne fra- og
-- til-datoer, til og med). Om raden er et helt bilde eller bare det som er endret,
-- er ikke kjent; ingen begreper bygger på det.
-- fra: startdatoen, tom når den mangler (har da alltid vært). til: sluttdatoen,
-- 99991231 når raden er åpen.
-- startet: raden begynte senest på personens referansedag (statusdatoen når personen har
-- en tjeneste i gang da, ellers den siste dagen med tjeneste, ellers statusdatoen).
-- dekker: raden gjaldt på referansedagen. Flere rader kan dekke den.
-- nr: radens nummer innen personen, eldst først: startdato, så poPoID, så rekkefølgen
-- i filen.
-- Vår tolkning: tom og umulig dato er det samme som manglende, og rader for den som
-- døde før året, er ikke med.
-- Nøkkel: rad.
-- Indeks: person_rad.
WITH dag AS MATERIALIZED (
    SELECT
        person_rad,
        max(CASE WHEN fra <= :statusdato THEN min(til, :statusdato) END) AS ref
    FROM aktiv_tjeneste
    GROUP BY person_rad
),

datert AS MATERIALIZED (
    SELECT
        o.rad,
        o.person_rad,
        CAST(o.poPoID AS INTEGER) AS id,
        CASE WHEN dagnr(o.poFraDato) IS NOT NULL THEN o.poFraDato END AS fra,
        CASE
            WHEN o.poTilDato < '99991231' AND dagnr(o.poTilDato) IS NOT NULL THEN o.poTilDato
            ELSE '99991231'
        END AS til,
        coalesce(d.ref, :statusdato) AS ref
    FROM personoppl AS o
    INNER JOIN person_aar AS p ON p.person_rad = o.person_rad
    LEFT JOIN dag AS d ON d.person_rad = o.person_rad
    WHERE p.dod_for_aaret = 0
)
SELECT
    rad,
    person_rad,
    row_number() OVER (PARTITION BY person_rad ORDER BY fra, id, rad) AS nr,
    fra,
    til,
    coalesce(fra, '') <= ref AS startet,
    coalesce(fra, '') <= ref AND til >= ref AS dekker
FROM datert
WHERE coalesce(fra, '') <= :til AND til >= :fra
