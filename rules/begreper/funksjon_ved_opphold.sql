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
WITH skaaret AS MATERIALIZED (
    SELECT
        o.rad,
        o.person_rad,
        CAST(f.fnFunkType AS INTEGER) AS variabel,
        CAST(f.fnFunkVerdi AS INTEGER) AS skaar,
        o.fra_dag,
        o.til_dag,
        dagnr(f.fnFraDato) AS dag,
        f.rad AS skaar_rad
    FROM rehabiliteringsopphold_avsluttet AS o
    CROSS JOIN skaarsett AS s ON s.person_rad = o.person_rad
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    WHERE f.fnFunkVerdi IN ('1', '2', '3', '4', '5')
),

avstand AS (
    SELECT
        *,
        abs(dag - fra_dag) AS fra_inn,
        abs(dag - til_dag) AS fra_ut,
        abs(dag - fra_dag) <= abs(dag - til_dag) AS ved_start
    FROM skaaret
    WHERE dag IS NOT NULL
),

rangert AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY rad, variabel, ved_start
            ORDER BY min(fra_inn, fra_ut), dag DESC, skaar_rad DESC
        ) AS nr
    FROM avstand
)
SELECT
    person_rad,
    rad,
    variabel,
    max(CASE WHEN ved_start THEN fra_inn END) AS dager_inn,
    max(CASE WHEN ved_start THEN skaar END) AS skaar_inn,
    max(CASE WHEN NOT ved_start THEN fra_ut END) AS dager_ut,
    max(CASE WHEN NOT ved_start THEN skaar END) AS skaar_ut
FROM rangert
WHERE nr = 1
GROUP BY person_rad, rad, variabel
