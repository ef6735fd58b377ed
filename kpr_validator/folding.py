"""What the store tells of records besides their rows, so that rules need not read them all.

Four of five rows are scores (FUNKSJON), nearly always a whole set with the same dates:
`skaarsett` has a row for each such set. And nearly always the ids of a record are in
order: `id_uvanlig` names the records where they may not be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator.rows import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpr_validator import engine

FOLDED, TABLE = "funksjon", "skaarsett"
KEY = ("fnFraDato", "fnTilDato")
VARIABLE, SCORE = "fnFunkType", "fnFunkVerdi"
SCORES = ("1", "2", "3", "4", "5", "9")
_MASKS = (*(f"skaar_{score}" for score in SCORES), "skaar_annet")
_COLUMNS = (
    "rad INTEGER",
    "siste INTEGER",
    "person_rad INTEGER",
    *(f"{name} TEXT" for name in KEY),
    *(f"{name} INTEGER" for name in ("antall", "variabler", "skaarer", *_MASKS)),
    "PRIMARY KEY (person_rad, rad)",
)
_CHANGED = (
    "CREATE TEMP TABLE fold_anew AS SELECT DISTINCT f.person_rad FROM ("
    "SELECT rad FROM bortfall WHERE tabell = 'funksjon' UNION ALL SELECT rad FROM blanket"
    ") AS b CROSS JOIN main.funksjon AS f ON f.rad = b.rad"
)
_UNCHANGED = " AND person_rad NOT IN (SELECT a.person_rad FROM fold_anew AS a)"
_ANEW = (
    "SELECT f.* FROM fold_anew AS a CROSS JOIN main.skaarsett AS s ON s.person_rad = a.person_rad"
    " CROSS JOIN temp.funksjon AS f ON f.rad BETWEEN s.rad AND s.siste"
)
_PERSON, _OWN = itemgetter(0), itemgetter(1)  # of a row's fields
_PLACE = {score: place for place, score in enumerate(SCORES)}
_NUMBER = re.compile(r"[ \t\n\v\f\r]*([+-]?)([0-9]*)", re.ASCII)
_MOST_BITS = 62
_LONGEST_ID = 10
_MOST_COMPARED = 1000


class Stretch(NamedTuple):
    """Rows of a person that follow each other, the first as number `rad`; a row is its fields."""

    rad: int
    person: int
    rows: Sequence[Any]


class Fold(NamedTuple):
    """Rows of a person that follow each other, have the same dates, and each its own variable.

    `variables` and `scores` have bit n for number n (up to 62); the rest the bits of the
    variables with each of SCORES, and of those with another score.
    """

    first: int
    last: int
    person: int
    begins: str | None
    ends: str | None
    rows: int
    variables: int
    scores: int
    one: int
    two: int
    three: int
    four: int
    five: int
    nine: int
    other: int


def create(con: engine.Connection, schema: str) -> None:
    """Make the two tables, empty, in a schema of the database."""
    con.execute(f"CREATE TABLE {schema}.{TABLE} ({', '.join(_COLUMNS)}) WITHOUT ROWID")
    con.execute(f"CREATE TABLE {schema}.id_uvanlig (person_rad INTEGER PRIMARY KEY)")


def show(con: engine.Connection, whose: str, *, received: bool) -> None:
    """Make a temporary table of the folded rows of the persons whom a condition names.

    It comes before the lasting one. If `received`, they are folded anew where a person loses
    any row or score.
    """
    con.execute(f"CREATE TEMP TABLE {TABLE} ({', '.join(_COLUMNS)}) WITHOUT ROWID")
    keep = f"INSERT INTO temp.{TABLE} SELECT * FROM main.{TABLE} WHERE {whose}"  # noqa: S608  our own conditions
    if not received:
        con.execute(keep)
        return
    con.execute(_CHANGED)
    con.execute(f"{keep}{_UNCHANGED}")
    columns = [str(row[1]) for row in con.execute(f"PRAGMA main.table_info({FOLDED})")]
    write_folds(con, "temp", folds(con.execute(_ANEW), columns[2:]))
    con.execute("DROP TABLE temp.fold_anew")


def write_folds(con: engine.Connection, schema: str, folds: Iterable[Fold]) -> None:
    """Write what is folded."""
    marks = ", ".join("?" for _ in Fold._fields)
    insert_rows(con, f"{schema}.{TABLE}", f"({marks})", folds)


class _Bits(dict[str | None, int]):
    """The bit of each number from 0 to 62, read as SQLite reads a text; 0 for any other."""

    def __missing__(self, value: str | None) -> int:
        found = _NUMBER.match(value or "")
        sign, digits = found.groups() if found else ("", "")
        number = int(digits.lstrip("0")[:3] or "0")  # more digits are as many as three
        most = -1 if value is None else 0 if sign == "-" else _MOST_BITS
        self[value] = bit = 1 << number if number <= most else 0
        return bit


def folds(rows: Iterable[Any], fields: Sequence[str]) -> Iterator[Fold]:
    """Yield the folded rows of FUNKSJON; a row is its number, its person's, and its fields."""
    yield from (fold for fold, _ in runs(stretches(rows), fields))


