"""The database in memory: empty, with the tables of every sending and what rules look things up in.

Last year's sending and an earlier one have the same tables, in schemas of their own. What
belongs to a submission and is no sending is written here too.

A database can serve one submission after another: SQLite has its statements ready as long as
no table is made or dropped (ADR 0022).
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from kpr_validator import catalogue, compiled, concepts, engine, folding, gathered, reference, sql
from kpr_validator.rows import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpr_validator.model import Value
    from kpr_validator.walk import Row

OTHER_SENDINGS = ("fjor", "forrige")
_NOT_INDEXED = {"iplos", "innhinfo", "kontakt", "person", folding.FOLDED}  # that has its sets
_LARGEST = 64_000_000  # bytes that a database to be used again may take
_PAGE = 32_768  # bytes: large ones leave fewer to pass through on the way to a row
_STAGES = """
CREATE TABLE funn (rad INTEGER, nr INTEGER, slag INTEGER, detaljer TEXT, aarsak INTEGER,
    PRIMARY KEY (rad, nr)) WITHOUT ROWID;
CREATE TABLE slag (nr INTEGER PRIMARY KEY, regel, felt, konsekvens, sikkerhet);
CREATE TABLE felt_rad (rad INTEGER, nr INTEGER, slag INTEGER, antall INTEGER);
CREATE TABLE bortfall (tabell, rad INTEGER PRIMARY KEY, aarsak INTEGER, slag INTEGER,
    antall INTEGER);
CREATE TABLE beroert (person_rad INTEGER PRIMARY KEY);
CREATE VIEW blanket AS SELECT f.rad, s.felt, f.nr AS aarsak
    FROM funn AS f CROSS JOIN slag AS s ON s.nr = f.slag
    WHERE s.konsekvens = 'value' AND s.sikkerhet = 'documented';
"""  # what is written down on the way: findings, and what falls out


def connect() -> engine.Connection:
    """Return an empty database with all tables: this sending's, last year's, an earlier one's."""
    con = _with_pages(engine.Connection(), "main")
    con.execute("PRAGMA temp_store = MEMORY")
    sql.add_functions(con)
    gathered.add_to(con)
    with _alone:
        _empty().copy_to(con)
    for schema in OTHER_SENDINGS:
        con.execute(f"ATTACH ':memory:' AS {schema}")
        _with_pages(con, schema)
    if compiled.HAS_SHREDDER:
        con.execute(f"ATTACH ':memory:' AS {compiled.SCHEMA}")
    con.execute("BEGIN")
    for schema in OTHER_SENDINGS:
        _create(con, schema)
    return con


@contextmanager
def fresh() -> Iterator[engine.Connection]:
    """Give a database that nothing has been in, and let it go afterwards."""
    con = connect()
    try:
        yield con
    finally:
        con.close()


@contextmanager
def lent() -> Iterator[engine.Connection]:
    """Give an empty database that this thread may have used before, and keep it afterwards.

    One that has grown large, or in which something went wrong, is let go.
    """
    con = kept().pop() if kept() else connect()
    try:
        yield con
        is_empty = _size(con) <= _LARGEST and _emptied(con)
    except BaseException:
        con.close()
        raise
    if is_empty:
        kept().append(con)
    else:
        con.close()


def kept() -> list[engine.Connection]:
    """Return the empty databases that this thread keeps."""
    databases: list[engine.Connection] = _own.__dict__.setdefault("databases", [])
    return databases


_own = threading.local()


def _size(con: engine.Connection) -> int:
    found = con.execute(
        "SELECT sum(page_count * page_size) FROM pragma_database_list AS d,"
        " pragma_page_count(d.name), pragma_page_size(d.name)"
    )
    return int(next(found)[0])


def _emptied(con: engine.Connection) -> bool:
    """Delete every row but those that are the same for all; tell whether that was all there is."""
    for schema in ("main", *OTHER_SENDINGS):
        _let_empty(con, schema)
        con.execute(f"DELETE FROM {schema}.alt")  # noqa: S608  our own names
    concepts.unmake(con)
    return con.execute("SELECT 1 FROM temp.sqlite_master").fetchone() is None


