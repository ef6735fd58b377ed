"""JUnit, workflow commands, Code Quality and the stream: form, tallies, and no person's values."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from kpr_validator.baseline import Known, hold
from kpr_validator.explained import Entry, explain
from kpr_validator.model import LANGUAGES, Severity, Status, Tally, Text
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_annotations import MOST_OF_A_KIND
from kpr_validator.rules import all_rules
from tests import report_samples as samples
from tests.logs import LOGS, commands, entries, stream, written
from tests.report_samples import HOSTILE, PLAN, REVIEW, RULES, START, finding, report, saying

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.model import Finding, Report

ROOT = Path(__file__).parent.parent
EXAMPLES = [
    ROOT / "examples" / name for name in ("typiske-feil.xml", "ugyldig-xsd.xml", "aar-2018.xml")
]
TYPICAL = str(ROOT / "examples" / "typiske-feil.xml")
# Jenkins' schema, as pytest brings it for its own tests; MIT.
JUNIT = etree.XMLSchema(etree.parse(str(ROOT / "tests" / "data" / "junit-10.xsd")))
SAMPLES = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]
WORD = "HEMMELIG"
ODD = "50 %, eller: mer\r\n::error::nei"


def _suite(made: Report, level: Severity = Severity.ERROR, language: str = "nb") -> etree._Element:
    log = etree.fromstring(written(made, "junit", level=level, language=language).encode())
    JUNIT.assertValid(log)
    return log[0]


def _rule(case: etree._Element) -> str:
    return str(case.get("name")).split()[0]


def _became(suite: etree._Element) -> dict[str, str]:
    """Return what became of each rule: passed, failure, error or skipped."""
    return {
        _rule(case): "passed" if case[0].tag == "system-out" else str(case[0].tag)
        for case in suite.iter("testcase")
    }


# No person's values


def _told_otherwise(one: Finding) -> Finding:
    """Return the same finding about another person with other values; what we allow is the same."""
    return one._replace(
        person="1",
        record="2",
        observed=None if one.observed is None else "x",
        values={
            name: told if name in {"maks", "godtatt"} else "y" for name, told in one.values.items()
        },
        element="",
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_value_of_an_example_makes_any_difference(path: Path) -> None:
    """Other persons with other values give the same log, to the letter."""
    ident = path.parent / "typiske-feil-ident.xml"
    with check_file(str(path), Options(ident=str(ident))) as made:
        other = replace(made, findings=lambda: map(_told_otherwise, made.findings()))
        for format_ in LOGS:
            assert written(made, format_) == written(other, format_)


@pytest.mark.parametrize("format_", LOGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_a_file_can_hold_is_shown(format_: str, language: str) -> None:
    """Not even as the name of an unknown element, or as what another row holds."""
    rule = saying(START, message=Text(*["{felt} {observert:dato} {forventet} {navn} {x:tall}"] * 3))
    bad = finding(
        rule,
        5,
        element=WORD,
        field=WORD,
        person=WORD,
        record=WORD,
        observed=WORD,
        expected=WORD,
        values={"navn": WORD, "x": WORD},
    )
    tallies = [
        Tally("KTR-03", WORD, Status.VIOLATIONS, None, 2, 1),
        Tally("IP-01", None, Status.SKIPPED, WORD, 0, 0),
        Tally("LMG-01", None, Status.FAILED, WORD, 0, 0),
    ]
    submission = replace(
        samples.SUBMISSION,
        municipality=WORD,
        municipality_name=WORD,
        district=WORD,
        extracted=WORD,
        status_day=WORD,
    )
    made = report([bad], tallies, submission=submission, rules={**RULES, rule.id: rule})
    accepted = explain(made, {bad.fingerprint: Entry(WORD, "fagansvarlig")})
    for one in (made, accepted):
        assert WORD not in written(one, format_, language=language)


@pytest.mark.parametrize("format_", LOGS)
def test_a_requirement_of_ours_is_said(format_: str) -> None:
    """What stands in the format's own description is nobody's value."""
    short = finding(START, 5, field="tjFraDato", observed="1", expected="lengde:1..4")
    assert "1 til 4 tegn" in written(report([short]), format_)


@pytest.mark.parametrize("format_", LOGS)
def test_codes_and_limits_of_a_page_are_said_and_what_a_row_holds_is_not(format_: str) -> None:
    """One code alone may be another row's, and so may a number that is no limit of the page."""
    rules = all_rules()
    plan, age = rules["IP-03"], rules["IDT-11"]
    held = {"field": "poIndPlan", "observed": "K98"}
    found = [
        finding(plan, 5, expected="1, 2, 3, 4", **held),
        finding(plan, 6, expected="K97", **held),
        finding(plan, 7, expected="1, K96", **held),
        finding(age, 8, values={"maks": 115, "linje": 2}),
        finding(age, 9, values={"maks": 7116, "linje": 2}),
    ]
    told = written(report(found, rules=rules), format_)
    assert all(said in told for said in ("Gyldige svar er 1, 2, 3, 4", "over 115 år"))
    assert not [hidden for hidden in ("K98", "K97", "K96", "7116") if hidden in told]


