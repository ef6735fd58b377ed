"""Scores folded: what the store tells of them besides their rows, so that rules need few of them.

Four of five rows are scores (FUNKSJON), nearly always a whole set with the same dates:
`skaarsett` has a row for each such set.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from itertools import compress, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator.rows import NUMBERS, insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpr_validator import engine

    _Column = Sequence[str | None]

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
_PLACE = {score: place for place, score in enumerate(SCORES)}
_SCORED = [1 << int(score) for score in SCORES]
_WORD = 64  # bits
_WORDS = struct.Struct(f"<{1 + len(_MASKS)}Q")
_NUMBER = re.compile(r"[ \t\n\v\f\r]*([+-]?)([0-9]*)", re.ASCII)
_MOST_BITS = 62
_PLAIN = {str(number): 1 << number for number in range(_MOST_BITS + 1)}
_MOST_KEPT = 10_000


class Stretch(NamedTuple):
    """Rows of a person that follow each other, the first as number `rad`: the values by field."""

    rad: int
    person: int
    columns: Sequence[_Column]


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
    """Make the table, empty, in a schema of the database."""
    con.execute(f"CREATE TABLE {schema}.{TABLE} ({', '.join(_COLUMNS)}) WITHOUT ROWID")


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
    write_folds(con, "temp", folds(con.execute(_ANEW), columns[NUMBERS:]))
    con.execute("DROP TABLE temp.fold_anew")


def write_folds(con: engine.Connection, schema: str, folds: Iterable[Fold]) -> None:
    """Write what is folded."""
    insert_rows(con, f"{schema}.{TABLE}", len(Fold._fields), folds)


class _Bits(dict[str | None, int]):
    """The bit of each number from 0 to 62, read as SQLite reads a text; 0 for any other."""

    def __missing__(self, value: str | None) -> int:
        if len(self) > _MOST_KEPT:
            self.clear()
        found = _NUMBER.match(value or "")
        sign, digits = found.groups() if found else ("", "")
        number = int(digits.lstrip("0")[:3] or "0")  # more digits are as many as three
        most = -1 if value is None else 0 if sign == "-" else _MOST_BITS
        self[value] = bit = 1 << number if number <= most else 0
        return bit


def folds(rows: Iterable[Any], fields: Sequence[str]) -> Iterator[Fold]:
    """Yield the folded rows of FUNKSJON; a row is its number, its person's, and its fields."""
    folder = Folder(fields)
    for stretch in stretches(rows):
        yield from folder.folds(stretch)


def stretches(rows: Iterable[Any]) -> Iterator[Stretch]:
    """Yield rows as they follow each other; a row is its number, its person's, and its fields."""
    numbered = groupby(enumerate(rows), lambda one: (one[1][1], one[1][0] - one[0]))
    for (person, before), group in numbered:
        found = list(group)
        columns = list(zip(*(row[NUMBERS:] for _, row in found), strict=True))
        yield Stretch(before + found[0][0], person, columns)


class Folder:
    """Folds rows of FUNKSJON that have these fields."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._variable, self._score, self._begins, self._ends = map(
            fields.index, (VARIABLE, SCORE, *KEY)
        )
        self._bits = _Bits()

    def folds(self, stretch: Stretch) -> Iterator[Fold]:
        """Yield what is folded of the rows."""
        rad, person, columns = stretch
        bits = list(map(self._bits.__getitem__, columns[self._variable]))
        scores, begins, ends = (columns[at] for at in (self._score, self._begins, self._ends))
        first = 0
        for end in _ends(bits, begins, ends):
            masks = self._masks(bits[first:end], scores[first:end])
            dates = begins[first], ends[first]
            yield Fold(rad + first, rad + end - 1, person, *dates, end - first, *masks)
            first = end

    def _masks(self, own: Sequence[int], scores: _Column) -> tuple[int, ...]:
        """Return the bits of variables, of scores, and of the variables with each score."""
        scored: dict[str | None, int] = {}
        for value, bit in zip(scores, own, strict=True):
            scored[value] = scored.get(value, 0) | bit
        told, masks = 0, [0] * len(_MASKS)
        for value, mask in scored.items():
            told |= self._bits[value]
            if value:
                masks[_PLACE.get(value, -1)] |= mask
        return sum(own), told, *masks


def side_by_side(variable: str, score: str) -> int | None:
    """Return the bits of a row in one number, to be added up.

    None for a variable that isn't plainly spelled, and for a score that isn't of SCORES.
    """
    bit = _PLAIN.get(variable)
    if bit is None or score not in _PLACE:
        return None
    return bit | bit << _WORD * (1 + _PLACE[score])


def masks(bits: Sequence[int]) -> tuple[int, ...] | None:
    """Return what a Fold tells of rows with these bits side by side, None if one is there twice."""
    variables, *by_score = _WORDS.unpack(sum(bits).to_bytes(_WORDS.size, "little"))
    if variables.bit_count() < len(bits):
        return None
    return variables, sum(compress(_SCORED, by_score)), *by_score


def tally(found: Iterable[tuple[int, ...]]) -> tuple[Counter[str], Counter[str]]:
    """Return how often each variable and each score is among rows that have these masks."""
    each, _, *by_score = zip(*found, strict=True)
    variables: Counter[str] = Counter()
    for bits, times in Counter(each).items():
        variables.update({name: times for name, bit in _PLAIN.items() if bits & bit})
    scores = zip(SCORES, by_score, strict=False)  # the last of which are others
    return variables, Counter({one: sum(map(int.bit_count, bits)) for one, bits in scores})


def _ends(bits: Sequence[int], begins: _Column, ends: _Column) -> Sequence[int]:
    """Return where rows end that have the same dates, and each its own bit, or none."""
    count = len(bits)
    if begins.count(begins[0]) == count == ends.count(ends[0]) == len(set(bits)):
        return (count,)
    found, seen = [], 0
    for at, bit in enumerate(bits):
        if at and (bit & seen or begins[at] != begins[at - 1] or ends[at] != ends[at - 1]):
            found.append(at)
            seen = 0
        seen |= bit
    return (*found, count)
