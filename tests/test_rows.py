"""No row is lost on its way in, however many there are and however long a statement is."""

from __future__ import annotations

from contextlib import closing

import pytest

from kpr_validator import engine
from kpr_validator.rows import insert_rows


@pytest.mark.parametrize("space", ["", " " * 2_000, " " * 20_000])
@pytest.mark.parametrize("rows", [0, 1, 6, 7, 49, 50, 51, 5_000])
def test_every_row_goes_in(rows: int, space: str) -> None:
    """Also where one row alone is longer than what is kept ready."""
    given = [(number, f"«{number}»", None) for number in range(rows)]
    with closing(engine.Connection()) as con:
        con.execute("CREATE TABLE t (a, b, c)")
        insert_rows(con, "t", f"(?, ?,{space} ?)", iter(given))
        assert con.execute("SELECT * FROM t ORDER BY rowid").fetchall() == given
