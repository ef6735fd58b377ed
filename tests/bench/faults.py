"""Faults put into an otherwise clean person: breaches of rules, and of the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.people import ADULT, LONG_STAY, NUTRITION, Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.chance import Chance
    from tests.bench.services import Fields

PLAIN_CODES = (
    "poHusstand", "poOmsorgBarn", "poPrivHjelp", "poBoligTilr",
    "poArbBistBehov", "poArbTranspBehov", "poFriBistBehov", "poFriTranspBehov",
)  # fmt: skip


def add_rule_fault(person: Person, chance: Chance) -> None:
    """Give `person` one of the typical faults that fits the person."""
    while not chance.one_of(RULE_FAULTS)(person):
        pass


def add_findings(person: Person, wanted: int) -> None:
    """Give `person` exactly `wanted` codes outside their lists; one score stays right."""
    for row in person.personoppl:
        for name in PLAIN_CODES:
            if wanted == 0:
                return
            row[name] = "8"
            wanted -= 1
    while len(person.funksjon) <= wanted:
        person.funksjon.append(
            {
                "fnFunkType": str(len(person.funksjon) % 18 + 1),
                "fnFunkVerdi": "2",
                "fnFraDato": "20190201",
                "fnTilDato": "99991231",
            }
        )
    for score in person.funksjon[1 : wanted + 1]:
        score["fnFunkVerdi"] = "7"


def _at_year_end(person: Person, types: frozenset[int]) -> bool:
    """Return whether the person lives and has one of the services at the end of the year."""
    ends = [row["tjTilDato"] for row in person.tjeneste if int(row["tjTjenType"]) in types]
    return "peDodDato" not in person.facts and any(end >= "20191231" for end in ends)


def _resident(person: Person) -> Fields | None:
    """Return the current row of an adult in langtidsopphold at the end of the year."""
    return person.personoppl[-1] if _at_year_end(person, frozenset((LONG_STAY,))) else None


def _set(row: Fields | None, **values: str | None) -> bool:
    if row is None:
        return False
    for name, value in values.items():
        if value is None:
            row.pop(name, None)
        else:
            row[name] = value
    return True


def _in_rehabilitation(person: Person) -> Fields | None:
    row = person.personoppl[-1]
    return row if row.get("poHab") == "1" else None


def _with_nutrition(person: Person) -> Fields | None:
    needed = person.types() & NUTRITION and person.age >= ADULT
    return person.personoppl[-1] if needed else None


def _assessed(person: Person) -> Fields | None:
    row = _with_nutrition(person)
    return row if row and row.get("poErnKartlagt") == "1" else None


def _assessed_and_served(person: Person) -> Fields | None:
    """Return the row of one whose assessment still counts at the end of the year."""
    return _assessed(person) if _at_year_end(person, NUTRITION) else None


def _with_hours(person: Person) -> Fields | None:
    return next((row for row in person.tjeneste if "tjTimerUke" in row), None)


def _with_decision(person: Person) -> Fields | None:
    return next((row for row in person.tjeneste if "tjVedtak" in row), None)


def _old_code(person: Person) -> bool:
    return _set(
        person.tjeneste[-1], tjTjenType="16", tjTimerUke=None, tjResTimerUke=None, tjInstOrgnr=None
    )


def _score(person: Person) -> bool:
    return _set(person.funksjon[0] if person.funksjon else None, fnFunkVerdi="6")


def _all_nutrition_gone(person: Person) -> bool:
    return _set(
        _with_nutrition(person),
        poErnKartlagt=None, poErnKartlagtDato=None, poErnRisiko=None,
        poErnRisikoDato=None, poErnPlan=None, poErnPlanDato=None,
    )  # fmt: skip


RULE_FAULTS: tuple[Callable[[Person], bool], ...] = (
    lambda p: _set(_in_rehabilitation(p), poIndPlan=None),
    lambda p: _set(_in_rehabilitation(p), poIndPlan="9"),
    lambda p: _set(_in_rehabilitation(p), poHarKoordinator="4"),
    lambda p: _set(_in_rehabilitation(p), poHabDato=None),
    lambda p: _set(_resident(p), poLegeMiddGj=None, poLegeMiddGjDato=None),
    lambda p: _set(_resident(p), poLegeMiddGj="1", poLegeMiddGjDato=None),
    lambda p: _set(_resident(p), poLegeMiddGj="1", poLegeMiddGjDato="20200106"),
    lambda p: _set(_resident(p), poLegeMiddGj="1", poLegeMiddGjDato="20180512"),
    _all_nutrition_gone,
    lambda p: _set(_assessed(p), poErnKartlagtDato=None),
    lambda p: _set(_assessed_and_served(p), poErnKartlagtDato="20171103"),
    lambda p: _set(p.personoppl[-1], poHusstand="7"),
    lambda p: _set(p.tjeneste[-1], tjTjenType="10"),
    _old_code,
    lambda p: _set(_with_hours(p), tjTimerUke="200.00", tjResTimerUke=None),
    lambda p: _set(_with_decision(p), tjSoknadDato=None),
    _score,
    lambda p: _set(p.facts, peKomnr="9999"),
)


def break_schema(lines: list[str], chance: Chance) -> list[str]:
    """Return a person's lines with one fault that the schema refuses."""
    return SCHEMA_FAULTS[chance.below(len(SCHEMA_FAULTS))](lines)


def _where(lines: list[str], text: str) -> int:
    return next(number for number, line in enumerate(lines) if text in line)


def _changed(lines: list[str], marker: str, old: str, new: str) -> list[str]:
    at = _where(lines, marker)
    return [*lines[:at], lines[at].replace(old, new), *lines[at + 1 :]]


def _wrong_order(lines: list[str]) -> list[str]:
    at = _where(lines, "<peKjonn>")
    return [*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]]


def _extra_text(lines: list[str]) -> list[str]:
    at = _where(lines, "<TJENESTE")
    return [*lines[: at + 1], "ukjent tekst", *lines[at + 1 :]]


def _dropped_element(lines: list[str]) -> list[str]:
    at = _where(lines, "<tjTjenType>")
    return [*lines[:at], *lines[at + 1 :]]


def _unknown_element(lines: list[str]) -> list[str]:
    at = _where(lines, "<poHusstand>")
    return [*lines[:at], "   <poUkjent>1</poUkjent>", *lines[at:]]


SCHEMA_FAULTS: tuple[Callable[[list[str]], list[str]], ...] = (
    lambda lines: _changed(lines, "<poPrivHjelp>", "poPrivHjelp", "poPrivhjelp"),
    _wrong_order,
    lambda lines: _changed(lines, "<peFraDato>", "<peFraDato>20", "<peFraDato>31.12.20"),
    lambda lines: _changed(lines, "<TJENESTE", ' tjTjID="1"', ""),
    _extra_text,
    _dropped_element,
    _unknown_element,
    lambda lines: _changed(lines, "<peAlder>", "</peAlder>", " år</peAlder>"),
)
