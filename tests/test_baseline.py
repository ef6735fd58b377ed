"""The baseline: only new findings fail, and old ones are marked where they stand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from kpr_validator.baseline import BaselineError, Known, hold, read_baseline
from kpr_validator.cli import app
from kpr_validator.explained import Entry, explain
from kpr_validator.model import Pointer, Root, Severity, Status, Tally
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_text import as_text
from tests.documents import RECORD, document, numbered
from tests.report_samples import PLAN, START, UNKNOWN, finding, report

if TYPE_CHECKING:
    from kpr_validator.model import Finding, Report

ROOT = Path(__file__).parent.parent
TYPICAL = str(ROOT / "examples" / "typiske-feil.xml")
FINE, FINDINGS, USAGE, UNFINISHED = range(4)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _check(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["check", *words])
    return done.exit_code, done.stdout, done.stderr


def _json(*words: str) -> tuple[int, dict[str, Any]]:
    code, said, _ = _check(*words, "--format", "json")
    return code, json.loads(said)


def _known(**times: int) -> Known:
    known = Known()
    for name, n in times.items():
        known.add("IP-01", name[1:] * 16, n)
    return known


def _plan(line: int, sign: str, **changes: Any) -> Finding:  # noqa: ANN401  any field
    return finding(PLAN, line, fingerprint=sign * 16, **changes)


def _marks(made: Report) -> list[bool]:
    return [one.is_known for one in made.findings()]


def test_what_is_known_is_marked_and_counted_apart() -> None:
    before = report([_plan(1, "a"), _plan(2, "b"), _plan(3, "c")])
    made = hold(before, _known(xa=1, xc=1))
    assert _marks(made) == [True, False, True]
    assert [one._replace(is_known=False) for one in made.findings()] == [*before.findings()]
    assert made.baseline
    assert (made.counts[Severity.WARNING], made.baseline.counts[Severity.WARNING]) == (1, 2)
    assert (made.roots, made.total) == ((Root("IP-01", "poIndPlan", 1, 0),), 3)
    assert made.tallies == before.tallies


def test_one_more_of_the_same_is_new() -> None:
    """Multiplicity: two were there, the third fails. Every pass says the same."""
    made = hold(report([_plan(line, "a") for line in (1, 2, 3)]), _known(xa=2))
    assert _marks(made) == [True, True, False] == _marks(made)
    assert [one.is_known for one, _ in made.cases()] == [True, True, False]
    assert made.counts[Severity.WARNING] == 1


def test_what_is_gone_is_counted() -> None:
    made = hold(report([_plan(1, "a")]), _known(xa=3, xb=1))
    assert made.baseline
    assert made.baseline.gone == 3
    text = " ".join("".join(as_text(made, "nb", 80)).split())
    assert "3 funn i grunnlinjen finnes ikke lenger" in text
    assert "Ingen nye funn." in text


def test_what_follows_from_the_known_is_still_new() -> None:
    """The cause was there before; that more follows from it now was not."""
    root = finding(START, 1, fingerprint="a" * 16, field="tjFraDato", severity=Severity.ERROR)
    new = _plan(2, "b", cause=Pointer("KTR-03", 1, "a" * 16))
    made = replace(
        report([root, new]),
        counts={level: int(level is Severity.ERROR) for level in Severity},
        following={level: int(level is Severity.WARNING) for level in Severity},
        roots=(Root("KTR-03", "tjFraDato", 1, 1),),
    )
    held = hold(made, _known(xa=1))
    assert (held.counts[Severity.ERROR], held.following[Severity.WARNING]) == (0, 1)
    assert held.roots == (Root("KTR-03", "tjFraDato", 0, 1),)


def test_an_explained_finding_stays_explained() -> None:
    """Counted once, under the reason that somebody gave."""
    made = explain(report([_plan(1, "a"), _plan(2, "b")]), {"a" * 16: Entry("Riktig", "rolle")})
    held = hold(made, _known(xa=1, xb=1))
    assert held.explained
    assert held.baseline
    assert held.explained.counts[Severity.WARNING] == 1
    assert held.baseline.counts[Severity.WARNING] == 1
    assert (held.counts[Severity.WARNING], held.baseline.gone, held.total) == (0, 0, 2)


def test_a_file_that_could_not_be_judged_is_never_known() -> None:
    """What stopped the reading says nothing of what comes after it."""
    broken = finding(UNKNOWN, 1, fingerprint="a" * 16)
    tallies = [
        Tally("XSD-01", None, Status.VIOLATIONS, None, 0, 1),
        Tally("IP-01", None, Status.SKIPPED, "unread", 0, 0),
    ]
    held = hold(report([broken], tallies), _known(xa=1))
    assert (_marks(held), held.counts[Severity.FATAL]) == ([True], 1)
    assert "ble ikke lest til ende" in "".join(as_text(held, "nb", 80))


def test_the_mark_is_seen_where_people_read() -> None:
    held = hold(report([_plan(1, "a"), _plan(2, "b")]), _known(xa=1))
    page = "".join(as_html(held, "nb"))
    assert page.count('data-label="Kjent">Kjent fra før<') == 1
    assert "Kjent fra før: 1 funn" in "".join(as_text(held, "nb", 80))


def test_only_new_findings_fail() -> None:
    """Written, held against the same file, and against one with a further fault."""
    old = Path("fil.xml")
    old.write_text(document(RECORD), encoding="utf-8")
    wishes = ("--baseline", "b.json", "--fail-on", "opplysning")
    assert _json("fil.xml", "--fail-on", "opplysning")[0] == FINDINGS
    assert _check("fil.xml", *wishes, "--update-baseline")[0] == FINE
    code, told = _json("fil.xml", *wishes)
    assert (code, {one["known"] for one in told["findings"]}) == (FINE, {True})
    assert sum(told["baseline"]["counts"].values()) == len(told["findings"])
    assert {*told["counts"].values(), *told["following"].values()} == {0}
    old.write_text(document(RECORD, numbered(2)), encoding="utf-8")
    code, told = _json("fil.xml", *wishes)
    new = [one for one in told["findings"] if not one["known"]]
    assert (code, bool(new)) == (FINDINGS, True)
    assert {one["person"] for one in new} <= {"1002", None}
    assert [one for one in told["findings"] if one["known"]]


def test_a_baseline_reads_well_in_a_diff() -> None:
    """One fingerprint a line, in an order that does not depend on the file's."""
    _check(TYPICAL, "--baseline", "b.json", "--update-baseline")
    text = Path("b.json").read_text("utf-8")
    told = json.loads(text)["findings"]
    prints = [one for found in told.values() for one in found]
    assert list(told) == sorted(told)
    assert all(list(found) == sorted(found) for found in told.values())
    assert sum(text.count(f'\n"{one}": ') for one in prints) == len(prints)
    known = read_baseline(Path("b.json"))
    assert "".join(known.pieces()) == text


