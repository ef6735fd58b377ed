"""Municipalities that lie further from the others than their size explains: funnel plots.

A share is compared on the arcsine scale, where its spread depends on size alone, and a number
of recipients with last year's on the scale of square roots. How much more the municipalities
differ than chance would have them is reckoned with (Spiegelhalter 2005, multiplicative
overdispersion, the outer tenth of each side drawn in).
"""

from __future__ import annotations

import math
from collections import defaultdict
from statistics import NormalDist, median
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.triage.numbers import SERVICES
from kpr_validator.triage.services import RECIPIENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpr_validator.triage.summed import Summed

_RISK = 0.05  # of one outlier by chance in the whole country
_FEWEST = 8  # municipalities that one can be compared with
_OUTER = 0.1


class Point(NamedTuple):
    """One municipality: the size that the share is of, the share, and how far out it lies."""

    municipality: str
    size: int
    share: float
    distance: float  # in limits: beyond 1 it is an outlier


class Funnel(NamedTuple):
    """One measure; `group` is the KOSTRA group, «» the whole country.

    `width` is what a distance of one limit is on the scale of the measure, times the root of
    the size. `is_change` says that the share is of last year's number.
    """

    of: str
    part: str
    group: str
    middle: float
    width: float
    points: tuple[Point, ...]
    is_change: bool = False

    @property
    def outliers(self) -> tuple[Point, ...]:
        """Return those that lie outside, the furthest first."""
        out = (point for point in self.points if abs(point.distance) > 1)
        return tuple(sorted(out, key=lambda one: (-abs(one.distance), one.municipality)))


class _Case(NamedTuple):
    municipality: str
    met: int
    size: int


def funnels(country: Sequence[Summed], groups: Mapping[str, str]) -> list[Funnel]:
    """Return the measures with outliers, those with the furthest first.

    One who reports nobody is told of elsewhere and is no outlier here.
    """
    cases = _cases(country)
    compared: list[tuple[tuple[str, str, str], list[_Case]]] = []
    for (of, part), every in cases.items():
        compared.append(((of, part, ""), every))
        by_group: dict[str, list[_Case]] = defaultdict(list)
        for case in every:
            if case.municipality in groups:
                by_group[groups[case.municipality]].append(case)
        compared += [((of, part, group), some) for group, some in sorted(by_group.items())]
    tests = sum(len(some) for _, some in compared) or 1
    limit = NormalDist().inv_cdf(1 - _RISK / tests / 2)
    made = [
        _funnel(name, some, limit, is_change=name[:2] == (SERVICES, RECIPIENTS))
        for name, some in compared
        if len(some) >= _FEWEST
    ]
    found = [one for one in made if one.outliers]
    return sorted(found, key=lambda one: (-abs(one.outliers[0].distance), one.of, one.part))


def _cases(country: Iterable[Summed]) -> dict[tuple[str, str], list[_Case]]:
    """Return the measures: each service, each indicator, and recipients against last year."""
    found: dict[tuple[str, str], list[_Case]] = defaultdict(list)
    for one in country:
        recipients = one.parts.get((SERVICES, RECIPIENTS))
        nevner: dict[str, int] = defaultdict(int)
        for (of, _), told in one.parts.items():
            nevner[of] += told.sent
        for (of, part), told in one.parts.items():
            if (of, part) == (SERVICES, RECIPIENTS):
                if told.before and told.sent:
                    found[of, part].append(_Case(one.municipality, told.sent, told.before))
            elif of == SERVICES and recipients and told.sent:
                found[of, part].append(_Case(one.municipality, told.sent, recipients.sent))
            elif of != SERVICES and told.is_teller and nevner[of]:
                found[of, part].append(_Case(one.municipality, told.sent, nevner[of]))
    return found


def _funnel(
    name: tuple[str, str, str], cases: Sequence[_Case], limit: float, *, is_change: bool
) -> Funnel:
    scale = _root if is_change else _arcsine
    middle = median(scale(case.met, case.size) for case in cases)
    spread = math.sqrt(1 / 2) if is_change else 1 / 2  # of the scale, at size 1
    wide = [(scale(c.met, c.size) - middle) * math.sqrt(c.size) / spread for c in cases]
    width = limit * max(1.0, _excess(wide))
    points = tuple(
        Point(case.municipality, case.size, case.met / case.size, one / width)
        for case, one in zip(cases, wide, strict=True)
    )
    back = middle**2 if is_change else math.sin(min(max(middle, 0.0), math.pi / 2)) ** 2
    return Funnel(*name, back, width * spread, points, is_change)


def _arcsine(count: int, size: int) -> float:
    return math.asin(math.sqrt(min(count / size, 1.0)))


def _root(count: int, size: int) -> float:
    return math.sqrt(count / size)


def _excess(wide: Sequence[float]) -> float:
    """Return by what factor they are spread more than chance has it, the outer ones drawn in."""
    ordered = sorted(wide)
    outer = int(_OUTER * len(ordered))
    least, most = ordered[outer], ordered[-1 - outer]
    drawn = [min(max(one, least), most) for one in ordered]
    return math.sqrt(sum(one * one for one in drawn) / len(drawn))


def bounds(funnel: Funnel, size: float) -> tuple[float, float]:
    """Return the limits at a size, as shares."""
    if funnel.is_change:
        middle, reach = math.sqrt(funnel.middle), funnel.width / math.sqrt(size)
        return max(middle - reach, 0.0) ** 2, (middle + reach) ** 2
    middle, reach = math.asin(math.sqrt(funnel.middle)), funnel.width / math.sqrt(size)
    low, high = max(middle - reach, 0.0), min(middle + reach, math.pi / 2)
    return math.sin(low) ** 2, math.sin(high) ** 2
