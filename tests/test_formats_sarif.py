"""SARIF: the published schema, the findings it must hold, and the limits it must keep."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft4Validator

from kpr_validator.baseline import Known, hold
from kpr_validator.explained import Entry, explain
from kpr_validator.model import LANGUAGES, Finding, Severity, Status, Tally
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_sarif import MOST
from tests import report_samples as samples
from tests.logs import sarif, written
from tests.report_samples import PLAN, START, UNKNOWN, finding, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpr_validator.model import Report

ROOT = Path(__file__).parent.parent
EXAMPLES = [
    ROOT / "examples" / name for name in ("typiske-feil.xml", "ugyldig-xsd.xml", "aar-2018.xml")
]
TYPICAL = str(ROOT / "examples" / "typiske-feil.xml")
# The published schema (schemastore, sarif-2.1.0-rtm.5.json), from Microsoft's jest-sarif; MIT.
SCHEMA = json.loads((ROOT / "tests" / "data" / "sarif-2.1.0.json").read_text("utf-8"))
SAMPLES = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]
MANY = 200_000
PACKED = 10_000_000
FIELDS = Finding._fields
LINE, FINGERPRINT = FIELDS.index("line"), FIELDS.index("fingerprint")


def _faults(log: str) -> list[str]:
    return [error.message for error in Draft4Validator(SCHEMA).iter_errors(json.loads(log))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_report_follows_the_published_schema(
    sample: Callable[[], Report], language: str
) -> None:
    assert _faults(written(sample(), "sarif", language=language)) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_follows_the_published_schema(path: Path) -> None:
    with check_file(str(path), Options()) as made:
        assert _faults(written(made, "sarif", place=f"sendt/{path.name}")) == []


def test_each_finding_is_a_result_in_its_place_under_its_rule() -> None:
    with check_file(TYPICAL, Options()) as made:
        run = sarif(made, place="sendt/årets fil.xml")
        expected = [(f.rule, f.line, f.fingerprint) for f in made.findings()]
    rules = run["tool"]["driver"]["rules"]
    told = [
        (
            rules[result["ruleIndex"]]["id"],
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
            result["partialFingerprints"]["kprFingerprint/v1"],
        )
        for result in run["results"]
    ]
    assert told == expected
    assert [rule["id"] for rule in rules] == sorted({rule for rule, _, _ in expected})
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "sendt/%C3%A5rets%20fil.xml",
        "index": 0,
    }


def test_each_rule_brings_its_help() -> None:
    """What is asked, how it is mended and why, as text and as Markdown."""
    rules = sarif(samples.typical())["tool"]["driver"]["rules"]
    plan = next(rule for rule in rules if rule["id"] == "IP-01")
    assert plan["help"]["markdown"].startswith("**Kravet**\n\n**Gitt** en person, **når**")
    assert "ta nytt uttrekk" in plan["help"]["text"]
    assert "**" not in plan["help"]["text"]


def _shifted(text: str) -> str:
    first, rest = text.split("\n", 1)
    return f"{first}\n\n\n{rest}"


def test_the_fingerprints_survive_that_lines_move(tmp_path: Path) -> None:
    """And no two results of a run share what GitHub tells them apart by."""
    moved = tmp_path / "flyttet.xml"
    moved.write_text(_shifted(Path(TYPICAL).read_text("utf-8")), encoding="utf-8")
    told = []
    for file in (TYPICAL, str(moved)):
        with check_file(file, Options()) as made:
            results = sarif(made)["results"]
        prints = [tuple(result["partialFingerprints"].values()) for result in results]
        lines = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in results]
        told.append((prints, lines))
    (before, lines_before), (after, lines_after) = told
    assert (before == after, lines_before == lines_after) == (True, False)
    hashes = [both[1] for both in before]
    assert len(set(hashes)) == len(hashes)


def test_two_alike_are_told_apart_by_number() -> None:
    twins = [finding(PLAN, 3, fingerprint="a" * 16), finding(PLAN, 9, fingerprint="a" * 16)]
    hashes = [
        result["partialFingerprints"]["primaryLocationLineHash"]
        for result in sarif(report(twins))["results"]
    ]
    assert hashes == [f"{'a' * 16}:1", f"{'a' * 16}:2"]


@pytest.mark.parametrize(
    ("severity", "level"),
    [("fatal", "error"), ("error", "error"), ("warning", "warning"), ("info", "note")],
)
def test_our_severities_become_levels(severity: str, level: str) -> None:
    (result,) = sarif(report([finding(PLAN, 3, severity=Severity(severity))]))["results"]
    assert (result["level"], result["properties"]["severity"]) == (level, severity)


def test_what_follows_points_to_its_cause() -> None:
    results = sarif(samples.typical())["results"]
    (related,) = [
        result["relatedLocations"][0] for result in results if "relatedLocations" in result
    ]
    assert related["physicalLocation"]["region"]["startLine"] == 140
    assert related["message"]["text"] == "KTR-03"


def test_an_unfinished_check_is_no_success() -> None:
    (run,) = sarif(samples.undecided())["invocations"]
    levels = {note["level"] for note in run["toolExecutionNotifications"]}
    assert (run["executionSuccessful"], "error" in levels) == (False, True)


def test_the_accepted_are_marked_and_not_hidden() -> None:
    """An explained finding is suppressed; without a baseline nothing is said of before."""
    found = [finding(PLAN, line, fingerprint=f"{line:016x}") for line in (1, 2, 3)]
    made = explain(report(found), {f"{1:016x}": Entry("Riktig hos oss", "fagansvarlig")})
    results = sarif(made)["results"]
    assert ["suppressions" in result for result in results] == [True, False, False]
    assert {"baselineState"} & {key for result in results for key in result} == set()
    known = Known()
    known.add("IP-01", f"{2:016x}", 1)
    log = written(hold(made, known), "sarif")
    states = [result["baselineState"] for result in json.loads(log)["runs"][0]["results"]]
    assert (states, _faults(log)) == (["new", "unchanged", "new"], [])


def _many(total: int = MANY) -> Report:
    """Return a report of so many findings, which are made as they are asked for."""
    few = {UNKNOWN: total // 5_000, START: total * 3 // 10}
    numbers = {**few, PLAN: total - sum(few.values())}

    def findings() -> Iterator[Finding]:
        line = 10
        for rule, n in reversed(numbers.items()):  # the worst come last in the file
            one = finding(rule, 10, severity=rule.severity or Severity.ERROR)
            values = [getattr(one, name) for name in FIELDS]
            for _ in range(n):
                line += 7
                values[LINE] = line
                values[FINGERPRINT] = f"{line * 0x9E3779B97F4A7C15 % 2**64:016x}"
                yield Finding(*values)

    tallies = [
        Tally(rule.id, None, Status.VIOLATIONS, None, MANY, n) for rule, n in numbers.items()
    ]
    counts = {(rule.severity or Severity.ERROR): n for rule, n in numbers.items()}
    return replace(
        report((), tallies),
        counts={level: counts.get(level, 0) for level in Severity},
        findings=findings,
    )


@pytest.fixture(scope="module")
def many() -> tuple[str, dict[str, Any]]:
    """Return the log of 200 000 findings, all of which are asked for, and its run."""
    log = written(_many(), "sarif", most=MANY)
    return log, json.loads(log)["runs"][0]


def test_200_000_findings_stay_inside_the_documented_limits(many: tuple[str, Any]) -> None:
    """At most 25 000 results and 10 MB packed; the worst are there, and some of every rule."""
    log, run = many
    listed = [result["ruleId"] for result in run["results"]]
    assert len(listed) == MOST
    assert len(gzip.compress(log.encode())) < PACKED
    assert (listed.count("XSD-01"), listed.count("KTR-03")) == (40, MOST - 40)


def test_what_is_left_out_is_said_and_every_total_is_exact(many: tuple[str, Any]) -> None:
    _, run = many
    told = run["properties"]
    assert (told["total"], told["listed"]) == (MANY, MOST)
    assert told["left_out"] == {"IP-01": 139_960, "KTR-03": 60_040 - MOST}
    assert told["counts"] == {"fatal": 40, "error": 60_000, "warning": 139_960, "info": 0}
    assert {rule["id"]: rule["violations"] for rule in told["rules"]} == {
        "IP-01": 139_960,
        "KTR-03": 60_000,
        "XSD-01": 40,
    }
    notes = {
        note["descriptor"]["id"]: note["message"]["text"]
        for note in run["invocations"][0]["toolExecutionNotifications"]
    }
    assert "25 000 av 200 000" in notes["listing"].replace("\u00a0", " ")


def test_the_user_may_ask_for_fewer_and_need_not_ask_for_what_is_taken() -> None:
    few = sarif(samples.typical(), most=4)
    assert len(few["results"]) == 4
    assert few["properties"]["total"] == 40
    assert written(_many(MOST + 10), "sarif").count('"ruleId"') == MOST
