"""Returns of municipalities that were joined, or are parts of one that was, as one return.

In a series, reports of one data year that stand beside each other are taken together when
their municipalities are all part of what another report of the series is about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.compare import Known, Snapshot
from kpr_validator.model import Severity, Verdict
from kpr_validator.moved import added
from kpr_validator.succession import traced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpr_validator.moved import Number, Numbers

_WORST_FIRST = tuple(reversed(Verdict))  # as they are written, the best comes first


def joined(series: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    """Return the series with those reports as one that are about parts of the same place."""
    groups: list[list[Snapshot]] = []
    for shot in series:
        if groups and _belongs(shot, groups[-1], series):
            groups[-1].append(shot)
        else:
            groups.append([shot])
    return tuple(group[0] if len(group) == 1 else _as_one(group) for group in groups)


def _belongs(shot: Snapshot, group: Sequence[Snapshot], series: Sequence[Snapshot]) -> bool:
    """Tell whether a report is about another part of the place that the group is about."""
    numbers = {one.municipality for one in group}
    if shot.year is None or shot.year != group[-1].year or shot.municipality in numbers:
        return False
    wholes = [
        traced({one.municipality}, one.year, shot.year)
        for one in series
        if one.year is not None and one.year != shot.year and one.municipality
    ]
    return any({*numbers, shot.municipality} <= whole for whole in wholes)


def _as_one(group: Sequence[Snapshot]) -> Snapshot:
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    for shot in group:
        for rule, findings in shot.findings.items():
            for print_, known in findings.items():
                found[rule][print_] = _both(found[rule].get(print_), known)
    every = [one.numbers for one in group if one.numbers is not None]
    return replace(
        group[0],
        file=" + ".join(one.file for one in group),
        sha256=None,
        tool=", ".join(sorted({one.tool for one in group})),
        municipality=" + ".join(str(one.municipality) for one in group),
        district=None,
        extracted=max((one.extracted for one in group if one.extracted), default=None),
        verdict=min((one.verdict for one in group), key=_WORST_FIRST.index),
        records=sum((Counter(one.records) for one in group), Counter[str]()),
        counts={level: sum(one.counts.get(level, 0) for one in group) for level in Severity},
        explained=sum(one.explained for one in group),
        ran=frozenset.intersection(*(one.ran for one in group)),
        findings=dict(found),
        numbers=_sums(every) if len(every) == len(group) else None,
        figures=None,
        parts=tuple(group),
    )


def _both(one: Known | None, other: Known) -> Known:
    """Return a finding that is in several: two persons can have the same id."""
    if one is None:
        return other
    worst = min(one.severity, other.severity, key=lambda severity: severity.rank)
    is_explained = one.is_explained and other.is_explained
    return Known(one.times + other.times, worst, is_explained)


def _sums(every: Sequence[Numbers]) -> Numbers:
    found: dict[str, Number] = {}
    for numbers in every:
        for place, number in numbers.items():
            known = found.get(place)
            value = added((known.value, number.value)) if known else number.value
            found[place] = number._replace(value=value)
    return found
