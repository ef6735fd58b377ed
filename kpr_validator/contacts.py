"""A table of contacts in the specialist health service, read: one line for each contact.

The columns are named in the first line, in any order: `REQUIRED`, and `OPTIONAL`
where they are known. Further columns are passed over.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FIELD = "233"  # fagområde HABU: habilitering av barn og unge
CODE_IS_FROM = "20120101"
KNOWN_STATUSES = ("1", "2", "31", "4", "5")
MISSING = ""

REQUIRED = ("pasient", "enhet", "dato", "fagområde", "status")
OPTIONAL = ("rhf", "hf", "behandlingssted")
_OTHER_SPELLING = {"fagomrade": "fagområde", "fagomraade": "fagområde"}
_DELIMITERS = ";\t,"
_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{4})"),
)


class ContactsError(ValueError):
    """A table that can't be used at all: the line, and which of our texts says why."""

    def __init__(self, line: int, why: str, names: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.line, self.why, self.names = line, why, tuple(names)


class Contact(NamedTuple):
    """One contact in fagområde 233; `places` are RHF, HF and behandlingssted."""

    day: str
    line: int
    status: str
    places: tuple[str, str, str]


class Problem(NamedTuple):
    """What is wrong with one line. `why` is one of LEAVES_OUT or COUNTED_STILL."""

    line: int
    why: str
    value: str = ""


LEAVES_OUT = ("cells", "patient", "date", "field")
COUNTED_STILL = ("unit", "status", "same", "early")


@dataclass(frozen=True, slots=True)
class Contacts:
    """A table of contacts, read: the contacts of each patient in order, and what was wrong.

    `lines` counts the lines with content, `others` those of another fagområde.
    `levels` are those that the table has columns for.
    """

    patients: Mapping[str, Sequence[Contact]]
    levels: tuple[str, ...]
    problems: tuple[Problem, ...]
    lines: int
    others: int

    @property
    def used(self) -> int:
        """Return how many contacts there are in fagområde 233."""
        return sum(map(len, self.patients.values()))

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years that have contacts, first to last."""
        days = {contact.day[:4] for contacts in self.patients.values() for contact in contacts}
        return tuple(sorted(map(int, days)))


def read_contacts(data: bytes) -> Contacts:
    """Return the contacts of a table saved by a spreadsheet or a program.

    Raises ContactsError when its columns are not there, or it is no table.
    """
    return _Reader(_rows(data)).read()


class _Reader:
    """Goes through the lines of one table."""

    def __init__(self, rows: Iterator[tuple[int, list[str]]]) -> None:
        self.rows = rows
        self.patients: dict[str, list[Contact]] = defaultdict(list)
        self.problems: list[Problem] = []
        self.seen: dict[tuple[str, ...], int] = {}

    def read(self) -> Contacts:
        _, heading = next(self.rows, (1, []))
        names = [_OTHER_SPELLING.get(n, n) for n in (cell.strip().lower() for cell in heading)]
        if missing := [name for name in REQUIRED if name not in names]:
            raise ContactsError(1, "columns", missing)
        if twice := [name for name in (*REQUIRED, *OPTIONAL) if names.count(name) > 1]:
            raise ContactsError(1, "twice", twice)
        lines = others = 0
        for line, row in self.rows:
            lines += 1
            if len(row) != len(names):
                self.problems.append(Problem(line, "cells"))
            else:
                others += not self._take(line, dict(zip(names, row, strict=True)))
        for contacts in self.patients.values():
            contacts.sort()
        has = [level for level in ("rhf", "hf") if level in names]
        levels = ("country", *has, "site")
        return Contacts(dict(self.patients), levels, tuple(self.problems), lines, others)

    def _take(self, line: int, cells: Mapping[str, str]) -> bool:
        """Take one line; tell whether it is, or may be, of this fagområde."""
        patient, unit, status = cells["pasient"], cells["enhet"], cells["status"]
        day = _day(cells["dato"])
        if not patient or not day or not cells["fagområde"]:
            why = "patient" if not patient else "field" if day else "date"
            self.problems.append(Problem(line, why, "" if day else cells["dato"]))
            return True
        if cells["fagområde"] != FIELD:
            return False
        site = cells.get("behandlingssted") or unit
        same = self.seen.setdefault(tuple(cells.values()), line)
        problems = {
            "unit": (not site, ""),
            "status": (status not in (*KNOWN_STATUSES, MISSING), status),
            "same": (same != line, str(same)),
            "early": (day < CODE_IS_FROM, cells["dato"]),
        }
        self.problems += (Problem(line, why, v) for why, (is_so, v) in problems.items() if is_so)
        places = (cells.get("rhf", ""), cells.get("hf", ""), site)
        self.patients[patient].append(Contact(day, line, status, places))
        return True


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row that has content, the heading first."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    heading = text.partition("\n")[0]
    delimiter = next((mark for mark in _DELIMITERS if mark in heading), ";")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for row in lines:
            cells = [cell.strip() for cell in row]
            if any(cells) or begun == 1:
                yield begun, cells
            begun = lines.line_num + 1
    except csv.Error as error:
        raise ContactsError(begun, "csv") from error


def _day(value: str) -> str:
    """Return a day as YYYYMMDD, nothing when it is no day of the calendar."""
    for form in _DAYS:
        if found := form.fullmatch(value):
            year, month, day = (found[name] for name in ("year", "month", "day"))
            try:
                date(int(year), int(month), int(day))
            except ValueError:
                return ""
            return year + month + day
    return ""
