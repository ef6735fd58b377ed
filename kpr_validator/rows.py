"""Many rows with one statement: a statement opens its table once for them all."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from kpr_validator.model import Value

ROWS_A_STATEMENT = 50


def insert_rows(
    con: sqlite3.Connection, table: str, marks: str, rows: Iterable[Sequence[Value]]
) -> None:
    """Insert rows; `table` may name its columns, and `marks` shows how a row's values stand."""
    one = f"INSERT INTO {table} VALUES {marks}"  # noqa: S608  our own names
    many = f"{one}{f', {marks}' * (ROWS_A_STATEMENT - 1)}"
    given = iter(rows)
    while len(some := list(islice(given, ROWS_A_STATEMENT))) == ROWS_A_STATEMENT:
        con.execute(many, list(chain.from_iterable(some)))
    con.executemany(one, some)
