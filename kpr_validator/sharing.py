"""Which numbers of the figures may leave the municipality: the small ones may not.

No number that is held back in one place can be had from another. What the receiver will
see is told only where it differs from what was sent for nobody, or for many.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.attack import Sum
from kpr_validator.exposure import Numbers, grouped
from kpr_validator.figures import Count
from kpr_validator.layouts import ONLY_COLUMN, layouts
from kpr_validator.relations import SAME, SUBSET, Net, Relation, aliases, declared
from kpr_validator.suppress import hidden

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kpr_validator.attack import Key
    from kpr_validator.figures import Figures, Table

OF, TELLER = "av", "(teller)"
_RECEIVED = "(kpr)"
_WAYS = ("sent", "received")

Told = dict[str, int | None]


class Safe(NamedTuple):
    """The numbers of one year that may be shown, by address; None when one is held back.

    An address is as in `rules/deling.toml`, and an indicator's teller is `id:(teller)`.
    """

    sent: Told
    received: Told


def address(*parts: str) -> str:
    """Return the address of a number: of a table with one column, without the column."""
    return ":".join(part for part in parts if part != ONLY_COLUMN)


def safe(figures: Figures, limit: int) -> Safe:
    """Return the numbers that may be shown of a year's figures."""
    found = dict(counts(figures))
    relations = [*own(figures), *declared(found.keys())]
    keys = aliases(found, relations)
    sent = Net({name: count.sent for name, count in found.items()}, keys, relations)
    received = Net({name: count.received for name, count in found.items()}, keys, relations)
    groups = grouped({**sent.values, **received.values}, sent.ties + received.ties)
    limits = dict(_limits(figures, keys))
    differences = {keys[name]: abs(count.sent - count.received) for name, count in found.items()}
    told, doubled = _told(groups, differences, max(limit, *limits.values(), 0))
    numbers = _together(sent, received, doubled, limits)
    held = hidden(replace(numbers, places=Counter(keys.values())), limit)
    return Safe(
        {name: None if keys[name] in held else count.sent for name, count in found.items()},
        {
            name: None if keys[name] in held or keys[name] not in told else count.received
            for name, count in found.items()
        },
    )


def counts(figures: Figures) -> Iterator[tuple[str, Count]]:
    """Yield every number of a year's figures with its address."""
    for figure in figures.indicators:
        yield figure.id, figure.total
        yield from ((address(figure.id, part.id), part.count) for part in figure.parts)
        if any(part.is_teller for part in figure.parts):
            tellers = [part.count for part in figure.parts if part.is_teller]
            sent, received = (sum(getattr(count, way) for count in tellers) for way in _WAYS)
            yield address(figure.id, TELLER), Count(sent, received)
    for table in figures.tables:
        yield from _cells(table)


def _cells(table: Table) -> Iterator[tuple[str, Count]]:
    for column, place in columns(table).items():
        for line in table.lines:
            cell = line.cells[place]
            if cell.count:
                yield address(table.id, line.id, column), cell.count
            if cell.of:
                yield address(table.id, line.id, column, OF), cell.of


def columns(table: Table) -> dict[str, int]:
    """Return the places of a table's columns of this year, by id.

    A table that has no page has none: nothing is known of how it hangs together.
    """
    layout = next((one for one in layouts() if one.id == table.id), None)
    if layout is None:
        return {}
    step = 2 if layout.with_last_year else 1
    return {column: step * place for place, column in enumerate(layout.columns)}


def own(figures: Figures) -> Iterator[Relation]:
    """Yield what follows from what an indicator and a share are."""
    for figure in figures.indicators:
        parts = tuple(address(figure.id, part.id) for part in figure.parts)
        tellers = tuple(address(figure.id, part.id) for part in figure.parts if part.is_teller)
        yield Relation(SAME, ((figure.id,), parts))
        if tellers:
            yield Relation(SAME, ((address(figure.id, TELLER),), tellers))
    for name, _ in chain.from_iterable(map(_cells, figures.tables)):
        count, _, last = name.rpartition(":")
        if last == OF:
            yield Relation(SUBSET, ((name,), (count,)))


def _limits(figures: Figures, keys: Mapping[str, Key]) -> Iterator[tuple[Key, int]]:
    """Yield the limits that the publishers of the indicators have set themselves."""
    for figure in sorted(figures.indicators, key=lambda one: one.smallest):
        for name in ("", TELLER, *(part.id for part in figure.parts)):
            place = address(*filter(None, (figure.id, name)))
            if place in keys:
                yield keys[place], figure.smallest


def _told(
    groups: Iterable[Sequence[Key]], differences: Mapping[Key, int], limit: int
) -> tuple[set[Key], set[Key]]:
    """Return the numbers of which it may be told what the receiver sees, and which differ.

    A difference of few would tell of those few, also through whatever sums they are in.
    """
    told: set[Key] = set()
    doubled: set[Key] = set()
    for group in groups:
        found = {differences.get(key, 0) for key in group} - {0}
        if not found or min(found) >= limit:
            told.update(group)
            doubled.update(group if found else ())
    return told, doubled


def _together(
    sent: Net, received: Net, doubled: Collection[Key], limits: Mapping[Key, int]
) -> Numbers:
    """Return all that is shown, where it differs both as sent and as received."""
    again = {key: (*key, _RECEIVED) for key in received.values if key in doubled}
    return Numbers(
        values=sent.values | {other: received.values[key] for key, other in again.items()},
        sums=[
            *sent.sums,
            *(
                Sum(again[one.total], tuple(again[part] for part in one.parts), one.overlaps)
                for one in received.sums
                if one.total in again
            ),
        ],
        unseen=sent.unseen | {again[key] for key in received.unseen if key in again},
        slack=sent.slack | {again[key] for key in received.slack if key in again},
        twins={
            key: other for key, other in again.items() if key not in sent.unseen | received.unseen
        },
        limits={**limits, **{again[key]: least for key, least in limits.items() if key in again}},
    )
