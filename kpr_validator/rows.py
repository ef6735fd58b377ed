"""Many rows with one statement: a statement opens its table once for them all."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpr_validator import engine
    from kpr_validator.model import Value

ROWS_A_STATEMENT = 50
_LONGEST = 16_000  # of a statement that is kept ready
_FEW = 7  # what is left over takes few statements, as only so many are


def insert_rows(
    con: engine.Connection, table: str, marks: str, rows: Iterable[Sequence[Value]]
) -> None:
    """Insert rows; `table` may name its columns, and `marks` shows how a row's values stand."""
    most = max(_LONGEST // (len(marks) + 2) - 1, 1)
    given = iter(rows)
    while some := list(islice(given, most)):
        values = list(chain.from_iterable(some))
        width, at = len(some[0]), 0
        for rows_now in (most, min(ROWS_A_STATEMENT, most), min(_FEW, most), 1):
            for _ in range((len(values) - at) // (rows_now * width)):
                end = at + rows_now * width
                con.execute(_insert(table, marks, rows_now), values[at:end])
                at = end


@lru_cache(maxsize=500)
def _insert(table: str, marks: str, rows: int) -> str:
    return f"INSERT INTO {table} VALUES {marks}{f', {marks}' * (rows - 1)}"  # noqa: S608  our own names
