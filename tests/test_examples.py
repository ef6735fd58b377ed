"""The examples give what is said of them, and nobody in them exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpr_validator.model import Finding, Verdict
from kpr_validator.pipeline import Options, check_file

EXAMPLES = Path(__file__).parents[1] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
FAULTLESS = (
    "feilfri.xml",
    "aar-2018.xml",
    "fjoraaret.xml",
    "brevet-2015-ola.xml",
    "brevet-2015-elin.xml",
    "brevet-2015-hamid.xml",
)


def _judged(name: str) -> tuple[Verdict, list[Finding]]:
    with check_file(str(EXAMPLES / name), Options()) as report:
        return report.verdict, list(report.findings())


def _faults_told_of() -> set[tuple[str, str]]:
    """Return (person, rule) for every rule in the README's table of typical faults."""
    rows = re.findall(r"^\| (\d{4}) \| ([^|]+) \|", README, re.MULTILINE)
    return {(person, rule) for person, rules in rows for rule in rules.split(", ") if rule != "–"}


@pytest.mark.parametrize("name", FAULTLESS)
def test_a_correct_submission_gives_no_finding(name: str) -> None:
    assert (Verdict.ACCEPTED, []) == _judged(name)


def test_kari_of_the_letter_lacks_only_the_individual_plan() -> None:
    _, findings = _judged("brevet-2015-kari.xml")
    assert [("IP-01", "3001", "poIndPlan")] == [(f.rule, f.person, f.field) for f in findings]


def test_the_typical_faults_are_the_ones_the_readme_tells_of() -> None:
    _, findings = _judged("typiske-feil.xml")
    assert _faults_told_of() == {(f.person, f.rule) for f in findings if f.person}


def test_the_submission_with_typical_faults_is_received_all_the_same() -> None:
    verdict, _ = _judged("typiske-feil.xml")
    assert verdict == Verdict.ACCEPTED_WITH_FINDINGS


def test_every_person_but_the_first_breaks_the_schema_once() -> None:
    _, findings = _judged("ugyldig-xsd.xml")
    assert [str(number) for number in range(4001, 4019)] == [f.person for f in findings]


def test_every_identity_is_of_a_series_never_given_to_anyone() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.xml"))
    months = {number[2:4] for number in re.findall(r"(?<!\d)\d{11}(?!\d)", told)}
    assert months == {f"{80 + month}" for month in range(1, 13)}
