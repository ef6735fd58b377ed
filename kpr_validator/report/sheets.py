"""Sheets of a workbook that take many rows of plain text, fast and in little memory.

A cell is text whatever it holds: no formula, no link, no number and no markup of the file
format can come from data. XlsxWriter's own cell by cell way would take minutes for a
large list, and takes text between <r> and </r> for markup; so whole rows are made here.
Text that comes again and again is kept once in the workbook. Every column has its cell in
every row, so none has to say where it stands, which it need not (ECMA-376-1, 18.3.1.4):
that makes a third of the file.
"""

from __future__ import annotations

import re
from datetime import date
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

ROWS_A_SHEET = 1_048_576
LONGEST_CELL = 32_767
LONGEST_NAME = 31
DIFFERENT_TEXTS = 50_000  # that are kept once

TEXT, COMMON, WRAPPED, NUMBER, DATE, INPUT, HIDDEN = range(7)
HEADING, TITLE, STRONG = range(7, 10)
_TOP = {"valign": "top"}
_WRAP = {"valign": "top", "text_wrap": True}
_FORMATS = {
    TEXT: _TOP,
    COMMON: _TOP,
    WRAPPED: _WRAP,
    NUMBER: _TOP,
    DATE: {**_TOP, "num_format": "dd.mm.yyyy", "align": "left"},
    INPUT: {**_WRAP, "bg_color": "#FFF9E0"},
    HIDDEN: _TOP,
    HEADING: {**_WRAP, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"},
    TITLE: {"bold": True, "font_size": 16},
    STRONG: {**_TOP, "bold": True},
}
_SHARED = frozenset({COMMON, WRAPPED, HEADING})

_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = "19000301"  # before this Excel counts a day that never was
_DATE = re.compile(r"[0-9]{8}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}|0")
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML can't hold them
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # how the file format would write such a sign
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"


class Column(NamedTuple):
    """One column: its heading, its width in characters, and what its cells hold."""

    heading: str
    width: int
    kind: int = TEXT


class Sheet(Worksheet):  # type: ignore[misc]  # typed in part
    """A worksheet in constant memory that takes whole rows, each below those before."""

    def add_made(self, row: int, cells: str, width: int) -> None:
        """Write one row, made by `Book.made`, at most `width` columns wide."""
        if self._check_dimensions(row, 0) or self._check_dimensions(row, width - 1):
            message = f"rad {row + 1} får ikke plass i arket"
            raise ValueError(message)
        self._write_single_row(row)
        self.fh.write(f'<row r="{row + 1}">{cells}</row>')

    def let_go(self) -> None:
        """Close what is temporary."""
        self._opt_close()


class Book:
    """A workbook on its way to a file, written when the context ends.

    Temporary files lie beside it. `created` is what it says of itself, now if not given.
    With `made` the whole is left there, and no file.
    """

    def __init__(
        self, path: Path, created: datetime | None = None, made: IO[bytes] | None = None
    ) -> None:
        options = {"constant_memory": True, "tmpdir": str(path.parent)}
        self._book = Workbook(made or str(path), options)
        if created:
            self._book.set_properties({"created": created})
        self._names = {_RESERVED}
        self._formats = {kind: self._book.add_format(told) for kind, told in _FORMATS.items()}
        self._begun = {
            kind: f'<c s="{told._get_xf_index()}"'  # noqa: SLF001  has no public way
            for kind, told in self._formats.items()
        }
        self._known = {(kind, ""): f"{begun}/>" for kind, begun in self._begun.items()}

    def __enter__(self) -> Self:
        """Return the book."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_about: object) -> None:
        """Write the file, or let go of what is temporary when the work was broken off."""
        if kind is None:
            self._book.close()
            return
        self._book.fileclosed = True
        for sheet in self._book.worksheets():
            sheet.let_go()

    def sheet(self, name: str, colour: str | None = None) -> Sheet:
        """Return a new sheet; its name is made safe and unlike all others."""
        sheet: Sheet = self._book.add_worksheet(self.free_name(name), Sheet)
        if colour:
            sheet.set_tab_color(colour)
        return sheet

    def free_name(self, name: str) -> str:
        """Return a name that Excel takes for a sheet and that no sheet has."""
        clean = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip("' ") or "-"
        number, tried = 1, clean[:LONGEST_NAME].strip("' ")
        while tried.casefold() in self._names:
            number += 1
            end = f" ({number})"
            tried = clean[: LONGEST_NAME - len(end)].strip("' ") + end
        self._names.add(tried.casefold())
        return tried

    def row(self, sheet: Sheet, row: int, cells: Iterable[tuple[int, str]]) -> None:
        """Write one row of kinds and texts, from the first column on."""
        kinds, texts = zip(*cells, strict=True)
        sheet.add_made(row, self.made(kinds, texts), len(kinds))

    def made(self, kinds: Sequence[int], texts: Sequence[str]) -> str:
        """Return the cells of a row, to be written in any row of any sheet."""
        known, cell = self._known, self._cell
        return "".join([known.get(one) or cell(*one) for one in zip(kinds, texts, strict=False)])

    def table(self, sheet: Sheet, columns: Sequence[Column], rows: Iterable[str]) -> int:
        """Fill an empty sheet with headings and made rows; return the number of rows."""
        for at, (_, width, kind) in enumerate(columns):
            hidden = {"hidden": True} if kind == HIDDEN else {}
            sheet.set_column(at, at, width, self._formats[kind], hidden)
        self.row(sheet, 0, ((HEADING, column.heading) for column in columns))
        count = 0
        for count, row in enumerate(rows, 1):
            sheet.add_made(count, row, len(columns))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        return count

    def _cell(self, kind: int, text: str) -> str:
        """Return one cell; those of text that is kept once are kept as well."""
        begun = self._begun[kind]
        if kind in _SHARED and (shared := self._shared(text)) is not None:
            return self._known.setdefault((kind, text), f'{begun} t="s"><v>{shared}</v></c>')
        if kind == NUMBER and _NUMBER.fullmatch(text):
            return f"{begun}><v>{text}</v></c>"
        if kind == DATE and (day := _day(text)) is not None:
            return f"{begun}><v>{day}</v></c>"
        return f'{begun} t="inlineStr"><is><t{_safe(text)}</t></is></c>'

    def _shared(self, text: str) -> int | None:
        """Return the number of a text that is kept once, None when it can't be."""
        table = self._book.str_table
        is_known = text in table.string_table
        if not is_known and (
            table.unique_count >= DIFFERENT_TEXTS
            or len(text) > LONGEST_CELL
            or text.startswith("<r>")
            or not text.isprintable()
        ):
            return None
        return int(table._get_shared_string_index(text))  # noqa: SLF001  has no public way


def _safe(text: str) -> str:
    """Return a text as the file format writes it, from the end of its tag."""
    text = text[:LONGEST_CELL]
    tag = ">" if text == " ".join(text.split()) else ' xml:space="preserve">'
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return tag + (text if text.isprintable() else _ODD.sub("\ufffd", text))


def _day(value: str) -> int | None:
    """Return the number that Excel gives a YYYYMMDD, None for what is no date of its calendar."""
    if not _DATE.fullmatch(value) or value < _FIRST_DAY:
        return None
    try:
        day = date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        return None
    return day.toordinal() - _DAY_ZERO
