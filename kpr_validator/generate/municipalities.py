"""The municipalities of a year, and how many recipients each is given.

The population in 2025 is known. A municipality that is not there any more is found again by
its name when it only changed its number; the rest share what is left of the population,
the first in the list twice as much as the second, three times as much as the third and so
on (a rule of ours, since no table of older populations was found).
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import assets
from kpr_validator.generate.chance import seed_of
from kpr_validator.generate.targets import RECIPIENTS, count, numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

_SMALLEST = 5  # persons in a submission of the national corpus


class _Row(NamedTuple):
    number: str
    name: str
    since: int
    until: int
    population: int  # in 2025, 0 for one that is not there


@cache
def _rows() -> tuple[_Row, ...]:
    path = assets.schemas() / "regions" / "kommuner.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            _Row(
                row["kommunenr"],
                row["navn"],
                int(row["gyldig_fra_aar"] or 0),
                int(row["gyldig_til_aar"] or 9999),
                int(row["innbyggere_2025"] or 0),
            )
            for row in csv.DictReader(file, delimiter=";")
        )


@cache
def populations(year: int) -> Mapping[str, int]:
    """Return the inhabitants that a year's municipalities are given, by number."""
    rows = {row.number: row for row in _rows() if row.since <= year <= row.until}
    today = [row for row in _rows() if row.population]
    names = Counter(row.name for row in today)
    by_name = {row.name: row for row in today if names[row.name] == 1}
    known = {
        number: row if row.population else by_name[row.name]
        for number, row in rows.items()
        if row.population or row.name in by_name
    }
    taken = {row.number for row in known.values()}
    left = sum(row.population for row in today if row.number not in taken)
    gone = sorted(rows.keys() - known.keys(), key=lambda number: seed_of("rekkefølge", number))
    harmonic = sum(1 / rank for rank in range(1, len(gone) + 1))
    shared = {number: round(left / rank / harmonic) for rank, number in enumerate(gone, 1)}
    return {number: shared.get(number) or known[number].population for number in sorted(rows)}


def persons(year: int) -> Mapping[str, int]:
    """Return how many persons each municipality of a year reports, together the published number.

    Those with only a refusal come in addition.
    """
    inhabitants = populations(year)
    total = count(RECIPIENTS, year) / (1 - float(numbers()["mottakere"]["bare_avslag"]))
    every = sum(inhabitants.values())
    return {
        number: max(_SMALLEST, round(total * own / every)) for number, own in inhabitants.items()
    }


@cache
def _places(year: int, seed: int) -> Mapping[str, float]:
    every = persons(year)
    order = sorted(every, key=lambda number: seed_of(seed, year, "rekkefølge", number))
    before, places = 0, {}
    for number in order:
        places[number] = before / sum(every.values())
        before += every[number]
    return places


def place(number: str, year: int, seed: int) -> float:
    """Return how many of the persons of a year come before a municipality, in an order by chance.

    A share in 0..1: those below 0.3 have three of ten persons together.
    """
    return _places(year, seed).get(number, 1.0)
