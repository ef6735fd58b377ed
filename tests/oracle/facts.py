"""What the definitions say of one person in one data year."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.oracle.reading import Row

OPEN = "99991231"
ALWAYS = ""
FIRST_YEAR = 1800
EARLIEST = "19800101"  # services from before this are counted nowhere
REFUSED, GRANTED = "1", "2"
# By service: refusals and grants are asked of these (annotations of 2018 and 2019).
DECIDED = {1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 29}
OLD_HOUSING = {12, 13}
HOUSING = 29
UNTIL_2018 = {12, 13, 16}
SINCE_2019 = {27, 28, 29}
CODES = (set(range(1, 30)) - {10}) | OLD_HOUSING


class Year(NamedTuple):
    """The data year, and the day that «per 31.12» is read on."""

    number: int
    status: str

    @property
    def first(self) -> str:
        """Return the first of January."""
        return f"{self.number}0101"

    @property
    def last(self) -> str:
        """Return the last of December."""
        return f"{self.number}1231"


class Service(NamedTuple):
    """A service that was active in the year: its days, and whether the statistics count it."""

    row: Row
    code: int
    start: str
    end: str
    is_counted: bool
    is_now: bool

    @property
    def counted_code(self) -> int:
        """Return the code that it is counted as."""
        return HOUSING if self.code in OLD_HOUSING else self.code


class Info(NamedTuple):
    """A PERSONOPPL row that overlaps the year; the order of these is the order in time."""

    start: str
    number: int
    place: int
    end: str
    row: Row


def year_of(info: Row) -> Year:
    """Return the data year; one extracted before the year was over is read on that day."""
    number = int(info["iiFraDato"][:4])
    last = f"{number}1231"
    made = info["iiLagetDato"]
    return Year(number, min(last, made) if day(made) else last)


@lru_cache(maxsize=10_000)
def day(text: str) -> dt.date | None:
    """Return a date that is in the calendar; an open date is none."""
    if text == OPEN or not re.fullmatch("[0-9]{8}", text):
        return None
    try:
        found = dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None


def real(text: str) -> str | None:
    """Return a date of the calendar as it is written, None for all else."""
    return text if day(text) else None


def days_between(first: str, last: str) -> int:
    """Return the days from one date of the calendar to another."""
    start, end = day(first), day(last)
    assert start
    assert end
    return (end - start).days


def code_of(text: str) -> int | None:
    """Return a number, None when the value is none."""
    return int(text) if re.fullmatch(r"\s*[+-]?[0-9]+\s*", text) else None


class Facts:
    """One person in the year; `homes` tells which known units are nursing homes."""

    def __init__(self, person: Row, year: Year, homes: Mapping[str, bool] | None = None) -> None:
        self.person = person
        self.homes = homes or {}
        self.year = year
        self.age = code_of(person["peAlder"])
        self.died = real(person["peDodDato"])
        self.was_dead = self.died is not None and self.died < year.first
        self.lives = self.died is None or self.died > year.status

    def is_aged(self, least: int) -> bool:
        """Tell whether the person is known to be so old."""
        return self.age is not None and self.age >= least

    @cached_property
    def services(self) -> list[Service]:
        """Return the services that were active on a day of the year."""
        if self.was_dead:
            return []
        found = [self._service(row) for row in self.person.of("TJENESTE")]
        return [service for service in found if service]

    def _service(self, row: Row) -> Service | None:
        year, start, code = self.year, real(row["tjFraDato"]), code_of(row["tjTjenType"])
        end = min(real(row["tjTilDato"]) or OPEN, self.died or OPEN)
        if row["tjVedtak"] == REFUSED or not start or start > year.last:
            return None
        if end < max(start, year.first):
            return None
        code = -1 if code is None else code
        granted = row["tjVedtak"] == GRANTED or code not in DECIDED
        return Service(
            row=row,
            code=code,
            start=start,
            end=end,
            is_counted=granted and start >= EARLIEST and is_valid(code, year.number),
            is_now=self.lives and start <= year.status <= end,
        )

    def has(self, *codes: int, now: bool = False, counted: bool = False) -> bool:
        """Tell whether any service with one of the codes is active, in the year or now."""
        return any(
            service.code in codes and service.is_now >= now and service.is_counted >= counted
            for service in self.services
        )

    def unit(self, code: int) -> str | None:
        """Return the nine digits of the unit of the last service with a code."""
        last = max(
            ((service.end, service.start, place), service.row["tjInstOrgnr"][:9])
            for place, service in enumerate(self.services)
            if service.code == code
        )
        return last[1] or None

    @cached_property
    def reference(self) -> str:
        """Return the status day, or the last day with a service for whom has none then."""
        ends = [
            min(service.end, self.year.status)
            for service in self.services
            if service.start <= self.year.status
        ]
        has_any_now = any(service.is_now for service in self.services)
        return self.year.status if has_any_now or not ends else max(ends)

    @cached_property
    def infos(self) -> list[Info]:
        """Return the rows of PERSONOPPL that overlap the year, oldest first."""
        if self.was_dead:
            return []
        found = [
            Info(
                real(row["poFraDato"]) or ALWAYS,
                code_of(row["poPoID"]) or 0,
                place,
                real(row["poTilDato"]) or OPEN,
                row,
            )
            for place, row in enumerate(self.person.of("PERSONOPPL"))
        ]
        year = self.year
        return sorted(
            (one for one in found if one.start <= year.last and one.end >= year.first),
            key=lambda one: one[:3],
        )

    def in_force(self, on: str) -> Row | None:
        """Return the row of PERSONOPPL in force on a day."""
        rows = [one.row for one in self.infos if one.start <= on <= one.end]
        return rows[-1] if rows else None

    def answered_on(self, field: str) -> Row | None:
        """Return the row with the latest answer that is not empty."""
        rows = [one.row for one in self.infos if one.start <= self.reference and one.row[field]]
        return rows[-1] if rows else None

    def answer(self, field: str) -> str:
        """Return the latest answer that is not empty, '' without any."""
        row = self.answered_on(field)
        return row[field] if row else ""

    def ever(self, field: str) -> bool:
        """Tell whether a flag was «yes» on any row of the year."""
        return any(one.row[field] == "1" for one in self.infos)

    def is_flagged(self, field: str) -> bool:
        """Tell whether a flag is «yes» on the status day, of one who lives."""
        row = self.in_force(self.year.status)
        return self.lives and row is not None and row[field] == "1"


def is_valid(code: int, year: int) -> bool:
    """Tell whether the statistics know a service code in the year; old housing always."""
    if code in OLD_HOUSING:
        return True
    if year >= 2019:
        return code in CODES - UNTIL_2018
    return code in CODES - SINCE_2019
