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
can, for all that a reader knows, be anything from 1 to the limit less one. The reader
is taken to know that zeros are shown, but not to try which tables would have been held
back just like this one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from kpr_validator.attack import attack_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kpr_validator.attack import Attack, Key, Sum

LIMITS = (5, 10)
DEFAULT_LIMIT = 10


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
        self.totals = Counter(total.total for total in self.sums)
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
        while evident := self._exposed(most):
            for kept in (most, self.held, self.with_total):
                kept.difference_update(evident)

    def _protect(self) -> None:
        """Hold back more until nothing that is held back can be worked out.

        First where a single sum tells all: there it is clear what must be added.
        """
        while exposed := self._exposed(self.held):
            told = next((keys for key in exposed if (keys := self._beside(key))), None)
            self._hold(min(told or self._near(exposed[0]), key=self._cost))

    def _let_go(self) -> None:
        """Show again what turned out not to be needed, the most telling first."""
        spare = self.held - self.small - self.with_total - self.unseen
        for key in sorted(spare, key=self._cost, reverse=True):
            less = self.held - {key, self.twins.get(key, key)}
            if self._can_show(key) and not self._exposed(less):
                self.held = less

    def _can_show(self, key: Key) -> bool:
        other = self.twins.get(key, key)
        return other not in self.small and other not in self.with_total

    def _beside(self, exposed: Key) -> set[Key]:
        """Return what is shown in the sums where nothing else is held back."""
        alone = (keys for keys in self._members() if keys & self.held == {exposed})
        return self._shown().intersection(chain.from_iterable(alone))

    def _near(self, exposed: Key) -> set[Key]:
        """Return what is shown in the sums next to a number, or next to those, and so on."""
        shown, near, reached = self._shown(), {exposed}, 0
        while not near & shown and len(near) > reached:
            reached = len(near)
            near = near.union(*(keys for keys in self._members() if keys & near))
        return near & shown or shown

    def _members(self) -> list[set[Key]]:
        return [{total.total, *total.parts} for total in self.sums]

    def _shown(self) -> set[Key]:
        """Return what can be held back: a zero protects nothing."""
        return {key for key in self.keys if self.values[key]} - self.held

    def _cost(self, key: Key) -> tuple[int, int, Key]:
        """Return what is lost with a number: totals are dear, and so is much that is counted."""
        return (self.totals[key], self.values[key], key)

    def _exposed(self, held: Collection[Key]) -> list[Key]:
        """Return numbers that a reader could work out although they are held back."""
        unknown = [key for key in self.keys if key in held]
        attack = attack_on(
            self.values,
            self.sums,
            unknown,
            [int(key not in self.with_total and key not in self.unseen) for key in unknown],
        )
        known = set(attack.determined())
        watched = [
            (key, column)
            for column, key in enumerate(unknown)
            if key in self.small or key not in self.unseen
        ]
        told = [key for key, column in watched if column in known]
        if told:
            return told
        return next(
            ([key] for key, column in watched if not self._is_vague(attack, key, column)), []
        )

    def _is_vague(self, attack: Attack, key: Key, column: int) -> bool:
        """Tell whether a number can still be anything that its mark stands for.

        A total of parts that are not zero can be no less than their number.
        """
        if key not in self.small:
            return attack.is_open(column)
        if key in self.totals:
            return attack.is_wide(column, self.limit - 2, self.limit - 1)
        return attack.can_reach(column, 1, self.limit - 1)
