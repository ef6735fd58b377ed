"""Small numbers are held back, and as many others as it takes that nobody can work them out.

A number from 1 to the limit less one is small. SSB shows nothing below 5 in its care
statistics, Helsedirektoratet nothing below 10 in its indicators; with both documented,
10 is ours unless a user asks for 5. Zero is shown, as Helsedirektoratet does, where it
«betyr at kommunen ikke har rapportert tall»: that nothing was reported is just what a
reader of these figures has to see, and it tells of nobody. But where the whole group is
small, zeros are held back with the rest, for they would tell what all of those few have
in common. Both that, and the protection below, are our own choices.

Sums give numbers away, so more is held back until two things are sure: no number that
is held back follows from the equations between those that are shown; and a small one
can, for all that a reader knows, have as many values as the mark itself leaves open,
the limit less one among them. The reader is taken to know that zeros are shown,
but not to try which tables would have been held back just like this one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpr_validator.attack import Attack

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

LIMITS = (5, 10)
DEFAULT_LIMIT = 10

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A number that is the sum of others.

    With `overlaps` the parts can count the same person twice: the total is then no
    more than their sum, and no less than any of them.
    """

    total: Key
    parts: tuple[Key, ...]
    overlaps: bool = False


@dataclass(frozen=True)
class Numbers:
    """Numbers to be shown, and what a reader knows about how they hang together.

    `unseen` are numbers that stand nowhere, but can be worked out: they must be no
    easier to find than those that are held back. `twins` are always held back together.
    """

    values: Mapping[Key, int]
    sums: Sequence[Sum] = ()
    unseen: Collection[Key] = frozenset()
    twins: Mapping[Key, Key] = field(default_factory=dict)


def hidden(numbers: Numbers, limit: int) -> frozenset[Key]:
    """Return which numbers must be held back. Those in `unseen` are not among them."""
    return frozenset(
        key
        for group in groups(numbers)
        for key in _Group(numbers, group, limit).hidden()
        if key not in numbers.unseen
    )


def groups(numbers: Numbers) -> list[list[Key]]:
    """Return the numbers in groups: those that sums or twins tie together, in their order."""
    leader: dict[Key, Key] = {key: key for key in numbers.values}

    def find(key: Key) -> Key:
        while leader[key] != key:
            leader[key] = key = leader[leader[key]]
        return key

    ties = [(total.total, part) for total in numbers.sums for part in total.parts]
    for one, other in (*ties, *numbers.twins.items()):
        leader[find(one)] = find(other)
    found: dict[Key, list[Key]] = defaultdict(list)
    for key in numbers.values:
        found[find(key)].append(key)
    return list(found.values())


class _Group:
    """Numbers that hang together, on their way to being safe."""

    def __init__(self, numbers: Numbers, keys: list[Key], limit: int) -> None:
        own = set(keys)
        self.limit = limit
        self.keys = keys
        self.values = numbers.values
        self.unseen = own.intersection(numbers.unseen)
        self.sums = [total for total in numbers.sums if total.total in own]
        self.twins = {
            one: other
            for pair in numbers.twins.items()
            for one, other in (pair, pair[::-1])
            if one in own
        }
        self.small = {key for key in keys if 0 < self.values[key] < limit}
        self.with_total: set[Key] = set()
        self.held = set(self.unseen)

    def hidden(self) -> set[Key]:
        """Return the numbers that are held back, unseen ones included."""
        for key in self.keys:
            if key in self.small:
                self._hold(key)
        if self.small:
            self._show_evident()
            self._protect()
            self._let_go()
        return self.held

    def _hold(self, key: Key) -> None:
        """Hold back a number and its twin; of a small total also all parts."""
        waiting = [key]
        while waiting:
            taken = waiting.pop()
            self.held.add(taken)
            if taken in self.twins and self.twins[taken] not in self.held:
                waiting.append(self.twins[taken])
            if taken in self.small or taken in self.with_total:
                for part in self._parts(taken):
                    if part not in self.with_total:
                        self.with_total.add(part)
                        waiting.append(part)

    def _parts(self, key: Key) -> Iterator[Key]:
        """Yield the parts of a total that is shown anywhere."""
        for total in self.sums:
            if total.total == key and key not in self.unseen:
                yield from total.parts

    def _show_evident(self) -> None:
        """Show zeros that a zero beside them tells of, whatever else were held back."""
        most = self.held | {key for key in self.keys if self.values[key]}
        while (evident := self._exposed(most)) is not None:
            for kept in (most, self.held, self.with_total):
                kept.discard(evident)

    def _protect(self) -> None:
        """Hold back more until nothing that is held back can be worked out."""
        while (exposed := self._exposed(self.held)) is not None:
            self._hold(min(self._shields(exposed), key=self._cost))

    def _let_go(self) -> None:
        """Show again what turned out not to be needed, the most telling first."""
        spare = self.held - self.small - self.with_total - self.unseen
        for key in sorted(spare, key=self._cost, reverse=True):
            less = self.held - {key, self.twins.get(key, key)}
            if self._can_show(key) and self._exposed(less) is None:
                self.held = less

    def _can_show(self, key: Key) -> bool:
        other = self.twins.get(key, key)
        return other not in self.small and other not in self.with_total

    def _shields(self, exposed: Key) -> Sequence[Key]:
        """Return what could be held back to protect a number: its neighbours, if there are any."""
        near = {
            key
            for total in self.sums
            for keys in ((total.total, *total.parts),)
            if exposed in keys
            for key in keys
        }
        shown = [key for key in self.keys if key not in self.held and self.values[key]]
        return [key for key in shown if key in near] or shown

    def _cost(self, key: Key) -> tuple[int, int, Key]:
        """Return what is lost with a number: totals are dear, and so is much that is counted."""
        return (sum(total.total == key for total in self.sums), self.values[key], key)

    def _exposed(self, held: Collection[Key]) -> Key | None:
        """Return a number that a reader could work out although it is held back."""
        unknown = [key for key in self.keys if key in held]
        place = {key: column for column, key in enumerate(unknown)}
        attack = self._attack(unknown, place)
        watched = [key for key in unknown if key in self.small or key not in self.unseen]
        known = set(attack.determined())
        for key in watched:
            if place[key] in known:
                return key
        for key in watched:
            if key in self.small:
                if not attack.is_wide(place[key], self.limit):
                    return key
            elif not attack.is_open(place[key]):
                return key
        return None

    def _attack(self, unknown: list[Key], place: Mapping[Key, int]) -> Attack:
        """Return what a reader knows: the equations, with a slack where parts overlap."""
        truth = [self.values[key] for key in unknown]
        least = [int(key not in self.with_total and key not in self.unseen) for key in unknown]
        equations: list[dict[int, int]] = []
        for total in self.sums:
            row = _row(place, [total.total], total.parts)
            if total.overlaps:
                slack = sum(self.values[part] for part in total.parts) - self.values[total.total]
                _add_slack(row, slack, -1, truth, least)
                for part in total.parts:
                    bound = _row(place, [total.total], [part])
                    slack = self.values[total.total] - self.values[part]
                    equations.append(_add_slack(bound, slack, 1, truth, least))
            equations.append(row)
        return Attack([row for row in equations if row], truth, least)


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
    """Add an unknown of which a reader knows only that it is not below zero."""
    if row:
        row[len(truth)] = -sign
        truth.append(value)
        least.append(0)
    return row
