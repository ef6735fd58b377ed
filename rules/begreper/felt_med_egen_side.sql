-- Kontrollene av enkeltfelter som har sin egen regel, én rad per felt og kontroll.
-- De generelle reglene (KTR, KOD) lar dem være, så samme feil ikke meldes to ganger.
-- Kilde: våre egne regler.
-- regel: regelen som sier fra.
SELECT
    column1 AS felt,
    column2 AS kontroll,
    column3 AS regel
FROM (
    VALUES
    ('iiInnhType', 'datatype', 'XSD-09'),
    ('iiFraDato', 'datatype', 'LES-13'),
    ('iiTilDato', 'datatype', 'INN-01'),
    ('iiLagetDato', 'datatype', 'INN-08'),
    ('fnFunkType', 'datatype', 'KOD-03'),
    ('fnFunkType', 'kodeverk', 'KOD-03'),
    ('fnFunkVerdi', 'kodeverk', 'KOD-02'),
    ('poFraDato', 'omraade', 'KTR-06, KTR-08, DAT-07'),
    ('tjFraDato', 'omraade', 'KTR-04, KTR-05, KTR-08, DAT-07'),
    ('tjSoknadDato', 'omraade', 'KTR-04, KTR-08, DAT-07'),
    ('tjVedtDato', 'omraade', 'KTR-04, KTR-08, DAT-07'),
    ('tjKlageMottatt', 'omraade', 'KTR-04, KTR-08, DAT-07'),
    ('poLegeMiddGjDato', 'omraade', 'LMG-05, LMG-06'),
    ('poErnKartlagtDato', 'omraade', 'ERN-09, ERN-10'),
    ('poErnRisikoDato', 'omraade', 'ERN-09, ERN-10'),
    ('poErnPlanDato', 'omraade', 'ERN-09, ERN-10')
)
