"""The findings as a work list: one line each, in words, with all that it takes to mend it.

What a line says beyond the finding itself, the unit, who mends it and whether it can
still be mended, is there so that the list can be divided and handed out. The unit and
«can it be mended now» are our inference and are called so where they are shown.
"""

from __future__ import annotations

import csv
import sqlite3
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import assets
from kpr_validator.model import Cause
from kpr_validator.report.digest import theme
from kpr_validator.report.phrase import phrases, visible
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpr_validator.model import Case, Finding, Report, Severity
    from kpr_validator.report.carried import Carried
    from kpr_validator.report.phrase import Phrases
    from kpr_validator.report.texts import Texts

NOW, IF_DONE, NEXT_YEAR = "now", "if_done", "next_year"
_WIDEST_ID = 20


class Task(NamedTuple):
    """One line of the work list; its fields are the columns, in order.

    All is text as it is shown, but `started`, a YYYYMMDD where it is a date. `before` is
    what was carried over into status and comment.
    """

    case: str
    period: str
    message: str
    field: str
    value: str
    fix: str
    cause: str
    owner: str
    unit: str
    unit_name: str
    record: str
    decision: str
    service: str
    started: str
    age: str
    when: str
    severity: str
    rule: str
    line: str
    follows: str
    explained: str
    status: str
    comment: str
    fingerprint: str
    before: str


class Unit(NamedTuple):
    """A unit that findings are handed to; both are empty for findings without one."""

    orgnr: str
    name: str


@cache
def when() -> Mapping[str, str]:
    """Return when the findings of a rule can be mended, for those that not simply can be now."""
    table = assets.rules() / "kan-rettes.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        words = {"hvis gjort": IF_DONE, "neste år": NEXT_YEAR}
        return {row["regel"]: words[row["når"]] for row in csv.DictReader(lines, delimiter=";")}


class Worklist:
    """All lines of one report's work list, by case and period, kept on disk when they are many.

    `carried` is told which of its lines are found again. `make` turns a line into the
    text that is kept and handed out again.
    """

    def __init__(
        self, report: Report, language: str, carried: Carried, make: Callable[[Task], str]
    ) -> None:
        self.phrases = phrases(report.rules, language)
        self._carried = carried
        self._make = make
        self._con = sqlite3.connect("", isolation_level=None)
        self._con.execute("CREATE TABLE found (sak, fra, line INTEGER, unit, name, theme, cells)")
        self._con.execute("BEGIN")
        self._con.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?)", self._lines(report))
        self._con.execute("CREATE TABLE task AS SELECT * FROM found ORDER BY sak, fra, line")
        self._con.execute("DROP TABLE found")
        self._con.execute("CREATE INDEX of_unit ON task (unit)")
        self._con.execute("CREATE INDEX of_theme ON task (theme)")
        self.total = int(self._con.execute("SELECT count(*) FROM task").fetchone()[0])

    def close(self) -> None:
        """Let the lines go."""
        self._con.close()

    def units(self) -> dict[Unit, int]:
        """Return how many lines each unit has."""
        found = self._con.execute("SELECT unit, max(name), count(*) FROM task GROUP BY unit")
        return {Unit(unit, name): count for unit, name, count in found}

    def themes(self) -> dict[str, int]:
        """Return how many lines each theme has."""
        return dict(self._con.execute("SELECT theme, count(*) FROM task GROUP BY theme"))

    def lines(self) -> Iterator[str]:
        """Yield all lines, as `make` made them."""
        return self._made("SELECT cells FROM task ORDER BY rowid")

    def of_unit(self, orgnr: str) -> Iterator[str]:
        """Yield the lines of a unit; those of the empty one have no unit."""
        return self._made("SELECT cells FROM task WHERE unit = ? ORDER BY rowid", orgnr)

    def of_theme(self, name: str) -> Iterator[str]:
        """Yield the lines of a theme."""
        return self._made("SELECT cells FROM task WHERE theme = ? ORDER BY rowid", name)

    def _made(self, statement: str, *values: str) -> Iterator[str]:
        return (line for (line,) in self._con.execute(statement, values))

    def _lines(self, report: Report) -> Iterator[tuple[str, str, int, str, str, str, str]]:
        for finding, case in report.cases():
            task = made(finding, case, self.phrases, self._carried)
            number = task.case.zfill(_WIDEST_ID) if task.case.isdecimal() else task.case
            name = theme(finding.rule)
            yield (
                number,
                case.since or "",
                finding.line,
                task.unit,
                task.unit_name,
                name,
                self._make(task),
            )


def made(finding: Finding, case: Case, phrased: Phrases, carried: Carried) -> Task:
    """Return the line of one finding."""
    words = phrased.words
    note = carried.take(finding.fingerprint)
    status, comment = note.told(words) if note else ("", "")
    kind = _kind(finding.rule, phrased.rules[finding.rule].cause, finding.severity, words.language)
    return Task(
        case=_shown(finding.person, words),
        period=_period(case, phrased),
        message=phrased.message(finding),
        field=phrased.field_name(finding.field) if finding.field else visible(finding.element),
        value=phrased.value(finding.observed) if _has_value(finding) else "",
        fix=phrased.fix(finding),
        cause=kind.cause,
        owner=kind.owner,
        unit=_shown(case.unit, words),
        unit_name=_shown(case.unit_name, words),
        record=_shown(finding.record, words),
        decision=_shown(case.decision, words),
        service=_service(case, phrased),
        started=_shown(case.started, words),
        age=_shown(case.age, words),
        when=kind.when,
        severity=kind.severity,
        rule=finding.rule,
        line=str(finding.line),
        follows=f"{finding.cause.rule}:{finding.cause.line}" if finding.cause else "",
        explained=_shown(finding.explained, words),
        status=status,
        comment=comment,
        fingerprint=finding.fingerprint,
        before=note.before(words) if note else "",
    )


class _Kind(NamedTuple):
    """What is said alike of all findings of a rule and a severity."""

    cause: str
    owner: str
    when: str
    severity: str


@cache
def _kind(rule: str, cause: Cause, severity: Severity, language: str) -> _Kind:
    words = texts(language)
    owner = "supplier" if cause is Cause.EXTRACTION else "municipality"
    return _Kind(
        cause=words(f"worklist.cause.{cause.name.lower()}"),
        owner=words(f"worklist.owner.{owner}"),
        when=words(f"worklist.when.{when().get(rule, NOW)}"),
        severity=words(f"severity.{severity}"),
    )


def _has_value(finding: Finding) -> bool:
    """Tell whether a finding is about one value; that value may be missing."""
    return finding.observed is not None or (finding.field is not None and bool(finding.person))


def _shown(value: str | None, words: Texts) -> str:
    return words.marked(visible(value)) if value else ""


def _period(case: Case, phrased: Phrases) -> str:
    """Return «01.01.2019–åpen»; a row without a period has none."""
    if not case.since and not case.until:
        return ""
    date = phrased.words.date
    since, until = (visible(day) if day else None for day in (case.since, case.until))
    return f"{date(since)}–{date(until)}"


def _service(case: Case, phrased: Phrases) -> str:
    """Return «21 Langtidsopphold i institusjon»."""
    if not case.service:
        return ""
    code = visible(case.service)
    name = phrased.names.service(code)
    return code if name == code else f"{code} {name}"
