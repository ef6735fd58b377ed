"""Rules run apart from each other, read only, and never pass by default."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from kpr_validator import catalogue, concepts, database, engine, reference, sql
from kpr_validator.check import Checker, Year
from kpr_validator.ledger import Effect, Kind, Ledger
from kpr_validator.model import Certainty, Consequence, Severity, Status, Verdict
from kpr_validator.pipeline import Options, Run, check_file
from kpr_validator.rules import all_rules, load_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Rule

PAGE = Path(__file__).parent / "data" / "IP-01.md"
EXAMPLE = Path(__file__).parent.parent / "examples" / "feilfri.xml"


@pytest.fixture
def con() -> Iterator[engine.Connection]:
    """Return a database with one person and one empty PERSONOPPL."""
    con = database.connect()
    reference.fill_format(con, catalogue.annual()[0])
    con.execute("INSERT INTO person (rad, person_rad, pePeID) VALUES (1, 1, '7')")
    con.execute("INSERT INTO personoppl (rad, person_rad, poPoID) VALUES (2, 1, '1')")
    yield con
    con.close()


def _rule(statement: str, **changes: object) -> Rule:
    return replace(load_page(PAGE).rule, sql=statement, **changes)  # type: ignore[arg-type]


def _outcome(con: engine.Connection, rule: Rule) -> tuple[Status, int, int]:
    checker = Checker(con, Year(2019, "20190101", "20191231", "20191231"), Ledger(con))
    (tally,) = checker.run([rule])
    return tally.status, tally.population, tally.violations


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT rad, 1 AS brudd FROM person", (Status.VIOLATIONS, 1, 1)),
        ("SELECT rad, 0 AS brudd FROM person", (Status.PASS, 1, 0)),
        ("SELECT rad, 1 AS brudd FROM person WHERE rad > 9", (Status.OUTSIDE, 0, 0)),
        ("SELECT rad, 1 AS brudd, 40 AS antall FROM person", (Status.VIOLATIONS, 40, 40)),
        ("SELECT rad, NULL AS brudd FROM person", (Status.FAILED, 0, 0)),
        ("SELECT rad FROM person", (Status.FAILED, 0, 0)),
        ("SELECT 1 AS brudd FROM person", (Status.FAILED, 0, 0)),
        ("SELECT rad, finnes_ikke AS brudd FROM person", (Status.FAILED, 0, 0)),
        ("SELECT rad, 1 AS brudd FROM finnes_ikke", (Status.FAILED, 0, 0)),
        ("SELECT rad, load_extension('x') AS brudd FROM person", (Status.FAILED, 0, 0)),
        ("SELECT rad, 1 AS brudd FROM person; DROP TABLE person", (Status.FAILED, 0, 0)),
        (
            "SELECT rad, 1 AS brudd FROM person) LIMIT 0) AS s; DROP TABLE person; --",
            (Status.FAILED, 0, 0),
        ),
        ("SELECT rad, 1 AS brudd FROM person WHERE ';' <> '--'", (Status.VIOLATIONS, 1, 1)),
        ("SELECT rad, treff('(', pePeID) AS brudd FROM person", (Status.FAILED, 0, 0)),
        ("SELECT rad, dagnr(rad) AS brudd FROM person", (Status.FAILED, 0, 0)),
        ('SELECT rad, 1 AS brudd, 2 AS "a, load_extension(1)" FROM person', (Status.FAILED, 0, 0)),
    ],
)
def test_a_rule_is_tallied_or_said_to_have_failed(
    con: engine.Connection, statement: str, expected: tuple[Status, int, int]
) -> None:
    """A denominator for every rule, and no fault of a page counts as a pass."""
    assert _outcome(con, _rule(statement)) == expected


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM person",
        "INSERT INTO person (rad) VALUES (5)",
        "CREATE TABLE x (a)",
        "ATTACH ':memory:' AS x",
        "PRAGMA user_version = 1",
        "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT n FROM x LIMIT 3",
    ],
)
def test_under_the_guard_nothing_can_be_written(con: engine.Connection, statement: str) -> None:
    """Writing, recursion and settings are refused by the database itself."""
    with sql.guarded(con), pytest.raises(engine.Error, match=r"not authorized|prohibited"):
        con.execute(statement).fetchall()


def test_a_rule_that_takes_too_long_is_stopped(con: engine.Connection) -> None:
    """The time limit ends a statement that would not end."""
    many = " CROSS JOIN ".join(f"kommune AS k{number}" for number in range(5))
    with (
        sql.guarded(con, seconds=0.05),
        pytest.raises(engine.Error, match="interrupted"),
    ):
        con.execute(f"SELECT count(*) FROM {many}").fetchall()  # noqa: S608  no input


def test_a_rule_that_the_guard_knows_is_stopped_in_time_too(
    con: engine.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has passed the guard is not asked again, but gets no more time."""
    many = " CROSS JOIN ".join(f"kommune AS k{number}" for number in range(5))
    rule = _rule(f"SELECT p.rad, 0 AS brudd FROM person AS p CROSS JOIN {many}")  # noqa: S608  no input
    assert sql.columns_of(con, str(rule.sql), {}) == ("rad", "brudd")
    monkeypatch.setattr(sql, "time", SimpleNamespace(monotonic=count(0, 60).__next__))
    assert _outcome(con, rule)[0] is Status.FAILED


