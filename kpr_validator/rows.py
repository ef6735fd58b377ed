"""Many rows with one statement: a statement opens its table once for them all."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpr_validator import engine
    from kpr_validator.model import Value

ROWS_A_STATEMENT = 50
NUMBERS = 2  # of a message's row, before its fields: its own, and its person's
_LONGEST = 16_000  # of a statement that is kept ready
_FEW = 7  # what is left over takes few statements, as only so many are


# Rows of one table of the message that follow each other: the table, the ids by which they name
# their persons, their own ids, and what the table takes. That is runs, each of which names its
# person once, or the rows' cells, one after another: the first NUMBERS of a row are free, for
# what the store calls it; then come the values of its fields, None where one is missing.
Rows = tuple[str, list[str], list[str], list[Any]]


def insert_rows(
    con: engine.Connection, table: str, width: int, rows: Iterable[Sequence[Value]]
) -> None:
    """Insert rows of `width` values; `table` may name its columns."""
    given = iter(rows)
    while some := list(islice(given, _most(width))):
        insert_cells(con, table, width, list(chain.from_iterable(some)))


def insert_cells(con: engine.Connection, table: str, width: int, cells: Sequence[Value]) -> None:
    """Insert rows of `width` values that stand one after another; `table` may name its columns.

    None of them is there already: SQLite keeps nothing to undo half a statement with.
    """
    at, most = 0, _most(width)
    for rows in (most, min(ROWS_A_STATEMENT, most), min(_FEW, most), 1):
        for _ in range((len(cells) - at) // (rows * width)):
            end = at + rows * width
            con.execute(_insert(table, width, rows), cells[at:end])
            at = end


def _most(width: int) -> int:
    """Return how many rows a statement takes that is kept ready."""
    return max(_LONGEST // (len(_marks(width)) + 2) - 1, 1)


def _marks(width: int) -> str:
    return f"(?{', ?' * (width - 1)})"


@lru_cache(maxsize=500)
def _insert(table: str, width: int, rows: int) -> str:
    return f"INSERT OR FAIL INTO {table} VALUES {', '.join([_marks(width)] * rows)}"  # noqa: S608  our own names
