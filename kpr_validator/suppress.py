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

from itertools import chain
from typing import TYPE_CHECKING

from kpr_validator.exposure import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kpr_validator.attack import Key
    from kpr_validator.exposure import Numbers

LIMITS = (5, 10)
DEFAULT_LIMIT = 10
_TRIED, _DEARER, _RINGS = 10, 3, 3


def hidden(numbers: Numbers, limit: int) -> frozenset[Key]:
    """Return which numbers must be held back. Those in `unseen` are not among them."""
    return frozenset(_Search(numbers, limit).hidden()).difference(numbers.unseen)


class _Search:
    """Numbers on their way to being safe."""

    def __init__(self, numbers: Numbers, limit: int) -> None:
        self.reader = Reader(numbers, limit)
        self.values = numbers.values
        self.sums = numbers.sums
        self.places = numbers.places
        self.unseen, self.small = self.reader.unseen, self.reader.small
        self.members, self.sums_of = self.reader.members, self.reader.sums_of
        self.twins = {**numbers.twins, **{b: a for a, b in numbers.twins.items()}}
        self.with_total = self.reader.maybe_zero
        self.held = set(self.unseen)
        self.settled: set[Key] = set()

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
        while exposed := self._told(self.held):
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
            if not both.intersection(self._told(self.held | both)):
                return key
        return shields[0]

    def _let_go(self) -> None:
        """Show again what turned out not to be needed, the most telling first."""
        spare = self.held - self.small - self.with_total - self.unseen
        spare = {key for key in spare if self.twins.get(key, key) in spare}
        for key in sorted(spare, key=self._cost, reverse=True):
            if key in self.held:
                self._try_without(key, spare)

    def _try_without(self, key: Key, spare: AbstractSet[Key]) -> None:
        """Show a number, and what it tells, if that is nothing that has to be held back."""
        told = {key}
        less: AbstractSet[Key] = self.held
        while told and told <= spare:
            less = less - told - {self.twins[one] for one in told if one in self.twins}
            told = set(self._told(less))
        if not told:
            self.held = set(less)

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
        return (self.reader.totals[key] + self.places.get(key, 1), self.values[key], key)

    def _told(self, held: AbstractSet[Key]) -> list[Key]:
        """Return numbers that could be worked out, but for those that nothing more can protect."""
        return [key for key in self.reader.exposed(held) if key not in self.settled]
