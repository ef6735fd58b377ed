"""Chance that gives the same file on every platform and Python version.

Only `Random.random()` is promised to repeat itself for a seed, so every other
draw is made of it here.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")

OPEN = "99991231"


class Chance:
    """Draws from one seeded series."""

    __slots__ = ("_next",)

    def __init__(self, seed: int) -> None:
        """Start the series of `seed`."""
        self._next = Random(seed).random  # noqa: S311  test data, not secrets

    def below(self, limit: int) -> int:
        """Return an integer from 0 up to, but not including, `limit`."""
        return int(self._next() * limit)

    def between(self, first: int, last: int) -> int:
        """Return an integer from `first` to `last`, both inclusive."""
        return first + int(self._next() * (last - first + 1)) if last > first else first

    def yes(self, share: float) -> bool:
        """Return true in `share` (0..1) of the draws."""
        return self._next() < share

    def one_of(self, items: Sequence[T]) -> T:
        """Return one of `items`, all equally likely."""
        return items[int(self._next() * len(items))]


@cache
def day(text: str) -> int:
    """Return the ordinal of a date written YYYYMMDD."""
    return date(int(text[:4]), int(text[4:6]), int(text[6:])).toordinal()


@cache
def text_of(ordinal: int) -> str:
    """Return a day ordinal as YYYYMMDD."""
    moment = date.fromordinal(ordinal)
    return f"{moment.year:04}{moment.month:02}{moment.day:02}"


@cache
def orgnr(number: int) -> str:
    """Return the synthetic organisation number nearest above `number`, mod 11 valid.

    Numbers that begin with 3 belong to test data only.
    """
    while True:
        digits = f"{310000000 // 10 + number:08}"
        total = sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True))
        control = (11 - total % 11) % 11
        if control < 10:
            return f"{digits}{control}"
        number += 1
