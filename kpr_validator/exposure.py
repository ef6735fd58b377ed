"""Which numbers a reader could work out although they are held back."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpr_validator.attack import attack_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kpr_validator.attack import Attack, Key, Sum


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


class Reader:
    """Somebody who sees the numbers that are shown, and knows how all of them hang together.

    `maybe_zero` are numbers that can be held back although they are zero.
    """

    def __init__(self, numbers: Numbers, limit: int) -> None:
        self.values = numbers.values
        self.limits = {key: max(limit, numbers.limits.get(key, 0)) for key in self.values}
        self.unseen = set(numbers.unseen)
        self.sums = numbers.sums
        self.members = [(total.total, *total.parts) for total in self.sums]
        self.totals = Counter(total.total for total in self.sums)
        self.small = {
            key
            for key, value in self.values.items()
            if 0 < value < self.limits[key] and key not in numbers.slack
        }
        self.maybe_zero: set[Key] = set()
        self.judged: dict[tuple[tuple[Key, ...], tuple[int, ...]], list[Key]] = {}
        self.sums_of: dict[Key, list[int]] = defaultdict(list)
        for place, keys in enumerate(self.members):
            for key in keys:
                self.sums_of[key].append(place)

    def exposed(self, held: AbstractSet[Key]) -> list[Key]:
        """Return numbers that a reader could work out although they are held back."""
        ties = [[key for key in keys if key in held] for keys in self.members]
        found: list[Key] = []
        for group in grouped(held, (tie for tie in ties if tie)):
            found += self._exposed_of(tuple(sorted(group)))
        return found

    def _exposed_of(self, unknown: tuple[Key, ...]) -> list[Key]:
        """Return those of some numbers, which no others hang together with, that are told."""
        least = tuple(int(key not in self.maybe_zero and key not in self.unseen) for key in unknown)
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
