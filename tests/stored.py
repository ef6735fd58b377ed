"""What a store takes and what it holds, to be compared with another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.rows import NUMBERS
from kpr_validator.runs import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpr_validator.rows import Rows
    from kpr_validator.store import Tables

Dump = dict[str, list[tuple[Any, ...]]]


def dump(tables: Tables) -> Dump:
    """Return every table's rows, where the records stand, and how many elements there are."""
    names = [
        name
        for (name,) in tables.con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    rows = {name: tables.con.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608
    spans = [tuple(span) for span in tables.spans()]
    records = sorted((name, n) for name, n in tables.records.items() if n)
    return {**rows, "verdi": sorted(rows["verdi"], key=str), "(spans)": spans, "(records)": records}


def values(rows: Iterable[Rows]) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Yield the table and the values of each row that a pattern took."""
    for table, _, ids, given in rows:
        if isinstance(given[0], Run):
            for owner, begins, ends, *own, _ in given:
                for row in zip(*own, strict=True):
                    yield table, (owner, *row, begins, ends)
        else:
            width = len(given) // len(ids)
            for at in range(0, len(given), width):
                yield table, tuple(given[at + NUMBERS : at + width])
