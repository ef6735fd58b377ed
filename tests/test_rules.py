"""Every example of every rule page, through the whole pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpr_validator import explain
from kpr_validator.pipeline import Options, check_file
from kpr_validator.rules import load_page, rule_files
from tests.wrapper import example_bytes, wrapped, wrapped_ident

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kpr_validator.model import Report
    from kpr_validator.rules import Example, Page

PAGES = [load_page(path) for path in rule_files()]
CASES = [
    pytest.param(page, example, id=f"{page.rule.id}:{example.line}-{example.kind}")
    for page in PAGES
    for example in page.examples
]
ORDINARY = [case for case in CASES if not str(case.id).startswith(("XSD", "LES"))]


@pytest.mark.parametrize(("page", "example"), CASES)
def test_example_is_judged_as_its_page_says(
    page: Page, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Breaks exactly as often as the fence says, is met without fault, or is outside."""
    if example.options.get("dommer") == "uenig":
        monkeypatch.setattr(explain, "_schema", lambda _path: lambda _text: False)
    with _report(page, example, tmp_path) as report:
        tallies = [tally for tally in report.tallies if tally.rule == page.rule.id]
        found = [finding for finding in report.findings() if finding.rule == page.rule.id]

    assert [tally for tally in tallies if tally.status == "failed"] == []
    assert sum(tally.violations for tally in tallies) == example.count
    assert bool(sum(tally.population for tally in tallies)) == (example.kind != "utenfor")
    assert len(found) == example.count


@pytest.mark.parametrize(("page", "example"), ORDINARY)
def test_example_of_an_ordinary_rule_is_a_valid_message(
    page: Page, example: Example, tmp_path: Path
) -> None:
    """An example shows its own fault, not one that the schema would have stopped."""
    with _report(page, example, tmp_path) as report:
        stopped = [f.rule for f in report.findings() if f.rule.startswith(("XSD", "LES"))]
    assert stopped == []


def _report(page: Page, example: Example, folder: Path) -> AbstractContextManager[Report]:
    is_fragment = page.rule.source == "regel"
    main = folder / "eksempel.xml"
    main.write_bytes(
        wrapped(example.text, example.options)
        if is_fragment
        else example_bytes(example.text, example.options)
    )
    extra = {kind: _extra(page, example, kind, folder / f"{kind}.fil") for kind in example.extra}
    options = Options(
        ident=extra.get("ident"),
        last_year=extra.get("fjor"),
        previous=extra.get("forrige"),
        units=extra.get("enheter"),
        test_data=example.options.get("testdata") == "1",
        select=(page.rule.id,),
    )
    return check_file(str(main), options)


def _extra(page: Page, example: Example, kind: str, path: Path) -> str:
    """Write another file of an example; return its path."""
    text, words = example.extra[kind]
    year = int(example.options.get("år", "2019")) - (kind == "fjor")
    if kind == "enheter":
        path.write_bytes(text.encode(words.get("koding", "utf-8")))
    elif page.rule.source != "regel" or "base64" in words:
        path.write_bytes(example_bytes(text, words))
    elif kind == "ident":
        path.write_bytes(wrapped_ident(text))
    else:
        path.write_bytes(wrapped(text, {"år": str(year), **words}))
    return str(path)
