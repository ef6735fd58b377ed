"""The database in memory: empty, with the tables of every sending and what rules look things up in.

Last year's sending and an earlier one have the same tables, in schemas of their own. What
belongs to a submission and is no sending is written here too.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import TYPE_CHECKING

from kpr_validator import catalogue, compiled, folding, reference, sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpr_validator.walk import Row

OTHER_SENDINGS = ("fjor", "forrige")


def connect() -> sqlite3.Connection:
    """Return an empty database with all tables: this sending's, last year's, an earlier one's."""
    con = sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)
    con.execute("PRAGMA temp_store = MEMORY")
    sql.add_functions(con)
    _empty().backup(con)
    for schema in OTHER_SENDINGS:
        con.execute(f"ATTACH ':memory:' AS {schema}")
        _create(con, schema)
    if compiled.HAS_SHREDDER:
        con.execute(f"ATTACH ':memory:' AS {compiled.SCHEMA}")
    con.execute("BEGIN")
    return con


@cache
def _empty() -> sqlite3.Connection:
    """Return what every database begins as, made once: to be copied, never to be written in."""
    con = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _create(con, "main")
    reference.create(con)
    return con


def _create(con: sqlite3.Connection, schema: str) -> None:
    for table, fields in all_fields().items():
        con.execute(compiled.create(f"{schema}.{table}", fields))
    folding.create(con, schema)
    con.execute(f"CREATE TABLE {schema}.verdi (tabell, felt, verdi, antall INTEGER)")


@cache
def all_fields() -> Mapping[str, tuple[str, ...]]:
    """Return every table's columns: the newest format's, then what only older ones have."""
    fields: dict[str, dict[str, None]] = {}
    for document in catalogue.annual():
        for table, element in document.plan.tables.items():
            fields.setdefault(table, {}).update(dict.fromkeys(element.fields))
    return {table: tuple(names) for table, names in fields.items()}


def fill_ident(con: sqlite3.Connection, rows: Iterable[Row]) -> None:
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


def fill_units(con: sqlite3.Connection, units: Iterable[tuple[str, ...]]) -> None:
    """Write the list of units: organisation number, name, industry code."""
    con.executemany("INSERT INTO enhet VALUES (?, ?, ?)", units)
