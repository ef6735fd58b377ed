"""The compiled way: ordinary records straight into pages of the database.

It is there when `_shred` could be built. What it takes is a strict subset of what the
accept pattern takes, and becomes the same rows; everything else is left to the pattern.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import engine, folding
from kpr_validator.datatype import shape
from kpr_validator.pattern import QUOTE, TAG
from kpr_validator.plan import minimal
from kpr_validator.shrink import Shrunk, may_shrink

try:
    from kpr_validator._shred import PAGE, Shredder
except ImportError:  # built without a compiler
    HAS_SHREDDER = False
else:
    HAS_SHREDDER = hasattr(engine.Connection, "deserialize")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kpr_validator._shred import DescribedElement, DescribedItem, Taken
    from kpr_validator.folding import Fold
    from kpr_validator.plan import Element, Plan, SimpleType

    Fields = Mapping[str, Sequence[str]]

SCHEMA = "sider"
_KINDS = ("text", "digits", "decimal", "date", "fixed")  # as `_shred.c` numbers them
_PAGES_AT_A_TIME = 100


class _NoShapeError(Exception):
    """A field whose values have no ordinary form that `_shred.c` knows."""


class Taker(NamedTuple):
    """The compiled way: it takes ordinary records by itself, and shrinks others.

    `take` is told (text, at, offset, line), and tells where it came to, on which line, and
    whether the text was cut short there. `shrink` is told (text, at) of one record, and tells
    where it ends and what is left of it, None where it can't.
    """

    take: Callable[[str, int, int, int], tuple[int, int, bool]]
    shrink: Callable[[str, int], tuple[int, Shrunk] | None]


class Pages:
    """Rows of ordinary records on their way into one schema of the database.

    `fields` holds the columns of every table, `counted` those whose values are counted.
    """

    def __init__(
        self, con: engine.Connection, plan: Plan, record: str, prefix: str, fields: Fields
    ) -> None:
        self._con = con
        element = plan.elements[record]
        self.elements = (element, *(child for child in element.children if not child.type))
        self._tables = tuple(str(one.table) for one in self.elements)
        self._may_shrink = may_shrink(element)
        self._required = "".join(
            minimal(child, prefix) for child in element.children if child.type and child.minimum
        )
        self._shredder = Shredder(
            tuple(_described(one, prefix, fields[str(one.table)]) for one in self.elements),
            _folded(self.elements),
        )
        self._template, self._roots = _template(
            tuple((table, tuple(fields[table])) for table in self._tables)
        )

    def take(
        self, text: str, at: int, rad: int, line: int
    ) -> tuple[int, int, int, bool, list[Taken], list[Fold]]:
        """Take the ordinary records from `at` on, numbering rows from `rad`.

        Return where they end, the next row, its line, whether the text was cut there,
        (rad, at, length, line, whether ids are odd) of each record, and the folded rows.
        """
        return self._shredder.take(text, at, rad, line)

    def shrink(self, text: str, at: int) -> tuple[int, Shrunk] | None:
        """Leave out of the record at `at` what is ordinary; return where it ends, and the rest.

        Where its own fields are ordinary, the least that it must have stands in for them. The
        rows left out wait for `keep`. None when it can't be told what stands where.
        """
        found = self._shredder.shrink(text, at) if self._may_shrink else None
        if found is None:
            return None
        end, small, head, left, count = found
        named = [(self.elements[number].name, place) for number, place in left]
        if head < 0:
            return end, Shrunk(small, named, count)
        named.insert(0, (self.elements[0].name, 0))
        text = f"{small[:head]}{self._required}{small[head:]}"
        return end, Shrunk(text, named, count, has_own=False)

    def keep(self, rad: int) -> tuple[bool, list[Fold]]:
        """Take the rows that were left out last, of the record that is row `rad`.

        Return whether its ids are odd, and the folded rows.
        """
        return self._shredder.keep(rad)

    @property
    def is_full(self) -> bool:
        """Tell whether so much is waiting that it should be written."""
        return self._shredder.pages > _PAGES_AT_A_TIME

    def write(self, schema: str) -> dict[str, int]:
        """Write what is waiting; return how many rows of each element."""
        if not self._shredder.pages:
            return {}
        image, counts = self._shredder.image(self._template, self._roots)
        self._con.execute("COMMIT")
        self._con.load(SCHEMA, image)
        for table in self._tables:
            self._con.execute(f"INSERT INTO {schema}.{table} SELECT * FROM {SCHEMA}.{table}")  # noqa: S608  our own names
        self._con.load(SCHEMA, self._template)
        self._con.execute("BEGIN")
        return dict(zip((one.name for one in self.elements), counts, strict=True))

    def values(self) -> Iterator[tuple[tuple[str, str], dict[str | None, int]]]:
        """Yield how often each value of each counted field was taken, None where it was missing."""
        for number, element in enumerate(self.elements):
            for item, field in enumerate(element.fields):
                if is_counted(element, field):
                    yield (self._tables[number], field), self._shredder.counts(number, item)


def pages_of(
    con: engine.Connection, plan: Plan, record: str, prefix: str, fields: Fields
) -> Pages | None:
    """Return the compiled way for a record, None where it isn't built or can't tell its values."""
    if not HAS_SHREDDER:
        return None
    try:
        return Pages(con, plan, record, prefix, fields)
    except _NoShapeError:
        return None


def is_counted(element: Element, field: str) -> bool:
    """Tell whether the values of a field are counted: those of ids are not."""
    return not (field in element.attribute and field.endswith("ID"))


def create(table: str, fields: Sequence[str]) -> str:
    """Return the statement that makes a table of the message."""
    numbers = ("rad INTEGER PRIMARY KEY", "person_rad INTEGER")
    return f"CREATE TABLE {table} ({', '.join((*numbers, *(f'{name} TEXT' for name in fields)))})"


@cache
def _template(tables: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[bytes, tuple[int, ...]]:
    """Return an empty database with the tables, and the number of each one's root page."""
    with closing(engine.Connection()) as con:
        con.execute(f"PRAGMA page_size = {PAGE}")
        for table, fields in tables:
            con.execute(create(table, fields))
        roots = dict(con.execute("SELECT name, rootpage FROM sqlite_master"))
        return con.image("main"), tuple(roots[table] for table, _ in tables)


