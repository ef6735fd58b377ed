"""One database for many submissions: nothing of one is found in the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpr_validator import database, reference
from kpr_validator.pipeline import Options, Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from kpr_validator import engine

EXAMPLES = Path("examples")

Found = tuple[object, ...]

FULL = Options(
    ident=str(EXAMPLES / "typiske-feil-ident.xml"),
    last_year=str(EXAMPLES / "fjoraaret.xml"),
    previous=str(EXAMPLES / "feilfri.xml"),
    units=str(EXAMPLES / "enheter.csv"),
)
OTHERS = ("aar-2018.xml", "feilfri.xml", "typiske-feil.xml")


def _found(
    name: str, options: Options, lend: Callable[[], AbstractContextManager[engine.Connection]]
) -> Found:
    """Return all that is found in a submission: tallies, findings, what is left, figures."""
    with Run(options, lend) as run:
        report = run.judge(str(EXAMPLES / name))
        figures = report.figures()
        assert figures is not None
        cases = [case for _, case in report.cases()]
        persons = [figures.persons[part] for part in figures.persons]
        return (
            report.verdict, report.tallies, report.counts, report.roots, report.outcome,
            list(report.findings()), cases, figures.indicators, figures.tables, persons,
        )  # fmt: skip


@pytest.fixture(autouse=True)
def _own_databases() -> None:
    """Begin with none that another test has used."""
    for con in database.kept():
        con.close()
    database.kept().clear()


def test_the_next_submission_is_judged_as_by_a_database_of_its_own() -> None:
    """Also after one with every kind of file and fault, and one that was given fewer files."""
    for name, options in (
        ("typiske-feil.xml", FULL),
        *((name, Options()) for name in OTHERS),
        ("typiske-feil.xml", FULL),
    ):
        assert _found(name, options, database.lent) == _found(name, options, database.fresh)
    assert len(database.kept()) == 2  # last year's was read beside


def test_nothing_of_a_submission_stays() -> None:
    """Every table of every sending is empty, but those that are the same for all."""
    _found("typiske-feil.xml", FULL, database.lent)
    (con, _) = database.kept()
    full = {
        table
        for (schema,) in con.execute("SELECT name FROM pragma_database_list").fetchall()
        for (table,) in con.execute(
            f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'"  # noqa: S608
        ).fetchall()
        if con.execute(f"SELECT 1 FROM {schema}.{table}").fetchone()  # noqa: S608
    }
    assert full == {*reference.ALWAYS}


def test_statements_stay_ready() -> None:
    """What the next submission asks, SQLite has made ready; there is room for it all."""
    for _ in range(2):
        _found("feilfri.xml", Options(), database.lent)
    (con,) = database.kept()
    traced: list[str] = []

    def told(_cursor: object, statement: str, _values: object) -> bool:
        traced.append(statement)
        return True

    con.exec_trace = told
    before = con.cache_stats()
    _found("feilfri.xml", Options(), database.lent)
    con.exec_trace = None
    made = [text for text in traced if text.startswith(("CREATE", "DROP", "ALTER"))]
    after = con.cache_stats()
    assert (made, after["misses"]) == ([], before["misses"])
    assert len(database.all_fields()) < after["hits"] - before["hits"] < after["size"]


def test_a_database_in_which_something_went_wrong_is_let_go() -> None:
    """It could be in any state."""
    with pytest.raises(FileNotFoundError), Run(Options(), database.lent) as run:
        run.judge(str(EXAMPLES / "finnes-ikke.xml"))
    assert database.kept() == []


def test_a_large_database_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory that one large municipality takes is not held for the whole country."""
    _found("feilfri.xml", Options(), database.lent)
    assert len(database.kept()) == 1
    monkeypatch.setattr(database, "_LARGEST", 1_000_000)
    _found("feilfri.xml", Options(), database.lent)
    assert database.kept() == []
