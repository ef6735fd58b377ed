"""Other municipalities: a number is replaced by one that the rules see in the same way."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import NamedTuple

from kpr_validator import assets
from kpr_validator.scrub.shape import digits

PREFERRED = ("1820", "1816")  # those of the project's own examples
_FORM = re.compile("[0-9]{4}")
_UNKNOWN = ("9999", "9998")


class _Kind(NamedTuple):
    """What rules see of a number: in use in the year and the next, and whether it has districts."""

    now: bool
    next: bool
    districts: bool


class Places:
    """New numbers for the municipalities of one file; `own` is the sender's."""

    def __init__(self, own: str, year: int) -> None:
        self._kinds = {number: _kind(number, year) for number in _known()}
        self._new: dict[str, str] = {}
        self.own = self.new(own)

    def new(self, number: str) -> str:
        """Return the number that stands for this one, always the same."""
        if number not in self._new:
            self._new[number] = self._other(number)
        return self._new[number]

    def _other(self, number: str) -> str:
        if not _FORM.fullmatch(number):
            return digits(number)
        kind = self._kinds.get(number)
        taken = {number, *self._new, *self._new.values()}
        alike = _UNKNOWN if kind is None else (*PREFERRED, *self._kinds)
        fitting = (other for other in alike if self._kinds.get(other) == kind)
        return next((other for other in fitting if other not in taken), digits(number))


@cache
def _known() -> dict[str, list[tuple[int, int]]]:
    """Return the years of every number: from and to, inclusive."""
    years: dict[str, list[tuple[int, int]]] = {}
    path = assets.schemas() / "regions" / "kommuner.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            span = int(row["gyldig_fra_aar"] or 0), int(row["gyldig_til_aar"] or 9999)
            years.setdefault(row["kommunenr"], []).append(span)
    return years


@cache
def _with_districts() -> frozenset[str]:
    path = assets.schemas() / "regions" / "bydeler.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["kommunenr"] for row in csv.DictReader(file, delimiter=";"))


def _kind(number: str, year: int) -> _Kind:
    spans = _known()[number]
    now, following = (any(a <= y <= b for a, b in spans) for y in (year, year + 1))
    return _Kind(now, following, number in _with_districts())
