"""Which municipalities became which, year by year, and which districts they have.

Source: `schemas/regions/kommuneendringer.csv`; from the data year 2018, the first whose
return we read.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import assets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_YEAR_OF_DISTRICTS = 2020  # of schemas/regions/bydeler.csv
_NO_DELIVERY = frozenset({"Sentrum", "Marka", "Uoppgitt"})  # egen: only Oslo's 01–15 are verified


class Change(NamedTuple):
    """From the data year `since`, `old` is part of `new`; a divided one is part of several."""

    old: str
    new: str
    since: int


@cache
def changes() -> tuple[Change, ...]:
    """Return all changes, the earliest first."""
    return tuple(
        Change(row["kommunenr"], row["til_kommunenr"], int(row["fra_aar"]))
        for row in _rows("kommuneendringer")
    )


def traced(numbers: Iterable[str], year: int, other: int) -> frozenset[str]:
    """Return what the municipalities of `year` were, or became, in the data year `other`.

    Of what was divided that is every part, and of what was joined every part that joined.
    """
    found = frozenset(numbers)
    first, last = sorted((year, other))
    years = sorted({one.since for one in changes() if first < one.since <= last})
    for since in years if other > year else reversed(years):
        found = (_after if other > year else _before)(found, since)
    return found


def _after(numbers: frozenset[str], since: int) -> frozenset[str]:
    became = {
        one: {c.new for c in changes() if (c.old, c.since) == (one, since)} for one in numbers
    }
    return frozenset(new for one, found in became.items() for new in found or {one})


def _before(numbers: frozenset[str], since: int) -> frozenset[str]:
    """Return what the numbers were until a year; one that kept its number was itself too."""
    were = {one: {c.old for c in changes() if (c.new, c.since) == (one, since)} for one in numbers}
    return frozenset(
        old
        for one, found in were.items()
        for old in (found | {one} if one in in_use(since - 1) else found or {one})
    )


@cache
def in_use(year: int) -> frozenset[str]:
    """Return the numbers of the municipalities of a data year."""
    return frozenset(
        row["kommunenr"]
        for row in _rows("kommuner")
        if int(row["gyldig_fra_aar"] or 0) <= year <= int(row["gyldig_til_aar"] or year)
    )


def named(number: str) -> str:
    """Return a municipality's number and name, the latest that it had."""
    names = [row["navn"] for row in _rows("kommuner") if row["kommunenr"] == number]
    return " ".join((number, *names[-1:]))


def districts(number: str, year: int) -> dict[str, str]:
    """Return the names of the districts that a municipality may deliver for, by number.

    The list is that of 2020, also for a municipality that had another number; what was a
    municipality of its own in the year was no district then (egen).
    """
    now = traced({number}, year, _YEAR_OF_DISTRICTS)
    others = traced(now, _YEAR_OF_DISTRICTS, year) - {number}
    names = {named(one).partition(" ")[2] for one in others} | _NO_DELIVERY
    return {
        row["bydelsnr"]: row["navn"]
        for row in _rows("bydeler")
        if {row["kommunenr"]} == now and row["navn"] not in names
    }


@cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    path = assets.schemas() / "regions" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter=";"))
