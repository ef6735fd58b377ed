-- Personer som har minst én rad i meldingen ut over seg selv, én rad per person.
-- Kilde: oppbygningen av meldingen (PERSONOPPL, FUNKSJON, TJENESTE, DIAGNOSE og DOGNTILBUD
-- kan alle mangle). Den som døde før året, er ikke med.
SELECT
    p.person_rad,
    p.rad
FROM person_aar AS p
WHERE
    p.dod_for_aaret = 0
    AND (
        EXISTS (SELECT 1 FROM personoppl AS b WHERE b.person_rad = p.person_rad)
        OR EXISTS (SELECT 1 FROM tjeneste AS b WHERE b.person_rad = p.person_rad)
        OR EXISTS (SELECT 1 FROM skaarsett AS b WHERE b.person_rad = p.person_rad)
        OR EXISTS (SELECT 1 FROM diagnose AS b WHERE b.person_rad = p.person_rad)
        OR EXISTS (SELECT 1 FROM dogntilbud AS b WHERE b.person_rad = p.person_rad)
    )
