-- Identitetene til personene i innsendingen, én rad per identitet: hva slags nummer det er,
-- og hva nummeret forteller. Selve nummeret er aldri med.
-- Kilde: kodeverk 9032; Skatteetatens beskrivelse av fødselsnummer og D-nummer, også fra
-- 2032; KITH 11/98 (H-nummer); Norsk helsenett (FH-nummer); SSBs kontrollprogram
-- (DUF-nummer og numre for ukjente). Kravspesifikasjonen for IPLOS i KPR (HIS 1135:2021):
-- bare fødselsnummer, D-nummer og DUF-nummer gir KPR-ID.
-- oppgitt: slaget typeID sier, tomt for pass og annet uten kjent form. slag: slaget formen
-- viser, tomt når den ikke viser noe. gyldig: kontrollsifrene og dagen stemmer etter regelen
-- som gjaldt da uttrekket ble tatt. feil_type: et gyldig nummer av et annet slag enn oppgitt.
-- er_test: serie som aldri blir gitt til noen (måned + 65 eller + 80, D-nummer med måned
-- + 40). er_ekte: fødselsnummer eller D-nummer uten tillegg. kan_vaere_test: måned + 40 er
-- både H-nummer og en testserie; oppgitt som fødselsnummer kan det være begge deler.
-- fodt og kjonn er tomme der nummeret ikke sier det, og for alle numre fra 2032.
-- er_id: nummeret er person-id-en, uten at den alene viser at den er et personnummer.
-- forste_rad, forste_linje: den første personen med akkurat samme nummer.
-- Vår tolkning: et gyldig fødselsnummer eller D-nummer oppgitt som pass eller annet er feil
-- type. Uten virkelig uttrekksdato regnes uttrekket som tatt 31.12.
WITH uttrekk AS (
    SELECT
        coalesce(
            (
                SELECT n.iiLagetDato
                FROM innhinfo AS n
                WHERE n.rad = 0 AND dagnr(n.iiLagetDato) IS NOT NULL
            ),
            :til
        ) AS dag
),

typer (type, slag, gir_kpr_id) AS (
    VALUES
    (1, 'fødselsnummer', 1),
    (2, 'D-nummer', 1),
    (3, 'H-nummer', 0),
    (10, 'DUF-nummer', 1),
    (12, 'FH-nummer', 0)
),

lest AS MATERIALIZED (
    SELECT
        m.nr,
        m.rad,
        m.linje,
        m.type,
        u.dag AS uttrekk,
        coalesce(t.slag, '') AS oppgitt,
        coalesce(t.gir_kpr_id, 0) AS gir_kpr_id,
        coalesce(idslag(i.fid), '') AS slag,
        idgyldig(i.fid, u.dag) AS gyldig,
        idtillegg(i.fid) AS tillegg,
        idfodt(i.fid, u.dag) AS fodt,
        idkjonn(i.fid, u.dag) AS kjonn,
        CASE WHEN ltrim(i.fid, '+0') = m.id THEN NOT er_personnummer(p.pePeID) ELSE 0 END AS er_id,
        first_value(m.rad) OVER samme AS forste_rad,
        first_value(m.linje) OVER samme AS forste_linje
    FROM identmelding_person AS m
    INNER JOIN ident AS i ON i.rad = m.nr
    INNER JOIN person AS p ON p.rad = m.rad
    CROSS JOIN uttrekk AS u
    LEFT JOIN typer AS t ON t.type = m.type
    WHERE m.i_innsendingen
    WINDOW samme AS (PARTITION BY i.fid ORDER BY m.rad, m.linje)
)
SELECT
    l.nr,
    l.rad,
    l.linje,
    l.type,
    l.uttrekk,
    l.oppgitt,
    l.gir_kpr_id,
    l.slag,
    l.gyldig,
    l.fodt,
    l.kjonn,
    l.forste_rad,
    l.forste_linje,
    k.nb AS type_nb,
    k.nn AS type_nn,
    k.en AS type_en,
    l.slag = 'erstatningsnummer' AS er_erstatning,
    l.er_id AND l.oppgitt <> '' AS er_id,
    l.gyldig
    AND CASE l.oppgitt
        WHEN '' THEN l.slag IN ('fødselsnummer', 'D-nummer')
        ELSE l.slag <> l.oppgitt
    END AS feil_type,
    l.gyldig AND (l.tillegg IN (65, 80) OR l.tillegg = 40 AND l.slag = 'D-nummer') AS er_test,
    l.gyldig AND l.tillegg = 0 AND l.slag IN ('fødselsnummer', 'D-nummer') AS er_ekte,
    l.oppgitt = 'fødselsnummer' AND l.slag = 'H-nummer' AS kan_vaere_test
FROM lest AS l
LEFT JOIN kode AS k ON k.kodeverk = '9032' AND k.kode = CAST(l.type AS TEXT)
