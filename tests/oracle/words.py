"""Who a person is on the status day and in the year, and what the answers say, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.oracle.facts import OPEN, day

if TYPE_CHECKING:
    from tests.oracle.facts import Facts

LONG_STAY = 21
AT_HOME = 16
FIRST_MONTH = "200501"


def plan_answer(one: Facts) -> str:
    """Return what is answered about individuell plan."""
    fourth = "9" if one.year.number <= 2018 else "4"
    words = {"": "mangler", "1": "virksom", "2": "ikke_utarbeidet", "3": "onsker_ikke"}
    return (words | {fourth: "oppfyller_ikke"}).get(one.answer("poIndPlan"), "ugyldig")


def is_rehabilitated_at_home(one: Facts) -> bool:
    """Tell whether the person received rehabilitation outside institution in the year."""
    return one.has(AT_HOME) if one.year.number <= 2018 else one.ever("poHab")


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


def answered(one: Facts, field: str, yes: str, no: str) -> str:
    """Return what is answered to a question of yes and no."""
    words = {"1": yes, "2": no, "9": "ikke_relevant", "": "mangler"}
    return words.get(one.answer(field), "ugyldig")


def month_seen(one: Facts, field: str) -> str:
    """Return when a doctor or dentist last saw the person, by months."""
    month, first, last = one.answer(field), one.year.first[:6], one.year.last[:6]
    if not month:
        return "mangler"
    is_month = re.fullmatch("[0-9]{4}(0[1-9]|1[0-2])", month)
    if not is_month or not FIRST_MONTH <= month <= last:
        return "ugyldig"
    return "siste_12" if month >= first else "eldre"


def is_recipient(one: Facts) -> bool:
    """Tell whether any service of the year is counted."""
    return any(service.is_counted for service in one.services)


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
