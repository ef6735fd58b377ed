"""What stands of each resident in the checklist of the institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.oracle.facts import day
from tests.oracle.words import LONG_STAY, dated, is_resident, month_seen, plan_answer

if TYPE_CHECKING:
    from tests.oracle.facts import Facts

ADULT = 18
FIRST_DAY = "20050101"
SAME = {"nei": "nei", "ikke_relevant": "ikke_relevant", "mangler": "mangler"}
SEEN = {"siste_12": "ja", "eldre": "gammel", "mangler": "mangler", "ugyldig": "annet"}
PLANS = {
    "virksom": "ja", "ikke_utarbeidet": "nei", "onsker_ikke": "oensker_ikke",
    "oppfyller_ikke": "uten_rett", "mangler": "mangler", "ugyldig": "annet",
}  # fmt: skip


class Listed(NamedTuple):
    """A resident: the last stay's unit, the first day of all stays, and a word for each point."""

    unit: str | None
    person: str
    age: int | None
    since: str
    words: tuple[str, ...]


def checklist(people: list[Facts]) -> list[Listed]:
    """Return the residents by institution, those without one first."""
    found = [_listed(one) for one in people if is_resident(one)]
    return sorted(found, key=lambda one: (one.unit or "", int(one.person)))


def _listed(one: Facts) -> Listed:
    stays = [service for service in one.services if service.code == LONG_STAY]
    nutrition = _dated(one, "poErnKartlagt")
    if nutrition == "ja" and one.answer("poErnRisiko") == "1" and one.answer("poErnPlan") != "1":
        nutrition = "uten_plan"
    words = [_dated(one, "poLegeMiddGj"), nutrition]
    words += [SEEN[month_seen(one, field)] for field in ("poVurdLege", "poVurdTann")]
    if not one.is_aged(ADULT):
        words = ["gjelder_ikke"] * len(words)
    return Listed(
        one.unit(LONG_STAY),
        one.person["pePeID"],
        one.age,
        min(stay.start for stay in stays),
        (*words, PLANS[plan_answer(one)]),
    )


def _dated(one: Facts, field: str) -> str:
    word = dated(one, field, "ja", "nei")
    if word != "annen_dato":
        return SAME.get(word, word if word in {"ja", "uten_dato"} else "annet")
    row = one.answered_on(field)
    when = row[f"{field}Dato"] if row else ""
    is_usable = day(when) and FIRST_DAY <= when <= one.year.last
    return "gammel" if is_usable else "uten_dato"