def test_the_guard_tells_which_columns_are_read(con: engine.Connection) -> None:
    """What a rule reads can be said."""
    with sql.guarded(con) as reads:
        con.execute("SELECT poIndPlan FROM personoppl WHERE poHab = '1'")
    assert reads == {("personoppl", "poIndPlan"), ("personoppl", "poHab")}


def test_a_rule_that_fails_leaves_the_verdict_open() -> None:
    """One broken page is enough: we can't say that the submission is in order."""
    broken = replace(all_rules()["IP-01"], sql="SELECT rad, 1 / 0 AS brudd FROM person")
    with check_file(str(EXAMPLE), Options(rules={**all_rules(), "IP-01": broken})) as report:
        failed = [tally.rule for tally in report.tallies if tally.status is Status.FAILED]
        others = [tally for tally in report.tallies if tally.status is Status.PASS]
        assert (report.verdict, failed, len(others) > len(failed)) == (
            Verdict.UNDECIDED,
            ["IP-01"],
            True,
        )


@pytest.mark.parametrize(
    ("concept", "wrong", "rules"),
    [
        ("langvarige_tjenester", "SELECT * FROM ({0}) UNION ALL SELECT * FROM ({0})", ["IP-08"]),
        ("timer_samme_dag", "SELECT abs(-9223372036854775808) FROM ({0})", ["TIM-02"]),
        ("timer_samme_dag", "SELECT dagnr(rad) FROM ({0})", ["TIM-02"]),
        (
            "langvarige_tjenester",
            "SELECT person_rad, dagnr(antall) AS antall FROM ({0})",
            ["IP-08"],
        ),
    ],
)
def test_a_concept_that_fails_leaves_its_rules_and_the_verdict_open(
    monkeypatch: pytest.MonkeyPatch, concept: str, wrong: str, rules: list[str]
) -> None:
    """Two rows with one key, or an error on the way: no rule passes on an empty table."""
    known = concepts.selects()
    changed = {**known, concept: wrong.format(known[concept])}
    monkeypatch.setattr(concepts, "selects", lambda: changed)
    for _ in range(2):  # and a database that is used again has nothing left of it
        with Run(Options(), database.lent) as run:
            report = run.judge(str(EXAMPLE))
            failed = [tally for tally in report.tallies if tally.status is Status.FAILED]
            assert (report.verdict, [tally.rule for tally in failed]) == (Verdict.UNDECIDED, rules)
            assert str(failed[0].reason).startswith(concept)


@pytest.mark.parametrize(
    ("since", "until", "status"),
    [
        (2018, None, Status.VIOLATIONS),
        (2019, 2019, Status.VIOLATIONS),
        (2020, None, Status.OUTSIDE),
        (None, 2018, Status.OUTSIDE),
    ],
)
def test_a_rule_is_in_force_from_its_first_to_its_last_year(
    con: engine.Connection, since: int | None, until: int | None, status: Status
) -> None:
    """Both years are included."""
    rule = _rule("SELECT rad, 1 AS brudd FROM person", since=since, until=until)
    assert _outcome(con, rule)[0] == status


def test_a_parameter_has_the_latest_value_that_has_come(
    con: engine.Connection,
) -> None:
    """Legal values are dated."""
    rule = _rule(
        "SELECT rad, :grense = 7 AS brudd FROM person",
        parameters={"grense": {2010: 5, 2019: 7, 2020: 9}},
    )
    assert _outcome(con, rule) == (Status.VIOLATIONS, 1, 1)


@pytest.mark.parametrize("name", ["aktiv_tjeneste", "IP-01"])
def test_who_is_told_what_is_begun_may_end_the_run(con: engine.Connection, name: str) -> None:
    """Before a concept and before a rule: it is no fault of theirs."""

    def begun(told: str) -> None:
        if told == name:
            raise TimeoutError

    rule = _rule("SELECT rad, 0 AS brudd FROM aktiv_tjeneste")
    checker = Checker(con, Year(2019, "20190101", "20191231", "20191231"), Ledger(con), begun=begun)
    with pytest.raises(TimeoutError):
        list(checker.run([rule]))


def test_a_rule_that_needs_another_file_is_skipped_without_it(con: engine.Connection) -> None:
    """It is said what was missing."""
    rule = _rule("SELECT rad, 1 AS brudd FROM person", needs=("ident",))
    checker = Checker(con, Year(2019, "20190101", "20191231", "20191231"), Ledger(con))
    (tally,) = checker.run([rule])
    assert (tally.status, tally.reason) == (Status.SKIPPED, "ident")


def test_findings_come_in_the_order_of_rows_and_counts_are_exact(con: engine.Connection) -> None:
    """Whatever order rules ran in."""
    ledger = Ledger(con)
    nothing = (Consequence.NONE, Certainty.DOCUMENTED)
    warning = ledger.number(Kind("LMG-01", "a", Effect(Severity.WARNING, *nothing), {}))
    error = ledger.number(Kind("IP-01", "b", Effect(Severity.ERROR, *nothing), {"x": 1}))
    ledger.add([(9, warning), (2, warning)])
    ledger.add([(5, error)])
    assert [(entry.rad, entry.kind.rule, dict(entry.kind.details)) for entry in ledger] == [
        (2, "LMG-01", {}),
        (5, "IP-01", {"x": 1}),
        (9, "LMG-01", {}),
    ]
    assert dict(ledger.counts) == {Severity.WARNING: 2, Severity.ERROR: 1}
