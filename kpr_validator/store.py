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
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import compiled, database, folding
from kpr_validator.filling import ROWS_AT_A_TIME, Filler
from kpr_validator.ids import has_odd_ids
from kpr_validator.rows import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpr_validator import engine
    from kpr_validator.catalogue import Document
    from kpr_validator.folding import Fold
    from kpr_validator.scan import Accepted
    from kpr_validator.shrink import Explained
    from kpr_validator.walk import Row


class Span(NamedTuple):
    """Where a record stands in the decoded text; `line` is 1-based."""

    rad: int
    pos: int
    length: int
    line: int


class Tables:
    """The tables of one file, in one schema of the database: main or one of the other sendings."""

    def __init__(self, con: engine.Connection, schema: str, document: Document) -> None:
        self.con = con
        self.schema = schema
        self.envelope: dict[int, Row] = {}
        self.was_fast = True
        self._next = 1
        self._spans = tuple(array("q") for _ in Span._fields)
        self._filler = Filler(con, schema, document.plan)
        self._waiting = 0
        self.records: Counter[str] = Counter()
        self._odd: list[int] = []
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
        if spans:
            rads, starts, lengths, lines, are_odd = zip(*spans, strict=True)
            places = (offset + start for start in starts)
            for column, told in zip(self._spans, (rads, places, lengths, lines), strict=True):
                column.extend(told)
            self._odd += compress(rads, are_odd)
            self._next = following
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

    def add_accepted(self, record: Accepted) -> int:
        """Take a record that the pattern accepted, and its cells; return its row number."""
        rad = following = self._next
        (_, (own,), _, _), *children = record.rows
        if has_odd_ids(own, [(persons, ids) for _, persons, ids, _ in children]):
            self._odd.append(rad)
        for table, _, ids, rows in record.rows:
            self._filler.tables[table].take(following, rad, rows)
            following += len(ids)
        self._waiting += following - rad
        self._remember(following, rad, record.pos, record.length, record.line)
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
                self._filler.tables[table].take_row(rad + place, rad, values)
            self._waiting += len(shrunk.taken)
            is_odd = explained.has_odd_ids(shrunk.taken)
        elif shrunk and self._pages:
            is_odd, folds = self._pages.keep(rad)
            self._take_folds(self._pages, folds)
        if is_odd:
            self._odd.append(rad)
        self._remember(rad + max(explained.total, 1), rad, pos, length, line)
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
        table, told = str(row.element.table), row.values.get
        self._filler.tables[table].take_row(rad, person, map(told, row.element.fields))
        self._waiting += 1
        for name in doubtful:
            if (counts := self._filler.values.get((table, name))) is not None:
                counts[told(name)] -= 1  # it is counted with the others

    def _remember(self, following: int, *span: int) -> None:
        for column, value in zip(self._spans, span, strict=True):
            column.append(value)
        self._next = following
        if self._waiting > ROWS_AT_A_TIME:
            self._write()

    def _write(self) -> None:
        self.records.update(self._filler.write())
        self._waiting = 0

    def finish(self) -> None:
        """Write what is waiting, and the value counts."""
        self._write()
        if self._pages:
            self._write_pages(self._pages)
            for cell, counts in self._pages.values():
                self._filler.values[cell].update(counts)
        told = (
            (*cell, value, count)
            for cell, counts in self._filler.values.items()
            for value, count in counts.items()
            if count
        )
        insert_rows(self.con, f"{self.schema}.verdi", 4, told)
        insert_rows(self.con, f"{self.schema}.id_uvanlig", 1, ((rad,) for rad in self._odd))
        database.index(self.con, self.schema)

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
