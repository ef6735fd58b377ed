"""Figures as text, 80 wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.bench.figures import Figure
    from tests.bench.kept import Moved

_WITH_DECIMALS = 100
_QUIET = 1.1


def matrix(figures: Iterable[Figure], names: Sequence[str]) -> Iterator[str]:
    """Yield a line for each file that was run, with the figures of some names."""
    rows: dict[str, dict[str, float]] = {}
    for figure in figures:
        rows.setdefault(figure.file, {})[figure.stage or figure.unit] = figure.value
    width = max(map(len, rows), default=0)
    yield " " * width + "".join(f"{name:>{_wide(name)}}" for name in names)
    for file, values in rows.items():
        cells = (f"{_cell(values.get(name)):>{_wide(name)}}" for name in names)
        yield f"{file:{width}}{''.join(cells)}".rstrip()


def limits(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield a line for each figure with a limit."""
    held = [figure for figure in figures if figure.limit is not None]
    width = max((len(figure.name) for figure in held), default=0)
    yield f"{'':{width}} {'measured':>9} {'limit':>7} {'goal':>7}"
    for figure in held:
        told = (figure.value, figure.limit, figure.goal)
        cells = zip(map(_cell, told), (9, 7, 7), strict=True)
        row = " ".join(f"{cell:>{wide}}" for cell, wide in cells)
        yield f"{figure.name:{width}} {row}  {figure.judgement}".rstrip()


def disturbed(busy: float) -> Iterator[str]:
    """Yield a line when others used the machine so much that time tells little."""
    if busy > _QUIET:
        yield f"a busy machine: xmllint waited {1 - 1 / busy:.0%} of its time; cpu tells more"


def slowest(ranked: Iterable[tuple[str, float]], persons: int) -> Iterator[str]:
    """Yield the slowest concepts and rules."""
    yield f"slowest concepts and rules at {persons:,} persons, seconds:"
    for name, seconds in ranked:
        yield f"  {name:28} {seconds:.3f}"


def changes(rows: Sequence[Moved], before: Mapping[str, str]) -> Iterator[str]:
    """Yield what has moved since an earlier result."""
    yield f"moved more than 10 % since {before['time']}: {len(rows) or 'nothing'}"
    for row in rows:
        yield f"  {row.name}: {row.before:.2f} -> {row.now:.2f} ({row.change:+.0%})"


def _wide(name: str) -> int:
    return max(len(name) + 2, 9)


def _cell(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < _WITH_DECIMALS else f"{value:.0f}"
