"""What a file is, told by what stands in it: never by its name."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from kpr_validator.companions import UNIT_COLUMNS
from kpr_validator.opening import open_message
from kpr_validator.read import ReadingError, UnfinishedError, members, open_source
from kpr_validator.report.carried import WorklistError, read_carried
from kpr_validator.snapshots import SnapshotError, is_json, of_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kpr_validator.model import Value

LARGEST_REPORT = 500_000_000  # bytes of JSON, which is held in memory as a whole
LONGEST_NAME = 255
_RECORD = "PERSON"
_HEAD = 20_000
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_WORKBOOK = "xl/workbook.xml"
_BEGINS, _ENDS = "<!--", "-->"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SAID = re.compile(r"<(?:[\w.-]+:)?(ii\w+)>\s*([0-9]{1,9})\s*</")
_FORMS = {"iiFraDato": 8, "iiLagetDato": 8, "iiKomnr": 4, "iiBydelsnr": 2}


class Kind(StrEnum):
    """What a file can be."""

    ANNUAL = "annual"
    IDENT = "ident"
    UNITS = "units"
    REPORT = "report"
    WORKLIST = "worklist"
    ZIP = "zip"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file can't be used: a page of ours, or one of the desk's own words, and its values."""

    word: str
    line: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Given:
    """One file of the user's.

    `name` is what the user calls it, and is only ever shown; `size` is in bytes. `inside`
    is the id of the zip that it came in. `sending` and `extracted` tell which of two
    sendings is the later one. What the file does not say in the right form is None.
    """

    id: str
    name: str
    path: Path
    size: int
    kind: Kind
    year: int | None = None
    municipality: str | None = None
    district: str | None = None
    sending: int | None = None
    extracted: str | None = None
    persons: int | None = None
    problem: Problem | None = None
    inside: str | None = None

    @property
    def later(self) -> tuple[int, str, int]:
        """Return what sorts sendings by age."""
        return (self.year or 0, self.extracted or "", self.sending or 0)


def given(id: str, name: str, path: Path) -> Given:
    """Return what a file is."""
    shown = re.split(r"[\\/]", name)[-1][-LONGEST_NAME:]
    file = Given(id, shown, path, path.stat().st_size, Kind.UNKNOWN)
    try:
        if is_json(str(path)):
            return _report(file)
        if _is_units(path):
            return replace(file, kind=Kind.UNITS)
        if inside := _packed(path):
            return _worklist(file) if _WORKBOOK in inside else replace(file, kind=Kind.ZIP)
        return _message(file)
    except ReadingError as error:
        return replace(file, problem=Problem(error.rule, error.line, error.values))
    except UnfinishedError:
        return replace(file, problem=_own("unreadable"))


def _own(word: str) -> Problem:
    return Problem(f"desk.problem.{word}", 1, {})


def _packed(path: Path) -> list[str]:
    """Return the names in a zip of several files; one that holds a single file is that file."""
    with path.open("rb") as file:
        if file.read(4) not in _ZIPS:
            return []
        found = [info.filename for info in members(file)]
    return found if len(found) > 1 else []


def _report(file: Given) -> Given:
    if file.size > LARGEST_REPORT:
        return replace(file, problem=_own("large_report"))
    try:
        told = of_json(file.path)
    except SnapshotError:
        return replace(file, problem=_own("report"))
    municipality = told.municipality if re.fullmatch("[0-9]{4}", told.municipality or "") else None
    year = told.year if isinstance(told.year, int) else None
    persons = told.records.get(_RECORD)
    return replace(
        file,
        kind=Kind.REPORT,
        year=year,
        municipality=municipality,
        persons=persons if isinstance(persons, int) else None,
    )


def _worklist(file: Given) -> Given:
    try:
        read_carried([file.path])
    except WorklistError:
        return replace(file, problem=_own("worklist"))
    return replace(file, kind=Kind.WORKLIST)


def _is_units(path: Path) -> bool:
    """Tell whether a file begins with the headings that a list of units must have."""
    with path.open("rb") as file:
        heading = file.readline(_HEAD)
    for codec in ("utf-8-sig", "cp1252"):
        names = re.split("[;\t,]", heading.decode(codec, "replace").lower())
        if set(UNIT_COLUMNS) <= {name.strip(' "\r\n') for name in names}:
            return True
    return False


def _message(file: Given) -> Given:
    with closing(open_source(str(file.path), BytesIO())) as source:
        source.prepare()
        opening, rest = open_message(source.text())
        if opening.document.kind != "annual":
            return replace(file, kind=Kind.IDENT)
        first = next(rest, "")
        file = _described(replace(file, kind=Kind.ANNUAL), first)
        try:
            persons = _count(chain((first,), rest), f"<{opening.prefix}{_RECORD}")
        except ReadingError:  # the run tells
            return file
        return replace(file, persons=persons)


def _described(file: Given, text: str) -> Given:
    """Return the file with what the message says of itself at its beginning."""
    said = {
        name: value
        for name, value in _SAID.findall(_COMMENT.sub("", text[:_HEAD]))
        if len(value) == _FORMS.get(name, len(value))
    }
    sending = said.get("iiLopenr")
    return replace(
        file,
        year=int(said["iiFraDato"][:4]) if "iiFraDato" in said else None,
        municipality=said.get("iiKomnr"),
        district=said.get("iiBydelsnr"),
        sending=int(sending) if sending else None,
        extracted=said.get("iiLagetDato"),
    )


def _count(text: Iterator[str], tag: str) -> int:
    """Return how many elements begin with `tag`, those in comments left out."""
    wanted = re.compile(rf"{re.escape(tag)}(?=[\s/>])")
    count, last = 0, ""
    for piece in _bare(text):
        held = last + piece
        at = max(held.rfind("<"), 0)  # this one may go on in the next piece
        count += len(wanted.findall(held[:at]))
        last = held[at : at + len(tag) + 1]
    return count + len(wanted.findall(last))


def _bare(text: Iterator[str]) -> Iterator[str]:
    """Yield a document's text without its comments."""
    held, mark = "", _BEGINS
    for block in text:
        held += block
        while (end := held.find(mark)) >= 0:
            if mark == _BEGINS:
                yield held[:end]
            held = held[end + len(mark) :]
            mark = _ENDS if mark == _BEGINS else _BEGINS
        keep = len(mark) - 1
        if mark == _BEGINS:
            yield held[:-keep]
        held = held[-keep:]
    if mark == _BEGINS:
        yield held
