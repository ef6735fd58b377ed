"""Lists that the user supplies as CSV: contact persons, who has fetched, arrivals and so on."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.report.phrase import visible
from kpr_validator.sql import dagnr
from kpr_validator.triage.model import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_MARKS = ";\t,"
_NUMBER = re.compile(r"[0-9]{4}", re.ASCII)


class ListError(ValueError):
    """A list that can't be used: its name, the line that is wrong, and the columns it must have."""

    def __init__(self, path: Path, line: int, columns: Sequence[str]) -> None:
        super().__init__(path.name, line)
        self.values = {"file": path.name, "line": line, "columns": ", ".join(columns)}


class Contact(NamedTuple):
    """Whom to call in a municipality. For the internal board alone."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Supplied:
    """What the user's lists say, by municipality; a list that is not given says nothing.

    `arrived` is by file: see calendar.py.
    """

    contacts: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict)
    fetched: Mapping[str, str] | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[Place, str] = field(default_factory=dict)
    arrived: Mapping[str, str] | None = None


def read_lists(
    contacts: Path | None = None,
    fetched: Path | None = None,
    groups: Path | None = None,
    choices: Path | None = None,
    arrived: Path | None = None,
) -> Supplied:
    """Return what the lists say; raises ListError for one that can't be used."""
    people: dict[str, tuple[Contact, ...]] = {}
    for number, *told in _rows(contacts, "kommunenr", "navn", "telefon", "epost"):
        people[number] = (*people.get(number, ()), Contact(*map(visible, told)))
    return Supplied(
        people,
        dict(_last(_rows(fetched, "kommunenr", "dato"))) if fetched else None,
        {number: visible(group) for number, group in _rows(groups, "kommunenr", "gruppe")},
        {
            Place(number, district or "00"): file
            for number, district, file in _rows(choices, "kommunenr", "bydelsnr", "fil")
        },
        {file: _day(told) for file, told in _rows(arrived, "fil", "dato", is_right=_has_day)}
        if arrived
        else None,
    )


def _last(rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield the last day of each municipality, as eight digits."""
    yield from sorted((number, _day(day)) for number, day in rows)


def _day(told: str) -> str:
    """Return 2020-01-14 and 14.01.2020 as 20200114; anything else as it is, safe to show."""
    parts = re.findall(r"[0-9]+", told)[:3]  # a time of day may follow
    if len(parts) == 3:  # noqa: PLR2004  year, month, day
        return "".join(parts if len(parts[0]) == len("2020") else reversed(parts))
    return visible(told)


def _has_number(told: Sequence[str]) -> bool:
    return bool(_NUMBER.fullmatch(told[0]))


def _has_day(told: Sequence[str]) -> bool:
    return dagnr(_day(told[1])) is not None


def _rows(
    path: Path | None, *columns: str, is_right: Callable[[Sequence[str]], bool] = _has_number
) -> Iterator[list[str]]:
    if path is None:
        return
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    lines = text.splitlines()
    mark = next((mark for mark in _MARKS if mark in "".join(lines[:1])), ";")
    heading, *rows = csv.reader(lines, delimiter=mark) if lines else [[]]
    places = {name.strip().lower(): at for at, name in enumerate(heading)}
    if not places.keys() >= {*columns}:
        raise ListError(path, 1, columns)
    for line, row in enumerate(rows, 2):
        cells = dict(enumerate(cell.strip() for cell in row))
        told = [cells.get(places[name], "") for name in columns]
        if any(told):
            if not is_right(told):
                raise ListError(path, line, columns)
            yield told
