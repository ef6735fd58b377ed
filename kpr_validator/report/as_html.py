"""The report as one self-contained page: no script, nothing fetched, readable when printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kpr_validator.model import Consequence, Severity, Status
from kpr_validator.report.digest import digest
from kpr_validator.report.effect import by_field, disputed, kept, lost
from kpr_validator.report.facts import (
    chosen,
    explained,
    facts,
    known,
    limited,
    remarks,
    subject,
)
from kpr_validator.report.page import written
from kpr_validator.report.phrase import phrases, visible
from kpr_validator.report.shown import PERSONS_SHOWN, shown, shown_lines, shown_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kpr_validator.figures import Figures
    from kpr_validator.model import Finding, Outcome, Report
    from kpr_validator.report.digest import Result, Row
    from kpr_validator.report.phrase import Phrases

ROWS_SHOWN = 100
ROWS_IN_ALL = 1000
ROWS_OPEN = 10
FIRST_SHOWN = 5
NEXT_SHOWN = 25
_NAMED = {
    "Consequence": Consequence,
    "Severity": Severity,
    "Status": Status,
    "ROWS_OPEN": ROWS_OPEN,
    "FIRST_SHOWN": FIRST_SHOWN,
    "NEXT_SHOWN": NEXT_SHOWN,
    "PERSONS_SHOWN": PERSONS_SHOWN,
    "zip": zip,
}

Said = TypeVar("Said")


class Table(NamedTuple):
    """A table of findings: names of columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def as_html(
    report: Report,
    language: str,
    figures: Figures | None = None,
    rows: int = ROWS_SHOWN,
    *,
    most: int | None = None,
) -> Iterator[str]:
    """Yield the page piece by piece; at most `rows` findings are listed for each rule.

    They are fewer where many rules found something, so that the page stays below 2 MB.
    `most` bounds them in all, but one of each rule is always there. With `figures` the
    page also holds the authority's tables and the indicators.
    """
    phrased = phrases(report.rules, language)
    gathered = digest(report, min(rows, _rows(report)), most)
    told = {
        "report": report,
        "words": phrased.words,
        "phrases": phrased,
        "digest": gathered,
        "subject": subject(report.submission),
        "facts": (*facts(report.submission, phrased.words), *chosen(report, phrased.words)),
        "remarks": tuple(remarks(report.submission, phrased.words)),
        "explained": (
            *explained(report.explained, phrased.words),
            *known(report, phrased.words),
            *limited(most, report, phrased.words),
        ),
        "table": lambda result: _table(result, phrased),
        "lost": _told(lost, report, phrased),
        "disputed": _told(disputed, report, phrased),
        "by_field": _told(by_field, report, phrased),
        "kept": _told(kept, report, phrased),
        "at_rest": {
            status: [_at_rest(row, status, phrased) for row in quiet]
            for status, quiet in gathered.quiet.items()
        },
        "labelled": lambda names: [(name, phrased.words(f"column.{name}")) for name in names],
        "tables": [(table, shown_lines(table, phrased.words)) for table in figures.tables]
        if figures
        else [],
        "checklists": shown_lists(figures.checklists(), phrased.words) if figures else [],
        "indicators": list(shown(figures, phrased.words)) if figures else [],
    }
    mark = phrased.words("mark.internal")
    yield from written("report.html", told, mark=mark, named=_NAMED)


def _rows(report: Report) -> int:
    """Return how many findings there is room for of each rule."""
    rules = {tally.rule for tally in report.tallies if tally.violations}
    return max(1, ROWS_IN_ALL // max(1, len(rules)))


def _table(result: Result, phrased: Phrases) -> Table:
    """Return the findings shown of a rule; a column that says nothing is left out."""
    cells: dict[str, Callable[[Finding], str | None]] = {
        "line": lambda finding: str(finding.line),
        "person": lambda finding: finding.person,
        "record": lambda finding: finding.record,
        "field": lambda finding: finding.field or finding.element,
        "observed": lambda finding: finding.observed,
        "expected": lambda finding: finding.expected,
        "cause": lambda finding: finding.cause and f"{finding.cause.rule}:{finding.cause.line}",
        "explained": lambda finding: finding.explained,
        "known": lambda finding: phrased.words("label.known") if finding.is_known else None,
    }
    columns = {
        name: [_cell(cell(finding), name, phrased) for finding in result.shown]
        for name, cell in cells.items()
        if any(cell(finding) is not None for finding in result.shown)
    }
    messages = [phrased.message(finding) for finding in result.shown]
    if len(set(messages)) > 1:
        columns["message"] = messages
    return Table(tuple(columns), tuple(zip(*columns.values(), strict=True)))


def _cell(value: str | None, column: str, phrased: Phrases) -> str:
    if column == "observed":
        return phrased.value(value)
    if column == "expected" and value is not None:
        return phrased.expected(value)
    return "" if value is None else phrased.words.marked(visible(value))


def _at_rest(row: Row, status: Status, phrased: Phrases) -> tuple[str, str, str]:
    """Return id and title of a rule that found nothing, and whom it asked or why it was not run."""
    words = phrased.words
    if status is Status.PASS:
        last = words.number(row.population)
    else:
        last = phrased.reason(row.reason) if row.reason else words("note.outside")
    return row.rule.id, row.rule.title.in_language(words.language), last


def _told(
    tell: Callable[[Outcome, Phrases], Iterable[Said]], report: Report, phrased: Phrases
) -> list[Said]:
    return list(tell(report.outcome, phrased)) if report.outcome else []
