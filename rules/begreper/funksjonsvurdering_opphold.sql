-- Dagene en funksjonsvurdering begynner å gjelde for personer med et avsluttet
-- rehabiliteringsopphold, én rad per person og dag.
-- Kilde: kodeverk 9165–9167; 9 «ikke relevant» gir ingen opplysning om funksjon, så
-- en vurdering har minst én skår 1–5.
-- Indeks: person_rad.
WITH skaaret AS MATERIALIZED (
    SELECT DISTINCT
        s.person_rad,
        s.fnFraDato AS fra
    FROM skaarsett AS s
    CROSS JOIN funksjon AS f ON f.rad BETWEEN s.rad AND s.siste
    WHERE
        s.person_rad IN (SELECT o.person_rad FROM rehabiliteringsopphold_avsluttet AS o)
        AND f.fnFunkVerdi IN ('1', '2', '3', '4', '5')
)
SELECT
    person_rad,
    dagnr(fra) AS dag
FROM skaaret
WHERE dagnr(fra) IS NOT NULL
