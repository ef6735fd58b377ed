-- Tjenestene i gang i året av en type som ikke har timer per uke, én rad per TJENESTE:
-- trygghetsalarm (6), habilitering og rehabilitering utenfor institusjon (16), langtidsopphold
-- (21), velferdsteknologi (26–28) og bolig (29, 12, 13).
-- Kilde: kontrollene av obligatoriske felter i annotasjonene til 2018- og 2019-formatet, der
-- timer ikke kreves for dem.
-- Vår tolkning: heller ikke de andre typene uten krav om timer er med, for timer er riktig der
-- vedtaket har dem; Helsedirektoratets brev fra 2015 oppgir timer på avlastning i institusjon.
-- har_timer: mer enn 0 timer er oppgitt. timer: timetallet.
SELECT
    rad,
    person_rad,
    type,
    timer,
    coalesce(timer > 0, 0) AS har_timer
FROM aktiv_tjeneste
WHERE type_talt IN (6, 16, 21, 26, 27, 28, 29)
