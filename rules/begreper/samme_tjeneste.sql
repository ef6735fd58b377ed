-- Tjenestene i året der personen har flere rader av samme slag, én rad per TJENESTE.
-- Kilde: Helsedirektoratets metodebeskrivelse (personen telles én gang uansett);
-- Helsedirektoratets brev 05.05.2015 (timene summeres for hver tjeneste); annotasjonene
-- til 2018- og 2019-formatet (tjVeNrID nummererer vedtak som følger etter hverandre).
-- Bruk av tvang (14, 23, 24) er ikke med: Helsedirektoratets spørsmål og svar setter ingen
-- grense for antallet per dag, og perioder kan overlappe.
-- bolig: bolig kommunen disponerer (29; 12 og 13 leses som 29).
-- lik: en tidligere rad har samme tjeneste, enhet, start og slutt.
-- samme_enhet, annen_enhet: perioden overlapper en rad som begynte før, ved samme enhet
-- (eller begge uten enhet), eller bare ved en annen. Begynner to samme dag, er den korteste
-- først. Den første av radene er verken det ene eller det andre, og en lik rad er bare lik.
-- Vår tolkning: slutt på samme dag som den neste begynner, er ikke overlapp. Et vedtak med
-- samme tjVeID og høyere tjVeNrID avløser det forrige, som da slutter når det nye begynner.
WITH flere AS MATERIALIZED (
    SELECT
        person_rad,
        type_talt
    FROM aktiv_tjeneste
    WHERE type NOT IN (14, 23, 24)
    GROUP BY person_rad, type_talt
    HAVING count(*) > 1
),

rader AS (
    SELECT
        a.rad,
        a.person_rad,
        a.type,
        a.type_talt,
        a.person_rad * 100000 + a.type_talt AS gruppe,
        substr(a.enhet, 1, 9) AS enhet,
        a.fra,
        a.til,
        CAST(nullif(t.tjVeID, '') AS INTEGER) AS vedtak,
        CAST(nullif(t.tjVeNrID, '') AS INTEGER) AS nr
    FROM flere AS f
    INNER JOIN aktiv_tjeneste AS a ON a.person_rad = f.person_rad AND a.type_talt = f.type_talt
    INNER JOIN tjeneste AS t ON t.rad = a.rad
),

avloest AS (
    SELECT
        *,
        CASE
            WHEN vedtak IS NOT NULL AND lead(nr) OVER kjede > nr THEN min(til, lead(fra) OVER kjede)
            ELSE til
        END AS slutt
    FROM rader
    WINDOW kjede AS (PARTITION BY gruppe, vedtak ORDER BY nr, fra, rad)
),

moett AS (
    SELECT
        *,
        coalesce(max(fra || til) OVER ved_enheten = fra || til, 0) AS lik,
        coalesce(max(slutt) OVER ved_enheten > fra, 0) AS moeter_samme,
        coalesce(max(slutt) OVER alle > fra, 0) AS moeter_noen
    FROM avloest
    WINDOW
        ved_enheten AS (
            PARTITION BY gruppe, enhet
            ORDER BY fra, til, rad ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        alle AS (
            PARTITION BY gruppe
            ORDER BY fra, til, rad ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
)
SELECT
    rad,
    person_rad,
    type,
    type_talt = 29 AS bolig,
    lik,
    moeter_samme AND NOT lik AS samme_enhet,
    moeter_noen AND NOT moeter_samme AND NOT lik AS annen_enhet
FROM moett
