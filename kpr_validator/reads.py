"""Which fields of the message a rule reads, through the concepts that it builds on too."""

from __future__ import annotations

import re
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from kpr_validator import catalogue, concepts, database, reference, sql
from kpr_validator.narrow import narrowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpr_validator import engine
    from kpr_validator.model import Rule

EVERY_FIELD = "verdi"
OTHER_FILES = ("enhet", "ident", "nasjonalt")
_OURS = frozenset({"rad", "person_rad", "linje", ""})
_PARAMETER = re.compile(r":(\w+)")

Columns = frozenset[tuple[str, str]]


def fields_read(rules: Sequence[Rule]) -> Iterator[dict[str, tuple[str, ...]]]:
    """Yield the fields that each rule reads, by class (PERSONOPPL), or by the table's own name.

    A rule about values in general reads the fields that it names; without any, it
    reads every field: «verdi».
    """
    return _fields_read([(rule.sql, rule.fields) for rule in rules])


def fields_of_concepts(names: Sequence[str]) -> Iterator[dict[str, tuple[str, ...]]]:
    """Yield the fields that each concept reads, in the same way."""
    return _fields_read([(f"SELECT * FROM {name}", ()) for name in names])  # noqa: S608  our own names


def _fields_read(
    statements: Sequence[tuple[str | None, Sequence[str]]],
) -> Iterator[dict[str, tuple[str, ...]]]:
    with closing(database.connect()) as con:
        reference.fill_format(con, catalogue.annual()[0])
        for name in concepts.needed(statement for statement, _ in statements if statement):
            concepts.materialise(con, name, _parameters(concepts.selects()[name]))
        known: dict[tuple[str, frozenset[str]], Columns] = {}
        for statement, named in statements:
            columns = _through(con, _told(con, statement), known) if statement else frozenset()
            yield _by_class(columns, named)


def _told(con: engine.Connection, statement: str) -> Columns:
    """Return the columns that SQLite reads for a statement."""
    with sql.guarded(con) as reads:
        sql.columns(con, statement, _parameters(statement))
    return frozenset(reads)


def _parameters(statement: str) -> dict[str, None]:
    return dict.fromkeys(_PARAMETER.findall(statement))


def _through(
    con: engine.Connection,
    columns: Columns,
    known: dict[tuple[str, frozenset[str]], Columns],
) -> Columns:
    """Return the columns of tables that the columns of concepts come from; remember them."""
    found = {pair for pair in columns if pair[0] not in concepts.selects()}
    for name in sorted({table for table, _ in columns} & concepts.selects().keys()):
        wanted = frozenset(column for table, column in columns if table == name)
        if (name, wanted) not in known:
            told = _told(con, narrowed(concepts.selects()[name], wanted))
            known[name, wanted] = _through(con, told, known)
        found |= known[name, wanted]
    return frozenset(found)


def _by_class(columns: Columns, named: Sequence[str]) -> dict[str, tuple[str, ...]]:
    read: dict[str, set[str]] = {}
    for table, column in columns:
        name = _classes().get(table, table)
        if table in _classes() or table in OTHER_FILES:
            read.setdefault(name, set()).update({column} - _OURS)
        elif table == EVERY_FIELD:
            for field in named or [""]:
                read.setdefault(_home(field), set()).update({field} - _OURS)
    return {name: tuple(sorted(read[name])) for name in sorted(read)}


@cache
def _classes() -> dict[str, str]:
    """Return the message's classes by the names of their tables."""
    plans = (document.plan for document in catalogue.annual())
    return {table: element.name for plan in plans for table, element in plan.tables.items()}


def _home(field: str) -> str:
    """Return the class of a field; of none, every field."""
    elements = (item for document in catalogue.annual() for item in document.plan.root.walk())
    return next((item.name for item in elements if field in item.fields), EVERY_FIELD)
