"""The figures as they may leave the municipality, this year's beside last year's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.layouts import layouts
from kpr_validator.report.shared import HIDDEN, Number
from kpr_validator.sharing import OF, TELLER, Safe, address, columns, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.figures import Figure, Figures, Line, Part, Table
    from kpr_validator.model import Text

_WHOLE = 100


class Told(NamedTuple):
    """One number: as sent, as the receiver will see it, and as it was sent last year.

    HIDDEN is held back, None is not known.
    """

    sent: Number
    received: Number
    before: Number


class Share(NamedTuple):
    """A share in percent, as sent and as it was sent last year."""

    sent: float | str | None
    before: float | str | None


@dataclass(frozen=True, slots=True)
class SharedFigure:
    """One indicator; `share` is None for one without a teller."""

    figure: Figure
    total: Told
    share: Share | None
    parts: tuple[tuple[Part, Told], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody is counted, neither this year nor last."""
        return not self.total.sent and not self.total.before

    @property
    def hides_received(self) -> bool:
        """Tell whether what the receiver will see is held back anywhere."""
        return any(_is_held(told) for told in (self.total, *(told for _, told in self.parts)))


@dataclass(frozen=True, slots=True)
class SharedCell:
    """One cell: a number, or a share of another number."""

    count: Told
    of: Told | None


@dataclass(frozen=True, slots=True)
class SharedTable:
    """One table; `columns` names those of this year, each with last year's if that is known."""

    table: Table
    columns: tuple[tuple[str, Text, Text | None], ...]
    with_change: bool
    lines: tuple[tuple[Line, tuple[SharedCell | None, ...]], ...]

    @property
    def hides_received(self) -> bool:
        """Tell whether what the receiver will see is held back anywhere."""
        cells = [cell for _, line in self.lines for cell in line if cell]
        return any(_is_held(cell.count) or (cell.of and _is_held(cell.of)) for cell in cells)


class SharedFigures(NamedTuple):
    """All figures that may be told."""

    indicators: tuple[SharedFigure, ...]
    tables: tuple[SharedTable, ...]


def shared_figures(figures: Figures, limit: int) -> SharedFigures:
    """Return the figures with their small numbers held back."""
    view = _View(
        safe(figures, limit), safe(figures.last_year, limit) if figures.last_year else Safe({}, {})
    )
    return SharedFigures(
        tuple(view.figure(figure) for figure in figures.indicators),
        tuple(view.table(table) for table in figures.tables if columns(table)),
    )


class _View:
    """This year's numbers and last year's, looked up by address."""

    def __init__(self, now: Safe, before: Safe) -> None:
        self.now = now
        self.before = before

    def told(self, *parts: str) -> Told:
        """Return one number."""
        name = address(*parts)
        return Told(
            _number(self.now.sent, name),
            _number(self.now.received, name),
            _number(self.before.sent, name),
        )

    def figure(self, figure: Figure) -> SharedFigure:
        """Return one indicator."""
        total, teller = self.told(figure.id), self.told(figure.id, TELLER)
        share = Share(_percent(teller.sent, total.sent), _percent(teller.before, total.before))
        return SharedFigure(
            figure=figure,
            total=total,
            share=None if teller.sent is None else share,
            parts=tuple((part, self.told(figure.id, part.id)) for part in figure.parts),
        )

    def table(self, table: Table) -> SharedTable:
        """Return one table."""
        layout = next(layout for layout in layouts() if layout.id == table.id)
        with_before = layout.with_last_year and bool(self.before.sent)
        return SharedTable(
            table=table,
            columns=tuple(
                (column, table.columns[place], table.columns[place + 1] if with_before else None)
                for column, place in columns(table).items()
            ),
            with_change=with_before and layout.with_change,
            lines=tuple((line, tuple(self._cells(table, line))) for line in table.lines),
        )

    def _cells(self, table: Table, line: Line) -> Iterator[SharedCell | None]:
        for column in columns(table):
            count, of = (
                self.told(table.id, line.id, column),
                self.told(table.id, line.id, column, OF),
            )
            if count.sent is None and count.before is None:
                yield None
            else:
                is_share = of.sent is not None or of.before is not None
                yield SharedCell(count, of if is_share else None)


def _number(numbers: dict[str, int | None], name: str) -> Number:
    return None if name not in numbers else HIDDEN if numbers[name] is None else numbers[name]


def _percent(count: Number, total: Number) -> float | str | None:
    if count is None or not total:
        return None
    if isinstance(count, str) or isinstance(total, str):
        return HIDDEN
    return round(_WHOLE * count / total, 1)


def _is_held(told: Told) -> bool:
    return told.received == HIDDEN and told.sent != HIDDEN
