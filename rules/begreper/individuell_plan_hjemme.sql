-- Mottakere av habilitering eller rehabilitering i hjemmet som indikatoren om individuell
-- plan regner med, én rad per person, med svaret om plan i ord.
-- Kilde: kvalitetsindikator 360-13/10391 (nevneren), og Helsedirektoratets merknad om
-- at tallene fra 2017 gjelder alle i løpet av året, og før det bare dem som mottok
-- tilbudet per 31.12.
-- rad: raden svaret står på, ellers personens gjeldende rad. plan: som i
-- plan_og_koordinator; 'annet svar' er et svar som ikke gjelder i året.
SELECT
    r.person_rad,
    p.plan_rad AS rad,
    p.plan
FROM rehabilitering_hjemme AS r
INNER JOIN plan_og_koordinator AS p ON p.person_rad = r.person_rad
WHERE :fra >= '20170101' OR r.per_statusdato
