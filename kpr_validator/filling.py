"""Rows into the tables where nothing is compiled: many with a statement, their values counted.

SQLite takes a row as fast as it is told its values, and Python tells those fastest that it made
last. So little waits, and the dates that a run of scores has in common are told once for them.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from kpr_validator import compiled, folding
from kpr_validator.folding import Fold, Stretch
from kpr_validator.rows import NUMBERS, insert_cells
from kpr_validator.runs import FIELDS, OWN, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kpr_validator import engine
    from kpr_validator.plan import Element, Plan

    Values = Mapping[tuple[str, str], Counter[str | None]]

ROWS_AT_A_TIME = 3_000


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

    def take(self, rad: int, person: int, given: list[Any]) -> None:
        """Take rows of a person that follow each other, from number `rad` on: their cells."""
        for number, at in enumerate(range(0, len(given), self._width), rad):
            given[at] = number
            given[at + 1] = person
        self._cells += given

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
        self._run = con.cursor().execute  # one cursor for them all
        self._folder = folding.Folder(self._fields)
        self._rows: list[Sequence[Any]] = []
        self._folds: list[Fold] = []
        self._masks: list[tuple[int, ...]] = []
        self._told = [values[folding.FOLDED, name] for name in (folding.VARIABLE, folding.SCORE)]
        self._begun, self._ended = (values[folding.FOLDED, name] for name in folding.KEY)

    def take(self, rad: int, person: int, given: list[Any]) -> None:
        """Take rows of a person that follow each other, from number `rad` on: cells or runs."""
        if isinstance(given[0], Run):
            for run in given:
                self._take_run(rad, person, run)
                rad += len(run.ids)
            return
        columns = [given[at :: self._width] for at in range(NUMBERS, self._width)]
        self._folds += self._folder.folds(Stretch(rad, person, columns))
        super().take(rad, person, given)

    def take_row(self, rad: int, person: int, values: Iterable[str | None]) -> None:
        """Take one row, which follows others of its person if they are told one after another."""
        self._rows.append((rad, person, *values))

    def write(self) -> int:
        """Write what is waiting; return how many rows were taken since last."""
        self._folds += folding.folds(self._rows, self._fields)
        self._cells += chain.from_iterable(self._rows)
        super().write()
        folding.write_folds(self._con, self._schema, self._folds)
        if self._masks:
            for counts, times in zip(self._told, folding.tally(self._masks), strict=True):
                counts.update(times)
        rows = sum(fold.rows for fold in self._folds)
        for waiting in (self._rows, self._folds, self._masks):
            waiting.clear()
        return rows

    def _take_run(self, rad: int, person: int, run: Run) -> None:
        """Write a run: what its rows have in common is told once for them."""
        owner, begins, ends, ids, variables, scores, masks = run
        rows = len(ids)
        told = (rad, person, owner, begins, ends, *ids, *variables, *scores)
        self._run(_insert_run(self._named, rows), told)
        self._folds.append(Fold(rad, rad + rows - 1, person, begins, ends, rows, *masks))
        self._masks.append(masks)
        self._begun[begins] += rows
        self._ended[ends] += rows


@lru_cache(maxsize=500)
def _insert_run(named: str, rows: int) -> str:
    """Return the statement for a run: its first number, its person, what is shared, each of OWN.

    It is short, as SQLite's binding looks it up by its text each time.
    """
    first = NUMBERS + len(FIELDS) - len(OWN) + 1
    places = [range(first + row, first + row + len(OWN) * rows, rows) for row in range(rows)]
    own = [",".join(f"?{place}" for place in one) for one in places]
    told = (f"(?1+{row},?2,?3,{marks},?4,?5)" for row, marks in enumerate(own))
    return f"INSERT OR FAIL INTO {named} VALUES {','.join(told)}"  # noqa: S608  our own names
