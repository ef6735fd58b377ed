-- Personer som skal ha svar om legemiddelgjennomgang, én rad per person: langtidsopphold
-- i institusjon (21) på statusdatoen, fra 18 år.
-- Kilde: Helsedirektoratets gjennomgang av rapporteringen 31.08.2018 (alle beboere på
-- langtidsopphold skal ha LMG, «nei» til den er gjort) og kvalitetsindikatoren (67 år
-- og eldre, per 31.12).
-- i_indikatoren: 67 år eller eldre. Alderen er per 31.12.
-- Den som døde eller flyttet ut før statusdatoen, er ikke med i tallet og ikke her.
-- Vår tolkning: aldersgrensen 18 år holder barneboliger utenfor (21 er mer enn
-- sykehjem), og opphold på høyst 14 dager er ikke med (langvarig_involvert).
SELECT
    l.person_rad,
    l.rad,
    l.alder,
    l.alder >= 67 AS i_indikatoren
FROM langtidsopphold AS l
INNER JOIN langvarig_involvert AS v ON v.person_rad = l.person_rad
WHERE l.per_statusdato AND l.alder >= 18
