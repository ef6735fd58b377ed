-- Identmeldingen i tall, én rad per identmelding: hvor godt den dekker innsendingen, og hvor
-- mange av numrene som er fra testserier.
-- Kilde: person_identitet, identitet og nummer_og_person.
-- numre: fødselsnumre og D-numre som enten er fra en testserie eller er ekte.
-- Vår tolkning: er minst halvparten testnumre, er hele innsendingen trolig en test.
WITH personene AS (
    SELECT
        count(*) AS personer,
        count(*) FILTER (WHERE identiteter = 0) AS uten
    FROM person_identitet
),

numrene AS (
    SELECT
        count(*) FILTER (WHERE er_test OR er_ekte) AS numre,
        count(*) FILTER (WHERE er_test) AS test,
        count(*) FILTER (WHERE er_ekte) AS ekte,
        min(linje) FILTER (WHERE er_ekte) AS forste_ekte,
        count(*) FILTER (WHERE oppgitt <> '') AS med_form,
        count(*) FILTER (WHERE er_id) AS brukt_som_id,
        min(linje) FILTER (WHERE er_id) AS forste_id
    FROM identitet
),

alderen AS (
    SELECT
        count(*) FILTER (WHERE alder_kjent) AS sammenlignet,
        count(*) FILTER (WHERE alder_kjent AND aldersavvik > 1) AS avvik
    FROM nummer_og_person
)
SELECT
    p.personer,
    p.uten,
    n.numre,
    n.test,
    n.ekte,
    n.forste_ekte,
    n.med_form,
    n.brukt_som_id,
    n.forste_id,
    a.sammenlignet,
    a.avvik,
    m.er_hel,
    n.test > 0 AND 2 * n.test >= n.numre AS mest_test
FROM identmelding AS m
CROSS JOIN personene AS p
CROSS JOIN numrene AS n
CROSS JOIN alderen AS a
