"""Concepts: SELECTs with names, which rules, indicators and other concepts build on.

Each is a page in `rules/begreper`. A submission's concepts are made into tables when they are
needed; `made` of the database tells which are.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kpr_validator import assets, engine, sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kpr_validator.model import Value

_COMMENT = re.compile(r"--[^\n]*")
_KEY = re.compile(r"^-- Nøkkel: (.+)\.$", re.MULTILINE)
_INDEX = re.compile(r"^-- Indeks: (.+)\.$", re.MULTILINE)
_SOURCE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)

_instead: list[Path] = []


def stand_in(pages: Iterable[Path]) -> None:
    """Let changed concepts stand in for ours of their names: in a process of their own, first."""
    _instead[:] = pages
    for known in (_texts, selects, keys, indexes):
        known.cache_clear()
    _forms.clear()
    sql.forget()


@cache
def _texts() -> Mapping[str, str]:
    pages = [*sorted((assets.rules() / "begreper").glob("*.sql")), *_instead]
    return {page.stem: page.read_text(encoding="utf-8") for page in pages}


@cache
def selects() -> Mapping[str, str]:
    """Return every concept's SELECT by its name, without comments."""
    return {name: _COMMENT.sub("", text) for name, text in _texts().items()}


@cache
def keys() -> Mapping[str, tuple[str, ...]]:
    """Return the columns that tell a concept's rows apart, as its page says («-- Nøkkel:»)."""
    return _named(_KEY)


@cache
def indexes() -> Mapping[str, tuple[str, ...]]:
    """Return the columns that each concept is searched by, as its page says («-- Indeks:»)."""
    return _named(_INDEX)


def _named(columns: re.Pattern[str]) -> Mapping[str, tuple[str, ...]]:
    return {
        name: tuple(found[1].split(", "))
        for name, text in _texts().items()
        if (found := columns.search(text))
    }


@lru_cache(maxsize=2_000)
def sources(statement: str) -> frozenset[str]:
    """Return the names that a statement reads from: tables, concepts and its own parts."""
    return frozenset(_SOURCE.findall(_COMMENT.sub("", statement)))


def needed(statements: Iterable[str]) -> list[str]:
    """Return the concepts that the statements use, each after those it builds on itself."""
    ordered: dict[str, None] = {}

    def visit(statement: str, above: tuple[str, ...]) -> None:
        for name in sorted(sources(statement) & selects().keys()):
            if name in above:
                message = f"begrepet {name} bygger på seg selv"
                raise ValueError(message)
            if name not in ordered:
                visit(selects()[name], (*above, name))
                ordered[name] = None

    for statement in statements:
        visit(statement, ())
    return list(ordered)


def materialise(con: engine.Connection, name: str, parameters: Mapping[str, Value]) -> None:
    """Make a concept into a table, with the key and the indexes that its page names.

    One that is made of this submission stays as it is; a table that another submission has left
    there, empty, is filled. Raises engine.Error when two rows have the same key.
    """
    if con.made.get(name):
        return
    if name in con.made:
        con.execute(f"INSERT INTO main.{name} {selects()[name]}", parameters)
    else:
        _make(con, "main", name, parameters)
    con.made[name] = True


@contextmanager
def shadowed(con: engine.Connection, name: str, parameters: Mapping[str, Value]) -> Iterator[None]:
    """Put a concept, made anew, before the lasting one that is there, which has its columns."""
    _make(con, "temp", name, parameters)
    try:
        yield
    finally:
        con.execute(f"DROP TABLE temp.{name}")


def unmake(con: engine.Connection) -> None:
    """Take no concept as made any longer, once the tables are emptied."""
    con.made = dict.fromkeys(con.made, False)


def _make(con: engine.Connection, schema: str, name: str, parameters: Mapping[str, Value]) -> None:
    table, select = f"{schema}.{name}", selects()[name]
    if key := keys().get(name):
        form = _forms.get(name) or _form(con, name, key, parameters)
        if schema == "main":
            _forms[name] = form
        con.execute(f"CREATE TABLE {table} {form}")
        try:
            con.execute(f"INSERT INTO {table} {select}", parameters)
        except Exception:
            con.execute(f"DROP TABLE {table}")
            raise
    else:
        con.execute(f"CREATE TABLE {table} AS {select}", parameters)
    for column in indexes().get(name, ()):
        con.execute(f"CREATE INDEX {schema}.{name}_{column} ON {name} ({column})")


_forms: dict[str, str] = {}  # of the concepts with a key, as sent


def _form(
    con: engine.Connection, name: str, key: Sequence[str], parameters: Mapping[str, Value]
) -> str:
    """Return what a concept's table is made with: its columns, as SQLite tells them, and its key.

    A key of one column is the row's own number; by one of more, the rows stand in order.
    """
    none = f"SELECT * FROM ({selects()[name]}) LIMIT 0"  # noqa: S608  our own pages
    con.execute(f"CREATE TABLE main.proeve AS {none}", parameters)
    told = con.execute("PRAGMA main.table_info(proeve)").fetchall()
    con.execute("DROP TABLE main.proeve")
    alone = key[0] if len(key) == 1 else None
    columns = ", ".join(
        f"{column} {'INTEGER PRIMARY KEY' if column == alone else affinity}"
        for _, column, affinity, *_ in told
    )
    return f"({columns})" if alone else f"({columns}, PRIMARY KEY ({', '.join(key)})) WITHOUT ROWID"
