"""Rows into the tables where nothing is compiled: many with a statement, their values counted.

SQLite takes a row as fast as it is told its values. So the dates that a run of scores has in
common are told once for them all, and what is missing as «», as None is slow to hand over.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator import compiled, folding
from kpr_validator.folding import Stretch
from kpr_validator.rows import ROWS_A_STATEMENT, insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpr_validator import engine
    from kpr_validator.plan import Element, Plan

    _Row = tuple[Any, ...]

ROWS_AT_A_TIME = 1_500


class _Columns(NamedTuple):
    """One table's columns as one format fills them.

    `counted` and `of_row` are places among the fields: of those whose values are counted, and
    of those that the rows of a run don't share.
    """

    element: str
    table: str
    fields: tuple[str, ...]
    counted: tuple[int, ...]
    of_row: tuple[int, ...]
    named: str
    plain: str
    sparse: str


class Filler:
    """Rows on their way into one schema of the database.

    `records` counts those that are written, by element; `values` how often each value of each
    counted field is among them, by table and field, where None is missing.
    """

    def __init__(self, con: engine.Connection, schema: str, plan: Plan) -> None:
        self._con = con
        self._schema = schema
        self._columns = {name: _columns(schema, name, one) for name, one in plan.tables.items()}
        self._accepted: dict[str, list[Stretch]] = {name: [] for name in self._columns}
        self._explained: dict[str, list[_Row]] = {name: [] for name in self._columns}
        self._waiting = 0
        self.records: Counter[str] = Counter()
        self.values = {
            (name, columns.fields[at]): Counter[str | None]()
            for name, columns in self._columns.items()
            for at in columns.counted
        }

    def add_accepted(self, table: str, rad: int, person: int, rows: Sequence[Any]) -> None:
        """Take rows of a person that follow each other from `rad` on; «» in them is missing."""
        self._accepted[table].append(Stretch(rad, person, rows))
        self._waiting += len(rows)

    def add_row(self, table: str, rad: int, person: int, cells: Iterable[str | None]) -> None:
        """Take one row; its cells stand as they are."""
        self._explained[table].append((rad, person, *cells))
        self._waiting += 1

    @property
    def is_full(self) -> bool:
        """Tell whether so much is waiting that it should be written."""
        return self._waiting > ROWS_AT_A_TIME

    def write(self) -> None:
        """Write what is waiting."""
        self._waiting = 0
        for table, columns in self._columns.items():
            accepted, explained = self._accepted[table], self._explained[table]
            if table == folding.FOLDED:
                self._write_runs(columns, chain(accepted, folding.stretches(explained)))
            else:
                numbered = [
                    (rad, person, *row)
                    for first, person, rows in accepted
                    for rad, row in enumerate(rows, first)
                ]
                self._write_rows(columns, numbered, sparse=True)
                self._write_rows(columns, explained, sparse=False)
            accepted.clear()
            explained.clear()

    def _write_rows(self, columns: _Columns, rows: Sequence[_Row], *, sparse: bool) -> None:
        """Write the rows of a table, where «» in sparse ones is missing, and count values."""
        if not rows:
            return
        insert_rows(self._con, columns.named, columns.sparse if sparse else columns.plain, rows)
        self.records[columns.element] += len(rows)
        cells = list(zip(*rows, strict=True))
        for at in columns.counted:
            told = list(filter(None, cells[at + 2])) if sparse else cells[at + 2]
            counts = self.values[columns.table, columns.fields[at]]
            counts.update(told)
            counts[None] += len(rows) - len(told)

    def _write_runs(self, columns: _Columns, stretches: Iterable[Stretch]) -> None:
        """Write rows of FUNKSJON; what a run has in common is told once for it."""
        runs = list(folding.runs(stretches, columns.fields))
        of_row = itemgetter(*columns.of_row)
        for fold, cells in runs:
            own = of_row(cells)
            for at in range(0, fold.rows, ROWS_A_STATEMENT):
                told = [fold.first + at, fold.person, fold.begins, fold.ends]
                for column in own:
                    told += column[at : at + ROWS_A_STATEMENT]
                rows = min(fold.rows - at, ROWS_A_STATEMENT)
                self._con.execute(_insert_run(columns, rows), told)
        folding.write_folds(self._con, self._schema, (fold for fold, _ in runs))
        self.records[columns.element] += sum(fold.rows for fold, _ in runs)
        for at in columns.counted:
            counts = self.values[columns.table, columns.fields[at]]
            if at in columns.of_row:
                counts.update(chain.from_iterable(cells[at] for _, cells in runs))
            else:
                for fold, cells in runs:
                    counts[cells[at][0]] += fold.rows


def _columns(schema: str, table: str, element: Element) -> _Columns:
    fields = element.fields
    names = ", ".join(("rad", "person_rad", *fields))
    optional = (
        *(not attribute.required for attribute in element.attributes),
        *(not child.minimum for child in element.simple.values()),
    )
    sparse = ", ".join(("?", "?", *("nullif(?, '')" if is_ else "?" for is_ in optional)))
    return _Columns(
        element=element.name,
        table=table,
        fields=fields,
        counted=tuple(at for at, name in enumerate(fields) if compiled.is_counted(element, name)),
        of_row=tuple(at for at, name in enumerate(fields) if name not in folding.KEY),
        named=f"{schema}.{table} ({names})",
        plain=f"(?, ?{', ?' * len(fields)})",
        sparse=f"({sparse})",
    )


@cache
def _insert_run(columns: _Columns, rows: int) -> str:
    """Return the statement for a run: its first number, its person, KEY, and the other columns."""
    shared = {columns.fields.index(name): f"?{at}" for at, name in enumerate(folding.KEY, 3)}
    first = len(shared) + 3
    places = {at: first + place * rows for place, at in enumerate(columns.of_row)}
    told = (
        (shared.get(at) or f"?{places[at] + row}" for at in range(len(columns.fields)))
        for row in range(rows)
    )
    marks = (f"(?1 + {row}, ?2, {', '.join(one)})" for row, one in enumerate(told))
    return f"INSERT INTO {columns.named} VALUES {', '.join(marks)}"  # noqa: S608  our own names
