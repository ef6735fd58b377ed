"""Rows into the tables where nothing is compiled: many with a statement, their values counted.

SQLite takes a row as fast as it is told its values, and Python tells those fastest that it made
last. So little waits, and the dates that a run of scores has in common are told once for them.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from kpr_validator import compiled, folding
from kpr_validator.rows import NUMBERS, ROWS_A_STATEMENT, insert_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpr_validator import engine
    from kpr_validator.folding import Fold, Stretch
    from kpr_validator.plan import Element, Plan

    Values = Mapping[tuple[str, str], Counter[str | None]]

ROWS_AT_A_TIME = 1_000


class Filler:
    """Rows on their way into the tables of one schema of the database.

    `values` counts how often each value of each counted field is among those that are written,
    by table and field, where None is missing.
    """

    def __init__(self, con: engine.Connection, schema: str, plan: Plan) -> None:
        self.values: Values = {
            (name, field): Counter()
            for name, element in plan.tables.items()
            for field in element.fields
            if compiled.is_counted(element, field)
        }
        self.tables = {
            name: (Scores if name == folding.FOLDED else Table)(con, schema, element, self.values)
            for name, element in plan.tables.items()
        }

    def write(self) -> dict[str, int]:
        """Write what is waiting; return how many rows of each element were taken since last."""
        return {table.element: table.write() for table in self.tables.values()}


class Table:
    """Rows on their way into one table; `element` is what a row is in the message."""

    def __init__(
        self, con: engine.Connection, schema: str, element: Element, values: Values
    ) -> None:
        self.element = element.name
        self._con = con
        self._fields = element.fields
        self._width = NUMBERS + len(self._fields)
        self._named = (
            f"{schema}.{element.table} ({', '.join(('rad', 'person_rad', *self._fields))})"
        )
        self._counts = {
            at: values[str(element.table), name]
            for at, name in enumerate(self._fields)
            if compiled.is_counted(element, name)
        }
        self._cells: list[Any] = []

    def take(self, rad: int, person: int, cells: list[Any]) -> None:
        """Take rows of a person that follow each other, from number `rad` on, and their cells."""
        rows = len(cells) // self._width
        cells[:: self._width] = range(rad, rad + rows)
        cells[1 :: self._width] = repeat(person, rows)
        self._cells += cells

    def take_row(self, rad: int, person: int, values: Iterable[str | None]) -> None:
        """Take one row."""
        self._cells += (rad, person, *values)

    def write(self) -> int:
        """Write what is waiting; return how many rows were taken since last."""
        cells = self._cells
        if not cells:
            return 0
        insert_cells(self._con, self._named, self._width, cells)
        for at, counts in self._counts.items():
            counts.update(cells[NUMBERS + at :: self._width])
        rows = len(cells) // self._width
        cells.clear()
        return rows


class Scores(Table):
    """Rows of FUNKSJON on their way, and what is folded of them."""

    def __init__(
        self, con: engine.Connection, schema: str, element: Element, values: Values
    ) -> None:
        super().__init__(con, schema, element, values)
        self._schema = schema
        self._folder = folding.Folder(self._fields)
        self._key = tuple(self._fields.index(name) for name in folding.KEY)
        self._own = [at for at in range(len(self._fields)) if at not in self._key]
        self._told: dict[int, list[str | None]] = {at: [] for at in self._own if at in self._counts}
        self._rows: list[Sequence[Any]] = []
        self._folds: list[Fold] = []

    def take(self, rad: int, person: int, cells: list[Any]) -> None:
        """Write rows of a person that follow each other, from number `rad` on."""
        columns = [cells[at :: self._width] for at in range(NUMBERS, self._width)]
        self._write(folding.Stretch(rad, person, columns))

    def take_row(self, rad: int, person: int, values: Iterable[str | None]) -> None:
        """Take one row, which follows others of its person if they are told one after another."""
        self._rows.append((rad, person, *values))

    def write(self) -> int:
        """Write what is waiting; return how many rows were taken since last."""
        for stretch in folding.stretches(self._rows):
            self._write(stretch)
        folding.write_folds(self._con, self._schema, self._folds)
        for at, told in self._told.items():
            self._counts[at].update(told)
            told.clear()
        rows = sum(fold.rows for fold in self._folds)
        self._rows.clear()
        self._folds.clear()
        return rows

    def _write(self, stretch: Stretch) -> None:
        """Write rows, run by run: what a run has in common is told once for it."""
        for fold, columns in self._folder.runs(stretch):
            self._folds.append(fold)
            for at in range(0, fold.rows, ROWS_A_STATEMENT):
                own = [columns[one][at : at + ROWS_A_STATEMENT] for one in self._own]
                statement = _insert_run(self._named, len(self._fields), self._key, len(own[0]))
                shared = fold.first + at, fold.person, fold.begins, fold.ends
                self._con.execute(statement, [*shared, *chain.from_iterable(own)])
            for at in self._key:
                self._counts[at][columns[at][0]] += fold.rows
        for at, told in self._told.items():
            told.extend(stretch.columns[at])


@lru_cache(maxsize=500)
def _insert_run(named: str, fields: int, key: tuple[int, ...], rows: int) -> str:
    """Return the statement for a run: its first number, its person, KEY, and the other columns."""
    shared = {at: f"?{number}" for number, at in enumerate(key, NUMBERS + 1)}
    own = [at for at in range(fields) if at not in shared]
    first = NUMBERS + len(key) + 1
    places = {at: first + place * rows for place, at in enumerate(own)}
    marks = (
        ", ".join(shared.get(at) or f"?{places[at] + row}" for at in range(fields))
        for row in range(rows)
    )
    told = ", ".join(f"(?1 + {row}, ?2, {one})" for row, one in enumerate(marks))
    return f"INSERT OR FAIL INTO {named} VALUES {told}"  # noqa: S608  our own names
