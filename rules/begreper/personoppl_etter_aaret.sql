-- Hver PERSONOPPL-rad som først begynner etter dataåret, én rad per PERSONOPPL.
-- Kilde: kontrollen av poFraDato i annotasjonene til 2018- og 2019-formatet (senest
-- iiTilDato; ellers slettes raden).
-- taper_noe: personen har tjenester i gang i året, og ingen annen rad dekker 31.12., så
-- opplysningene for året går tapt med raden.
SELECT
    o.rad,
    o.person_rad,
    o.poFraDato AS dato,
    EXISTS (SELECT 1 FROM aktiv_tjeneste AS a WHERE a.person_rad = o.person_rad)
    AND NOT EXISTS (
        SELECT 1 FROM personoppl_i_aaret AS i
        WHERE i.person_rad = o.person_rad AND coalesce(i.fra, '') <= :til AND i.til >= :til
    ) AS taper_noe
FROM personoppl AS o
WHERE o.poFraDato > :til AND (dagnr(o.poFraDato) OR o.poFraDato = '99991231')
