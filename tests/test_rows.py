"""No row is lost on its way in, however many there are and however wide."""

from __future__ import annotations

from contextlib import closing
from itertools import product

import pytest

from kpr_validator import engine, rows
from kpr_validator.rows import insert_rows


@pytest.mark.parametrize("longest", [16_000, 5])
@pytest.mark.parametrize(
    ("width", "count"),
    [*product([3], [0, 1, 6, 7, 49, 50, 51, 5_000]), *product([300, 1_500], [0, 1, 2, 3, 7, 51])],
)
def test_every_row_goes_in(
    width: int, count: int, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where few rows, or less than one, make a statement as long as one that is kept ready."""
    monkeypatch.setattr(rows, "_LONGEST", longest)
    given = [(number, f"«{number}»", *([None] * (width - 2))) for number in range(count)]
    names = ", ".join(f"c{number}" for number in range(width))
    with closing(engine.Connection()) as con:
        con.execute(f"CREATE TABLE t ({names})")
        insert_rows(con, f"t ({names})", width, iter(given))
        assert con.execute("SELECT * FROM t ORDER BY rowid").fetchall() == given
