"""The tables that the authority shows each municipality in January, before the file is sent.

Each is a page in `rules/tabeller`. Last year's numbers are those of last year's own
table, counted from last year's file by the rules and codes of that year.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import database
from kpr_validator.figures import Cell, Count, Line, Published, Table
from kpr_validator.layouts import ALL_CODES, LineName, layouts
from kpr_validator.measure import Ask
from kpr_validator.model import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.layouts import Compared, Layout
    from kpr_validator.measure import Answer, Measure, Rows

CHANGE = Text("Endring", "Endring", "Change")
_SERIES_BROKEN = ("brudd", "avvik", "erstattet")
_UNITS = {"prosent": "percent"}
_WHOLE = 100
_EMPTY = Cell(None)
_ZERO = Cell(Count(0, 0))


class TableError(Exception):
    """A table's SELECT gives a line or a column that the table does not have."""


def tables(now: Measure, before: Sequence[Table] = ()) -> tuple[Table, ...]:
    """Return the tables of a submission, beside those of last year's when they are given."""
    return tabulate(now, now.both(asks()), before)


def asks() -> dict[str, Ask]:
    """Return what the tables ask of a submission, by the names of their pages."""
    return {_asked(layout): Ask(layout.sql, counts=2) for layout in layouts()}


def _asked(layout: Layout) -> str:
    return f"tabeller/{layout.id}"


def tabulate(
    now: Measure, answers: Mapping[str, Answer], before: Sequence[Table] = ()
) -> tuple[Table, ...]:
    """Return the tables that the answers give."""
    known = {table.id: table for table in before}
    return tuple(
        _table(now, layout, answers[_asked(layout)], known.get(layout.id)) for layout in layouts()
    )


def _table(now: Measure, layout: Layout, answer: Answer, before: Table | None) -> Table:
    counted = _Counted(layout, answer)
    form = _form(layout, now.year.aar, now.data_year)
    if unknown := counted.lines - {name.id for name in form.names}:
        message = f"{layout.id}: linje {', '.join(sorted(unknown))} finnes ikke"
        raise TableError(message)
    step = 2 if layout.with_last_year else 1
    theirs = {line.id: line.cells[::step] for line in before.lines} if before else {}
    return Table(
        id=layout.id,
        title=layout.title,
        note=layout.note,
        columns=form.columns,
        lines=tuple(
            Line(name.id, name.name, tuple(_cells(layout, ours, theirs.get(name.id, ()))))
            for name in form.names
            for ours in (counted.cells(name, now.year.aar),)
        ),
        national=form.national,
    )


class _Form(NamedTuple):
    """What of a table is the same for every submission of a year."""

    names: tuple[LineName, ...]
    columns: tuple[Text, ...]
    national: Mapping[str, tuple[Published, ...]]


@cache
def _form(layout: Layout, rules_year: int, data_year: int) -> _Form:
    names = tuple(_line_names(layout, rules_year))
    return _Form(names, tuple(_columns(layout, data_year)), dict(_national(layout, names)))


class _Counted:
    """What a table's SELECT gave, as sent and as received, by line and column."""

    def __init__(self, layout: Layout, answer: Answer) -> None:
        self._columns = layout.columns
        self._sent, self._received = _by_cell(answer.sent), _by_cell(answer.received)
        found = self._sent.keys() | self._received.keys()
        self.lines = {line for line, _ in found}
        if unknown := {column for _, column in found} - self._columns.keys():
            message = f"{layout.id}: kolonne {', '.join(sorted(unknown))} finnes ikke"
            raise TableError(message)

    def cells(self, name: LineName, year: int) -> tuple[Cell, ...]:
        """Return a line's cells of this year."""
        if not name.is_computed(year):
            return (_EMPTY,) * len(self._columns)
        return tuple([self._cell((name.id, column)) for column in self._columns])

    def _cell(self, key: tuple[str, str]) -> Cell:
        sent, received = self._sent.get(key, _NOBODY), self._received.get(key, _NOBODY)
        if sent is received:
            return _ZERO
        of = None
        if sent.of is not None or received.of is not None:
            of = Count(sent.of or 0, received.of or 0)
        return Cell(Count(sent.number, received.number), of)


