"""A concept has the indexes that some statement searches by, and no other."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator import concepts
from kpr_validator.pipeline import Options, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    import apsw

    from kpr_validator import engine

EXAMPLES = Path(__file__).parent.parent / "examples"
KEYS = ("person_rad", "rad")
_TABLES = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
_MADE = re.compile(r"(?:CREATE TABLE (?:main|temp)\.\w+ AS|INSERT INTO (?:main|temp)\.\w+)\s")
_INDEX = re.compile(r"(?:SEARCH \w+ USING COVERING|USING) INDEX (\w+)(?: \(([^)]*)\))?")
_TERM = re.compile(r"(\w+)=\?")


def _asked_in_a_whole_run(run: Run, path: str) -> set[str]:
    """Return all that is asked of a submission's tables, for every output."""
    asked: set[str] = set()

    def told(cursor: apsw.Cursor, *_asked: object) -> bool:
        asked.add(cursor.expanded_sql)
        return True

    run.con.exec_trace = told
    report = run.report(path)
    figures = report.figures()
    assert figures is not None
    figures.checklists()
    list(report.cases())
    run.con.exec_trace = None
    return {_MADE.sub("", statement) for statement in asked if "fold_anew" not in statement}


def _used(con: engine.Connection, statements: Iterable[str]) -> set[tuple[str, frozenset[str]]]:
    """Return the indexes that statements use, each with the columns it is asked for."""
    plans = [
        row[3]
        for statement in statements
        if statement.lstrip().startswith(("SELECT", "WITH"))
        for row in con.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
    return {
        (name, frozenset(_TERM.findall(terms)))
        for plan in plans
        for name, terms in _INDEX.findall(plan)
    }


def _searched(path: str, options: Options) -> set[tuple[str, str]]:
    """Return the concepts and columns that would be searched by, were they all indexed."""
    run = Run(options)
    with closing(run):
        statements = _asked_in_a_whole_run(run, path)
        candidates = {}
        tables = {row[0] for row in run.con.execute(_TABLES)}
        for name in concepts.selects().keys() & tables:
            columns = {row[1] for row in run.con.execute(f"PRAGMA main.table_info({name})")}
            columns.difference_update(concepts.keys().get(name, ())[:1])
            for key in sorted(columns.intersection(KEYS)):  # the order decides between equals
                run.con.execute(f"DROP INDEX IF EXISTS main.{name}_{key}")
                run.con.execute(f"CREATE INDEX main.{name}_{key} ON {name} ({key})")
                candidates[f"{name}_{key}"] = (name, key)
        return {
            candidates[index]
            for index, asked in _used(run.con, statements)
            # what is asked for the whole key needs no index: the table stands in its order
            if index in candidates
            and not (asked and asked == set(concepts.keys().get(candidates[index][0], ())))
        }


def test_a_concept_is_indexed_on_what_it_is_searched_by() -> None:
    last_year, previous = str(EXAMPLES / "fjoraaret.xml"), str(EXAMPLES / "feilfri.xml")
    ident, units = str(EXAMPLES / "typiske-feil-ident.xml"), str(EXAMPLES / "enheter.csv")
    searched = _searched(
        str(EXAMPLES / "typiske-feil.xml"),
        Options(ident=ident, last_year=last_year, previous=previous, units=units),
    ) | _searched(str(EXAMPLES / "aar-2018.xml"), Options(last_year=last_year, previous=previous))
    declared = {(name, key) for name, keys in concepts.indexes().items() for key in keys}
    assert searched == declared
