"""The files that belong to a submission: its ident message, other sendings, the list of units."""

from __future__ import annotations

import csv
import re
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from kpr_validator import database, store
from kpr_validator.explain import explain_whole
from kpr_validator.intake import load
from kpr_validator.opening import open_message
from kpr_validator.read import ReadingError, open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kpr_validator import engine
    from kpr_validator.intake import Intake
    from kpr_validator.opening import Opening
    from kpr_validator.read import Source
    from kpr_validator.shrink import Explained

IDENT, LAST_YEAR, PREVIOUS, UNITS = "ident", "fjor", "forrige", "enheter"  # as `krever` names them
UNIT_COLUMNS = ("orgnr", "navn", "næringskode")
_DELIMITERS = ";\t,"
_ORGNR = re.compile(r"[0-9]{9}")
_WRONG_KIND = "LES-09"
_CUT_SHORT = "LES-03"


class _Way(NamedTuple):
    """How one kind of message is taken in, and the page that tells that it can't be used."""

    document: str
    page: str
    fill: Callable[[Opening, Iterator[str]], str | None]


class Companions:
    """Takes in the other files of a submission; `begun` is told the kind of each at every block."""

    def __init__(
        self,
        intake: Intake,
        con: engine.Connection,
        begun: Callable[[str], None],
        *,
        fast: bool,
    ) -> None:
        self._intake = intake
        self._con = con
        self._begun = begun
        self._fast = fast

    def read(self, kind: str, path: str, stdin: IO[bytes]) -> bool:
        """Read one file; tell whether the rules that need it can run."""
        facts = self._intake.facts
        self._intake.facts = facts._replace(companions=facts.companions | {kind})
        if kind == UNITS:
            return self._read_units(path)
        way = {
            IDENT: _Way("ident", "LES-14", self._fill_ident),
            LAST_YEAR: _Way("annual", "LES-15", self._fill_last_year),
            PREVIOUS: _Way("annual", "LES-26", self._fill_previous),
        }[kind]
        problem = self._read_message(kind, path, stdin, way)
        if problem:
            self._intake.tell(way.page, 1, grunn=problem)
        return problem is None

    def _read_message(self, kind: str, path: str, stdin: IO[bytes], way: _Way) -> str | None:
        """Return the page that tells what is wrong with the file, None when nothing is."""
        try:
            with closing(open_source(path, stdin)) as source:
                source.prepare()
                opening, rest = open_message(self._watched(kind, source))
                if opening.document.kind != way.document:
                    return _WRONG_KIND
                return way.fill(opening, rest)
        except ReadingError as error:
            return error.rule

    def _watched(self, kind: str, source: Source) -> Iterator[str]:
        for block in source.text():
            self._begun(kind)
            yield block

    def _fill_ident(self, opening: Opening, rest: Iterator[str]) -> str | None:
        explained = explain_whole(opening, "".join(rest))
        if explained.faults:
            return explained.faults[0].rule
        database.fill_ident(self._con, explained.rows)
        return None

    def _fill_last_year(self, opening: Opening, rest: Iterator[str]) -> str | None:
        tables, problem = self._fill(LAST_YEAR, opening, rest)
        year = _about(tables).get("iiFraDato", "")[:4]
        expected = (self._intake.submission.year or 0) - 1
        if year != str(expected):
            self._intake.tell("LES-25", 1, aar=year or "?", ventet=expected)
        return problem

    def _fill_previous(self, opening: Opening, rest: Iterator[str]) -> str | None:
        tables, problem = self._fill(PREVIOUS, opening, rest)
        about, now = _about(tables), self._intake.submission
        theirs = (about.get("iiFraDato", "")[:4], about.get("iiKomnr"), about.get("iiBydelsnr"))
        if theirs != (str(now.year), now.municipality, now.district):
            self._intake.tell("LES-27", 1)
        return problem

    def _fill(
        self, schema: str, opening: Opening, rest: Iterator[str]
    ) -> tuple[store.Tables, str | None]:
        tables = store.Tables(self._con, schema, opening.document)
        problems: list[str] = []

        def keep(explained: Explained, _numbers: Sequence[int], _rad: int) -> None:
            problems.extend(fault.rule for fault in explained.faults)

        ended = load(opening, rest, tables, keep, fast=self._fast)
        tables.finish()
        return tables, problems[0] if problems else None if ended else _CUT_SHORT

    def _read_units(self, path: str) -> bool:
        """Read the list of units, saved by a spreadsheet or a program."""
        data = Path(path).read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
        units, wrong = _units(text.splitlines())
        if wrong:
            self._intake.tell("LES-28", wrong, linje=wrong)
        database.fill_units(self._con, units)
        return bool(units)


def _units(lines: Sequence[str]) -> tuple[list[tuple[str, ...]], int]:
    """Return orgnr, name and industry code of each unit, and the line that is wrong or 0."""
    heading = lines[0] if lines else ""
    delimiter = next((mark for mark in _DELIMITERS if mark in heading), ";")
    names, *rows = csv.reader(lines, delimiter=delimiter) if lines else [[]]
    places = {name.strip().lower(): at for at, name in enumerate(names)}
    if not set(UNIT_COLUMNS) <= places.keys():
        return [], 1
    units: list[tuple[str, ...]] = []
    for number, row in enumerate(rows, 2):
        cells = dict(enumerate(cell.strip() for cell in row))
        unit = tuple(cells.get(places[name], "") for name in UNIT_COLUMNS)
        if any(unit):
            if not _ORGNR.fullmatch(unit[0]):
                return [], number
            units.append(unit)
    return units, 0


def _about(tables: store.Tables) -> dict[str, str]:
    """Return what a sending says of itself."""
    info = tables.envelope.get(0)
    return dict(info.values) if info else {}
