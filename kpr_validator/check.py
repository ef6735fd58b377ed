"""Runs each rule's SELECT: one pass gives whom it is about, how many break it, and which."""

from __future__ import annotations

import json
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import concepts, engine, sql
from kpr_validator.gathered import Gathered, gathering
from kpr_validator.ledger import Effect, Kind
from kpr_validator.model import Status, Tally
from kpr_validator.rules import CERTAINTY, CONSEQUENCE, SEVERITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
    """The data year as rules see it; the days are YYYYMMDD, `testdata` is 1 for a test sending."""

    aar: int
    fra: str
    til: str
    statusdato: str
    testdata: int = 0


@dataclass
class Checker:
    """Runs rules over one submission's tables.

    `given` names the extra files that are there (ident, fjor, …). `begun` is told each
    concept and each rule, and `seconds` tells what they took.
    """

    con: engine.Connection
    year: Year
    ledger: Ledger
    given: frozenset[str] = frozenset()
    begun: Callable[[str], None] = lambda _name: None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        since = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - since

    def prepare(self, rules: Sequence[Rule]) -> dict[str, str]:
        """Materialise what the rules use; return the concepts that failed and why."""
        failed: dict[str, str] = {}
        for name in concepts.needed(rule.sql for rule in rules if rule.sql):
            self.begun(name)
            try:
                with self._timed(name):
                    concepts.materialise(self.con, name, self.year._asdict())
            except Exception as error:  # noqa: BLE001  whatever it is, what builds on it is undecided
                failed[name] = str(error)
        return failed

    def is_meant(self, rule: Rule) -> bool:
        """Tell whether the rule is in force in the data year."""
        return (rule.since or 0) <= self.year.aar <= (rule.until or 9999)

    def run(self, rules: Sequence[Rule]) -> Iterator[Tally]:
        """Run the rules in order; a rule that fails says so and does not stop the others."""
        meant = [rule for rule in rules if self.is_meant(rule)]
        failed = self.prepare([rule for rule in meant if self.given.issuperset(rule.needs)])
        for rule in rules:
            if rule not in meant:
                yield _idle(rule, Status.OUTSIDE, "year")
            elif missing := set(rule.needs) - self.given:
                yield _idle(rule, Status.SKIPPED, ", ".join(sorted(missing)))
            elif failed and (why := self._missing(rule, failed)):
                yield _idle(rule, Status.FAILED, why)
            else:
                self.begun(rule.id)
                try:
                    with self._timed(rule.id):
                        tallies = self._tallies(rule)
                    yield from tallies
                except Exception as error:  # noqa: BLE001  whatever it is, the rule is undecided
                    yield _idle(rule, Status.FAILED, f"{type(error).__name__}: {error}")

    def _missing(self, rule: Rule, failed: Mapping[str, str]) -> str | None:
        """Return why a concept that the rule builds on could not be made, None if all are."""
        names = concepts.needed([str(rule.sql)])
        return next((f"{name}: {failed[name]}" for name in names if name in failed), None)

    def _tallies(self, rule: Rule) -> list[Tally]:
        parameters = {**self.year._asdict(), **self._own(rule)}
        columns = self._columns(rule, parameters)
        told = [name for name in columns if name not in {"rad", "brudd", "antall"}]
        gathered = Gathered(told, by_row="rad" in columns)
        with gathering(gathered):
            rows = self._counted(rule, columns, parameters, gathered)
        if any(count != given for _, _, count, given, _ in rows):
            message = "brudd er NULL for en rad"
            raise RuleError(message)
        if gathered.rows:
            self.ledger.add(self._found(rule, gathered))
        tallies = [
            Tally(rule.id, name, _status(population, broken), None, int(population), int(broken))
            for name, population, _, _, broken in rows
            if population
        ]
        return tallies or [_idle(rule, Status.OUTSIDE, None)]

    def _counted(
        self,
        rule: Rule,
        columns: Sequence[str],
        parameters: Mapping[str, Value],
        gathered: Gathered,
    ) -> list[tuple[Any, ...]]:
        """Return field, population, rows, rows judged and broken; gather what breaks the rule.

        Where a rule counts by field, what it tells is gathered apart, so that SQLite
        sorts the counted columns and not whole sentences.
        """
        number = "total(antall)" if "antall" in columns else "count(*)"
        counts = f"{number}, count(*), count(brudd), {number} FILTER (WHERE brudd)"
        rad = "rad" if gathered.by_row else "NULL"
        gather = f"samle({', '.join((rad, *gathered.names))})"
        if "felt" not in columns:
            wanted = f"NULL, {counts}, {gather} FILTER (WHERE brudd)"
            return [row[:-1] for row in self._select(wanted, rule, "", parameters)]
        rows = self._select(f"felt, {counts}", rule, "GROUP BY 1", parameters)
        if any(broken for *_, broken in rows):
            self._select(gather, rule, "WHERE brudd", parameters)
        return rows

    def _select(
        self, wanted: str, rule: Rule, rest: str, parameters: Mapping[str, Value]
    ) -> list[tuple[Any, ...]]:
        statement = f"SELECT {wanted} FROM ({rule.sql}) {rest}"  # noqa: S608  our own pages
        with sql.limited(self.con):
            return self.con.execute(statement, parameters).fetchall()

    def _own(self, rule: Rule) -> dict[str, Value]:
        """Return the page's own parameters as they stand in the data year."""
        own: dict[str, Value] = {}
        for name, values in rule.parameters.items():
            known = [year for year in values if year <= self.year.aar]
            own[name] = values[max(known)] if known else None
        return own

    def _columns(self, rule: Rule, parameters: Mapping[str, Value]) -> Sequence[str]:
        columns = sql.columns_of(self.con, str(rule.sql), parameters)
        _check_columns(columns)
        return columns

    def _found(self, rule: Rule, gathered: Gathered) -> Iterator[tuple[int, int]]:
        """Yield row and kind of each finding."""
        if gathered.by_row:
            numbers = [self._kind(rule, cells) for cells in gathered.cells()]
            yield from (
                (rad, numbers[at]) for rad, at in zip(gathered.rows, gathered.kinds, strict=True)
            )
            return
        for rad, cells in self._rows(gathered.cells()):
            yield rad, self._kind(rule, cells)

    def _kind(self, rule: Rule, cells: Mapping[str, Value]) -> int:
        field = cells.get("felt") or (rule.fields[0] if rule.fields else None)
        kind = Kind(rule.id, str(field) if field else None, _effect(rule, cells), _details(cells))
        return self.ledger.number(kind)

    def _rows(self, cells: Iterable[dict[str, Value]]) -> Iterator[tuple[int, dict[str, Value]]]:
        """Yield the rows that hold offending values: one look at each table per field."""
        fields: dict[tuple[str, str], dict[Value, dict[str, Value]]] = {}
        for cell in cells:
            place = (str(cell["tabell"]), str(cell["felt"]))
            fields.setdefault(place, {})[cell["verdi"]] = cell
        for (table, name), by_value in fields.items():
            _check_name(table)
            _check_name(name)
            found = self.con.execute(
                f"SELECT rad, {name} FROM {table} WHERE {name} IN (SELECT value FROM json_each(?1))"  # noqa: S608  names checked above
                f" OR (?2 AND {name} IS NULL)",
                (json.dumps(list(by_value)), None in by_value),
            )
            yield from ((rad, by_value[value]) for rad, value in found)


