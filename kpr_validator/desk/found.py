"""All findings of a run in a table of their own, so that any part of them is quickly there.

Findings are alike by the thousand: what they say is kept once per kind, and put into
words when a page of rows is asked for, so that another language takes no new run.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.desk.searched import Searched, both, either
from kpr_validator.model import Case, Pointer, Severity
from kpr_validator.report.digest import theme
from kpr_validator.report.phrase import phrases, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpr_validator.model import Finding, Rule
    from kpr_validator.report.phrase import Phrases

MOST_ROWS = 500
MOST_WORDS = 8
NO_UNIT = "-"
ORDERS = {
    "line": "nr",
    "severity": "severity",
    "rule": "rule",
    "person": "who",
    "unit": "unit",
    "theme": "theme",
}
_ROWS_BETWEEN_LOOKS = 2000
_OF_CASE = ("age", "since", "until", "decision", "service", "started", "unit", "unit_name")
_COLUMNS = (
    *("nr INTEGER PRIMARY KEY", "kind", "line", "severity", "rule", "theme"),
    *("person", "who", "record", "fingerprint", "cause", "cause_line", "cause_print", *_OF_CASE),
)
_INDEXED = ("severity", "rule", "theme", "unit", "who")
_DIGITS_OF_AN_ID = 20


@dataclass(frozen=True, slots=True)
class Query:
    """Which findings, in which order, and which part of them.

    What is empty asks for all. `unit` «-» asks for those without one. `text` is words that
    must all be met: in the message, the rule's title, the field, the value, the person, the
    row's id, the unit, the decision or the line.
    """

    theme: str = ""
    severity: str = ""
    unit: str = ""
    rule: str = ""
    person: str = ""
    text: str = ""
    sort: str = "line"
    descending: bool = False
    offset: int = 0
    limit: int = 50


class Placed(NamedTuple):
    """A finding, the number it has in the order of the file, and its case."""

    nr: int
    finding: Finding
    case: Case


class Found:
    """The findings of one run; belongs to the thread that it is made in."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = rules
        self._kinds: list[Finding] = []
        self._own = Searched()
        self._said: dict[str, Searched] = {}
        self._counted: dict[tuple[object, ...], int] = {}
        self._met: tuple[str, str] | None = None
        self._con = sqlite3.connect(":memory:", isolation_level=None)
        self._con.row_factory = sqlite3.Row
        self._con.execute("PRAGMA temp_store = MEMORY")
        self._con.execute(f"CREATE TABLE found ({', '.join(_COLUMNS)})")
        self._con.execute("CREATE TABLE met (nr INTEGER PRIMARY KEY)")

    def close(self) -> None:
        """Let the table go."""
        self._con.close()

    def fill(self, cases: Iterable[tuple[Finding, Case]], tell: Callable[[int], None]) -> None:
        """Take all findings, and tell now and then how many they are so far."""
        marks = ", ".join("?" for _ in _COLUMNS)
        self._con.execute("BEGIN")
        self._con.executemany(
            f"INSERT INTO found VALUES ({marks})",  # noqa: S608  only question marks
            self._rows(cases, tell),
        )
        for column in _INDEXED:
            self._con.execute(f"CREATE INDEX by_{column} ON found ({column})")
        self._con.execute("COMMIT")

    def _rows(
        self, cases: Iterable[tuple[Finding, Case]], tell: Callable[[int], None]
    ) -> Iterator[tuple[str | int | None, ...]]:
        kinds: dict[tuple[object, ...], int] = {}
        for nr, (finding, case) in enumerate(cases):
            if nr % _ROWS_BETWEEN_LOOKS == 0:
                tell(nr)
            kind = kinds.setdefault(_kind(finding), len(kinds))
            if kind == len(self._kinds):
                self._kinds.append(finding)
            self._own.add(_own(finding, case), kind)
            yield (nr, kind, *_cells(finding), *(getattr(case, name) for name in _OF_CASE))

    def page(self, query: Query, language: str) -> tuple[int, list[Placed]]:
        """Return how many findings there are, and the part of them that is asked for."""
        where, values = self._where(query, language)
        key = (where, *values, *(self._met or ()))
        if key not in self._counted:
            count = f"SELECT count(*) FROM found WHERE {where}"  # noqa: S608  our own conditions
            self._counted[key] = int(self._con.execute(count, values).fetchone()[0])
        way = "DESC" if query.descending else "ASC"
        rows = self._con.execute(
            f"SELECT * FROM found WHERE {where} ORDER BY {ORDERS[query.sort]} {way}, nr {way}"  # noqa: S608  our own words
            " LIMIT ? OFFSET ?",
            (*values, max(0, min(query.limit, MOST_ROWS)), max(0, query.offset)),
        )
        return self._counted[key], [self._placed(row) for row in rows]

    def cases(self) -> Iterator[tuple[Finding, Case]]:
        """Yield all findings in the order of the file, each with its case."""
        for row in self._con.execute("SELECT * FROM found ORDER BY nr"):
            placed = self._placed(row)
            yield placed.finding, placed.case

    def of_person(self, person: str) -> list[Placed]:
        """Return all findings of one person, whose id is as it is shown, in the file's order."""
        rows = self._con.execute("SELECT * FROM found WHERE who = ? ORDER BY nr", (_who(person),))
        return [self._placed(row) for row in rows]

    def firsts(self) -> dict[str, Finding]:
        """Return the first of the worst findings of each rule."""
        told = self._con.execute(
            "SELECT rule, kind, min(severity * 1e12 + nr) FROM found GROUP BY 1"
        )
        return {rule: self._kinds[kind] for rule, kind, _ in told}

    def counts(self, column: str) -> list[tuple[str, str, int]]:
        """Return the values of a column, a name that goes with each, and their findings."""
        name = "max(unit_name)" if column == "unit" else "''"
        told = self._con.execute(
            f"SELECT {column}, {name}, count(*) FROM found GROUP BY 1"  # noqa: S608  our own columns
        )
        return [(value, named or "", count) for value, named, count in told]

    def _placed(self, row: sqlite3.Row) -> Placed:
        cause = Pointer(row["cause"], row["cause_line"], row["cause_print"])
        finding = self._kinds[row["kind"]]._replace(
            line=row["line"],
            person=row["person"],
            record=row["record"],
            fingerprint=row["fingerprint"],
            cause=cause if cause.rule else None,
        )
        return Placed(row["nr"], finding, Case(**{name: row[name] for name in _OF_CASE}))

    def _where(self, query: Query, language: str) -> tuple[str, list[str | int]]:
        """Return the condition of a query and its values."""
        asked: dict[str, str | int] = {
            "theme = ?": query.theme,
            "rule = ?": query.rule,
            "unit = ?": "" if query.unit == NO_UNIT else query.unit,
            "who = ?": _who(query.person) if query.person else "",
        }
        if query.severity:
            asked["severity = ?"] = Severity(query.severity).rank
        asked = {part: value for part, value in asked.items() if value != ""}
        parts = ["1", *asked]
        if query.unit == NO_UNIT:
            parts.append("unit IS NULL")
        if query.text.split():
            self._meet(query.text, language)
            parts.append("nr IN (SELECT nr FROM met)")
        else:
            self._met = None
        return " AND ".join(parts), [*asked.values()]

    def _meet(self, text: str, language: str) -> None:
        """Note which findings meet all words of a text."""
        if self._met == (text, language):
            return
        if language not in self._said:
            phrased = phrases(self._rules, language)
            self._said[language] = Searched()
            for finding in self._kinds:
                self._said[language].add(_told(finding, phrased))
        words = text.casefold().split()[:MOST_WORDS]
        said = self._said[language]
        met = reduce(both, (either(self._own.met(w), self._own.of(said.met(w))) for w in words))
        numbers = [number for number, is_met in enumerate(met) if is_met]
        self._con.execute("DELETE FROM met")
        self._con.execute("INSERT INTO met SELECT value FROM json_each(?)", (json.dumps(numbers),))
        self._met = (text, language)


