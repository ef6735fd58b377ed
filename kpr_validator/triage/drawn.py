"""The pictures of the board as places and paths; the same numbers stand in its tables."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.triage.outliers import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.report.texts import Texts
    from kpr_validator.triage.board import Board, Spread
    from kpr_validator.triage.outliers import Funnel

WIDTH, HEIGHT = 640, 200
ROW, BAR, LABEL = 16, 11, 18  # of the heat map
LEVELS = (0.01, 0.1, 0.5)  # shares that divide its four shades
_STEPS = 40


class Curve(NamedTuple):
    """How many have delivered by each day: a path, and the days with their places."""

    path: str
    days: tuple[tuple[float, float, str, int], ...]  # x, y, day, delivered
    deadline: float | None  # where the time to deliver ends, when anybody came later


class HeatRow(NamedTuple):
    """One rule: a path for each shade."""

    rule: str
    y: int
    paths: tuple[tuple[int, str], ...]


class Heat(NamedTuple):
    """The map: rules down, municipalities across in order of number."""

    rows: tuple[HeatRow, ...]
    counties: tuple[tuple[float, str], ...]
    width: int
    height: int


class Dot(NamedTuple):
    """One municipality in a funnel."""

    x: float
    y: float
    name: str
    is_out: bool


class Plot(NamedTuple):
    """One funnel plot: its limits as paths, and the municipalities."""

    funnel: Funnel
    low: str
    high: str
    middle: float
    dots: tuple[Dot, ...]
    most: float  # the share at the top
    largest: int  # the size at the right


def curve(board: Board, words: Texts) -> Curve:
    """Return the curve of deliveries; a step at each day, days without any among them."""
    days = board.days
    most = max(1, len(board.settled.expected))
    numbers = [_ordinal(day.day) for day in days]
    begun, steps = min(numbers, default=0), max(numbers, default=0) - min(numbers, default=0) + 1
    points = [
        (WIDTH * (number - begun + 1) / steps, HEIGHT * (1 - day.delivered / most))
        for number, day in zip(numbers, days, strict=True)
    ]
    path = f"M0 {HEIGHT}" + "".join(f"H{x - WIDTH / steps:.1f}V{y:.1f}H{x:.1f}" for x, y in points)
    told = zip(points, days, strict=True)
    last = _ordinal(board.calendar.deadline)
    return Curve(
        path,
        tuple((x, y, words.date(day.day), day.delivered) for (x, y), day in told),
        WIDTH * (last - begun + 1) / steps if begun <= last < begun + steps - 1 else None,
    )


def _ordinal(day: str) -> int:
    return date(int(day[:4]), int(day[4:6]), int(day[6:])).toordinal()


def heat_map(board: Board, most: int) -> Heat:
    """Return the map of the rules that are in most municipalities."""
    numbers = [one.municipality for one in board.country]
    wide = max(1.0, WIDTH / max(1, len(numbers)))
    places = {number: wide * at for at, number in enumerate(numbers)}
    rows = tuple(
        HeatRow(one.rule, ROW * at, _shades(one, places, wide))
        for at, one in enumerate(board.spread[:most])
    )
    counties: dict[str, float] = {}
    for number in numbers:
        counties.setdefault(number[:2], places[number])
    told: list[tuple[float, str]] = []
    for county, x in counties.items():
        if not told or x - told[-1][0] >= LABEL:
            told.append((x, county))
    return Heat(rows, tuple(told), round(wide * len(numbers)), ROW * len(rows))


def _shades(one: Spread, places: dict[str, float], wide: float) -> tuple[tuple[int, str], ...]:
    paths: dict[int, list[str]] = {}
    for number, share in sorted(one.shares.items()):
        shade = sum(share > limit for limit in LEVELS)
        paths.setdefault(shade, []).append(f"M{places[number]:.1f} 0h{wide:.1f}v{BAR}h-{wide:.1f}z")
    return tuple((shade, "".join(parts)) for shade, parts in sorted(paths.items()))


def funnel_plots(board: Board, most: int) -> list[Plot]:
    """Return the funnels with the furthest outliers."""
    return [_plot(one) for one in board.funnels[:most]]


def _plot(funnel: Funnel) -> Plot:
    largest = max(point.size for point in funnel.points)
    shares = [point.share for point in funnel.points]
    top = max(*shares, min(bounds(funnel, max(1.0, largest / 20))[1], 3 * funnel.middle), 1e-9)

    def across(size: float) -> float:  # the root of the size: the small are many
        return WIDTH * math.sqrt(size / largest)

    def up(share: float) -> float:
        return HEIGHT * (1 - min(share / top, 1.0))

    sizes = [largest * (step / _STEPS) ** 2 for step in range(1, _STEPS + 1)]
    limits = [(across(size), *map(up, bounds(funnel, max(size, 1.0)))) for size in sizes]
    return Plot(
        funnel,
        _line((x, low) for x, low, _ in limits),
        _line((x, high) for x, _, high in limits),
        up(funnel.middle),
        tuple(
            Dot(across(point.size), up(point.share), point.municipality, abs(point.distance) > 1)
            for point in funnel.points
        ),
        top,
        largest,
    )


def _line(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