# JUnit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_report_is_junit(sample: Callable[[], Report], language: str) -> None:
    made = sample()
    suite = _suite(made, language=language)
    became = Counter(_became(suite).values())
    told = {name: int(str(suite.get(name))) for name in ("tests", "failures", "errors", "skipped")}
    assert told == {
        "tests": became.total(),
        "failures": became["failure"],
        "errors": became["error"],
        "skipped": became["skipped"],
    }


@pytest.mark.parametrize("level", Severity)
def test_a_rule_fails_as_the_run_fails(level: Severity) -> None:
    """One case for each rule; those with a finding at the level or above it fail."""
    with check_file(TYPICAL, Options()) as made:
        became = _became(_suite(made, level))
        failing = {f.rule for f in made.findings() if f.severity.rank <= level.rank}
        rules = {tally.rule for tally in made.tallies}
    assert became.keys() == rules
    assert {rule for rule, what in became.items() if what == "failure"} == failing


def test_each_case_has_its_tally() -> None:
    suite = _suite(samples.typical(), Severity.WARNING)
    told = {_rule(case): case[0] for case in suite.iter("testcase")}
    assert str(told["IP-01"].get("message")).startswith("37 av 412")
    assert "100, 107, 114" in str(told["IP-01"].text)
    assert (told["LMG-01"].tag, told["XSD-01"].tag) == ("skipped", "system-out")
    assert _became(_suite(samples.undecided()))["IP-01"] == "error"


def test_what_is_known_or_explained_fails_no_case() -> None:
    found = [finding(PLAN, 1, fingerprint=f"{1:016x}"), finding(REVIEW, 2, fingerprint=f"{2:016x}")]
    known = Known()
    known.add("IP-01", f"{1:016x}", 1)
    made = hold(explain(report(found), {f"{2:016x}": Entry("Riktig", "fagansvarlig")}), known)
    assert set(_became(_suite(made, Severity.INFO)).values()) == {"passed"}


# Workflow commands


def test_a_command_is_escaped_as_the_runner_reads_it() -> None:
    """A title or a path can't end a command, nor begin another."""
    rule = saying(PLAN, title=Text(ODD, ODD, ODD), message=Text(ODD, ODD, ODD))
    made = report([finding(rule, 7)], rules={**RULES, rule.id: rule})
    total, told = commands(made, place="a,b:c%.xml")
    assert (told.kind, told.properties) == (
        "warning",
        {"file": "a,b:c%.xml", "line": "7", "title": f"IP-01 {ODD}"},
    )
    assert told.text.startswith(f"{ODD}\n")
    assert (total.kind, total.properties["title"]) == ("notice", "kpr-validator")


def test_hostile_values_stay_on_their_line() -> None:
    assert len(commands(samples.hostile(), place=HOSTILE.split("\x1b")[0])) == 2


