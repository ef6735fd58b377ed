"""What people wrote in an earlier work list: status and comments, found again by fingerprint.

The file has been through other hands and programs: sheets may be sorted, columns moved,
and anything may stand in a cell. Only text is taken, and only from sheets that have our
columns. A finding stands in several sheets; what was written in any of them counts, told
from what merely stood there by the column that says what was carried over before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import LANGUAGES
from kpr_validator.report.phrase import in_full
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kpr_validator.report.texts import Texts

STATUSES = ("open", "fixed", "correct", "ask")
TOLD = ("case", "period", "message", "field", "value")
LONGEST = 30_000
_COLUMNS = (*TOLD, "status", "comment", "fingerprint", "before")
_RETURN = "_x000D_"  # how the file format writes the first half of a Windows line end
_FINGERPRINT = re.compile(r"[0-9a-z-]{4,32}")


class WorklistError(Exception):
    """A file that is no work list; the message says so to the user."""


class Note(NamedTuple):
    """What a finding was given: a word of STATUSES or free text, and a comment.

    `others` are statuses from other sheets: they are told in front of the comment.
    """

    status: str = ""
    comment: str = ""
    others: tuple[str, ...] = ()

    def told(self, words: Texts) -> tuple[str, str]:
        """Return status and comment in the report's language."""
        status, *others = (_told(one, words) for one in (self.status, *self.others))
        parts = [*(f"[{other}]" for other in others if other), self.comment]
        return status, " ".join(part for part in parts if part)[:LONGEST]

    def before(self, words: Texts) -> str:
        """Return the note as a later reading finds it again; empty when there is nothing."""
        status, comment = self.told(words)
        return f"{status.replace('|', '/')}|{comment}" if status or comment else ""


def _told(status: str, words: Texts) -> str:
    return words.or_word("worklist.status", status) if status else ""


@dataclass(slots=True)
class Line:
    """One finding of an earlier list: what was said of it, what stood there, what was written."""

    told: tuple[str, ...]
    before: Note
    statuses: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    def write(self, note: Note) -> None:
        """Take what one sheet says, where it is not what stood there already."""
        if note.status != self.before.status and note.status not in self.statuses:
            self.statuses += (note.status,)
        if note.comment != self.before.comment and note.comment not in self.comments:
            self.comments += (note.comment,)

    @property
    def note(self) -> Note:
        """Return all as one note. Of several statuses the first stands; none is lost."""
        status, *others = self.statuses or (self.before.status,)
        comments = self.comments or (self.before.comment,)
        return Note(status, " ".join(filter(None, comments)), tuple(others))


@dataclass
class Carried:
    """The lines of earlier lists by fingerprint; `taken` are those that are found again."""

    lines: dict[str, Line] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def anew(self) -> Carried:
        """Return the same lines for another report."""
        return Carried(self.lines)

    def take(self, fingerprint: str) -> Note | None:
        """Return what was written of a finding, and remember that it is still found."""
        if fingerprint not in self.lines:
            return None
        self.taken.add(fingerprint)
        return self.lines[fingerprint].note

    @property
    def noted(self) -> int:
        """Return how many findings that are found again have a status or a comment."""
        return sum(any(self.lines[fingerprint].note) for fingerprint in self.taken)

    @property
    def conflicts(self) -> int:
        """Return how many findings were given several statuses."""
        return sum(len(line.statuses) > 1 for line in self.lines.values())

    def gone(self) -> Iterator[Line]:
        """Yield the lines that are no longer found, in the order of the earlier list."""
        return (line for name, line in self.lines.items() if name not in self.taken)


def read_carried(paths: Iterable[Path]) -> Carried:
    """Return what was written in earlier work lists.

    Raises FileNotFoundError, or WorklistError for a file that is no work list.
    """
    carried = Carried()
    for path in paths:
        if not _read(path, carried):
            message = f"{path.name} er ikke en arbeidsliste fra kpr-validator"
            raise WorklistError(message)
    return carried


def _read(path: Path, carried: Carried) -> bool:
    """Read one file; tell whether any sheet of it was a work list."""
    import zipfile  # noqa: PLC0415  only here
    import zlib  # noqa: PLC0415

    from openpyxl import load_workbook  # noqa: PLC0415  slow to import
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    odd = (zipfile.BadZipFile, zlib.error, InvalidFileException, EOFError, SyntaxError)
    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            read = [
                _read_sheet(sheet.iter_rows(values_only=True), carried) for sheet in book.worksheets
            ]
    except (
        *odd,
        ArithmeticError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ):
        return False
    return any(read)


def _read_sheet(rows: Iterator[Sequence[object]], carried: Carried) -> bool:
    columns = _columns(next(rows, ()))
    if not {"fingerprint", "status", "comment"} <= columns.keys():
        return False
    for row in rows:
        cells = {name: _text(row[at]) for name, at in columns.items() if at < len(row)}
        name = cells.get("fingerprint", "")
        if _FINGERPRINT.fullmatch(name):
            line = carried.lines.get(name) or carried.lines.setdefault(name, _line(cells))
            line.write(Note(_status(cells.get("status", "")), cells.get("comment", "")))
    return True


def _line(cells: Mapping[str, str]) -> Line:
    status, _, comment = cells.get("before", "").partition("|")
    return Line(tuple(cells.get(name, "") for name in TOLD), Note(_status(status), comment))


def _columns(header: Sequence[object]) -> dict[str, int]:
    """Return where our columns stand, by what they are called in any language."""
    called = {
        texts(language)(f"worklist.column.{name}"): name
        for language in LANGUAGES
        for name in _COLUMNS
    }
    return {called[str(cell)]: at for at, cell in enumerate(header) if str(cell) in called}


@cache
def _statuses() -> Mapping[str, str]:
    return {
        texts(language)(f"worklist.status.{status}").casefold(): status
        for language in LANGUAGES
        for status in STATUSES
    }


def _status(value: str) -> str:
    """Return one of STATUSES for a status in any language, other words as they are."""
    return _statuses().get(value.casefold(), value) if value else ""


def _text(value: object) -> str:
    """Return a cell as text: its lines are kept, and other odd signs are spelled out."""
    if value is None:
        return ""
    text = str(value).strip()[:LONGEST].replace(_RETURN, "").replace("\r", "")
    return "\n".join(map(in_full, text.split("\n")))
