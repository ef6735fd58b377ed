-- Hvor mange av svarene om husstand, omsorg for barn, privat hjelp og egnet bolig som bare
-- står på en tidligere rad, én rad per person med en PERSONOPPL-rad i kraft.
-- Kilde: annotasjonene til 2018- og 2019-formatet. Hvilket svar som gjelder, og hvilken rad
-- det står på, er begrepet gjeldende.
-- besvart: minst ett av de fire er besvart i året. svar: hvor mange av dem raden i kraft
-- ikke selv har.
SELECT
    person_rad,
    rad,
    poHusstand_besvart OR poOmsorgBarn_besvart OR poPrivHjelp_besvart OR poBoligTilr_besvart
        AS besvart,
    (poHusstand_rad <> rad)
    + (poOmsorgBarn_rad <> rad)
    + (poPrivHjelp_rad <> rad)
    + (poBoligTilr_rad <> rad) AS svar
FROM gjeldende
WHERE har_rad AND NOT foreldet