def _let_empty(con: engine.Connection, schema: str) -> None:
    """Let a deletion in the view `alt` empty every table: one statement for them all."""
    found = con.execute(
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' ORDER BY name"  # noqa: S608  our own names
    )
    tables = [str(table) for (table,) in found if table not in reference.ALWAYS]
    deletions = " ".join(f"DELETE FROM {table};" for table in tables)  # noqa: S608  our own names
    wanted = f"CREATE TRIGGER tom INSTEAD OF DELETE ON alt BEGIN {deletions} END"
    there = con.execute(f"SELECT sql FROM {schema}.sqlite_master WHERE name = 'tom'").fetchone()  # noqa: S608  our own names
    if there != (wanted,):
        con.execute(f"DROP VIEW IF EXISTS {schema}.alt")
        con.execute(f"CREATE VIEW {schema}.alt AS SELECT 1")
        con.execute(wanted.replace("TRIGGER ", f"TRIGGER {schema}.", 1))


def known(statement: str, parameters: Sequence[Value]) -> list[tuple[Any, ...]]:
    """Return the rows of a SELECT over what is the same for every submission."""
    with _alone:
        return _empty().execute(statement, parameters).fetchall()


_alone = threading.Lock()  # one thread at a time asks a database


@cache
def _empty() -> engine.Connection:
    """Return what every database begins as, made once: to be copied or asked, never written in."""
    con = _with_pages(engine.Connection(), "main")
    con.execute("BEGIN")
    _create(con, "main")
    reference.create(con)
    for statement in _STAGES.split(";"):
        con.execute(statement)
    con.execute("COMMIT")
    return con


def _with_pages(con: engine.Connection, schema: str) -> engine.Connection:
    con.execute(f"PRAGMA {schema}.page_size = {_PAGE}")
    return con


def _create(con: engine.Connection, schema: str) -> None:
    for table, fields in all_fields().items():
        con.execute(compiled.create(f"{schema}.{table}", fields))
    folding.create(con, schema)
    con.execute(f"CREATE TABLE {schema}.id_uvanlig (person_rad INTEGER PRIMARY KEY)")
    con.execute(f"CREATE TABLE {schema}.verdi (tabell, felt, verdi, antall INTEGER)")


def index(con: engine.Connection, schema: str) -> None:
    """Let a sending be searched by its persons and values: quicker when its rows are there."""
    there = f"SELECT 1 FROM {schema}.sqlite_master WHERE name = 'verdi_felt'"  # noqa: S608  our own names
    if con.execute(there).fetchone():
        return
    for table in all_fields():
        if table not in _NOT_INDEXED:
            con.execute(f"CREATE INDEX {schema}.{table}_person ON {table} (person_rad)")
    con.execute(f"CREATE INDEX {schema}.verdi_felt ON verdi (tabell, felt, verdi, antall)")


@cache
def all_fields() -> Mapping[str, tuple[str, ...]]:
    """Return every table's columns: the newest format's, then what only older ones have."""
    fields: dict[str, dict[str, None]] = {}
    for document in catalogue.annual():
        for table, element in document.plan.tables.items():
            fields.setdefault(table, {}).update(dict.fromkeys(element.fields))
    return {table: tuple(names) for table, names in fields.items()}


def fill_ident(con: engine.Connection, rows: Iterable[Row]) -> None:
    """Write the ident message and its persons; identities stay in this table."""
    place = ""
    for rad, row in enumerate(rows):
        told = row.values.get
        if row.element.name == "Melding":
            period = (told(name) for name in ("fraDatoPeriode", "tilDatoPeriode", "uttakDato"))
            con.execute(
                "INSERT INTO ident_melding VALUES (?, ?, ?, ?)", (told("meldingstype"), *period)
            )
        elif row.element.name == "Institusjon":
            place = told("institusjonID", "")
        elif row.element.name == "PasientIdent":
            cells = (told(name) for name in ("pid", "fid", "typeID", "pasientGUID"))
            con.execute(
                "INSERT INTO ident VALUES (?, ?, ?, ?, ?, ?, ?)", (rad, row.line, place, *cells)
            )


def fill_units(con: engine.Connection, units: Iterable[tuple[str, ...]]) -> None:
    """Write the list of units: organisation number, name, industry code."""
    insert_rows(con, "enhet", 3, units)
