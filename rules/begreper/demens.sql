-- Personer med en demensdiagnose som gjelder en eller flere dager i året, én rad per person.
-- Kilde: Helsedirektoratets kvalitetsindikator om dagaktivitetstilbud ved demens: ICD-10 F00–F03
-- og G30, ICPC-2 P70. Helsedirektoratet leser også P70 hos fastlegene, og den er ikke i meldingen.
-- rad: den siste diagnosen. alder: fra person_aar.
-- Vår tolkning: koden leses bare i kodeverket den er oppgitt fra, for F01–F03 er plager med øynene
-- i ICPC-2. De tre første tegnene avgjør, så F00.1 og G309 er med.
-- Indeks: person_rad.
WITH funnet AS (
    SELECT
        person_rad,
        max(rad) AS rad
    FROM diagnose_i_aaret
    WHERE
        (
            upper(versjon) GLOB 'ICD*'
            AND substr(kode_lest, 1, 3) IN ('F00', 'F01', 'F02', 'F03', 'G30')
        )
        OR (upper(versjon) GLOB 'ICPC*' AND substr(kode_lest, 1, 3) = 'P70')
    GROUP BY person_rad
)
SELECT
    f.person_rad,
    f.rad,
    p.alder
FROM funnet AS f
INNER JOIN person_aar AS p ON p.person_rad = f.person_rad
