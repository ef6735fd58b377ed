"""The submission as tables in memory, under the message's own names.

Rows get one number series, `rad`, over all tables in document order, so that a
number alone names a row and finds its line again. Every distinct value of every
field is counted on the way (`verdi`), which makes checks of single fields cheap.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from functools import partial
from itertools import chain, count, repeat
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import compiled, database, folding

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from kpr_validator.catalogue import Document
    from kpr_validator.folding import Fold
    from kpr_validator.plan import Element
    from kpr_validator.scan import Accepted
    from kpr_validator.shrink import Explained
    from kpr_validator.walk import Row

    _Rows = list[tuple[str | int | None, ...]]
    _Pending = dict[str, _Rows]
    _Values = dict[tuple[str, str], Counter[str | None]]

ROWS_AT_A_TIME = 20_000
ROWS_A_STATEMENT = 50
RECORD_TABLE = "person"


class Span(NamedTuple):
    """Where a record stands in the decoded text; `line` is 1-based."""

    rad: int
    pos: int
    length: int
    line: int


class _Columns(NamedTuple):
    """One table's columns as one format fills them."""

    fields: tuple[str, ...]
    counted: tuple[int, ...]
    insert: str


class Tables:
    """The tables of one file, in one schema of the database: main or one of the other sendings."""

    def __init__(self, con: sqlite3.Connection, schema: str, document: Document) -> None:
        self.con = con
        self.schema = schema
        self.records: Counter[str] = Counter()
        self.envelope: dict[int, Row] = {}
        self.was_fast = True
        self._next = 1
        self._spans = tuple(array("q") for _ in Span._fields)
        self._columns = {
            name: _columns(schema, name, element) for name, element in document.plan.tables.items()
        }
        self._pending: _Pending = {name: [] for name in self._columns}
        self._explained: _Pending = {name: [] for name in self._columns}
        self._waiting = 0
        self._odd: list[int] = []
        self._values = {cell: Counter[str | None]() for cell in self._counted()}
        self._accepted_values = {cell: Counter[str | None]() for cell in self._counted()}
        self._names = {str(element.table): element.name for element in document.plan.root.walk()}
        self._plan = document.plan
        self._pages: compiled.Pages | None = None
        self._folds: list[Fold] = []

    def taker(self, record: str, prefix: str) -> compiled.Taker | None:
        """Return the compiled way for the records of a document, None where it is not built."""
        self._pages = compiled.pages_of(self.con, self._plan, record, prefix, database.all_fields())
        if self._pages is None:
            return None
        return compiled.Taker(partial(self._take, self._pages), self._pages.shrink)

    def _take(
        self, pages: compiled.Pages, text: str, at: int, offset: int, line: int
    ) -> tuple[int, int, bool]:
        """Take the ordinary records from `at` on; return where they end, the line, and if cut."""
        at, following, line, is_cut, spans, folds = pages.take(text, at, self._next, line)
        for rad, start, length, begins, is_odd in spans:
            if is_odd:
                self._odd.append(rad)
            self._remember(Span(rad, offset + start, length, begins), following)
        self._take_folds(pages, folds)
        return at, line, is_cut

    def _take_folds(self, pages: compiled.Pages, folds: list[Fold]) -> None:
        """Keep what the compiled way folded, and write what is waiting when it is much."""
        self._folds += folds
        if pages.is_full:
            self._write_pages(pages)

    def _write_pages(self, pages: compiled.Pages) -> None:
        folding.write_folds(self.con, self.schema, self._folds)
        self._folds.clear()
        self.records.update(pages.write(self.schema))

    def _counted(self) -> Iterator[tuple[str, str]]:
        for name, columns in self._columns.items():
            yield from ((name, columns.fields[at]) for at in columns.counted)

    def add_accepted(self, record: Accepted) -> int:
        """Take a record that the pattern accepted; return its row number."""
        rad = self._next
        self._pending[RECORD_TABLE].append((rad, rad, *record.own))
        if folding.has_odd_ids(record.own[0] or "", record.children):
            self._odd.append(rad)
        following = rad + 1
        for table, rows in record.children:
            self._pending[table] += map(add, zip(count(following), repeat(rad)), rows)
            following += len(rows)
        self._waiting += following - rad
        self._remember(Span(rad, record.pos, record.length, record.line), following)
        return rad

    def add_explained(self, explained: Explained, pos: int, length: int, line: int) -> int:
        """Take a record that went the exact way; cells that the schema refuses are not counted."""
        rad = self._next
        shrunk = explained.shrunk
        doubtful = explained.doubtful
        is_odd = True
        for index, (place, row) in enumerate(zip(explained.places, explained.rows, strict=True)):
            if place or shrunk is None or shrunk.has_own:
                self._add_row(rad + place, rad, row, doubtful.get(index, ()))
        if shrunk and shrunk.taken is not None:
            for table, place, values in shrunk.taken:
                self._pending[table].append((rad + place, rad, *values))
            self._waiting += len(shrunk.taken)
            is_odd = explained.has_odd_ids(shrunk.taken)
        elif shrunk and self._pages:
            is_odd, folds = self._pages.keep(rad)
            self._take_folds(self._pages, folds)
        if is_odd:
            self._odd.append(rad)
        self._remember(Span(rad, pos, length, line), rad + max(explained.total, 1))
        return rad

    def add_envelope(self, explained: Explained) -> list[int]:
        """Take the rows around the records (INNHINFO is row 0); return their numbers."""
        doubtful = explained.doubtful
        numbers: list[int] = []
        for index, row in enumerate(explained.rows):
            is_first_info = row.element.table == "innhinfo" and 0 not in numbers
            rad = 0 if is_first_info else -1 - len(numbers)
            numbers.append(rad)
            self.envelope[rad] = row
            self._add_row(rad, rad, row, doubtful.get(index, ()))
        return numbers

    def _add_row(self, rad: int, person: int, row: Row, doubtful: Iterable[str]) -> None:
        table = str(row.element.table)
        columns = self._columns[table]
        self._explained[table].append((rad, person, *map(row.values.get, columns.fields)))
        self._waiting += 1
        for name in doubtful:
            if (counts := self._values.get((table, name))) is not None:
                counts[row.values.get(name)] -= 1  # it is counted with the others

    def _remember(self, span: Span, following: int) -> None:
        for column, value in zip(self._spans, span, strict=True):
            column.append(value)
        self._next = following
        if self._waiting > ROWS_AT_A_TIME:
            self._flush()

    def _flush(self) -> None:
        self._waiting = 0
        for table, columns in self._columns.items():
            if pending := self._pending[table]:
                self._write(table, columns, pending, self._accepted_values, sparse=True)
            if explained := self._explained[table]:
                self._write(table, columns, explained, self._values, sparse=False)

    def _write(
        self, table: str, columns: _Columns, rows: _Rows, values: _Values, *, sparse: bool
    ) -> None:
        """Write the rows of a table, where «» in sparse ones is missing, and count values."""
        cells = list(zip(*rows, strict=True))
        optional = (sparse and "" in column for column in cells[2:])
        marks = ", ".join(("?", "?", *("nullif(?, '')" if is_ else "?" for is_ in optional)))
        whole = len(rows) - len(rows) % ROWS_A_STATEMENT
        many = f"{columns.insert} {', '.join([f'({marks})'] * ROWS_A_STATEMENT)}"
        for at in range(0, whole, ROWS_A_STATEMENT):
            self.con.execute(many, list(chain.from_iterable(rows[at : at + ROWS_A_STATEMENT])))
        self.con.executemany(f"{columns.insert} ({marks})", rows[whole:])
        if table == folding.FOLDED:
            folding.write_folds(self.con, self.schema, folding.folds(rows, columns.fields))
        self.records[self._names[table]] += len(rows)
        for at in columns.counted:
            values[table, columns.fields[at]].update(cells[at + 2])
        rows.clear()

    def finish(self) -> None:
        """Write what is waiting, and the value counts."""
        self._flush()
        if self._pages:
            self._write_pages(self._pages)
            for cell, counts in self._pages.values():
                self._accepted_values[cell].update(counts)
        self.con.executemany(
            f"INSERT INTO {self.schema}.verdi VALUES (?, ?, ?, ?)",  # noqa: S608  our own names
            (
                (*cell, value, count)
                for cell in self._values
                for value, count in self._value_counts(cell).items()
                if count
            ),
        )
        self.con.executemany(
            f"INSERT INTO {self.schema}.id_uvanlig VALUES (?)",  # noqa: S608  our own names
            ((rad,) for rad in self._odd),
        )

    def _value_counts(self, cell: tuple[str, str]) -> Counter[str | None]:
        """Return a field's values; the pattern's «nothing here» ('' or None) is None: missing."""
        counts = self._accepted_values[cell]
        if missing := counts.pop("", 0):
            counts[None] += missing
        counts.update(self._values[cell])
        return counts

    def spans(self) -> Iterator[Span]:
        """Yield where each record stands, in document order."""
        yield from map(Span, *self._spans)

    def firsts(self) -> Sequence[int]:
        """Return the number of each record's first row, ascending."""
        return self._spans[0]

    def span_of(self, rad: int) -> Span:
        """Return where the record that holds this row stands."""
        at = bisect_right(self._spans[0], rad) - 1
        return Span(*(column[at] for column in self._spans))


def _columns(schema: str, table: str, element: Element) -> _Columns:
    fields = element.fields
    names = ", ".join(("rad", "person_rad", *fields))
    counted = tuple(at for at, name in enumerate(fields) if compiled.is_counted(element, name))
    return _Columns(fields, counted, f"INSERT INTO {schema}.{table} ({names}) VALUES")
