"""Which part of each indicator a person, a stay or a service belongs to."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tests.oracle.facts import DECIDED, OPEN, Facts, day, days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.oracle.facts import Service

Parts = dict[str, Counter[str]]

LONG_STAY = 21
HOME_NURSING = 15
REHABILITATION_STAY = 19
AT_HOME = 16
SHORT_STAYS = (18, 19, 20)
ALARM, GPS, MEDICATION, SUPERVISION = 6, 26, 27, 28
TECHNOLOGY = (ALARM, GPS, MEDICATION, SUPERVISION)
DAY_ACTIVITY, SUPPORT_CONTACT = 4, 9
HOME_SERVICES = (1, 2, 3, 7, 11, 15)
OLD = 67
DAYS_NEAR = 7
SCORES = "12345"
FIRST_MONTH = "200501"


def count(people: Iterable[Facts]) -> Parts:
    """Return how many belong to each part of each indicator that the year has."""
    parts: Parts = {name: Counter() for name in INDICATORS}
    for one in people:
        for name, (since, belongs) in INDICATORS.items():
            if one.year.number >= since:
                parts[name].update(belongs(one))
    return parts


def _plan(one: Facts) -> str:
    """Return what is answered about individuell plan."""
    fourth = "9" if one.year.number <= 2018 else "4"
    words = {"": "mangler", "1": "virksom", "2": "ikke_utarbeidet", "3": "onsker_ikke"}
    return (words | {fourth: "oppfyller_ikke"}).get(one.answer("poIndPlan"), "ugyldig")


MEASURES = {
    "virksom": "maaltall_1",
    "ikke_utarbeidet": "maaltall_2",
    "onsker_ikke": "maaltall_3",
    "oppfyller_ikke": "maaltall_4",
    "mangler": "maaltall_5",
    "ugyldig": "ugyldig",
}


def is_rehabilitated_at_home(one: Facts) -> bool:
    """Tell whether the person received rehabilitation outside institution in the year."""
    return one.has(AT_HOME) if one.year.number <= 2018 else one.ever("poHab")


def _plan_at_home(one: Facts) -> Iterator[str]:
    if is_rehabilitated_at_home(one):
        yield MEASURES[_plan(one)]


def _plan_in_institution(one: Facts) -> Iterator[str]:
    if one.has(REHABILITATION_STAY):
        yield MEASURES[_plan(one)]


def _plan_with_home_services(one: Facts) -> Iterator[str]:
    if one.has(*HOME_SERVICES, now=True, counted=True):
        yield _plan(one)


def _plan_kostra(one: Facts) -> Iterator[str]:
    left_out = {14, 21, 23, 24, 25}
    if one.year.number <= 2019:
        left_out |= {22, 26, 27, 28}
    if one.year.number == 2019:
        left_out |= {12, 13, 29}
    if one.has(*(set(range(1, 30)) - left_out), now=True, counted=True):
        yield _plan(one)


def is_resident(one: Facts) -> bool:
    """Tell whether the person is on langtidsopphold on the status day."""
    return one.has(LONG_STAY, now=True)


def dated(one: Facts, field: str, yes: str, no: str) -> str:
    """Return what is answered to a question of yes with a date within the year."""
    row = one.answered_on(field)
    answer = row[field] if row else ""
    if row and answer == "1":
        when = row[f"{field}Dato"]
        if not day(when):
            return "uten_dato"
        return yes if one.year.first <= when <= one.year.last else "annen_dato"
    return {"": "mangler", "2": no, "9": "ikke_relevant"}.get(answer, "ugyldig")


def _review(one: Facts) -> Iterator[str]:
    if is_resident(one) and one.is_aged(OLD):
        yield dated(one, "poLegeMiddGj", "gjort", "nei")


def _in_nursing_home(one: Facts) -> bool:
    return is_resident(one) and one.is_aged(OLD)


def _nursed_at_home(one: Facts) -> bool:
    return one.has(HOME_NURSING, now=True) and one.is_aged(OLD)


def _answered(one: Facts, field: str, yes: str, no: str) -> str:
    words = {"1": yes, "2": no, "9": "ikke_relevant", "": "mangler"}
    return words.get(one.answer(field), "ugyldig")


def _nutrition(meant: Callable[[Facts], bool], link: int) -> Callable[[Facts], Iterator[str]]:
    """Return one link of the chain: assessed, of them at risk, of them with a plan."""

    def belongs(one: Facts) -> Iterator[str]:
        if not meant(one):
            return
        chain = (
            dated(one, "poErnKartlagt", "vurdert", "ikke_kartlagt"),
            _answered(one, "poErnRisiko", "i_risiko", "ikke_i_risiko"),
            _answered(one, "poErnPlan", "plan", "ikke_plan"),
        )
        if chain[:link] == ("vurdert", "i_risiko")[:link]:
            yield chain[link]

    return belongs


def month_seen(one: Facts, field: str) -> str:
    """Return when a doctor or dentist last saw the person, by months."""
    month, first, last = one.answer(field), one.year.first[:6], one.year.last[:6]
    if not month:
        return "mangler"
    is_month = re.fullmatch("[0-9]{4}(0[1-9]|1[0-2])", month)
    if not is_month or not FIRST_MONTH <= month <= last:
        return "ugyldig"
    return "siste_12" if month >= first else "eldre"


def _seen(field: str) -> Callable[[Facts], Iterator[str]]:
    def belongs(one: Facts) -> Iterator[str]:
        if is_resident(one):
            yield month_seen(one, field)

    return belongs


def is_recipient(one: Facts) -> bool:
    """Tell whether any service of the year is counted."""
    return any(service.is_counted for service in one.services)


def _has(*codes: int) -> Callable[[Facts], Iterator[str]]:
    def belongs(one: Facts) -> Iterator[str]:
        if is_recipient(one):
            yield "har" if one.has(*codes, counted=True) else "har_ikke"

    return belongs


def _round_the_clock(one: Facts) -> Iterator[str]:
    if one.ever("poHeldg"):
        yield "har"
    elif is_recipient(one):
        yield "har_ikke"


def _waiting(one: Facts) -> Iterator[str]:
    if one.is_flagged("poVenteliste"):
        yield "paa_listen"
    elif any(service.is_counted and service.is_now for service in one.services):
        yield "ikke_paa_listen"


def _waiting_where(one: Facts) -> Iterator[str]:
    if one.is_flagged("poVenteliste"):
        if is_resident(one):
            yield "langtid"
        else:
            yield "tidsbegrenset" if one.has(*SHORT_STAYS, now=True) else "hjemme"


def is_at_home(one: Facts) -> bool:
    """Tell whether the person lives at home with services on the status day."""
    now = [service for service in one.services if service.is_now]
    return any(service.is_counted for service in now) and not is_resident(one)


def has_dementia(one: Facts) -> bool:
    """Tell whether a diagnosis of dementia holds on a day of the year."""
    return not one.was_dead and any(
        _is_dementia(row["diKodeVersjon"].upper(), row["diDiagKode"].upper().replace(".", "")[:3])
        and has_day_in_year(one, row["diFraDato"], row["diTilDato"])
        for row in one.person.of("DIAGNOSE")
    )


def _is_dementia(system: str, code: str) -> bool:
    if system.startswith("ICD"):
        return code in {"F00", "F01", "F02", "F03", "G30"}
    return system.startswith("ICPC") and code == "P70"


def has_day_in_year(one: Facts, start: str, end: str) -> bool:
    """Tell whether a period, open where its days are not known, has a day in the year."""
    first = start if day(start) or start == OPEN else ""
    last = end if day(end) else OPEN
    return first <= min(last, one.year.last) and last >= one.year.first


def _demented_with(code: int) -> Callable[[Facts], Iterator[str]]:
    def belongs(one: Facts) -> Iterator[str]:
        if has_dementia(one) and is_at_home(one):
            yield "har" if one.has(code, now=True, counted=True) else "har_ikke"

    return belongs


def _started(*codes: int) -> Callable[[Facts], Iterator[str]]:
    def belongs(one: Facts) -> Iterator[str]:
        for service in one.services:
            began = service.is_counted and service.start >= one.year.first
            if began and service.code in DECIDED.intersection(codes or DECIDED):
                yield _time_from_decision(service)

    return belongs


def _time_from_decision(service: Service) -> str:
    decided = service.row["tjVedtDato"]
    if not day(decided):
        return "mangler"
    days = days_between(decided, service.start)
    if days < 0:
        return "foer_vedtak"
    limits = ((15, "dager_0_15"), (30, "dager_16_30"))
    return next((part for most, part in limits if days <= most), "dager_31")


def _ended_stays(one: Facts) -> Iterator[Service]:
    for service in one.services:
        is_over = one.year.first <= service.end <= one.year.status
        if service.code == REHABILITATION_STAY and is_over and service.end != one.died:
            yield service


Ends = tuple[int | None, int | None]


def _scores(one: Facts, stay: Service) -> dict[str, Ends]:
    """Return each variable's score at the start and at the end of a stay, None without one."""
    nearest: dict[tuple[str, bool], tuple[int, str, int, str]] = {}
    for place, row in enumerate(one.person.of("FUNKSJON")):
        if row["fnFunkVerdi"] not in [*SCORES] or not day(row["fnFraDato"]):
            continue
        from_start = abs(days_between(stay.start, row["fnFraDato"]))
        from_end = abs(days_between(stay.end, row["fnFraDato"]))
        near = min(from_start, from_end)
        key = row["fnFunkType"], from_end < from_start
        told = (-near, row["fnFraDato"], place, row["fnFunkVerdi"])
        if near <= DAYS_NEAR:
            nearest[key] = max(told, nearest.get(key, told))
    scores = {key: int(score) for key, (*_, score) in nearest.items()}
    return {name: (scores.get((name, False)), scores.get((name, True))) for name, _ in scores}