def test_github_gets_what_it_shows_the_worst_first_and_one_of_each_rule() -> None:
    """Ten of a kind, our own among the notices; the numbers are of all."""
    dates = [finding(START, 500 + n, severity=Severity.ERROR) for n in range(3)]
    plans = [finding(PLAN, n + 1) for n in range(30)]
    reviews = [finding(REVIEW, 400, severity=Severity.WARNING)]
    notes = [finding(REVIEW, 600 + n, severity=Severity.INFO) for n in range(20)]
    told = commands(report([*plans, *reviews, *dates, *notes]))
    kinds = Counter(one.kind for one in told)
    assert kinds == {"error": 3, "warning": MOST_OF_A_KIND, "notice": MOST_OF_A_KIND}
    lines = [int(one.properties["line"]) for one in told[1:]]
    assert lines[:6] == [500, 501, 502, 1, 400, 2]
    assert "22 av 54" in told[0].text
    assert len(commands(report(plans), most=25)) == 26


def test_what_is_known_or_explained_is_not_annotated_but_counted() -> None:
    found = [finding(PLAN, n, fingerprint=f"{n:016x}") for n in (1, 2, 3)]
    known = Known()
    known.add("IP-01", f"{2:016x}", 1)
    made = hold(explain(report(found), {f"{1:016x}": Entry("Riktig", "fagansvarlig")}), known)
    total, told = commands(made)
    assert told.properties["line"] == "3"
    assert "1 er forklart, 1 var kjent fra før" in total.text


# Code Quality


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_report_is_code_quality(sample: Callable[[], Report]) -> None:
    """The fields that GitLab requires, severities it knows, and no fingerprint twice."""
    told = entries(sample(), place="sendt/fil.xml")
    for one in told:
        assert one.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"]["path"] == "sendt/fil.xml"
        assert one["location"]["lines"]["begin"] >= 1
    prints = [one["fingerprint"] for one in told]
    assert len(set(prints)) == len(prints)
    assert len(told) == sample().total


def test_twins_keep_apart_in_code_quality_and_what_is_left_out_is_said() -> None:
    twins = report([finding(PLAN, n, fingerprint="a" * 16) for n in (1, 2, 3)])
    assert [one["fingerprint"] for one in entries(twins)] == [
        "a" * 16,
        f"{'a' * 16}-2",
        f"{'a' * 16}-3",
    ]
    *listed, last = entries(twins, most=2)
    assert (len(listed), last["check_name"]) == (2, "kpr-validator")
    assert "2 av 3" in last["description"]


# The stream


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_report_is_a_stream(sample: Callable[[], Report]) -> None:
    """A header, the findings, and a summary that closes it."""
    made = sample()
    header, *findings, summary = stream(made)
    assert (header["type"], summary["type"]) == ("header", "summary")
    assert {one["type"] for one in findings} <= {"finding"}
    assert len(findings) == summary["total"] == made.total
    assert summary["verdict"] == made.verdict.value


def test_the_stream_tells_what_the_report_tells() -> None:
    with check_file(TYPICAL, Options()) as made:
        _, *findings, summary = stream(made, most=20)
        told = json.loads(written(made, "json"))
    assert summary["counts"] == told["counts"]
    assert summary["following"] == told["following"]
    assert (summary["listed"], len(findings)) == (20, 20)
    assert sum(summary["left_out"].values()) == len(told["findings"]) - 20
    every = {(one["rule"], one["line"], one["fingerprint"]) for one in told["findings"]}
    assert {(one["rule"], one["line"], one["fingerprint"]) for one in findings} <= every


@pytest.mark.slow
def test_logs_of_200_000_findings_take_no_more_memory_than_the_check(tmp_path: Path) -> None:
    """Findings are written as they are found; only what is listed in another order is held."""
    file = tmp_path / "stor.xml"
    writer = ["tests.bench.writer", "--persons", "20000", "--findings-per-person", "10", str(file)]
    subprocess.run([sys.executable, "-m", *writer], cwd=ROOT, check=True)
    measure = f"""
from pathlib import Path
from kpr_validator.pipeline import Options, check_file
from kpr_validator.rendering import Way, save
from tests.bench.child import peak_mb
with check_file({str(file)!r}, Options()) as report:
    before = peak_mb()
    for name in {LOGS!r}:
        save(report, name, Path({str(tmp_path)!r}) / name, Way())
    print(report.total, peak_mb() - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", measure], cwd=ROOT, check=True, capture_output=True, text=True
    )
    found, megabytes = map(float, done.stdout.split())
    assert found > 200_000
    assert megabytes < 50, done.stdout
