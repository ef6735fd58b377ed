"""The work list as CSV: semicolons and a byte order mark, as a Norwegian Excel opens it.

A value that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from contextlib import closing
from typing import TYPE_CHECKING

from kpr_validator.report.carried import Carried
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import Task, Worklist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Report

BYTE_ORDER_MARK = "\ufeff"
_BEGINS_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")  # the last four: full-width = + - @


def as_csv(report: Report, language: str, carried: Carried | None = None) -> Iterator[str]:
    """Yield the work list line by line, under a line of headings."""
    words = texts(language)
    write = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow

    def line(task: Task) -> str:
        started = words.date(task.started) if task.started else ""
        return str(write(map(guarded, task._replace(started=started))))

    with closing(Worklist(report, language, carried or Carried(), line)) as worklist:
        yield BYTE_ORDER_MARK
        yield str(write(words(f"worklist.column.{name}") for name in Task._fields))
        yield from worklist.lines()


def guarded(value: str) -> str:
    """Return a value that no spreadsheet reads as a formula."""
    return f"'{value}" if value.startswith(_BEGINS_FORMULA) else value


class _Echo:
    """Hands back what csv writes, so that it can be yielded."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
