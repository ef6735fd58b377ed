-- Personer med trygghetsalarm (6) i året, én rad per person.
-- Kilde: kodeverk 9151. Trygghetsalarm trenger ikke vedtak i meldingen.
SELECT DISTINCT person_rad
FROM aktiv_tjeneste
WHERE type = 6
