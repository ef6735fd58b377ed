"""Runs each rule's SELECT: one pass gives whom it is about, how many break it, and which."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import sql
from kpr_validator.ledger import Entry
from kpr_validator.model import Status, Tally
from kpr_validator.rules import CERTAINTY, CONSEQUENCE, SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.ledger import Ledger
    from kpr_validator.model import Rule, Value

MEANT_FOR_ENGINE = frozenset(
    [
        "rad",
        "brudd",
        "felt",
        "tabell",
        "verdi",
        "antall",
        "forventet",
        "alvorlighet",
        "konsekvens",
        "sikkerhet",
    ]
)
_NAME = re.compile(r"[a-zæøåA-ZÆØÅ_][\wæøåÆØÅ]*")


class Year(NamedTuple):
    """The data year as rules see it; the days are YYYYMMDD."""

    aar: int
    fra: str
    til: str
    statusdato: str


@dataclass
class Checker:
    """Runs rules over one submission's tables.

    `given` names the extra files that are there (ident, fjor).
    """

    con: sqlite3.Connection
    year: Year
    ledger: Ledger
    given: frozenset[str] = frozenset()

    def prepare(self, rules: Sequence[Rule]) -> dict[str, str]:
        """Materialise what the rules use; return the concepts that failed and why."""
        failed: dict[str, str] = {}
        for name in sql.needed(rule.sql for rule in rules if rule.sql):
            try:
                sql.materialise(self.con, name, self.year._asdict())
            except sqlite3.Error as error:
                failed[name] = str(error)
        return failed

    def is_meant(self, rule: Rule) -> bool:
        """Tell whether the rule is in force in the data year."""
        return (rule.since or 0) <= self.year.aar <= (rule.until or 9999)

    def run(self, rules: Sequence[Rule]) -> Iterator[Tally]:
        """Run the rules in order; a rule that fails says so and does not stop the others."""
        meant = [rule for rule in rules if self.is_meant(rule)]
        self.prepare([rule for rule in meant if self.given.issuperset(rule.needs)])
        for rule in rules:
            if rule not in meant:
                yield _idle(rule, Status.OUTSIDE, "year")
            elif missing := set(rule.needs) - self.given:
                yield _idle(rule, Status.SKIPPED, ", ".join(sorted(missing)))
            else:
                try:
                    yield from self._tallies(rule)
                except (sqlite3.Error, RuleError, ValueError, KeyError) as error:
                    yield _idle(rule, Status.FAILED, f"{type(error).__name__}: {error}")

    def _tallies(self, rule: Rule) -> list[Tally]:
        parameters = {**self.year._asdict(), **self._own(rule)}
        columns = self._columns(rule, parameters)
        gathered: list[tuple[Value, ...]] = []

        class Gather:
            """Takes the rows that break the rule."""

            def step(self, *cells: Value) -> None:
                gathered.append(cells)

            def finalize(self) -> None:
                return None

        self.con.create_aggregate("samle", -1, Gather)  # type: ignore[arg-type]
        weight = "antall" if "antall" in columns else "1"
        by = "felt" if "felt" in columns else "NULL"
        kept = [name for name in columns if name not in {"brudd", "antall"}]
        statement = (
            f"SELECT {by}, total({weight}), count(*), count(brudd),"  # noqa: S608  our own pages
            f" total(CASE WHEN brudd THEN {weight} END),"
            f" samle({', '.join(kept)}) FILTER (WHERE brudd) FROM ({rule.sql}) GROUP BY 1"
        )
        with sql.guarded(self.con):
            rows = self.con.execute(statement, parameters).fetchall()
        if any(count != told for _, _, count, told, _, _ in rows):
            message = "brudd er NULL for en rad"
            raise RuleError(message)
        self._keep(rule, kept, gathered)
        tallies = [
            Tally(rule.id, name, _status(population, broken), None, int(population), int(broken))
            for name, population, _, _, broken, _ in rows
        ]
        return tallies or [_idle(rule, Status.OUTSIDE, None)]

    def _own(self, rule: Rule) -> dict[str, Value]:
        """Return the page's own parameters as they stand in the data year."""
        own: dict[str, Value] = {}
        for name, values in rule.parameters.items():
            known = [year for year in values if year <= self.year.aar]
            own[name] = values[max(known)] if known else None
        return own

    def _columns(self, rule: Rule, parameters: Mapping[str, Value]) -> list[str]:
        with sql.guarded(self.con):
            cursor = self.con.execute(f"SELECT * FROM ({rule.sql}) LIMIT 0", parameters)  # noqa: S608
        columns = [column[0] for column in cursor.description]
        if "brudd" not in columns or not (
            {"rad"} <= set(columns) or {"tabell", "verdi"} <= set(columns)
        ):
            message = "SELECT må gi brudd, og rad eller tabell og verdi"
            raise RuleError(message)
        return columns

    def _keep(self, rule: Rule, columns: Sequence[str], rows: list[tuple[Value, ...]]) -> None:
        is_about_values = "rad" not in columns
        entries = (
            entry
            for row in rows
            for entry in self._entries(
                rule, dict(zip(columns, row, strict=True)), by_value=is_about_values
            )
        )
        self.ledger.add(entries, rule.severity)

    def _entries(self, rule: Rule, cells: dict[str, Value], *, by_value: bool) -> Iterator[Entry]:
        details = _details(cells)
        field = cells.get("felt") or (rule.fields[0] if rule.fields else None)
        for rad in self._rows(cells) if by_value else (cells["rad"],):
            yield Entry(int(rad or 0), rule.id, str(field) if field else None, details)

    def _rows(self, cells: Mapping[str, Value]) -> list[int]:
        """Return the rows of a table that hold a value."""
        table, name = str(cells["tabell"]), str(cells["felt"])
        if not (_NAME.fullmatch(table) and _NAME.fullmatch(name)):
            message = f"ugyldig navn {table}.{name}"
            raise RuleError(message)
        found = self.con.execute(
            f"SELECT rad FROM {table} WHERE {name} IS ?",  # noqa: S608  names checked above
            (cells["verdi"],),
        )
        return [row[0] for row in found]


class RuleError(Exception):
    """A rule's SELECT does not give what the engine needs."""


def _status(population: float, broken: float) -> Status:
    if not population:
        return Status.OUTSIDE
    return Status.VIOLATIONS if broken else Status.PASS


def _idle(rule: Rule, status: Status, reason: str | None) -> Tally:
    return Tally(rule.id, rule.fields[0] if rule.fields else None, status, reason, 0, 0)


def _details(cells: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a finding must remember: its own severity and consequence, and placeholders."""
    details: dict[str, Value] = {
        name: value for name, value in cells.items() if name not in MEANT_FOR_ENGINE
    }
    if cells.get("forventet") is not None:
        details["expected"] = cells["forventet"]
    if "alvorlighet" in cells:
        details["severity"] = SEVERITY[str(cells["alvorlighet"])]
    if "konsekvens" in cells:
        details["consequence"] = CONSEQUENCE[str(cells["konsekvens"])]
    if "sikkerhet" in cells:
        details["certainty"] = CERTAINTY[str(cells["sikkerhet"])]
    return details
