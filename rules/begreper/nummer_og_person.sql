-- Hver identitet mot det innsendingen sier om personen, én rad per identitet.
-- Kilde: annotasjonene til 2019-formatet (alder er beregnet per 31.12) og Skatteetatens
-- beskrivelse av fødselsnummer og D-nummer.
-- Der nummeret eller innsendingen ikke sier noe, er kjonn_kjent og alder_kjent 0.
-- er_fodt_kjent: nummeret sier når personen er født.
-- aldersavvik er i hele år. alder_i_nummeret er per 31.12 og er negativ for den som er født
-- etter året.
-- Vår tolkning: den som døde, kan ha en alder som ble regnet ut da, og er utenfor
-- sammenligningen av alder.
SELECT
    i.nr,
    i.rad,
    i.linje,
    i.fodt,
    i.uttrekk,
    coalesce(i.kjonn IS NOT NULL AND p.peKjonn IN ('M', 'K'), 0) AS kjonn_kjent,
    coalesce(i.kjonn <> p.peKjonn, 0) AS kjonn_avviker,
    i.fodt IS NOT NULL AS er_fodt_kjent,
    i.fodt IS NOT NULL AND a.alder IS NOT NULL AND a.dod IS NULL AS alder_kjent,
    coalesce(abs(CAST(substr(:til, 1, 4) AS INTEGER) - CAST(substr(i.fodt, 1, 4) AS INTEGER) - a.alder), 0) AS aldersavvik,
    CAST(substr(:til, 1, 4) AS INTEGER) - CAST(substr(i.fodt, 1, 4) AS INTEGER) AS alder_i_nummeret
FROM identitet AS i
INNER JOIN person AS p ON p.rad = i.rad
INNER JOIN person_aar AS a ON a.person_rad = i.rad
