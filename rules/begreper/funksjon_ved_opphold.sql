-- Skårene nærmest start og nærmest slutt av hvert avsluttede rehabiliteringsopphold, én rad per
-- opphold og variabel som er skåret.
-- Kilde: kodeverk 9111 og 9165–9167 (1 er best, 5 er størst behov); Helsedirektoratets gjennomgang
-- av rapporteringen 31.08.2018 (vurdert ved inntak og ved utskriving, forbedring per variabel).
-- dager_inn, skaar_inn: skåren nærmest start, og hvor mange dager den er fra start, før eller etter.
-- dager_ut, skaar_ut: likeså ved slutt. Tomme når ingen skår er nærmest den enden.
-- Vår tolkning: en skår er satt den dagen den begynner å gjelde, og hører til den enden av
-- oppholdet den er nærmest; midt imellom hører den til starten. Er to like nær, gjelder den
-- som er satt sist. 9 «ikke relevant» er ingen skår.
-- Indeks: rad.
WITH sett AS MATERIALIZED (
    SELECT
        o.rad AS opphold,
        s.rad AS foerste,
        s.siste,
        dagnr(s.fnFraDato) AS dag,
        o.fra_dag,
        o.til_dag
    FROM rehabiliteringsopphold_avsluttet AS o
    CROSS JOIN skaarsett AS s ON s.person_rad = o.person_rad
),

maalt AS MATERIALIZED (
    SELECT
        opphold,
        foerste,
        siste,
        abs(dag - fra_dag) <= abs(dag - til_dag) AS ved_start,
        min(abs(dag - fra_dag), abs(dag - til_dag)) AS avstand,
        dag < iif(abs(dag - fra_dag) <= abs(dag - til_dag), fra_dag, til_dag) AS foer
    FROM sett
    WHERE dag IS NOT NULL
),

naermest AS (
    SELECT
        m.opphold,
        f.person_rad,
        CAST(f.fnFunkType AS INTEGER) AS variabel,
        CAST(f.fnFunkVerdi AS INTEGER) AS skaar,
        m.ved_start,
        m.avstand,
        min((2 * m.avstand + m.foer) * 100000000000 - f.rad) AS plass
    FROM maalt AS m
    CROSS JOIN funksjon AS f ON f.rad BETWEEN m.foerste AND m.siste
    WHERE f.fnFunkVerdi IN ('1', '2', '3', '4', '5')
    GROUP BY m.opphold, variabel, m.ved_start
)
SELECT
    person_rad,
    opphold AS rad,
    variabel,
    max(CASE WHEN ved_start THEN avstand END) AS dager_inn,
    max(CASE WHEN ved_start THEN skaar END) AS skaar_inn,
    max(CASE WHEN NOT ved_start THEN avstand END) AS dager_ut,
    max(CASE WHEN NOT ved_start THEN skaar END) AS skaar_ut
FROM naermest
GROUP BY opphold, variabel
