"""The submission held against an earlier one, or against an earlier report on one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.compare import compare
from kpr_validator.desk.errors import DeskError
from kpr_validator.desk.given import Kind
from kpr_validator.desk.judged import body
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_comparison import as_html, as_json
from kpr_validator.report.compared import said
from kpr_validator.rules import all_rules
from kpr_validator.snapshots import SnapshotError, of_json, of_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpr_validator.compare import Snapshot
    from kpr_validator.desk.given import Given
    from kpr_validator.desk.progress import Progress
    from kpr_validator.desk.told import Json


def snapshot_of(file: Given, units: Sequence[Given], progress: Progress) -> Snapshot:
    """Return what a file holds to compare; raises DeskError when it holds nothing."""
    if file.kind is Kind.REPORT:
        try:
            return of_json(file.path)
        except SnapshotError as error:
            raise DeskError("compare") from error
    if file.kind is not Kind.ANNUAL:
        raise DeskError("compare")
    options = Options(
        units=next((str(file.path) for file in units), None),
        progress=progress.read,
        begun=progress.begun,
    )
    with check_file(str(file.path), options) as report:
        return replace(of_report(report), file=file.name)


def comparison(old: Snapshot, new: Snapshot, language: str) -> Json:
    """Return what has changed, as the body of a page and as `compare --format json` tells it."""
    told = said(compare([old, new]), all_rules(), language)
    return {
        "html": body("".join(as_html(told))),
        "json": json.loads("".join(as_json(told))),
    }
