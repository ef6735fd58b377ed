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
can, for all that a reader knows, be as small as half the limit and as great as the
limit less one. The reader is taken to know that zeros are shown, but not to try which
tables would have been held back just like this one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from kpr_validator.attack import attack_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kpr_validator.attack import Attack, Key, Sum

LIMITS = (5, 10)
DEFAULT_LIMIT = 10
_TRIED, _DEARER, _RINGS = 10, 3, 3


@dataclass(frozen=True)
class Numbers:
    """Numbers to be shown, and what a reader knows about how they hang together.

    `unseen` are numbers that stand nowhere, but can be worked out: they must be no
    easier to find than those that are held back. `twins` are always held back together.
    `slack` are those of them that may be found. `limits` are higher limits of some numbers,
    `places` says how often those stand that stand in several places.
    """

    values: Mapping[Key, int]
    sums: Sequence[Sum] = ()
    unseen: Collection[Key] = frozenset()
    slack: Collection[Key] = frozenset()
    twins: Mapping[Key, Key] = field(default_factory=dict)
    limits: Mapping[Key, int] = field(default_factory=dict)
    places: Mapping[Key, int] = field(default_factory=dict)


def hidden(numbers: Numbers, limit: int) -> frozenset[Key]:
    """Return which numbers must be held back. Those in `unseen` are not among them."""
    return frozenset(_Search(numbers, limit).hidden()).difference(numbers.unseen)


def grouped(keys: Iterable[Key], ties: Iterable[Sequence[Key]]) -> list[list[Key]]:
    """Return the keys in groups: those that ties bring together, directly or not."""
    leader = {key: key for key in keys}

    def find(key: Key) -> Key:
        while leader[key] != key:
            leader[key] = key = leader[leader[key]]
        return key

    for first, *others in ties:
        for other in others:
            leader[find(other)] = find(first)
    found: dict[Key, list[Key]] = defaultdict(list)
    for key in leader:
        found[find(key)].append(key)
    return list(found.values())


