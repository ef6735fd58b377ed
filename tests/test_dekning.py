"""Every line of the sources has a rule or a reason, and no check of a field is left out."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

from kpr_validator import assets, catalogue
from kpr_validator.pipeline import Options, check_file
from kpr_validator.rules import CONSEQUENCE, all_rules
from tests.field_faults import Fault, faults, is_about_submission, submission
from tools.docs.ids import LIST, with_new

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kpr_validator.catalogue import Document
    from kpr_validator.model import Finding

FORMATS = catalogue.annual()
HEAVIER = {"ingen": 0, "verdi": 1, "rad": 2, "melding": 3}


def _rows() -> list[dict[str, str]]:
    with (assets.rules() / "dekning.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", quoting=csv.QUOTE_NONE))


ROWS = _rows()


def test_each_line_has_a_rule_or_a_reason() -> None:
    assert [] == [row for row in ROWS if not row["regel"] and not row["grunn"]]
    assert [] == [row for row in ROWS if not row["kilde"] or not row["linje"] or not row["innhold"]]


def test_each_line_stands_once() -> None:
    counted = Counter((row["kilde"], row["linje"]) for row in ROWS)
    assert [] == [line for line, count in counted.items() if count > 1]


def test_each_rule_that_is_named_exists() -> None:
    named = {rule for row in ROWS for rule in row["regel"].split()}
    assert set() == named - all_rules().keys()


def _line(document: Document, field: Mapping[str, str]) -> dict[str, str]:
    year, version = min(document.years), document.name.rpartition(" ")[2]
    source = f"IPLOS {version} ({year}), skjema og kontrollregler"
    line = f"{field['klasse']} {field['felt']}"
    return next(row for row in ROWS if (row["kilde"], row["linje"]) == (source, line))


@pytest.mark.parametrize("document", FORMATS, ids=lambda document: document.name)
def test_every_check_of_a_field_has_a_rule_that_finds_what_it_refuses(
    document: Document, tmp_path: Path
) -> None:
    """The rule is named at the field, and takes the consequence at least as seriously."""
    missed = []
    for fault, found in _judged(document, tmp_path):
        told = set(_line(document, fault.field)["regel"].split())
        least = HEAVIER[fault.consequence]
        if not any(finding.rule in told and _weight(finding) >= least for finding in found):
            rules = sorted({finding.rule for finding in found})
            missed.append((fault.home, fault.name, fault.check, fault.value, rules))

    assert [] == missed


def _weight(finding: Finding) -> int:
    words = {consequence: word for word, consequence in CONSEQUENCE.items()}
    return HEAVIER[words[finding.consequence]]


def _judged(document: Document, folder: Path) -> list[tuple[Fault, list[Finding]]]:
    """Return each fault with the findings that are about its field."""
    everything = list(faults(document))
    persons = [fault for fault in everything if not is_about_submission(fault)]
    by_person = defaultdict(list)
    for finding in _findings(document, persons, folder):
        by_person[finding.person].append(finding)
    judged = [
        (fault, _about(fault, by_person[fault.value if fault.name == "pePeID" else str(number)]))
        for number, fault in enumerate(persons, 1)
    ]
    return judged + [
        (fault, _about(fault, _findings(document, [fault], folder)))
        for fault in everything
        if is_about_submission(fault)
    ]


def _findings(document: Document, given: Sequence[Fault], folder: Path) -> list[Finding]:
    path = folder / "innsending.xml"
    path.write_bytes(submission(document, given))
    with check_file(str(path), Options()) as report:
        return list(report.findings())


def _about(fault: Fault, found: list[Finding]) -> list[Finding]:
    rules = all_rules()
    return [one for one in found if fault.name in {one.field, *rules[one.rule].fields}]


def test_no_id_that_was_given_is_gone_or_means_another_theme() -> None:
    """Run `make docs` when a new id is missing; never take one away."""
    text = LIST.read_text(encoding="utf-8")
    gone = [line for line in text.split("\n")[:-1] if line not in with_new("").split("\n")]
    assert [] == gone
    assert text == with_new(text)