def test_several_files_share_a_baseline() -> None:
    """It holds what any of them has; a fault that is new in one of them fails."""
    for name, records in (("a.xml", (RECORD,)), ("b.xml", (RECORD, numbered(2)))):
        Path(name).write_text(document(*records), encoding="utf-8")
    wishes = ("--baseline", "b.json", "--fail-on", "opplysning")
    assert _check("a.xml", "b.xml", *wishes, "--update-baseline")[0] == FINE
    assert _check("a.xml", "b.xml", *wishes)[0] == FINE
    Path("a.xml").write_text(document(RECORD, numbered(3)), encoding="utf-8")
    assert _check("a.xml", "b.xml", *wishes)[0] == FINDINGS


def test_a_baseline_is_not_written_of_what_could_not_be_judged() -> None:
    Path("fil.xml").write_text("ikke XML", encoding="utf-8")
    code, _, said = _check("fil.xml", "--baseline", "b.json", "--update-baseline")
    assert (code, Path("b.json").exists(), "ikke skrevet" in said) == (FINDINGS, False, True)
    code, _, _ = _check(TYPICAL, "finnes-ikke.xml", "--baseline", "b.json", "--update-baseline")
    assert (code, Path("b.json").exists()) == (USAGE, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"kpr_baseline": "2.0", "findings": {}}',
        '{"findings": {}}',
        '{"kpr_baseline": "1.0", "findings": {"IP-01": {"kort": 1}}}',
        '{"kpr_baseline": "1.0", "findings": {"IP-01": {"aaaaaaaaaaaaaaaa": 0}}}',
        '{"kpr_baseline": "1.0", "findings": {"IP-01": {"aaaaaaaaaaaaaaaa": true}}}',
        '{"kpr_baseline": "1.0", "findings": ["IP-01"]}',
    ],
)
def test_a_file_that_is_no_baseline_stops_the_program(text: str) -> None:
    Path("b.json").write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=r"b\.json"):
        read_baseline(Path("b.json"))
    assert _check(TYPICAL, "--baseline", "b.json")[:2] == (USAGE, "")


def test_a_baseline_that_is_not_there_is_wrong_usage() -> None:
    code, _, said = _check(TYPICAL, "--baseline", "b.json")
    assert (code, "--update-baseline lager den" in said) == (USAGE, True)
    assert _check(TYPICAL, "--update-baseline")[0] == USAGE


def test_the_receipt_tells_of_the_submission_whatever_was_known() -> None:
    _check(TYPICAL, "--receipt", "før")
    _check(TYPICAL, "--receipt", "nå", "--baseline", "b.json", "--update-baseline")
    before, now = (json.loads(Path(f"{name}.json").read_text("utf-8")) for name in ("før", "nå"))
    assert before["counts"] == now["counts"]