class _Search:
    """Numbers on their way to being safe."""

    def __init__(self, numbers: Numbers, limit: int) -> None:
        self.values = numbers.values
        self.limits = {key: max(limit, numbers.limits.get(key, 0)) for key in self.values}
        self.unseen = set(numbers.unseen)
        self.sums = numbers.sums
        self.members = [(total.total, *total.parts) for total in self.sums]
        self.totals = Counter(total.total for total in self.sums)
        self.places = numbers.places
        self.twins = {**numbers.twins, **{b: a for a, b in numbers.twins.items()}}
        self.small = {
            key
            for key, value in self.values.items()
            if 0 < value < self.limits[key] and key not in numbers.slack
        }
        self.with_total: set[Key] = set()
        self.held = set(self.unseen)
        self.settled: set[Key] = set()
        self.judged: dict[tuple[tuple[Key, ...], tuple[int, ...]], list[Key]] = {}
        self.sums_of: dict[Key, list[int]] = defaultdict(list)
        for place, keys in enumerate(self.members):
            for key in keys:
                self.sums_of[key].append(place)

    def hidden(self) -> set[Key]:
        """Return the numbers that are held back, unseen ones included."""
        for key in self.values:
            if key in self.small:
                self._hold(key)
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
            if taken not in self.unseen and (taken in self.small or taken in self.with_total):
                parts = set(self._parts(taken)) - self.with_total
                self.with_total |= parts
                waiting += parts

    def _parts(self, key: Key) -> Iterable[Key]:
        for place in self.sums_of[key]:
            if self.sums[place].total == key:
                yield from self.sums[place].parts

    def _show_evident(self) -> None:
        """Show zeros that the zeros beside them tell of: a total's parts, or all that it sums."""
        while evident := {key for key in self.with_total & self.held if self._is_evident(key)}:
            self.held -= evident
            self.with_total -= evident

    def _is_evident(self, key: Key) -> bool:
        if self.values[key] or key in self.unseen:
            return False
        sums = [self.sums[place] for place in self.sums_of[key]]
        above = any(key != t.total and self._is_empty([t.total]) for t in sums)
        return above or any(key == t.total and self._is_empty(t.parts) for t in sums)

    def _is_empty(self, keys: Iterable[Key]) -> bool:
        return all(key not in self.held and not self.values[key] for key in keys)

    def _protect(self) -> None:
        """Hold back more until nothing that is held back can be worked out.

        First where a single sum tells all: there it is clear what must be added. When
        nothing is left to hold back, what is told is a zero that stands among zeros.
        """
        while exposed := self._exposed(self.held):
            told = next((keys for key in exposed if (keys := self._beside(key))), None)
            if shields := self._affordable([told] if told else self._around(exposed[0])):
                self._hold(self._best(shields))
            else:
                self.settled.add(exposed[0])
                if not self.values[exposed[0]]:
                    self.held.remove(exposed[0])

    def _affordable(self, rings: Sequence[AbstractSet[Key]]) -> list[Key]:
        """Return what can be held back, the nearest and cheapest first, without what is dear."""
        costs = {key: self._cost(key) for ring in rings for key in ring}
        dearest = _DEARER * min(costs.values())[0] if costs else 0
        return [
            key
            for ring in rings
            for key in sorted(ring, key=costs.__getitem__)
            if costs[key][0] <= dearest
        ]

    def _best(self, shields: Sequence[Key]) -> Key:
        """Return the first that can't itself be had from elsewhere, if there is such a one."""
        for key in shields[:_TRIED]:
            both = {key, self.twins.get(key, key)}
            if not both.intersection(self._exposed(self.held | both)):
                return key
        return shields[0]

    def _let_go(self) -> None:
        """Show again what turned out not to be needed, the most telling first."""
        spare = self.held - self.small - self.with_total - self.unseen
        for key in sorted(spare, key=self._cost, reverse=True):
            both = {key, self.twins.get(key, key)}
            if both <= spare and not self._exposed(self.held - both):
                self.held -= both

    def _beside(self, exposed: Key) -> set[Key]:
        """Return what is shown in the sums where nothing else is held back."""
        sums = (self.members[place] for place in self.sums_of[exposed])
        alone = [keys for keys in sums if self.held.intersection(keys) == {exposed}]
        return self._shown(chain.from_iterable(alone))

    def _around(self, exposed: Key) -> list[set[Key]]:
        """Return what is shown in the sums around a number, in those around these, and so on."""
        near, edge = {exposed}, {exposed}
        rings: list[set[Key]] = []
        while edge and (len(rings) < _RINGS or not any(rings)):
            edge = {
                key for one in edge for place in self.sums_of[one] for key in self.members[place]
            } - near
            near |= edge
            rings.append(self._shown(edge))
        return rings

    def _shown(self, keys: Iterable[Key]) -> set[Key]:
        """Return what can be held back: a zero protects nothing."""
        return {key for key in keys if self.values[key] and key not in self.held}

    def _cost(self, key: Key) -> tuple[int, int, Key]:
        """Return what is lost with a number: totals are dear, and so is what stands often."""
        return (self.totals[key] + self.places.get(key, 1), self.values[key], key)

    def _exposed(self, held: AbstractSet[Key]) -> list[Key]:
        """Return numbers that a reader could work out although they are held back."""
        ties = [[key for key in keys if key in held] for keys in self.members]
        found: list[Key] = []
        for group in grouped(held, (tie for tie in ties if tie)):
            found += self._exposed_of(tuple(sorted(group)))
        return [key for key in found if key not in self.settled]

    def _exposed_of(self, unknown: tuple[Key, ...]) -> list[Key]:
        """Return those of some numbers, which no others hang together with, that are told."""
        least = tuple(int(key not in self.with_total and key not in self.unseen) for key in unknown)
        if (unknown, least) not in self.judged:
            self.judged[unknown, least] = self._judge(unknown, least)
        return self.judged[unknown, least]

    def _judge(self, unknown: Sequence[Key], least: Sequence[int]) -> list[Key]:
        watched = [
            (key, column)
            for column, key in enumerate(unknown)
            if key in self.small or key not in self.unseen
        ]
        if not watched:
            return []
        places = sorted({place for key in unknown for place in self.sums_of[key]})
        attack = attack_on(self.values, [self.sums[place] for place in places], unknown, least)
        known = set(attack.determined())
        if told := [key for key, column in watched if column in known]:
            return told
        for key, column in watched:
            if not self._is_vague(attack, key, column):
                return [key]
        return []

    def _is_vague(self, attack: Attack, key: Key, column: int) -> bool:
        """Tell whether a number can still be most of what its mark stands for.

        A total of parts that are not zero can be no less than their number.
        """
        if key not in self.small:
            return attack.is_open(column)
        highest = self.limits[key] - 1
        if key in self.totals:
            return attack.is_wide(column, highest - 1, highest)
        return attack.can_reach(column, self.limits[key] // 2, highest)
