"""Faults put into an otherwise clean person: codes outside their lists, and against the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.records import Person

    Fault = Callable[[list[str], int], list[str]]

# The typical faults, by the rule that finds them; each is a fault of the generator.
TYPICAL = (
    "IP-01", "IP-03", "KOO-03", "REH-01", "REH-03", "LMG-01", "LMG-03", "LMG-05", "LMG-07",
    "ERN-01", "ERN-04", "ERN-06", "KOD-01", "KOD-02", "KTR-03", "KTR-09", "INN-04", "SAM-05",
)  # fmt: skip
PLAIN_CODES = (
    "poHusstand", "poOmsorgBarn", "poPrivHjelp", "poBoligTilr",
    "poArbBistBehov", "poArbTranspBehov", "poFriBistBehov", "poFriTranspBehov",
)  # fmt: skip


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


def break_schema(lines: list[str], chance: Chance) -> list[str]:
    """Return a person's lines with one fault that the schema refuses, of those it has room for."""
    places = [(fault, _where(lines, marker)) for marker, fault in SCHEMA_FAULTS]
    possible = [(fault, at) for fault, at in places if at is not None]
    fault, at = possible[chance.below(len(possible))]
    return fault(lines, at)


def _where(lines: list[str], text: str) -> int | None:
    return next((number for number, line in enumerate(lines) if text in line), None)


def _changed(old: str, new: str) -> Fault:
    return lambda lines, at: [*lines[:at], lines[at].replace(old, new), *lines[at + 1 :]]


def _wrong_order(lines: list[str], at: int) -> list[str]:
    return [*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]]


def _extra_text(lines: list[str], at: int) -> list[str]:
    return [*lines[: at + 1], "ukjent tekst", *lines[at + 1 :]]


def _dropped_element(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], *lines[at + 1 :]]


def _unknown_element(lines: list[str], at: int) -> list[str]:
    return [*lines[:at], "   <poUkjent>1</poUkjent>", *lines[at:]]


SCHEMA_FAULTS: tuple[tuple[str, Fault], ...] = (
    ("<poPrivHjelp>", _changed("poPrivHjelp", "poPrivhjelp")),
    ("<peKjonn>", _wrong_order),
    ("<peFraDato>", _changed("<peFraDato>", "<peFraDato>31.12.")),
    ("<TJENESTE", _changed(' tjTjID="1"', "")),
    ("<TJENESTE", _extra_text),
    ("<tjTjenType>", _dropped_element),
    ("<poHusstand>", _unknown_element),
    ("<peAlder>", _changed("</peAlder>", " år</peAlder>")),
)
