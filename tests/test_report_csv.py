"""The work list as CSV: opened by a spreadsheet, complete, and never a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpr_validator.model import LANGUAGES
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_csv import as_csv, guarded
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import Task
from tests.report_samples import START, finding, hostile, typical, unreadable
from tests.test_report_xlsx import HEADINGS, HOSTILE_VALUES
from tests.worklists import HOME, NOWHERE, plan, with_cases

if TYPE_CHECKING:
    from kpr_validator.model import Report

EXAMPLES = Path(__file__).parent.parent / "examples"


def told(made: Report, language: str = "nb") -> list[Task]:
    """Return the lines, read back."""
    text = "".join(as_csv(made, language))
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    next(rows)
    return [Task._make(row) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_line_names_the_columns_after_a_byte_order_mark(language: str) -> None:
    first = next(iter("".join(as_csv(with_cases(plan(1)), language)).splitlines()))
    assert first.startswith("\ufeff")
    words = texts(language)
    assert first[1:].split(";") == [words(f"worklist.column.{name}") for name in Task._fields]
    if language == "nb":
        assert first[1:].split(";") == HEADINGS


def test_a_line_says_the_same_as_in_the_workbook() -> None:
    (line,) = told(with_cases(plan(10, person="007")))
    assert line == Task(
        case="007",
        period="01.01.2019–åpen",
        message="Personen har rehabilitering i året, men Individuell plan (poIndPlan)"
        " er ikke besvart.",
        field="Individuell plan (poIndPlan)",
        value="(mangler)",
        fix="Registrer status for individuell plan på personen, og ta nytt uttrekk.",
        cause="Registrering",
        owner="Kommunen",
        unit="310002003",
        unit_name="Hjemmetjenesten",
        record="R10",
        decision="V-0071",
        service="15 Helsetjenester i hjemmet",
        started="12.03.2018",
        age="84",
        when="Kan rettes nå",
        severity="advarsel",
        rule="IP-01",
        line="10",
        follows="",
        explained="",
        status="",
        comment="",
        fingerprint="ip-01-10",
        before="",
    )


def test_the_lines_stand_by_case_and_period() -> None:
    late = HOME._replace(since="20190701")
    found = [
        plan(3, late, person="2"),
        plan(4, person="10"),
        plan(2, person="2"),
        plan(1, NOWHERE, person=None),
    ]
    assert [line.line for line in told(with_cases(*found))] == ["1", "2", "3", "4"]


def test_every_finding_of_an_example_is_there() -> None:
    with check_file(str(EXAMPLES / "typiske-feil.xml"), Options()) as made:
        expected = sorted(found.fingerprint for found in made.findings())
        assert sorted(line.fingerprint for line in told(made)) == expected


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1", "＋1", "－1", "＠x"],  # noqa: RUF001
)
def test_what_begins_as_a_formula_does_not(value: str) -> None:
    assert guarded(value) == f"'{value}"


@pytest.mark.parametrize("value", ["", "a=1", "0", "1-2", "Ærlig", "'=1"])
def test_everything_else_is_as_it_is(value: str) -> None:
    assert guarded(value) == value


@pytest.mark.parametrize("value", [*HOSTILE_VALUES, 'a;"b";c', 'æ"', "a,b"])
def test_no_cell_is_a_formula_whatever_the_value(value: str) -> None:
    case = HOME._replace(unit_name=value, decision=value, started=value, service=value)
    found = finding(START, 5, field=value, person=value, observed=value, explained=value)
    (line,) = told(with_cases((found, case)))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)
    for cell in (line.case, line.value, line.unit_name, line.decision, line.started):
        assert cell == guarded(value)


@pytest.mark.parametrize("made", [hostile(), typical(), unreadable()])
def test_a_finding_is_one_line_of_text(made: Report) -> None:
    lines = "".join(as_csv(made, "nb")).split("\r\n")
    assert len(lines) == 2 + sum(1 for _ in made.findings())
    assert all(line.removeprefix("\ufeff").replace("\u00a0", " ").isprintable() for line in lines)
