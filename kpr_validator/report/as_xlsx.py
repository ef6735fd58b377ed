"""The work list as a workbook: a summary, all lines, and a sheet for each unit and theme.

Statuses and comments are filled in where people work, and the next run finds them again
by a hidden column. Every number of lines that is told is exact, however they are divided.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kpr_validator.report import sheets
from kpr_validator.report.carried import STATUSES, TOLD, Carried
from kpr_validator.report.figure_sheets import FigureSheets
from kpr_validator.report.sheets import Book, Column
from kpr_validator.report.summary_sheet import Placed, Summary
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import Task, Worklist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.figures import Figures
    from kpr_validator.model import Report
    from kpr_validator.report.sheets import Sheet

UNIT_SHEETS = 100
_A4 = 9
_ALL_COLOUR, _UNIT_COLOUR, _THEME_COLOUR, _GONE_COLOUR = "#1F3A5F", "#2E7D5B", "#8A6D1F", "#777777"

_WIDTHS = {
    "case": (14, sheets.TEXT),
    "period": (23, sheets.COMMON),
    "message": (55, sheets.WRAPPED),
    "field": (30, sheets.WRAPPED),
    "value": (16, sheets.COMMON),
    "fix": (60, sheets.WRAPPED),
    "cause": (13, sheets.COMMON),
    "owner": (14, sheets.COMMON),
    "unit": (12, sheets.COMMON),
    "unit_name": (26, sheets.COMMON),
    "record": (10, sheets.COMMON),
    "decision": (12, sheets.COMMON),
    "service": (28, sheets.WRAPPED),
    "started": (11, sheets.DATE),
    "age": (7, sheets.NUMBER),
    "when": (20, sheets.WRAPPED),
    "severity": (12, sheets.COMMON),
    "rule": (8, sheets.COMMON),
    "line": (9, sheets.NUMBER),
    "follows": (14, sheets.COMMON),
    "explained": (24, sheets.WRAPPED),
    "status": (16, sheets.INPUT),
    "comment": (40, sheets.INPUT),
    "fingerprint": (18, sheets.HIDDEN),
    "before": (18, sheets.HIDDEN),
}


def write_xlsx(
    path: Path,
    report: Report,
    language: str,
    carried: Carried | None = None,
    figures: Figures | None = None,
) -> None:
    """Write the workbook, whole or not at all; what is temporary lies in the folder of `path`.

    With `figures` the authority's tables and the indicators have a sheet each.
    """
    with TemporaryDirectory(dir=path.parent, prefix=".") as folder:
        unfinished = Path(folder) / path.name
        with Book(unfinished) as book:
            _Writer(book, report, language, (carried or Carried()).anew()).write(figures)
        unfinished.chmod(0o600)
        unfinished.replace(path)


class _Writer:
    """One workbook being written."""

    def __init__(self, book: Book, report: Report, language: str, carried: Carried) -> None:
        self.report = report
        self.carried = carried
        self.words = texts(language)
        self.book = book
        self.placed: list[Placed] = []
        self.columns = {
            name: Column(self.words(f"worklist.column.{name}"), *_WIDTHS[name])
            for name in Task._fields
        }

    def write(self, figures: Figures | None) -> None:
        summary = self.book.sheet(self.words("worklist.summary"), _ALL_COLOUR)
        kinds = [column.kind for column in self.columns.values()]
        make = partial(self.book.made, kinds)
        worklist = Worklist(self.report, self.words.language, self.carried, make)
        with closing(worklist):
            self._lists(self.words("worklist.all"), worklist.lines(), worklist.total, _ALL_COLOUR)
            if figures:
                self.placed += FigureSheets(self.book, self.words).write(figures)
            together = self._units(worklist)
            for theme, count in worklist.themes().items():
                named = self.words.or_word("theme", theme)
                self._lists(named, worklist.of_theme(theme), count, _THEME_COLOUR)
        self._gone()
        first = Summary(self.book, summary, worklist.phrases)
        first.write(self.report)
        first.write_sheets(self.placed, together)
        first.write_notes(self.carried)

    def _units(self, worklist: Worklist) -> int:
        """Write a sheet for each unit; return how many small ones had to share one."""
        counts, of_unit = worklist.units(), worklist.of_unit
        named = sorted((unit for unit in counts if unit.orgnr), key=lambda unit: -counts[unit])
        alone, rest = named[:UNIT_SHEETS], named[UNIT_SHEETS:]
        for unit in sorted(alone, key=lambda unit: (not unit.name, unit.name, unit.orgnr)):
            name = unit.name or unit.orgnr
            self._lists(name, of_unit(unit.orgnr), counts[unit], _UNIT_COLOUR)
        if rest:
            lines = chain.from_iterable(of_unit(unit.orgnr) for unit in rest)
            total = sum(counts[unit] for unit in rest)
            self._lists(self.words("worklist.other_units"), lines, total, _UNIT_COLOUR)
        if without := sum(count for unit, count in counts.items() if not unit.orgnr):
            self._lists(self.words("worklist.no_unit"), of_unit(""), without, _UNIT_COLOUR)
        return len(rest)

    def _lists(self, name: str, lines: Iterator[str], total: int, colour: str) -> None:
        """Write one list, over several sheets when it is too long for one."""
        for first in range(0, max(total, 1), sheets.ROWS_A_SHEET - 1):
            sheet = self.book.sheet(name, colour)
            part = islice(lines, sheets.ROWS_A_SHEET - 1)
            count = self.book.table(sheet, [*self.columns.values()], part)
            self._prepare(sheet, count)
            self.placed.append(Placed(sheet.get_name(), first + 1, first + count, total))

    def _prepare(self, sheet: Sheet, count: int) -> None:
        """Offer the statuses, though other words may be written, and let it print well."""
        at = Task._fields.index("status")
        told = {
            "validate": "list",
            "source": [self.words(f"worklist.status.{status}") for status in STATUSES],
            "error_type": "information",
            "input_title": self.words("worklist.column.status"),
            "input_message": self.words("worklist.status_help"),
        }
        sheet.data_validation(1, at, max(count, 1), at, told)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _gone(self) -> None:
        """List what the earlier work list had and is no longer found."""
        columns = [self.columns[name] for name in (*TOLD, "status", "comment")]
        make = partial(self.book.made, [column.kind for column in columns])
        rows = [make((*line.told, *line.note.told(self.words))) for line in self.carried.gone()]
        for first in range(0, len(rows), sheets.ROWS_A_SHEET - 1):
            sheet = self.book.sheet(self.words("worklist.gone"), _GONE_COLOUR)
            part = rows[first : first + sheets.ROWS_A_SHEET - 1]
            count = self.book.table(sheet, columns, part)
            self.placed.append(Placed(sheet.get_name(), first + 1, first + count, len(rows)))
