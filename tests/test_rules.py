"""Every example of every rule page, through the whole pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpr_validator import explain
from kpr_validator.rules import load_page, rule_files
from tests.examples import report_of

if TYPE_CHECKING:
    from pathlib import Path

    from kpr_validator.rules import Example, Page

PAGES = [load_page(path) for path in rule_files()]
CASES = [
    pytest.param(page, example, id=f"{page.rule.id}:{example.line}-{example.kind}")
    for page in PAGES
    for example in page.examples
]
BEFORE_RULES = ("XSD", "LES")


@pytest.mark.parametrize(("page", "example"), CASES)
def test_example_is_judged_as_its_page_says(
    page: Page, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Breaks exactly as often as the fence says, is met without fault, or is outside.

    An example of an ordinary rule shows its own fault, not one that the schema stops.
    """
    if example.options.get("dommer") == "uenig":
        monkeypatch.setattr(explain, "judge_by", lambda _path: lambda _text: False)
    with report_of(page, example, tmp_path) as report:
        tallies = [tally for tally in report.tallies if tally.rule == page.rule.id]
        findings = [finding.rule for finding in report.findings()]

    assert [tally for tally in tallies if tally.status == "failed"] == []
    assert sum(tally.violations for tally in tallies) == example.count
    assert bool(sum(tally.population for tally in tallies)) == (example.kind != "utenfor")
    assert findings.count(page.rule.id) == example.count
    if not page.rule.id.startswith(BEFORE_RULES):
        assert [rule for rule in findings if rule.startswith(BEFORE_RULES)] == []
