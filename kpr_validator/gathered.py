"""What a rule's SELECT tells of the rows that break it, kept while SQLite walks them."""

from __future__ import annotations

from array import array
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpr_validator import engine
    from kpr_validator.model import Value


class Gathered:
    """The rows that break a rule, kept small: what they tell is kept once when it is the same."""

    def __init__(self, names: Sequence[str], *, by_row: bool) -> None:
        self.names = names
        self.by_row = by_row
        self.rows = array("q")
        self.kinds = array("l")
        self.told: dict[tuple[Value, ...], int] = {}

    def step(self, rad: Value, *cells: Value) -> None:
        """Take one row."""
        self.rows.append(int(rad or 0))
        self.kinds.append(self.told.setdefault(cells, len(self.told)))

    def final(self) -> int:
        """End a group; what was gathered stays. Return how many rows that is."""
        return len(self.rows)

    def cells(self) -> Iterator[dict[str, Value]]:
        """Yield each different thing that the rows tell, by column."""
        return (dict(zip(self.names, cells, strict=True)) for cells in self.told)


_now: ContextVar[Gathered] = ContextVar("_now")


@contextmanager
def gathering(rows: Gathered) -> Iterator[None]:
    """Let the statements that are run meanwhile gather here; nothing of them is held on to."""
    before = _now.set(rows)
    try:
        yield
    finally:
        _now.reset(before)


def add_to(con: engine.Connection) -> None:
    """Add the aggregate that gathers: `samle(rad, …)`."""
    con.add_aggregate("samle", _now.get)
