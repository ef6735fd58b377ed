"""From a folder to its report card."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kpr_validator.conformance.card import Export, card
from kpr_validator.conformance.differ import differences
from kpr_validator.conformance.export import find, people
from kpr_validator.conformance.fasit import FasitError, load
from kpr_validator.conformance.match import match
from kpr_validator.pipeline import Options, check_file

if TYPE_CHECKING:
    from pathlib import Path

    from kpr_validator.conformance.card import Card

FASIT = "fasit.json"


def judge(folder: Path) -> Card:
    """Compare the export in a folder with the fasit that lies there.

    Raises FileNotFoundError when there is no fasit, FasitError for one that can't be used,
    ExportError when there is nothing to compare, UnfinishedError when a file can't be read.
    """
    fasit = load(_text(folder / FASIT))
    found = find(folder)
    ident = str(found.ident) if found.ident else None
    with check_file(str(found.annual), Options(ident=ident, test_data=True)) as report:
        findings = Counter(finding.rule for finding in report.findings())
    matches, others = match(fasit, people(found))
    named = found.ident.name if found.ident else None
    export = Export(found.annual.name, named, len(others), findings)
    return card(fasit, matches, differences(matches, fasit.last), export)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path.name} er ikke UTF-8"
        raise FasitError(message) from error
