-- Det personopplysningene i året til sammen sier om venteliste, én rad per person som har
-- svar eller dato.
-- Kilde: annotasjonene til 2019-formatet; helse- og omsorgstjenesteloven § 3-2 a (ventelisten
-- gjelder langtidsopphold i sykehjem eller tilsvarende bolig).
-- besvart, ja, dato_oppgitt: på minst én rad i året. gyldig_dato: en dato som finnes.
-- ja_rad, dato_rad: den siste raden i året med ja, og med en dato som finnes.
-- dato: datoen på den siste raden med ja og dato, ellers på den siste med dato.
-- siste_dag: den siste dagen i året personen er meldt på listen: raden med ja, statusdatoen
-- eller dødsdatoen, det som kommer først. Tom uten ja.
-- per_statusdato: raden i kraft på statusdatoen har ja, og personen lever. En rad uten svar
-- avslutter et ja på en eldre rad.
-- Indeks: person_rad.
WITH samlet AS (
    SELECT
        person_rad,
        max(besvart) AS besvart,
        max(ja) AS ja,
        max(dato_oppgitt) AS dato_oppgitt,
        CAST(substr(max(CASE WHEN ja THEN printf('%05d%011d', nr, rad) END), 6) AS INTEGER) AS ja_rad,
        CAST(
            substr(max(CASE WHEN dato <> '' THEN printf('%05d%011d', nr, rad) END), 6) AS INTEGER
        ) AS dato_rad,
        substr(max(printf('%d%05d', ja, nr) || dato), 7) AS dato,
        substr(max(CASE WHEN ja THEN printf('%05d', nr) || til END), 6) AS til
    FROM venteliste_opplyst
    GROUP BY person_rad
),

paa_dagen AS (
    SELECT
        person_rad,
        max(nr * 100000000000 + rad) % 100000000000 AS rad
    FROM personoppl_i_aaret
    WHERE
        person_rad IN (SELECT s.person_rad FROM samlet AS s WHERE s.ja)
        AND coalesce(fra, '') <= :statusdato
        AND til >= :statusdato
    GROUP BY person_rad
)
SELECT
    s.person_rad,
    s.besvart,
    s.ja,
    s.dato_oppgitt,
    s.dato IS NOT NULL AS gyldig_dato,
    s.ja_rad,
    s.dato_rad,
    s.dato,
    min(s.til, coalesce(p.dod, :statusdato), :statusdato) AS siste_dag,
    p.lever AND coalesce(o.ja, 0) AS per_statusdato
FROM samlet AS s
INNER JOIN person_aar AS p ON p.person_rad = s.person_rad
LEFT JOIN paa_dagen AS d ON d.person_rad = s.person_rad
LEFT JOIN venteliste_opplyst AS o ON o.rad = d.rad
