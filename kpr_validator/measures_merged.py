"""Places with few patients as one: what is shared of a level has no line for each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.barnehabilitering import LEVELS, Measures, Row
from kpr_validator.exposure import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpr_validator.attack import Key
    from kpr_validator.contacts import Contacts

COUNTRY = LEVELS[0]
OTHERS = "\n"  # the name of no place


class Part(NamedTuple):
    """Places of two levels with the same patients: by level those that are shown, and the others.

    Mostly that is one place of the upper level and all of the lower that are in it.
    """

    shown: Mapping[str, Sequence[Row]]
    merged: Mapping[str, Sequence[Row]]


def is_shown(row: Row, limit: int) -> bool:
    """Tell whether a place has a line of its own in a period; the country always has."""
    return row.level == COUNTRY or row.measures.total >= limit


def merged(rows: Iterable[Row], limit: int) -> Iterator[Row]:
    """Yield the rows that are shown, after those of each period and level the others as one."""
    levels: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        levels[row.period, row.level].append(row)
    for them in levels.values():
        yield from (row for row in them if is_shown(row, limit))
        if others := [row for row in them if not is_shown(row, limit)]:
            yield others[0]._replace(place=OTHERS, measures=_added(others))


def _added(rows: Iterable[Row]) -> Measures:
    return Measures(sum((Counter(row.measures.statuses) for row in rows), Counter()))


def parts(
    rows: Iterable[Row], contacts: Contacts, limit: int
) -> Iterator[tuple[tuple[str, str], list[Part]]]:
    """Yield two levels at a time, and the parts that they fall into in one period.

    What has no place that is shown is one part.
    """
    here = {(row.level, row.place): row for row in rows}
    for levels in pairwise(contacts.levels):
        found: list[Part] = []
        quiet: list[Row] = []
        for names in _components(contacts, *levels):
            there = [here[name] for name in names if name in here]
            shown = [row for row in there if is_shown(row, limit)]
            if shown:
                found.append(_part(levels, there, limit))
            else:
                quiet += there
        yield levels, [*found, *([_part(levels, quiet, limit)] if quiet else [])]


def _part(levels: tuple[str, str], rows: Sequence[Row], limit: int) -> Part:
    return Part(
        *(
            {
                level: [
                    row for row in rows if row.level == level and is_shown(row, limit) is whether
                ]
                for level in levels
            }
            for whether in (True, False)
        )
    )


def _components(contacts: Contacts, upper: str, lower: str) -> list[list[Key]]:
    """Return places of two levels in groups that share no contact with each other."""
    found = {contact.places for known in contacts.patients.values() for contact in known}
    named = [dict(zip(LEVELS, ("", *places), strict=True)) for places in found]
    ties: list[list[Key]] = [[(upper, one[upper]), (lower, one[lower])] for one in named]
    return grouped({key for tie in ties for key in tie}, ties)
