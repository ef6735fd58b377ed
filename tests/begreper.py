"""Small submissions for the tests of concepts, given as rows rather than documents.

Rows are numbered as the store numbers them: the first person is 1, its rows 2,
3 … in the order given, then the next person.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING

from kpr_validator import catalogue, concepts, database, engine, folding, reference, sql
from kpr_validator.model import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

YEAR = 2019
OPEN = "99991231"
SCHEMAS = ("main", *database.OTHER_SENDINGS)

Row = dict[str, Value]


@dataclass(frozen=True)
class Child:
    """One row below a person: its table and its cells."""

    table: str
    cells: Row


@dataclass(frozen=True)
class Person:
    """One person and the rows below."""

    cells: Row
    children: tuple[Child, ...]


@dataclass(frozen=True)
class Sending:
    """What a submission says of itself, and its persons."""

    info: Row
    people: tuple[Person, ...] = ()


def sending(*people: Person, year: int = YEAR, **told: str | None) -> Sending:
    """Return the submission of one municipality for a whole year, changed as told."""
    info_: Row = {
        "iiKomnr": "1820",
        "iiBydelsnr": "00",
        "iiFraDato": f"{year}0101",
        "iiTilDato": f"{year}1231",
        "iiLagetDato": f"{year + 1}0108",
        "iiLopenr": "1",
    }
    return Sending({**info_, **told}, people)


def person(*children: Child, alder: str | None = "80", dod: str | None = None) -> Person:
    """Return a person with the given age and day of death."""
    return Person({"peAlder": alder, "peDodDato": dod}, children)


def service(
    type_: int,
    fra: str | None = "20190301",
    til: str | None = OPEN,
    *,
    vedtak: str | None = "2",
    **more: str | None,
) -> Child:
    """Return a TJENESTE, granted and open from March unless told otherwise."""
    cells: Row = {"tjTjenType": str(type_), "tjFraDato": fra, "tjTilDato": til, "tjVedtak": vedtak}
    return Child("tjeneste", {**cells, **more})


def info(fra: str | None = "20180101", til: str | None = OPEN, **answers: str | None) -> Child:
    """Return a PERSONOPPL, open since 2018 unless told otherwise."""
    return Child("personoppl", {"poFraDato": fra, "poTilDato": til, **answers})


def rows(
    concept: str,
    *people: Person,
    year: int = YEAR,
    status_day: str | None = None,
    others: Mapping[str, Sending] = MappingProxyType({}),
) -> list[Row]:
    """Return every row of a concept, whole, by person and row.

    `others` are submissions by their schema: fjor, forrige, and main for what this
    one says of itself; without it nothing is said.
    """
    with closing(engine.Connection()) as con:
        for schema in SCHEMAS:
            if schema != "main":
                con.execute(f"ATTACH ':memory:' AS {schema}")
            con.load(schema, _empty(year, schema))
        sql.add_functions(con)
        _fill(con, "main", people)
        for schema, other in others.items():
            _insert(con, f"{schema}.innhinfo", {"rad": 0, "person_rad": 0, **other.info})
            _fill(con, schema, other.people)
        for name in concepts.needed([f"FROM {concept}"]):
            concepts.materialise(con, name, _parameters(year, status_day))
        columns = [str(row[1]) for row in con.execute(f"PRAGMA table_info({concept})")]
        is_in_order = len(concepts.keys().get(concept, ())) > 1
        known = {*columns, *(() if is_in_order else ("rowid",))}
        order = ", ".join(name for name in ("person_rad", "rad", "rowid") if name in known)
        found = con.execute(f"SELECT * FROM {concept} ORDER BY {order}")  # noqa: S608  our own names
        return [dict(zip(columns, row, strict=True)) for row in found]


def _parameters(year: int, status_day: str | None) -> dict[str, Value]:
    last = f"{year}1231"
    return {"aar": year, "fra": f"{year}0101", "til": last, "statusdato": status_day or last}


@cache
def _empty(year: int, schema: str) -> bytes:
    """Return the store's own tables with nobody in them, for the format of the year."""
    with closing(database.connect()) as con:
        form = next(document for document in catalogue.annual() if year in document.years)
        reference.fill_format(con, form)
        con.execute("COMMIT")
        return con.image(schema)


def _fill(con: engine.Connection, schema: str, people: tuple[Person, ...]) -> None:
    number = count(1)
    for one in people:
        rad = next(number)
        _insert(
            con,
            f"{schema}.person",
            {"rad": rad, "person_rad": rad, "pePeID": str(rad), **one.cells},
        )
        for own, child in enumerate(one.children, 1):
            key: Row = {"rad": next(number), "person_rad": rad}
            if child.table == "personoppl":
                key["poPoID"] = str(own)
            _insert(con, f"{schema}.{child.table}", {**key, **child.cells})
        con.execute(f"INSERT INTO {schema}.id_uvanlig VALUES (?)", (rad,))  # noqa: S608  our own
    scores = con.execute(f"SELECT * FROM {schema}.funksjon ORDER BY rad")  # noqa: S608
    folding.write_folds(con, schema, folding.folds(scores, database.all_fields()["funksjon"]))


def _insert(con: engine.Connection, table: str, cells: Row) -> None:
    names, marks = ", ".join(cells), ", ".join("?" for _ in cells)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  our own names
    con.execute(statement, (*cells.values(),))
