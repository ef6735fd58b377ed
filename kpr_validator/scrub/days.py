"""Other days: all of a part are moved together, so that order and intervals stay.

The first way tried is the run's own secret offset. When a finding needs a limit (the turn
of the year, an age, 2005), other offsets are tried, then ways that let 1 January and
31 December of the data year stand, and at last a move of each group of near days within
its own stretch between the limits.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass, replace
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.scrub.tree import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from kpr_validator.scrub.tree import Node, Path

OPEN = "99991231"
_FORM = re.compile("(?:1[0-9]|20)[0-9]{6}")
_MONTH = re.compile("(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")
_NEAR = 45
_TRIES = 150
_OFFSETS = 14
_GROUPED = 10
_FURTHEST = (400, 200, 100, 40, 12, 5)
_IMPOSSIBLE = ("0230", "0231", "0431", "0631", "0931", "1131")
_MIDDLE = 15


@dataclass(frozen=True)
class Limits:
    """The days that rules compare with; `first` and `last` are the data year's own."""

    first: str
    last: str
    status: str

    def fixed(self) -> frozenset[str]:
        """Return the days that may stand: they are the year's and no person's."""
        return frozenset({self.first, self.last, OPEN})

    def starts(self) -> list[int]:
        """Return the day numbers on which a new stretch of time begins."""
        year = int(self.first[:4])
        begins = (self.first, f"{year - 1}0101", "19800101", "20050101")
        ends = (self.last, self.status, f"{year + 1}0107")
        numbers = (*map(_ordinal, begins), *((_ordinal(day) or 0) + 1 for day in ends))
        return sorted({number for number in numbers if number is not None})


class Secret(NamedTuple):
    """The days of the original: those of the persons that a part is made from, and all."""

    own: AbstractSet[str]
    all: AbstractSet[str]


def days_of(tree: Node) -> set[str]:
    """Return every value that looks like a day or a month, wherever it stands."""
    values = (node.text.strip() for _, node in tree.walk() if not node.children)
    return {value for value in values if _FORM.fullmatch(value) or _MONTH.fullmatch(value)}


def moved(tree: Node, new: Mapping[str, str]) -> Node:
    """Return the tree with each day replaced."""

    def move(_at: Path, node: Node) -> Node:
        bare = node.text.strip()
        if node.children or bare not in new:
            return node
        return replace(node, text=node.text.replace(bare, new[bare]))

    return changed(tree, move)


def run_offset() -> int:
    """Return a secret number of days, never none."""
    return _secret(_FURTHEST[0])


def ways(
    days: AbstractSet[str], limits: Limits, offset: int, secret: Secret
) -> Iterator[dict[str, str]]:
    """Yield ways to move the days of a part, the best first; none gives one of the person's own.

    Ways that also keep away from the days of the whole original come before those that don't.
    """
    offsets = [offset, *(_secret(far) for far in _FURTHEST for _ in range(_TRIES // 10))]
    whole = [_by_offset(days, days & {OPEN}, n) for n in offsets]
    pinned = [_by_offset(days, days & limits.fixed(), n) for n in offsets]
    grouped = (_by_groups(days, limits) for _ in range(_TRIES))
    tried = ((whole, _OFFSETS), (pinned, _OFFSETS), (grouped, _GROUPED))
    for made, count in tried:
        yield from _best(made, secret.own - limits.fixed(), secret.all, count)


def apart(days: AbstractSet[str], limits: Limits, secret: Secret) -> list[dict[str, str]]:
    """Return ways to move the days of one person alone: as many for everyone, or none.

    For persons too many to be moved alike: among days so dense one's new is another's old.
    """
    tried = (_by_groups(days, limits) for _ in range(_TRIES))
    found = _best(tried, secret.own - limits.fixed(), secret.all, _GROUPED)
    return [way for way, _ in zip(cycle(found), range(_GROUPED), strict=False)]


def _best(
    made: Iterable[dict[str, str] | None],
    own: AbstractSet[str],
    avoided: AbstractSet[str],
    count: int,
) -> list[dict[str, str]]:
    """Return at most so many ways that leave none of the part's own days."""
    good = [way for way in made if way is not None and not own & set(way.values())]
    good.sort(key=lambda way: len(avoided & set(way.values()) - {OPEN}))
    distinct = {tuple(sorted(way.items())): way for way in good}
    return list(distinct.values())[:count]


def _by_offset(
    days: AbstractSet[str], standing: AbstractSet[str], offset: int
) -> dict[str, str] | None:
    new = {day: day if day in standing else _shifted(day, offset) for day in days}
    return None if None in new.values() else {a: b for a, b in new.items() if b is not None}


def _by_groups(days: AbstractSet[str], limits: Limits) -> dict[str, str] | None:
    """Move each group of near days by an offset of its own, between the limits it is between."""
    starts = limits.starts()
    real = sorted((n, day) for day in days - limits.fixed() if (n := _ordinal(day)) is not None)
    groups: list[list[tuple[int, str]]] = []
    for n, day in real:
        if groups and n - groups[-1][-1][0] <= _NEAR:
            groups[-1].append((n, day))
        else:
            groups.append([(n, day)])
    new = {day: day for day in days & limits.fixed()}
    for group in groups:
        offset = _secret(secrets.choice(_FURTHEST))
        if any(_stretch(n, starts) != _stretch(n + offset, starts) for n, _ in group):
            return None
        new |= {day: moved for _, day in group if (moved := _shifted(day, offset))}
    others = {day: _shifted(day, _secret(_FURTHEST[0])) for day in days - new.keys()}
    new |= {day: moved for day, moved in others.items() if moved}
    return new if len(new) == len(days) and _in_order(new, real) else None


def _in_order(new: Mapping[str, str], real: list[tuple[int, str]]) -> bool:
    followed = [_ordinal(new[day]) or 0 for _, day in real]
    return followed == sorted(followed)


def _stretch(day: int, starts: list[int]) -> int:
    return sum(start <= day for start in starts)


def _secret(furthest: int) -> int:
    return (secrets.randbelow(furthest) + 1) * secrets.choice((-1, 1))


def _ordinal(day: str) -> int | None:
    if _MONTH.fullmatch(day):
        return dt.date(int(day[:4]), int(day[4:]), _MIDDLE).toordinal()
    try:
        return dt.date(int(day[:4]), int(day[4:6]), int(day[6:])).toordinal()
    except ValueError:
        return None


def _shifted(day: str, offset: int) -> str | None:
    """Return a day or month moved by so many days, an impossible one as another impossible."""
    number = _ordinal(day)
    if number is None:
        year = int(day[:4]) + (1 if offset > 0 else -1)
        if int(day[4:6]) in range(1, 13) and int(day[6:]) in range(1, 32):
            return f"{year}{secrets.choice([d for d in _IMPOSSIBLE if d != day[4:]])}"
        return f"{year}{secrets.choice(('1301', '0132', '0000', '1399', '0199'))}"
    try:
        new = dt.date.fromordinal(number + offset)
    except (ValueError, OverflowError):
        return None
    return f"{new:%Y%m%d}"[: len(day)] if new.year in range(1000, 2100) else None
