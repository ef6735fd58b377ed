-- Personer med demensdiagnose etter alder, og hva de mottar, én rad per person.
-- Kilde: begrepet demens; aldersgruppene i Helsedirektoratet, Kommunale helse- og
-- omsorgstjenester.
-- Registeret finner også diagnosen P70 i refusjonsdata fra leger, og de finnes ikke i
-- meldingen: tallene herfra er lavere enn de publiserte, og kan ikke sammenlignes med dem.
-- aldersgruppe: 'ukjent' når alderen mangler.
-- mottaker: mottok en tjeneste i året som teller. hjemmeboende, langtidsopphold: på
-- statusdatoen.
SELECT
    d.person_rad,
    CASE
        WHEN d.alder < 18 THEN 'under_18'
        WHEN d.alder < 50 THEN 'fra_18'
        WHEN d.alder < 67 THEN 'fra_50'
        WHEN d.alder < 80 THEN 'fra_67'
        WHEN d.alder < 90 THEN 'fra_80'
        WHEN d.alder >= 90 THEN 'fra_90'
        ELSE 'ukjent'
    END AS aldersgruppe,
    d.person_rad IN (SELECT m.person_rad FROM tjenestemottaker AS m) AS mottaker,
    d.person_rad IN (SELECT h.person_rad FROM hjemmeboende AS h) AS hjemmeboende,
    d.person_rad IN (
        SELECT l.person_rad FROM langtidsopphold AS l
        WHERE l.per_statusdato
    ) AS langtidsopphold
FROM demens AS d