class _Share(NamedTuple):
    number: int
    of: int | None


_NOBODY = _Share(0, None)


def _by_cell(rows: Rows) -> dict[tuple[str, str], _Share]:
    return {
        (str(line), str(column)): _Share(int(count or 0), None if of is None else int(of))
        for line, column, count, of in rows
    }


def _columns(layout: Layout, year: int) -> Iterator[Text]:
    for name in layout.columns.values():
        for one in (year, year - 1) if layout.with_last_year else (year,):
            yield Text(*(name.in_language(language).format(aar=one) for language in LANGUAGES))
    if layout.with_change:
        yield CHANGE


def _cells(layout: Layout, ours: Sequence[Cell], theirs: Sequence[Cell]) -> Iterator[Cell]:
    """Yield this year's cells, each followed by last year's, and the change at the end."""
    last = [*theirs, *(_EMPTY for _ in ours)]
    for now, before in zip(ours, last, strict=False):
        yield now
        if layout.with_last_year:
            yield before
    if layout.with_change:
        yield _change(ours[0].count, last[0].count)


def _change(now: Count | None, before: Count | None) -> Cell:
    """Return the difference, as a share of last year's number."""
    if now is None or before is None:
        return _EMPTY
    difference = Count(now.sent - before.sent, now.received - before.received)
    return Cell(difference, before, is_change=True)


def _line_names(layout: Layout, year: int) -> Iterator[LineName]:
    """Yield the lines of a table, each once, by the name it has in the year."""
    named: dict[str, LineName] = {}
    for name in layout.names:
        if name.id not in named or name.is_computed(year):
            named[name.id] = name
    yield from (name for name in named.values() if not name.is_last)
    yield from _codes(layout, year)
    yield from (name for name in named.values() if name.is_last)


def _codes(layout: Layout, year: int) -> Iterator[LineName]:
    """Yield a line for each code; one with several names has that of the year."""
    if not layout.codes:
        return
    found = database.known(
        "SELECT kode, nb, nn, en FROM kode WHERE kodeverk = ?1 ORDER BY CAST(kode AS INTEGER),"
        " ?2 BETWEEN coalesce(gyldig_fra, 0) AND coalesce(gyldig_til, 9999)",
        (layout.codes.codelist, year),
    )
    names = {str(code): names for code, *names in found if code not in layout.codes.left_out}
    for code, told in names.items():
        texts = zip(LANGUAGES, told, strict=True)
        name = Text(
            *(
                layout.codes.name.in_language(language).format(kode=code, navn=text)
                for language, text in texts
            )
        )
        yield LineName(f"{layout.codes.prefix}{code}", name)


def _national(
    layout: Layout, names: Sequence[LineName]
) -> Iterator[tuple[str, tuple[Published, ...]]]:
    """Yield the lines for which the whole country's numbers are published, and those."""
    everyone = layout.published.get(ALL_CODES)
    for name in names:
        key = layout.published.get(name.id)
        if key is None and everyone and name.id.isdecimal() and not name.is_last:
            key = everyone._replace(service=int(name.id))
        if key and (values := tuple(_published(key))):
            yield name.id, values


def _published(key: Compared) -> Iterator[Published]:
    """Yield what was published for the country; broken series say nothing of others."""
    found = database.known(
        "SELECT aar, sted, verdi, benevning, kilde FROM nasjonalt"
        " WHERE maal = ? AND gruppe IS ? AND tjeneste IS ? AND per IS coalesce(?, per)"
        " AND nivaa = 'land' AND coalesce(merke, '') NOT IN (?, ?, ?) ORDER BY aar",
        (key.measure, key.group, key.service, key.per, *_SERIES_BROKEN),
    )
    for year, place, value, unit, source in found:
        shown = round(_WHOLE - value, 1) if key.is_rest else value
        yield Published(year, place, shown, _UNITS.get(unit, "number"), source)
