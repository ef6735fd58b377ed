"""What a reader can work out about numbers that are held back.

A reader knows the numbers that are shown, how they sum, and that everything counted
is a whole number. `Attack` finds whole tables that would have been shown exactly
alike: as long as two of them give a held back number different values, nobody can
tell which one is true. All arithmetic is exact.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Number = int | Fraction
Row = dict[int, Number]
Key = tuple[str, ...]

_FAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Sum:
    """A number that is the sum of others.

    With `overlaps` the parts can count the same person twice: the total is then no
    more than their sum, and no less than any of them.
    """

    total: Key
    parts: tuple[Key, ...]
    overlaps: bool = False


class Attack:
    """Every table that a reader must hold possible, as the solutions of its equations.

    `equations` are the coefficients of the unknown numbers, each row with a constant
    that is of no interest here, because `truth`, the true values, solves them all.
    `least` is the least value that each unknown can have, as far as a reader knows.
    """

    def __init__(
        self, equations: Iterable[Mapping[int, int]], truth: Sequence[int], least: Sequence[int]
    ) -> None:
        self.width = len(truth)
        self.least = least
        self.lowest = list(truth)
        self.highest = list(truth)
        self.rows: list[Row] = []
        self.basis: list[int] = []
        for equation in equations:
            self._add(dict(equation))
        self.above: list[Number] = [value - low for value, low in zip(truth, least, strict=True)]
        self.broken: set[int] = set()
        self.is_corner = False

    def determined(self) -> list[int]:
        """Return the unknowns that the equations alone give away.

        An unknown is known when its own unit vector lies in the row space: when its
        row of the reduced matrix holds nothing else.
        """
        return [column for row, column in zip(self.rows, self.basis, strict=True) if len(row) == 1]

    def can_reach(self, column: int, low: int, high: int) -> bool:
        """Tell whether an unknown can be as small as `low`, and as great as `high`.

        Only whole tables that solve every equation are taken as proof.
        """
        if self.lowest[column] > low:
            self._move(column, -1, low)
        if self.lowest[column] <= low and self.highest[column] < high:
            self._move(column, 1, high)
        return self.lowest[column] <= low and self.highest[column] >= high

    def is_wide(self, column: int, width: int, high: int) -> bool:
        """Tell whether an unknown can be as great as `high`, and `width` less than its most."""
        if self.highest[column] < max(high, self.lowest[column] + width):
            self._move(column, 1, max(high, self.lowest[column] + width))
        if self.highest[column] < self.lowest[column] + width:
            self._move(column, -1, self.highest[column] - width)
        return self.highest[column] >= max(high, self.lowest[column] + width)

    def is_open(self, column: int) -> bool:
        """Tell whether an unknown can have more than one value."""
        if self.lowest[column] == self.highest[column]:
            self._move(column, 1, self.highest[column] + 1)
        if self.lowest[column] == self.highest[column]:
            self._move(column, -1, self.lowest[column] - 1)
        return self.lowest[column] < self.highest[column]

    def _add(self, row: Row) -> None:
        """Bring one more equation into the reduced matrix."""
        for known, column in zip(self.rows, self.basis, strict=True):
            _subtract(row, known, row.get(column, 0))
        if not row:
            return
        place = next((column for column, value in row.items() if value in {1, -1}), min(row))
        _divide(row, row[place])
        for known in self.rows:
            _subtract(known, row, known.get(place, 0))
        self.rows.append(row)
        self.basis.append(place)

    def _move(self, column: int, sign: int, target: int) -> None:
        """Walk from corner to corner until the unknown has reached its target, or can't."""
        if not self.is_corner:
            self._to_corner()
        is_bound = True
        while is_bound and sign * (self.above[column] + self.least[column] - target) < 0:
            entering = self._entering(column, sign)
            if entering is None:
                return
            is_bound = self._step(entering, 1)

    def _entering(self, column: int, sign: int) -> int | None:
        """Return what must grow for the unknown to move (Bland's rule: the first that helps)."""
        if column not in self.basis:
            return column if sign > 0 else None
        row = self.rows[self.basis.index(column)]
        helpful = (o for o, value in row.items() if sign * value < 0 and o != column)
        return min(helpful, default=None)

    def _to_corner(self) -> None:
        """Let go of all slack: every unknown outside the basis comes down to its least."""
        for column, value in enumerate(self.above):
            if value and column not in self.basis:
                self._step(column, -1)
        self.is_corner = True

    def _step(self, column: int, sign: int) -> bool:
        """Move one unknown up (1) or down (-1) as far as the others let it.

        Where nothing stops it, see how far it comes, stay, and return False.
        """
        longest: Number = _FAR if sign > 0 else self.above[column]
        blocking: int | None = None
        touched = [(place, row[column]) for place, row in enumerate(self.rows) if column in row]
        for place, value in touched:
            if sign * value > 0:
                room = _quotient(self.above[self.basis[place]], sign * value)
                if room < longest or (
                    room == longest
                    and blocking is not None
                    and self.basis[place] < self.basis[blocking]
                ):
                    longest, blocking = room, place
        moved = {column: self.above[column] + sign * longest}
        for place, value in touched:
            other = self.basis[place]
            moved[other] = self.above[other] - sign * value * longest
        self._remember(moved)
        if blocking is None and sign > 0:
            return False
        for other, value in moved.items():
            self.above[other] = value
            (self.broken.add if value.denominator != 1 else self.broken.discard)(other)
        if blocking is not None:
            self._pivot(blocking, column)
        return True

    def _pivot(self, place: int, column: int) -> None:
        row = self.rows[place]
        _divide(row, row[column])
        for other in self.rows:
            if other is not row and column in other:
                _subtract(other, row, other[column])
        self.basis[place] = column

    def _remember(self, moved: Mapping[int, Number]) -> None:
        """Note how far unknowns have come, if this is a table of whole numbers."""
        if not self.broken <= moved.keys() or any(n.denominator != 1 for n in moved.values()):
            return
        for column, value in moved.items():
            found = int(value) + self.least[column]
            self.lowest[column] = min(self.lowest[column], found)
            self.highest[column] = max(self.highest[column], found)


