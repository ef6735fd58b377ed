-- Personer med demensdiagnose som bor hjemme og mottar tjenester på statusdatoen, én rad per
-- person.
-- Kilde: Helsedirektoratets kvalitetsindikator om dagaktivitetstilbud ved demens; begrepene demens
-- og hjemmeboende.
-- dagaktivitet, stoettekontakt: dagaktivitetstilbud (4), støttekontakt (9), som teller i
-- statistikken, på statusdatoen. rad: diagnosen.
-- Vår tolkning: at det telles på statusdatoen.
SELECT
    d.person_rad,
    d.rad,
    max(a.type = 4) AS dagaktivitet,
    max(a.type = 9) AS stoettekontakt
FROM demens AS d
INNER JOIN hjemmeboende AS h ON h.person_rad = d.person_rad
INNER JOIN aktiv_tjeneste AS a ON a.person_rad = d.person_rad
WHERE a.per_statusdato AND a.tellende
GROUP BY d.person_rad, d.rad
