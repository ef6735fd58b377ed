"""Chance that gives the same file on every platform and Python version.

Only `Random.random()` is promised to repeat itself for a seed, so every other draw
is made of it here. Shares are held evenly: after any number of persons the count of a
draw is within one or two of what its shares ask for, so that small files too look like
what they are drawn from. It is neither above nor below on the average, so that many small
files together have the shares as well: each whole one that a share asks for falls due at
a point of its own, anywhere in its stretch.
"""

from __future__ import annotations

from bisect import bisect_right
from hashlib import sha256
from heapq import heapify, heapreplace
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

T = TypeVar("T")
_HALF = 0.5


def seed_of(*parts: object) -> int:
    """Return the seed that belongs to the parts, the same everywhere: 64 bits."""
    text = "/".join(map(str, parts))
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


class Chance:
    """Draws from one seeded series."""

    __slots__ = ("_debts", "_due", "next")

    def __init__(self, seed: int) -> None:
        """Start the series of `seed`."""
        self.next = Random(seed).random  # noqa: S311  test data, not secrets
        self._debts: dict[Hashable, float] = {}
        self._due: dict[Hashable, float] = {}

    def below(self, limit: int) -> int:
        """Return an integer from 0 up to, but not including, `limit`."""
        return int(self.next() * limit)

    def between(self, first: int, last: int) -> int:
        """Return an integer from `first` to `last`, both inclusive; `first` when there is none."""
        return first + int(self.next() * (last - first + 1)) if last > first else first

    def yes(self, share: float) -> bool:
        """Return true in `share` (0..1) of the draws."""
        return self.next() < share

    def one_of(self, items: Sequence[T]) -> T:
        """Return one of `items`, all equally likely."""
        return items[int(self.next() * len(items))]

    def weighed(self, weights: Sequence[float]) -> int:
        """Return a place in `weights`, each as likely as it weighs."""
        totals = list(accumulate(weights))
        return min(bisect_right(totals, self.next() * totals[-1]), len(weights) - 1)

    def evenly(self, name: Hashable, share: float, pull: float = 1.0) -> bool:
        """Return true in `share` of the draws of this name, never far from it on the way.

        Those with more `pull` are chosen more often, and the others less.
        """
        if share > _HALF:
            return not self.evenly(name, 1 - share, 1 / pull)
        debt = self._debts.get(name, 0.0) + share
        due = self._due.get(name)
        if due is None:
            due = self._due[name] = self.next()
        is_chosen = debt * pull > due
        if is_chosen:
            del self._due[name]
        self._debts[name] = debt - is_chosen
        return is_chosen

    def count(self, name: Hashable, share: float, *, is_chosen: bool) -> None:
        """Count one whose answer is drawn under another name among those of this name."""
        if share > _HALF:
            share, is_chosen = 1 - share, not is_chosen
        self._debts[name] = self._debts.get(name, 0.0) + share - is_chosen


class Deal:
    """Deals out the places of `shares` so that each is met as often as its share asks for."""

    __slots__ = ("_chance", "_dealt", "_due", "_shares")

    def __init__(self, chance: Chance, shares: Sequence[float]) -> None:
        """Begin with nothing dealt; the shares add up to 1."""
        self._chance = chance
        self._shares = shares
        self._dealt = [0] * len(shares)
        self._due = [(chance.next() / share, at) for at, share in enumerate(shares) if share > 0]
        heapify(self._due)

    def next(self) -> int:
        """Return the next place."""
        place = self._due[0][1]
        self._dealt[place] += 1
        due = (self._dealt[place] + self._chance.next()) / self._shares[place]
        heapreplace(self._due, (due, place))
        return place