class RuleError(Exception):
    """A rule's SELECT does not give what the engine needs."""


@cache
def _check_columns(columns: tuple[str, ...]) -> None:
    """Refuse a SELECT that does not tell what the engine needs."""
    for name in columns:
        _check_name(name)
    if "brudd" not in columns or not (
        {"rad"} <= set(columns) or {"tabell", "verdi"} <= set(columns)
    ):
        message = "SELECT må gi brudd, og rad eller tabell og verdi"
        raise RuleError(message)


def _check_name(name: str) -> None:
    """Refuse what can't stand in a statement of ours."""
    if not _NAME.fullmatch(name):
        message = f"ugyldig navn {name}"
        raise RuleError(message)


def _status(population: float, broken: float) -> Status:
    if not population:
        return Status.OUTSIDE
    return Status.VIOLATIONS if broken else Status.PASS


def _idle(rule: Rule, status: Status, reason: str | None) -> Tally:
    return Tally(rule.id, rule.fields[0] if rule.fields else None, status, reason, 0, 0)


def _effect(rule: Rule, cells: Mapping[str, Value]) -> Effect:
    """Return the finding's own effect where the SELECT tells it, else the page's."""
    word = None if rule.is_fixed else cells.get("alvorlighet")
    severity = SEVERITY[str(word)] if word else rule.severity
    if severity is None:
        message = "SELECT må gi alvorlighet"
        raise RuleError(message)
    consequence, certainty = cells.get("konsekvens"), cells.get("sikkerhet")
    return Effect(
        severity,
        CONSEQUENCE[str(consequence)] if consequence else rule.consequence,
        CERTAINTY[str(certainty)] if certainty else rule.certainty,
    )


def _details(cells: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a finding must remember: its placeholders."""
    details: dict[str, Value] = {
        name: value for name, value in cells.items() if name not in MEANT_FOR_ENGINE
    }
    if cells.get("forventet") is not None:
        details["expected"] = cells["forventet"]
    return details
