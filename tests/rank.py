"""The exact attack on what is held back: what a reader can have by sums and differences alone."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from kpr_validator.attack import Key
    from kpr_validator.exposure import Numbers

Row = dict[tuple[str, ...], Fraction]


def equations(numbers: Numbers) -> list[dict[Key, int]]:
    """Return what is published about how the numbers hang together, each sum being zero."""
    return [
        {total.total: -1, **dict.fromkeys(total.parts, 1)}
        for total in numbers.sums
        if not total.overlaps
    ]


def recovered(numbers: Numbers, held: Collection[Key]) -> set[Key]:
    """Return the held back numbers whose unit vector lies in the row space of what is known."""
    unknown = {key for key in numbers.values if key in held or key in numbers.unseen}
    waiting: list[Row] = [
        {key: Fraction(n) for key, n in row.items() if key in unknown} for row in equations(numbers)
    ]
    done: list[Row] = []
    while waiting:
        pivot = waiting.pop()
        if pivot:
            key = min(pivot)
            pivot = {other: n / pivot[key] for other, n in pivot.items()}
            waiting = [_without(row, pivot, key) for row in waiting]
            done = [*(_without(row, pivot, key) for row in done), pivot]
    return {key for row in done if len(row) == 1 for key in row} & {*held}


def _without(row: Row, pivot: Row, key: Key) -> Row:
    """Return a row less as much of the pivot as it takes to be rid of a key."""
    if key not in row:
        return row
    less = {other: row.get(other, Fraction(0)) - row[key] * n for other, n in pivot.items()}
    return {other: n for other, n in {**row, **less}.items() if n}