def _kind(finding: Finding) -> tuple[object, ...]:
    """Return everything that may be alike in many findings."""
    return (
        finding.rule,
        finding.field,
        finding.element,
        finding.observed,
        finding.expected,
        finding.severity,
        finding.consequence,
        finding.certainty,
        *finding.values.items(),
    )


def _cells(finding: Finding) -> tuple[str | int | None, ...]:
    """Return what is a finding's own, in the order of the columns."""
    return (
        finding.line,
        finding.severity.rank,
        finding.rule,
        theme(finding.rule),
        finding.person,
        None if finding.person is None else _who(visible(finding.person)),
        finding.record,
        finding.fingerprint,
        *(finding.cause or (None, None, None)),
    )


def _who(person: str) -> str:
    """Return an id, as it is shown, so that ids can be told apart and numbers sort by size."""
    size = person.zfill(_DIGITS_OF_AN_ID) if person.isdecimal() else person
    return f"{size} {person}"


def _own(finding: Finding, case: Case) -> str:
    """Return what is searched of one finding alone."""
    own = (finding.person, finding.record, case.unit, case.unit_name, case.decision)
    return " ".join((str(finding.line), *filter(None, own)))


def _told(finding: Finding, phrased: Phrases) -> str:
    """Return what is searched of all findings of a kind."""
    title = phrased.rules[finding.rule].title.in_language(phrased.words.language)
    field = phrased.field_name(finding.field) if finding.field else visible(finding.element)
    value = phrased.value(finding.observed) if finding.observed is not None else ""
    return " ".join((finding.rule, title, phrased.message(finding), field, value))
