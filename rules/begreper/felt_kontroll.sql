-- Kontrollene mottakeren har beskrevet for hvert felt, én rad per felt og kontroll.
-- Kilde: annotasjonene til 2018- og 2019-formatet, gjengitt i feltlisten.
-- kontroll: 'datatype', 'obligatorisk', 'kodeverk' eller 'omraade'.
-- krav: mønsteret, vilkåret (tomt = alltid), kodeverkene eller «fra..til».
-- En kontroll som er slått av, har ingen rad.
-- sikkerhet, alvorlighet: for et område gjelder de en verdi under nedre grense, og
-- maks_sikkerhet og maks_alvorlighet en verdi over øvre grense; ellers er de like.
-- Vår tolkning er alvorligheten: melding som slettes er avvist, rad som slettes er
-- feil, verdi som tømmes er feil når en indikator bruker feltet og ellers advarsel,
-- ingen handling er opplysning. Der kildene er uenige om følgen, er det opplysning.
WITH kontroller AS (
    SELECT
        tabell,
        felt,
        'datatype' AS kontroll,
        monster AS krav,
        datatype_konsekvens AS konsekvens,
        datatype_sikkerhet AS sikkerhet,
        datatype_sikkerhet AS maks_sikkerhet,
        indikator
    FROM felt
    UNION ALL
    SELECT
        tabell,
        felt,
        'obligatorisk',
        obligatorisk_vilkaar,
        obligatorisk_konsekvens,
        obligatorisk_sikkerhet,
        obligatorisk_sikkerhet,
        indikator
    FROM felt
    WHERE obligatorisk IN ('ja', 'betinget')
    UNION ALL
    SELECT
        tabell,
        felt,
        'kodeverk',
        kodeverk,
        kodeverk_konsekvens,
        kodeverk_sikkerhet,
        kodeverk_sikkerhet,
        indikator
    FROM felt
    UNION ALL
    SELECT
        tabell,
        felt,
        'omraade',
        coalesce(min, '') || '..' || coalesce(maks, ''),
        omraade_konsekvens,
        omraade_sikkerhet,
        maks_sikkerhet,
        indikator
    FROM felt
),

vurdert AS (
    SELECT
        *,
        CASE
            WHEN konsekvens = 'ingen' THEN 'opplysning'
            WHEN konsekvens = 'melding' THEN 'avvist'
            WHEN konsekvens = 'rad' OR CAST(indikator AS INTEGER) = 1 THEN 'feil'
            ELSE 'advarsel'
        END AS alvorlighet
    FROM kontroller
    WHERE konsekvens <> ''
)
SELECT
    tabell,
    felt,
    kontroll,
    coalesce(krav, '') AS krav,
    konsekvens,
    coalesce(nullif(sikkerhet, ''), 'dokumentert') AS sikkerhet,
    CASE WHEN sikkerhet = 'omstridt' THEN 'opplysning' ELSE alvorlighet END AS alvorlighet,
    coalesce(nullif(maks_sikkerhet, ''), 'dokumentert') AS maks_sikkerhet,
    CASE WHEN maks_sikkerhet = 'omstridt' THEN 'opplysning' ELSE alvorlighet END AS maks_alvorlighet
FROM vurdert
