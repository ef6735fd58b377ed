"""The board as a workbook: a sheet for each section, every row of it, and no formula or link."""

from __future__ import annotations

import io
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from xlsxwriter.exceptions import FileCreateError

from kpr_validator.report.sheets import NUMBER, STRONG, TEXT, TITLE, WRAPPED, Book, Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.triage.section import Section
    from kpr_validator.triage.told import Told

_COLOUR = "#1F3A5F"
_NARROW, _WIDE, _WIDEST = 11, 26, 60
_LONG = frozenset({"which", "counties", "notes", "contacts", "title"})
_TEXTS = frozenset({"municipality", "rule", "measure", "indicator", "service", "file", "verdict"})


def write_book(path: Path, told: Told) -> None:
    """Write the workbook; nothing else is left beside it, whatever happens.

    It is small, and is made in memory: a zip file on a full disk complains once more when it
    is let go.
    """
    made = io.BytesIO()
    with TemporaryDirectory(dir=path.parent, prefix=".") as folder:
        with _failing_as_others(), Book(Path(folder, path.name), _as_of(told), made) as book:
            _write_sheets(book, told)
        path.write_bytes(made.getbuffer())


def _write_sheets(book: Book, told: Told) -> None:
    first = book.sheet(told.words("triage.section.attention"), _COLOUR)
    first.set_column(0, 0, 2 * _WIDEST)
    lines = [(TITLE, told.words("triage.title", year=told.board.settled.year))]
    lines += [(STRONG, told.mark), *((TEXT, fact) for fact in told.facts())]
    lines += [(TEXT, ""), *((TEXT, point.said) for point in told.attention())]
    for row, line in enumerate(lines):
        book.row(first, row, [line])
    for section in told.sections():
        _write(book, section, told)


@contextmanager
def _failing_as_others() -> Iterator[None]:
    """Let a disk that is full be told of as everywhere else."""
    try:
        yield
    except FileCreateError as error:
        (cause,) = error.args
        raise OSError(cause.errno, cause.strerror) from error


def _as_of(told: Told) -> datetime:
    """Return the last day of extraction: the same inbox gives the same workbook."""
    days = told.board.days
    last = days[-1].day if days else f"{told.board.settled.year}1231"
    return datetime.strptime(last, "%Y%m%d").replace(tzinfo=UTC)


def _write(book: Book, section: Section, told: Told) -> None:
    columns = [
        Column(told.words(f"triage.column.{name}"), _width(name), _kind(section, at))
        for at, name in enumerate(section.columns)
    ]
    kinds = [column.kind for column in columns]
    rows = (book.made(kinds, [str(cell) for cell in row]) for row in section.rows)
    book.table(book.sheet(section.title), columns, rows)


def _width(name: str) -> int:
    return _WIDEST if name in _LONG else _WIDE if name in _TEXTS else _NARROW


def _kind(section: Section, at: int) -> int:
    if any(isinstance(row[at], int) for row in section.rows):
        return NUMBER
    return WRAPPED if section.columns[at] in _LONG else TEXT
