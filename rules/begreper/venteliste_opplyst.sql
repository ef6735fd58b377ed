-- Det hver PERSONOPPL-rad i året sier om venteliste (poVenteliste og poVentelisteDato fra
-- 2019), én rad per PERSONOPPL som har svar eller dato.
-- Kilde: annotasjonene til 2019-formatet (kodeverk 1101: 1 ja, 2 nei; datoen er ikke
-- kontrollert mot noe område).
-- besvart: det står et svar. ja: svaret er 1.
-- dato_oppgitt: det står noe der datoen skal stå. dato: den, når den finnes i kalenderen.
-- fra: når raden begynner, '' når den alltid har vært. til: 99991231 når den er åpen.
-- etter_uttrekket: datoen er etter dagen uttrekket ble laget, når den dagen er til å stole på.
-- Vår tolkning: 99991231 er ingen oppgitt dato.
-- Indeks: person_rad, rad.
SELECT
    i.rad,
    i.person_rad,
    i.nr,
    coalesce(i.fra, '') AS fra,
    i.til,
    coalesce(o.poVenteliste <> '', 0) AS besvart,
    coalesce(o.poVenteliste = '1', 0) AS ja,
    coalesce(o.poVentelisteDato NOT IN ('', '99991231'), 0) AS dato_oppgitt,
    CASE WHEN dagnr(o.poVentelisteDato) IS NOT NULL THEN o.poVentelisteDato END AS dato,
    coalesce(
        o.poVentelisteDato > (
            SELECT d.dato FROM innsendingsdato AS d
            WHERE d.felt = 'iiLagetDato' AND d.finnes AND d.dato > substr(:fra, 1, 4) || '0131'
        ),
        0
    ) AS etter_uttrekket
FROM personoppl AS o
CROSS JOIN personoppl_i_aaret AS i ON i.rad = o.rad
WHERE o.poVenteliste <> '' OR o.poVentelisteDato <> ''
