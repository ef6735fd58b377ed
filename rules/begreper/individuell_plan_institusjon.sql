-- Personer med et tidsbegrenset opphold for habilitering eller rehabilitering (19) i
-- året, én rad per person uansett hvor mange opphold, med svaret om plan i ord.
-- Kilde: kodeverk 9151, og svaralternativene i plan_og_koordinator.
-- Vår tolkning: definisjonen av indikatoren for institusjon har vi ikke funnet. Tjeneste
-- 19 i løpet av året er det som svarer til den for hjemmet.
-- rad: raden svaret står på, ellers personens gjeldende rad.
SELECT
    p.person_rad,
    p.plan_rad AS rad,
    p.plan
FROM plan_og_koordinator AS p
WHERE p.person_rad IN (SELECT o.person_rad FROM opphold_rehabilitering AS o)
