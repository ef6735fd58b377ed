"""What the work list adds to a finding by our own judgement, and its place on the command line."""

from __future__ import annotations

import csv
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kpr_validator import assets
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import IF_DONE, NEXT_YEAR, when
from kpr_validator.rules import all_rules
from tests.report_samples import REVIEW, finding
from tests.test_cli import EXAMPLES, FINDINGS, ROOT, USAGE, _run
from tests.test_report_xlsx import HEADINGS
from tests.worklists import NOWHERE, column, lines, opened, plan, with_cases

if TYPE_CHECKING:
    from pathlib import Path

TYPICAL = EXAMPLES / "typiske-feil.xml"


def test_what_can_be_mended_when_is_said_of_rules_that_exist_and_why() -> None:
    with (assets.rules() / "kan-rettes.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file, delimiter=";")]
    assert [row for row in rows if row["regel"] not in all_rules()] == []
    assert [row for row in rows if not row["grunn"]] == []
    assert len(rows) == len(when())


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("LMG-01", IF_DONE), ("ERN-06", IF_DONE), ("KTR-05", NEXT_YEAR), ("IP-01", None)],
)
def test_an_act_cannot_be_dated_back(rule: str, expected: str | None) -> None:
    assert when().get(rule) == expected


def test_a_rule_that_asks_for_what_is_done_says_so_in_its_fix() -> None:
    """A page that tells people to register only what is done agrees with the table."""
    pages = [rule for rule in all_rules().values() if when().get(rule.id) == IF_DONE]
    silent = [rule.id for rule in pages if "Registrer bare det som er" not in rule.fix.nb]
    assert silent == ["FUN-09"]  # it says: never a new date on an old assessment


def test_the_list_says_when(tmp_path: Path) -> None:
    book = opened(with_cases(plan(1), (finding(REVIEW, 2), NOWHERE)), tmp_path)
    words = texts("nb")
    told = [words("worklist.when.now"), words("worklist.when.if_done")]
    assert column(lines(book, "Arbeidsliste"), "when") == told


def test_check_leaves_every_format_that_is_asked_for(tmp_path: Path) -> None:
    done = _run("check", TYPICAL, "--format", "xlsx,csv,html", "--output", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (FINDINGS, b"", b"")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".html", ".xlsx"]


def test_the_list_may_go_to_standard_output_as_csv() -> None:
    done = _run("check", TYPICAL, "--format", "csv")
    first = done.stdout.decode("utf-8-sig").split("\r\n")[0]
    assert (done.returncode, first) == (FINDINGS, ";".join(HEADINGS))


@pytest.mark.parametrize("format_", ["xlsx", "json,html", "xlsx,csv"])
def test_what_a_terminal_cannot_take_needs_a_folder(format_: str) -> None:
    done = _run("check", TYPICAL, "--format", format_)
    assert (done.returncode, done.stdout) == (USAGE, b"")
    assert b"--output" in done.stderr


@pytest.mark.parametrize("format_", ["xlsx,docx", ",", "xlsx,"])
def test_an_unknown_format_is_refused(format_: str, tmp_path: Path) -> None:
    done = _run("check", TYPICAL, "--format", format_, "--output", tmp_path)
    assert done.returncode == USAGE
    assert [*tmp_path.iterdir()] == []


def test_an_earlier_list_is_carried_over_and_a_bad_one_refused(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    arguments = ("check", TYPICAL, "--format", "xlsx", "--output")
    assert _run(*arguments, first).returncode == FINDINGS
    old = first / "typiske-feil.xlsx"
    assert _run(*arguments, second, "--worklist", old).returncode == FINDINGS
    for bad in (TYPICAL, tmp_path / "ingen.xlsx"):
        done = _run(*arguments, second, "--worklist", bad)
        assert (done.returncode, bad.name in done.stderr.decode()) == (USAGE, True)


@pytest.mark.slow
def test_a_list_of_200_000_findings_is_written_within_a_minute_and_300_mb(tmp_path: Path) -> None:
    """Work done counts, not waiting: the machine may have other things to do."""
    file = tmp_path / "stor.xml"
    writer = ["tests.bench.writer", "--persons", "20000", "--findings-per-person", "10", str(file)]
    subprocess.run([sys.executable, "-m", *writer], cwd=ROOT, check=True)
    measure = f"""
import time
from pathlib import Path
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_xlsx import write_xlsx
from tests.bench.child import peak_mb
with check_file({str(file)!r}, Options()) as report:
    begun = time.process_time()
    write_xlsx(Path({str(tmp_path / "stor.xlsx")!r}), report, "nb")
    seconds = time.process_time() - begun
print(report.total, seconds, peak_mb())
"""
    done = subprocess.run(
        [sys.executable, "-c", measure], cwd=ROOT, check=True, capture_output=True, text=True
    )
    lines, seconds, megabytes = map(float, done.stdout.split())
    assert lines > 200_000
    assert (seconds < 60, megabytes < 300) == (True, True), done.stdout
