"""How the numbers of the figures hang together: `rules/deling.toml`, read and tried.

A relation that is not true of a submission's numbers tells a reader nothing of them,
and is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import assets, toml
from kpr_validator.attack import Sum
from kpr_validator.exposure import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kpr_validator.attack import Key
    from kpr_validator.figures import Count

SAME, COVERS, SUBSET, HOLDS = "samme", "dekker", "delmengde", "rommer"
_X, _OTHERS = "{x}", "*"
_REST, _SUM, _SLACK = "(resten)", "(sum)", "(andre)"

Lists = tuple[tuple[str, ...], ...]


class Relation(NamedTuple):
    """What is known of some numbers, by their addresses.

    The lists have the same sum (SAME), or the one number of the first is a sum in which
    the same persons can stand in several parts (COVERS), or holds all of the second, and
    others of whom nothing small may be told (SUBSET), or who don't matter (HOLDS).
    """

    kind: str
    lists: Lists


def declared(
    addresses: AbstractSet[str], patterns: Iterable[Relation] | None = None
) -> Iterator[Relation]:
    """Yield the relations between numbers that are there: those of the product, or others."""
    for pattern in written() if patterns is None else patterns:
        for x in _values_of_x(pattern, addresses):
            lists = tuple(tuple(name.replace(_X, x) for name in names) for names in pattern.lists)
            named = {name for names in lists for name in names}
            found = [tuple(_expanded(names, named, addresses)) for names in lists]
            there = tuple(names for names in found if names)
            if len(there) > 1 and (there[0] == found[0] or pattern.kind == SAME):
                yield Relation(pattern.kind, there)


@cache
def written() -> tuple[Relation, ...]:
    """Return the relations as they are written, with their patterns."""
    tables = _file()
    return (
        *(Relation(SAME, tuple(map(tuple, told["summer"]))) for told in tables[SAME]),
        *(
            Relation(kind, ((told["hele"],), tuple(told["deler"])))
            for kind in (COVERS, HOLDS, SUBSET)
            for told in tables[kind]
        ),
    )


@cache
def _file() -> dict[str, Any]:
    return toml.loads((assets.rules() / "deling.toml").read_text(encoding="utf-8"))


def _values_of_x(pattern: Relation, addresses: Iterable[str]) -> list[str]:
    """Return everything that x can be; a relation without x holds once."""
    first = next((n for names in pattern.lists for n in names if _X in n), None)
    if first is None:
        return [""]
    found = re.compile(_regex(first))
    return list(dict.fromkeys(m["x"] for name in addresses if (m := found.fullmatch(name))))


def _expanded(
    names: Iterable[str], named: AbstractSet[str], addresses: AbstractSet[str]
) -> Iterator[str]:
    """Yield the addresses that are there; a star stands for all that are not named."""
    for name in names:
        if _OTHERS in name:
            found = re.compile(_regex(name))
            yield from sorted(one for one in addresses - named if found.fullmatch(one))
        elif name in addresses:
            yield name


def _regex(pattern: str) -> str:
    escaped = re.escape(pattern).replace(re.escape(_X), "(?P<x>[^:]+)", 1)
    return escaped.replace(re.escape(_X), "(?P=x)").replace(re.escape(_OTHERS), "[^:]+")


def aliases(counts: Mapping[str, Count], relations: Iterable[Relation]) -> dict[str, Key]:
    """Return one key for all numbers that are the same, as sent and as received."""
    ties: list[list[Key]] = []
    for relation in relations:
        if relation.kind == SAME:
            equal: dict[Count, list[Key]] = defaultdict(list)
            for names in relation.lists:
                if len(names) == 1:
                    equal[counts[names[0]]].append(names)
            ties += equal.values()
    groups = grouped(((name,) for name in counts), ties)
    return {name: group[0] for group in groups for (name,) in group}


class Net:
    """The numbers of one way of counting, and the relations that are true of them."""

    def __init__(
        self,
        values: Mapping[str, int],
        keys: Mapping[str, Key],
        relations: Iterable[Relation],
    ) -> None:
        self.values: dict[Key, int] = {keys[name]: value for name, value in values.items()}
        self.unseen: set[Key] = set()
        self.slack: set[Key] = set()
        self.sums: list[Sum] = []
        self._known: set[Sum] = set()
        for number, relation in enumerate(relations):
            lists = [[keys[name] for name in names] for names in relation.lists]
            if relation.kind == SAME:
                self._same(lists, str(number))
            elif relation.kind == COVERS:
                self._covers(lists[0][0], lists[1])
            elif relation.kind == SUBSET:
                self._holds(lists[0][0], lists[1], (_REST, str(number)))
            else:
                self._holds(lists[0][0], lists[1], (_SLACK, str(number)))

    @property
    def ties(self) -> list[tuple[Key, ...]]:
        """Return the numbers that hang together directly."""
        return [(total.total, *total.parts) for total in self.sums]

    def _same(self, lists: Sequence[Sequence[Key]], number: str) -> None:
        """Take in lists with the same sum; a sum of several has no number that is shown.

        Where they don't all agree, those that do are still the same.
        """
        equal: dict[int, list[Sequence[Key]]] = defaultdict(list)
        for keys in lists:
            equal[sum(self.values[key] for key in keys)].append(keys)
        for value, group in equal.items():
            total = next((keys[0] for keys in group if len(keys) == 1), (_SUM, number, str(value)))
            others = [keys for keys in group if total not in keys]
            if total not in self.values and len(others) > 1:
                self.values[total] = value
                self.unseen.add(total)
            if total in self.values:
                self._take(Sum(total, tuple(keys)) for keys in others)

    def _take(self, sums: Iterable[Sum]) -> None:
        """Take in sums, each once: several relations can tell of one."""
        for one in sums:
            if one not in self._known:
                self._known.add(one)
                self.sums.append(one)

    def _covers(self, whole: Key, parts: Sequence[Key]) -> None:
        values = [self.values[key] for key in parts]
        if max(values) <= self.values[whole] <= sum(values):
            self.sums.append(Sum(whole, tuple(parts), overlaps=True))

    def _holds(self, whole: Key, parts: Sequence[Key], others: Key) -> None:
        """Take in parts and others, who stand nowhere but can be worked out."""
        left = self.values[whole] - sum(self.values[part] for part in parts)
        if left >= 0:
            self.values[others] = left
            self.unseen.add(others)
            self.sums.append(Sum(whole, (*parts, others)))
            if others[0] == _SLACK:
                self.slack.add(others)


def all_named() -> set[str]:
    """Return the first words of all addresses that are written: indicators and tables."""
    names = chain.from_iterable(names for pattern in written() for names in pattern.lists)
    return {name.partition(":")[0] for name in names}.union(_file()["alene"])
