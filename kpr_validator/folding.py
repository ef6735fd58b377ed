"""What the store tells of records besides their rows, so that rules need not read them all.

Four of five rows are scores (FUNKSJON), nearly always a whole set with the same dates:
`skaarsett` has a row for each such set. And nearly always the ids of a record are in
order: `id_uvanlig` names the records where they may not be.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    Cells = Sequence[str | int | None]

FOLDED, TABLE = "funksjon", "skaarsett"
KEY = ("fnFraDato", "fnTilDato")
VARIABLE, SCORE = "fnFunkType", "fnFunkVerdi"
NOT_RELEVANT = "9"
_COLUMNS = (
    "rad INTEGER",
    "siste INTEGER",
    "person_rad INTEGER",
    *(f"{name} TEXT" for name in KEY),
    "antall INTEGER",
    "variabler INTEGER",
    "skaarer INTEGER",
    "ikke_relevante INTEGER",
    "PRIMARY KEY (person_rad, rad)",
)
_MOST_BITS = 62
_LONGEST_ID = 10
_MOST_COMPARED = 1000


class Fold(NamedTuple):
    """Rows of a person that follow each other and have the same dates.

    `variables` and `scores` have bit n for number n (up to 62), `not_relevant` the bits of
    the variables that were scored 9.
    """

    first: int
    last: int
    person: int
    begins: str | None
    ends: str | None
    rows: int
    variables: int
    scores: int
    not_relevant: int


def create(con: sqlite3.Connection, schema: str) -> None:
    """Make the two tables, empty, in a schema of the database."""
    con.execute(f"CREATE TABLE {schema}.{TABLE} ({', '.join(_COLUMNS)}) WITHOUT ROWID")
    con.execute(f"CREATE TABLE {schema}.id_uvanlig (person_rad INTEGER PRIMARY KEY)")


def create_view(con: sqlite3.Connection) -> None:
    """Lay a temporary view over the folded rows, where each row of FUNKSJON stands alone."""
    con.execute(
        f"CREATE TEMP VIEW {TABLE} AS SELECT rad, rad AS siste, person_rad, {', '.join(KEY)},"  # noqa: S608  our own names
        f" 1 AS antall, coalesce(1 << {VARIABLE}, 0) AS variabler, coalesce(1 << {SCORE}, 0) AS skaarer,"  # noqa: E501
        f" iif({SCORE} = '{NOT_RELEVANT}', coalesce(1 << {VARIABLE}, 0), 0) AS ikke_relevante"
        f" FROM {FOLDED}"
    )


def write_folds(con: sqlite3.Connection, schema: str, folds: Iterable[Cells]) -> None:
    """Write what is folded; an empty date is one that is not there."""
    con.executemany(
        f"INSERT INTO {schema}.{TABLE} VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?, ?, ?)",  # noqa: S608  our own names
        folds,
    )


class _Bits(dict[object, int]):
    """The bit of each number from 0 to 62 that is spelled with digits; 0 for anything else."""

    def __missing__(self, value: object) -> int:
        digits = str(value).removeprefix("+")
        is_number = digits.isascii() and digits.isdigit() and int(digits) <= _MOST_BITS
        self[value] = bit = 1 << int(digits) if is_number else 0
        return bit


def folds(rows: Iterable[Cells], fields: Sequence[str]) -> Iterator[Fold]:
    """Yield the folded rows of FUNKSJON; a row is its number, its person's, and its fields."""
    at = {name: place for place, name in enumerate(fields, 2)}
    variable, score, bits = at[VARIABLE], at[SCORE], _Bits()
    for (person, begins, ends), group in groupby(rows, itemgetter(1, *(at[name] for name in KEY))):
        for one in _consecutive(list(group)):
            variables = scores = not_relevant = 0
            for row in one:
                variables |= bits[row[variable]]
                scores |= bits[row[score]]
                if row[score] == NOT_RELEVANT:
                    not_relevant |= bits[row[variable]]
            told = (len(one), variables, scores, not_relevant)
            yield Fold(one[0][0], one[-1][0], person, begins, ends, *told)  # type: ignore[arg-type]


def _consecutive(rows: list[Cells]) -> Iterator[list[Cells]]:
    """Part rows where a number is left out: a row of another class stands between."""
    if int(rows[-1][0] or 0) - int(rows[0][0] or 0) == len(rows) - 1:
        yield rows
        return
    for _, group in groupby(enumerate(rows), lambda pair: int(pair[1][0] or 0) - pair[0]):
        yield [row for _, row in group]


def has_odd_ids(own: str | None, children: Iterable[tuple[str, Sequence[Cells]]]) -> bool:
    """Tell whether a record's ids may not be in order.

    `own` is the person's id; the first field of a row names the person, the second is
    its own. Out of order are a row that names another person, an id that two rows of a
    class share (or may, in a class of more than 1 000 rows that do not ascend), one that is
    missing, has a sign, or more than ten digits.
    """
    if not own or len(own) > _LONGEST_ID or own < "0":
        return True
    for _, rows in children:
        ids = [str(row[1] or "") for row in rows]
        if ids and (
            any(row[0] != own for row in rows)
            or max(map(len, ids)) > _LONGEST_ID
            or min(ids) < "0"
            or _may_repeat(ids)
        ):
            return True
    return False


def _may_repeat(ids: Sequence[str]) -> bool:
    if len(ids) <= _MOST_COMPARED:
        return len(set(ids)) < len(ids)
    ordered = [(len(one), one) for one in ids]
    return any(one >= other for one, other in pairwise(ordered))
