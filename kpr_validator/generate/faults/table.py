"""The faults as they stand in `feil/*.toml`: one per rule page, and the documented real errors.

om        what has happened, in a few words
regel     the rule that finds it, when the name is not the rule's own
person    the kind of person (personer.toml) that it is planted in, and `antall` of them
endre     the edit of that person (edit.py); `alle` of everybody else (crowd.py)
sending   new values in INNHINFO (`info`) and of the first contact (`kontakt`)
ident     the ident message: edits of the planted person's row, of the others', of itself
fjor      last year's file: an edit of everybody, `sending` new values in INNHINFO
forrige   the earlier sending: new values in INNHINFO
tekst     a pattern in the person's text and what it becomes, or what happens to a file
ledsager  the files that must be beside the submission for the rule to be asked
funn      the findings: rule, field, and where («post»); once per planted person, or
          once for the sending, or on the last person or all others
med       rules whose findings come along, as the product itself says
aar       the data years that it can be made in; `dataar` another
          year for the whole, by the last year that it is instead of
alene     it can't stand in a file with others; `minst` how many persons it needs
ekte      it is seen only when the file is not said to be a test
kontroller  the file to be checked, when it is not the submission
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpr_validator import toml
from kpr_validator.generate.files import IDENT, LAST_YEAR, PREVIOUS, SENDING, UNITS
from kpr_validator.generate.submission import LAST_YEAR_KNOWN, YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EDITS = ("endre", "alle", "sending", "fjor", "forrige", "ident", "tekst")
_FACTS = (
    "om", "regel", "person", "antall", "ledsager", "funn", "med", "aar", "dataar", "alene",
    "minst", "ekte", "kontroller",
)  # fmt: skip
_ALWAYS = (0, 9999)
_KINDS = {
    "identmelding": IDENT,
    "fjoråret": LAST_YEAR,
    "forrige": PREVIOUS,
    "enheter": UNITS,
}
_RULE = re.compile(r"[A-Z]{2,3}-[0-9]{2}")


class FaultTableError(ValueError):
    """A fault in `feil` that can't be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding that a fault gives: its rule, and where it stands.

    `row` is the class of the record, with its place from 1 («tjeneste 2»), «person» for the
    person itself, and «sending» for what stands once in the file. `whom` is one of
    «planted», «last» (of the planted) and «others» (all but the planted). It is found in
    some years only, and, with a `companion`, only when that file is there.
    """

    rule: str
    field: str | None
    row: str
    whom: str
    since: int
    until: int
    companion: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what is done to which file, and the findings that it gives.

    `person` names the kind of person that it happens to, and `count` how many of them.
    `changes` name what happens to a whole file, by its kind.
    """

    id: str
    about: str
    person: str | None
    count: int
    edits: Mapping[str, Any]
    changes: Mapping[str, str]
    findings: Sequence[Told]
    follows: frozenset[str]
    since: int
    until: int
    is_alone: bool
    fewest: int
    companions: frozenset[str]
    is_seen_in_tests: bool
    checked: str
    data_years: Mapping[int, int]

    @property
    def is_rule(self) -> bool:
        """Tell whether the fault is the one of a rule page, not of a documented error."""
        return _RULE.fullmatch(self.id) is not None

    def data_year(self, year: int) -> int:
        """Return the data year that the whole is made for when a year is asked for."""
        return next((other for last, other in self.data_years.items() if year <= last), year)

    def is_of(self, year: int) -> bool:
        """Tell whether the fault can be made in a data year."""
        return self.since <= year <= self.until


@cache
def faults() -> Mapping[str, Fault]:
    """Return every fault by its id: a rule's, or the name of a documented error.

    Raises FaultTableError when something in the tables is unknown.
    """
    found: dict[str, Fault] = {}
    for path in sorted((Path(__file__).parent / "feil").glob("*.toml")):
        for name, told in toml.loads(path.read_text(encoding="utf-8")).items():
            if unknown := told.keys() - {*_FACTS, *_EDITS}:
                message = f"{path.name}: {name}: ukjent {', '.join(sorted(unknown))}"
                raise FaultTableError(message)
            found[name] = _fault(name, told)
    return found


def _fault(name: str, told: Mapping[str, Any]) -> Fault:
    rule = told.get("regel", name)
    since, until = told.get("aar", YEARS)
    companions = frozenset(_KINDS[word] for word in told.get("ledsager", ()))
    if LAST_YEAR in companions:
        since = max(since, LAST_YEAR_KNOWN)
    return Fault(
        id=name,
        about=told.get("om", ""),
        person=told.get("person"),
        count=told.get("antall", 1),
        edits={place: told[place] for place in _EDITS if place in told},
        changes=_changes(told.get("tekst", {})),
        findings=tuple(_told(rule, one) for one in told.get("funn", [{}])),
        follows=frozenset(told.get("med", ())),
        since=since,
        until=until,
        is_alone=told.get("alene", False),
        fewest=told.get("minst", 1),
        companions=companions,
        is_seen_in_tests=not told.get("ekte", False),
        checked=_KINDS[told["kontroller"]] if "kontroller" in told else SENDING,
        data_years={int(last): year for last, year in told.get("dataar", {}).items()},
    )


def _changes(told: Mapping[str, str]) -> dict[str, str]:
    """Return what happens to whole files, by kind."""
    kinds = {"fil": SENDING, **_KINDS}
    return {kinds[word]: change for word, change in told.items() if word in kinds}


def _told(rule: str, told: Mapping[str, Any]) -> Told:
    whom = "others" if told.get("andre") else "last" if told.get("siste") else "planted"
    since, until = told.get("aar", _ALWAYS)
    return Told(
        rule=told.get("regel", rule),
        field=told.get("felt"),
        row=told.get("post", "sending"),
        whom=whom,
        since=since,
        until=until,
        companion=_KINDS[told["hvis"]] if "hvis" in told else None,
    )