def stretches(rows: Iterable[Any]) -> Iterator[Stretch]:
    """Yield rows as they follow each other; a row is its number, its person's, and its fields."""
    numbered = groupby(enumerate(rows), lambda one: (one[1][1], one[1][0] - one[0]))
    for (person, before), group in numbered:
        found = list(group)
        yield Stretch(before + found[0][0], person, [row[2:] for _, row in found])


def runs(
    found: Iterable[Stretch], fields: Sequence[str]
) -> Iterator[tuple[Fold, Sequence[Sequence[str | None]]]]:
    """Yield the folded rows of FUNKSJON, and with each fold its rows, column by column."""
    variable, score = (fields.index(name) for name in (VARIABLE, SCORE))
    dates = itemgetter(*(fields.index(name) for name in KEY))
    bits = _Bits()
    for rad, person, rows in found:
        first = rad
        for (begins, ends), group in groupby(rows, dates):
            cells = tuple(zip(*group, strict=True))
            own = [bits[value] for value in cells[variable]]
            for part in _parts(own):
                some = [column[part] for column in cells]
                masks = _masks(bits, own[part], some[score])
                last = first + len(some[score]) - 1
                yield Fold(first, last, person, begins, ends, last + 1 - first, *masks), some
                first = last + 1


def _parts(bits: Sequence[int]) -> Iterator[slice]:
    """Yield as much at a time as has each its own bit, or none."""
    begin = seen = 0
    if len(set(bits)) < len(bits):
        for at, bit in enumerate(bits):
            if bit & seen:
                yield slice(begin, at)
                begin, seen = at, 0
            seen |= bit
    yield slice(begin, None)


def _masks(bits: _Bits, own: Sequence[int], scores: Sequence[str | None]) -> tuple[int, ...]:
    """Return the bits of variables, those of scores, and those of the variables with each score."""
    scored: defaultdict[str | None, int] = defaultdict(int)
    for value, bit in zip(scores, own, strict=True):
        scored[value] |= bit
    told, masks = 0, [0] * len(_MASKS)
    for value, mask in scored.items():
        told |= bits[value]
        if value:
            masks[_PLACE.get(value, -1)] |= mask
    return sum(own), told, *masks


def has_odd_ids(own: str, children: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> bool:
    """Tell whether a record's ids may not be in order.

    `own` is the person's id; the first field of a row names the person, the second is
    its own. Out of order are a row that names another person, an id that two rows of a
    class share (or may, in a class of more than 1 000 rows that do not ascend), one that is
    missing, has a sign, or more than ten digits.
    """
    if not own or len(own) > _LONGEST_ID or own < "0":
        return True
    persons: list[str] = []
    numbers: list[str] = []
    for _, rows in children:
        ids = list(map(_OWN, rows))
        if _may_repeat(ids):
            return True
        numbers += ids
        persons += map(_PERSON, rows)
    return bool(numbers) and (
        persons.count(own) < len(persons)
        or max(map(len, numbers)) > _LONGEST_ID
        or min(numbers) < "0"
    )


def _may_repeat(ids: Sequence[str]) -> bool:
    if len(ids) <= _MOST_COMPARED:
        return len(set(ids)) < len(ids)
    ordered = [(len(one), one) for one in ids]
    return any(one >= other for one, other in pairwise(ordered))
