-- Hver person i fjorårets innsending, når den kan sammenlignes med årets, én rad per person.
-- Kilde: det samme som person_aar, for fjorårets år og statusdato.
-- id: person-id-en uten nuller foran. dod, dod_for_aaret, lever: som i person_aar.
-- Indeks: person_rad.
SELECT
    p.person_rad,
    ltrim(p.pePeID, '+0') AS id,
    p.peKjonn AS kjonn,
    CASE
        WHEN rtrim(p.peAlder, '0123456789') IN ('', '+') AND p.peAlder NOT IN ('', '+')
            THEN CAST(p.peAlder AS INTEGER)
    END AS alder,
    CASE WHEN dagnr(p.peDodDato) IS NOT NULL THEN p.peDodDato END AS dod,
    coalesce(dagnr(p.peDodDato) IS NOT NULL AND p.peDodDato < f.fra, 0) AS dod_for_aaret,
    coalesce(dagnr(p.peDodDato) IS NULL OR p.peDodDato > f.statusdato, 1) AS lever
FROM fjor.person AS p
CROSS JOIN fjor_innsending AS f