def attack_on(
    values: Mapping[Key, int], sums: Iterable[Sum], unknown: Sequence[Key], least: Iterable[int]
) -> Attack:
    """Return what a reader knows when all values but the unknown ones are shown.

    Where parts overlap, the difference is one more unknown, known not to be below zero.
    """
    place = {key: column for column, key in enumerate(unknown)}
    truth, lowest = [values[key] for key in unknown], list(least)
    equations: list[dict[int, int]] = []
    for total in sums:
        row = _row(place, [total.total], total.parts)
        if total.overlaps:
            slack = sum(values[part] for part in total.parts) - values[total.total]
            _add_slack(row, slack, -1, truth, lowest)
            for part in total.parts:
                bound = _row(place, [total.total], [part])
                slack = values[total.total] - values[part]
                equations.append(_add_slack(bound, slack, 1, truth, lowest))
        equations.append(row)
    return Attack([row for row in equations if row], truth, lowest)


def _row(place: Mapping[Key, int], plus: Iterable[Key], minus: Iterable[Key]) -> dict[int, int]:
    row: dict[int, int] = defaultdict(int)
    for keys, sign in ((plus, 1), (minus, -1)):
        for key in keys:
            if key in place:
                row[place[key]] += sign
    return dict(row)


def _add_slack(
    row: dict[int, int], value: int, sign: int, truth: list[int], least: list[int]
) -> dict[int, int]:
    """Add an unknown that is not below zero."""
    if row:
        row[len(truth)] = -sign
        truth.append(value)
        least.append(0)
    return row


def _divide(row: Row, by: Number) -> None:
    if by != 1:
        for column in row:
            row[column] = _quotient(row[column], by)


def _subtract(row: Row, other: Row, times: Number) -> None:
    """Take another row, so many times, away from a row; nothing is kept of what becomes zero."""
    if not times:
        return
    for column, value in other.items():
        left = row.get(column, 0) - times * value
        if left:
            row[column] = left
        else:
            row.pop(column, None)


def _quotient(value: Number, by: Number) -> Number:
    if by == 1:
        return value
    return -value if by == -1 else Fraction(value) / by