def _scored(one: Facts) -> Iterator[str]:
    for stay in _ended_stays(one):
        ends = _scores(one, stay).values()
        at_start = any(start for start, _ in ends)
        at_end = any(end for _, end in ends)
        words = {(1, 1): "begge", (1, 0): "bare_start", (0, 1): "bare_slutt", (0, 0): "ingen"}
        yield words[at_start, at_end]


def _better(variable: str) -> Callable[[Facts], Iterator[str]]:
    def belongs(one: Facts) -> Iterator[str]:
        for stay in _ended_stays(one):
            start, end = _scores(one, stay).get(variable, (None, None))
            if start and end:
                yield "uendret" if start == end else "bedre" if end < start else "daarligere"

    return belongs


# Each indicator: the first data year it is counted for, and the parts that a person gives.
INDICATORS: dict[str, tuple[int, Callable[[Facts], Iterator[str]]]] = {
    "individuell-plan-hjemme": (0, _plan_at_home),
    "individuell-plan-institusjon": (0, _plan_in_institution),
    "individuell-plan-hjemmetjeneste": (0, _plan_with_home_services),
    "individuell-plan-kostra": (0, _plan_kostra),
    "legemiddelgjennomgang": (0, _review),
    "ernaering-sykehjem-vurdert": (0, _nutrition(_in_nursing_home, 0)),
    "ernaering-sykehjem-risiko": (0, _nutrition(_in_nursing_home, 1)),
    "ernaering-sykehjem-plan": (0, _nutrition(_in_nursing_home, 2)),
    "ernaering-hjemme-vurdert": (0, _nutrition(_nursed_at_home, 0)),
    "ernaering-hjemme-risiko": (0, _nutrition(_nursed_at_home, 1)),
    "ernaering-hjemme-plan": (0, _nutrition(_nursed_at_home, 2)),
    "lege": (0, _seen("poVurdLege")),
    "tannlege": (0, _seen("poVurdTann")),
    "velferdsteknologi": (0, _has(*TECHNOLOGY)),
    "trygghetsalarm": (0, _has(ALARM)),
    "lokaliseringsteknologi": (0, _has(GPS)),
    "medisineringsstoette": (2019, _has(MEDICATION)),
    "digitalt-tilsyn": (2019, _has(SUPERVISION)),
    "heldoegnstilbud": (2019, _round_the_clock),
    "venteliste": (2019, _waiting),
    "venteliste-hjemme-eller-opphold": (2019, _waiting_where),
    "dagaktivitet-demens": (0, _demented_with(DAY_ACTIVITY)),
    "stoettekontakt-demens": (0, _demented_with(SUPPORT_CONTACT)),
    "iverksettingstid": (0, _started()),
    "iverksettingstid-langtidsopphold": (0, _started(LONG_STAY)),
    "funksjonsvurdering-rehabiliteringsopphold": (0, _scored),
    "bedring-bevege-seg-innendoers": (0, _better("5")),
    "bedring-husarbeid": (0, _better("6")),
    "bedring-personlig-hygiene": (0, _better("7")),
    "bedring-lage-mat": (0, _better("9")),
    "bedring-bevege-seg-utendoers": (0, _better("12")),
}
