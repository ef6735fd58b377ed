-- Dagene en funksjonsvurdering begynner å gjelde for personer med et avsluttet
-- rehabiliteringsopphold, én rad per person og dag.
-- Kilde: kodeverk 9165–9167; 9 «ikke relevant» gir ingen opplysning om funksjon, så
-- en vurdering har minst én skår 1–5.
WITH skaaret AS MATERIALIZED (
    SELECT DISTINCT
        f.person_rad,
        f.fnFraDato AS fra
    FROM funksjon AS f
    WHERE
        f.person_rad IN (SELECT o.person_rad FROM rehabiliteringsopphold_avsluttet AS o)
        AND f.fnFunkVerdi IN ('1', '2', '3', '4', '5')
)
SELECT
    person_rad,
    dagnr(fra) AS dag
FROM skaaret
WHERE dagnr(fra) IS NOT NULL
