"""What is measured, and what each figure may be; the data is in maalinger.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.writer import Wish

if TYPE_CHECKING:
    from collections.abc import Sequence

XMLLINT, CLEAN, VERSION = "xmllint", "clean", "--version"
FAULTS = 0.02


@dataclass(frozen=True, slots=True)
class Case:
    """One way to run the whole job, on files of some sizes; all sizes when none is told."""

    name: str
    rounds: int
    persons: Sequence[int] = ()
    pure: bool = False
    indicators: bool = False
    invalid: float = 0.0
    findings_each: int = 0

    def wish(self, persons: int) -> Wish:
        """Return the file that the case runs on."""
        if self.findings_each:
            return Wish(persons, findings_per_person=self.findings_each)
        return Wish(persons, faults=FAULTS, invalid=self.invalid)

    def runs_at(self, persons: int, at: int) -> bool:
        """Tell whether a size is run in a round, counted from 0."""
        return at < self.rounds and persons in (self.persons or (persons,))


@dataclass(frozen=True, slots=True)
class Limit:
    """What figures may be: those of some cases and sizes, or of all."""

    of: str
    limit: float
    goal: float | None = None
    cases: Sequence[str] = ()
    persons: Sequence[int] = ()

    def binds(self, of: str, case: str, persons: int | None) -> bool:
        """Tell whether a figure is held to this."""
        return (
            self.of == of
            and (not self.cases or case in self.cases)
            and (not self.persons or persons in self.persons)
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is measured."""

    persons: Sequence[int]
    cases: Sequence[Case]
    limits: Sequence[Limit]

    def limit(self, of: str, case: str, persons: int | None) -> Limit | None:
        """Return what a figure is held to."""
        return next((one for one in self.limits if one.binds(of, case, persons)), None)


@cache
def plan() -> Plan:
    """Return what `make bench` measures."""
    told = tomllib.loads(Path(__file__).with_name("maalinger.toml").read_text(encoding="utf-8"))
    return Plan(
        told["persons"],
        [Case(**row) for row in told["case"]],
        [Limit(**row) for row in told["limit"]],
    )
