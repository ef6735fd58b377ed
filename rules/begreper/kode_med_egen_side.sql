-- Kodene som ikke gjelder i dataåret, men har sin egen regel, én rad per felt og kode.
-- Regelen om ukjente koder (KOD-01) lar dem være, så samme feil ikke meldes to ganger.
-- Kilde: kodeverk 9336 og 9151 med årene hver kode gjelder; merknaden om 11–14 i
-- annotasjonene til 2019-formatet.
-- poIndPlan: svar som gjelder i et annet år (IP-03, IP-06). poHarKoordinator: 11–14
-- (KOO-05). tjTjenType: 12 og 13 (bolig) og 16 (REH-01).
-- 9 for koordinator, legemiddelgjennomgang og ernæring godtas av kodeverk 1110 i alle
-- år og trenger ikke stå her (KOO-06, LMG-09, ERN-11).
SELECT
    'poIndPlan' AS felt,
    kode
FROM kode
WHERE kodeverk = '9336'
UNION
SELECT
    'poHarKoordinator',
    '1' || kode
FROM kode
WHERE kodeverk = '9188' AND :aar >= 2019
UNION
SELECT
    'tjTjenType',
    kode
FROM kode
WHERE kodeverk = '9151' AND kode IN ('12', '13', '16') AND :aar > gyldig_til