def _described(element: Element, prefix: str, columns: Sequence[str]) -> DescribedElement:
    """Return an element as `_shred.c` reads it."""
    attributes = (
        _item(f' {one.name}="', QUOTE, one.type, one.fixed, QUOTE, required=one.required)
        for one in element.attributes
    )
    children = (
        _item(
            f"<{prefix}{one.name}>",
            f"</{prefix}{one.name}>",
            one.type,
            one.fixed,
            TAG,
            required=bool(one.minimum),
        )
        for one in element.children
        if one.type
    )
    fields = element.fields
    return (
        f"<{prefix}{element.name}",
        f"</{prefix}{element.name}>",
        len(element.attributes),
        (*attributes, *children),
        tuple(is_counted(element, field) for field in fields),
        tuple(fields.index(name) if name in fields else -1 for name in columns),
    )


def _folded(elements: Sequence[Element]) -> tuple[int, int, int, int, int]:
    """Return which element is folded, and its items for it, as `_shred.c` reads them."""
    for number, element in enumerate(elements):
        if element.table == folding.FOLDED:
            first, second, bit, score = map(
                element.fields.index, (*folding.KEY, folding.VARIABLE, folding.SCORE)
            )
            return number, first, second, bit, score
    return -1, -1, -1, -1, -1


def _item(  # noqa: PLR0913  what `_shred.c` knows of a field
    before: str, after: str, kind: SimpleType, fixed: str | None, end: str, *, required: bool
) -> DescribedItem:
    if fixed is not None:
        return (before, after, 0, 0, fixed, _KINDS.index("fixed"), required, end)
    told = shape(kind)
    if told is None:
        raise _NoShapeError
    return (before, after, told.low, told.high, None, _KINDS.index(told.kind), required, end)
