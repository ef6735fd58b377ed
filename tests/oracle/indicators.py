"""Which part of each indicator a person, a stay or a service belongs to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.oracle.facts import DECIDED, Facts, day, days_between
from tests.oracle.stays import REHABILITATION_STAY, better, scored
from tests.oracle.words import (
    LONG_STAY,
    answered,
    dated,
    has_dementia,
    is_at_home,
    is_recipient,
    is_rehabilitated_at_home,
    is_resident,
    month_seen,
    plan_answer,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.oracle.facts import Service

Parts = dict[str, defaultdict[str, list[str]]]

HOME_NURSING = 15
SHORT_STAYS = (18, 19, 20)
ALARM, GPS, MEDICATION, SUPERVISION = 6, 26, 27, 28
TECHNOLOGY = (ALARM, GPS, MEDICATION, SUPERVISION)
DAY_ACTIVITY, SUPPORT_CONTACT = 4, 9
HOME_SERVICES = (1, 2, 3, 7, 11, 15)
OLD = 67


def count(people: Iterable[Facts]) -> Parts:
    """Return whom each part of each indicator that the year has counts, one name for each."""
    parts: Parts = {name: defaultdict(list) for name in INDICATORS}
    for one in people:
        for name, (since, belongs) in INDICATORS.items():
            if one.year.number >= since:
                for part in belongs(one):
                    parts[name][part].append(one.person["pePeID"])
    return parts


MEASURES = {
    "virksom": "maaltall_1",
    "ikke_utarbeidet": "maaltall_2",
    "onsker_ikke": "maaltall_3",
    "oppfyller_ikke": "maaltall_4",
    "mangler": "maaltall_5",
    "ugyldig": "ugyldig",
}


def _plan_at_home(one: Facts) -> Iterator[str]:
    if is_rehabilitated_at_home(one):
        yield MEASURES[plan_answer(one)]


def _plan_in_institution(one: Facts) -> Iterator[str]:
    if one.has(REHABILITATION_STAY):
        yield MEASURES[plan_answer(one)]


def _plan_with_home_services(one: Facts) -> Iterator[str]:
    if one.has(*HOME_SERVICES, now=True, counted=True):
        yield plan_answer(one)


def _plan_kostra(one: Facts) -> Iterator[str]:
    left_out = {14, 21, 23, 24, 25}
    if one.year.number <= 2019:
        left_out |= {22, 26, 27, 28}
    if one.year.number == 2019:
        left_out |= {12, 13, 29}
    if one.has(*(set(range(1, 30)) - left_out), now=True, counted=True):
        yield plan_answer(one)


def _is_in_nursing_home(one: Facts) -> bool:
    """Tell whether the person is old and lives in what is not known to be something else."""
    return is_resident(one) and one.is_aged(OLD) and one.homes.get(one.unit(LONG_STAY) or "", True)


def _review(one: Facts) -> Iterator[str]:
    if _is_in_nursing_home(one):
        yield dated(one, "poLegeMiddGj", "gjort", "nei")


def _nursed_at_home(one: Facts) -> bool:
    return one.has(HOME_NURSING, now=True) and one.is_aged(OLD)


def _nutrition(meant: Callable[[Facts], bool], link: int) -> Callable[[Facts], Iterator[str]]:
    """Return one link of the chain: assessed, of them at risk, of them with a plan."""

    def belongs(one: Facts) -> Iterator[str]:
        if not meant(one):
            return
        chain = (
            dated(one, "poErnKartlagt", "vurdert", "ikke_kartlagt"),
            answered(one, "poErnRisiko", "i_risiko", "ikke_i_risiko"),
            answered(one, "poErnPlan", "plan", "ikke_plan"),
        )
        if chain[:link] == ("vurdert", "i_risiko")[:link]:
            yield chain[link]

    return belongs


def _seen(field: str) -> Callable[[Facts], Iterator[str]]:
    def belongs(one: Facts) -> Iterator[str]:
        if is_resident(one):
            yield month_seen(one, field)

    return belongs


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


# Each indicator: the first data year it is counted for, and the parts that a person gives.
INDICATORS: dict[str, tuple[int, Callable[[Facts], Iterator[str]]]] = {
    "individuell-plan-hjemme": (0, _plan_at_home),
    "individuell-plan-institusjon": (0, _plan_in_institution),
    "individuell-plan-hjemmetjeneste": (0, _plan_with_home_services),
    "individuell-plan-kostra": (0, _plan_kostra),
    "legemiddelgjennomgang": (0, _review),
    "ernaering-sykehjem-vurdert": (0, _nutrition(_is_in_nursing_home, 0)),
    "ernaering-sykehjem-risiko": (0, _nutrition(_is_in_nursing_home, 1)),
    "ernaering-sykehjem-plan": (0, _nutrition(_is_in_nursing_home, 2)),
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
    "funksjonsvurdering-rehabiliteringsopphold": (0, scored),
    "bedring-bevege-seg-innendoers": (0, better("5")),
    "bedring-husarbeid": (0, better("6")),
    "bedring-personlig-hygiene": (0, better("7")),
    "bedring-lage-mat": (0, better("9")),
    "bedring-bevege-seg-utendoers": (0, better("12")),
}
