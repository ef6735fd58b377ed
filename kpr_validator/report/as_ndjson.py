"""The report as a stream of JSON objects, one a line: a header, the findings, and a summary.

The header is there before the first finding is looked up, and the summary closes what came
whole: a stream without one was cut off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpr_validator.report.discreet import TOOL, discreet, encode, field_of, numbers
from kpr_validator.report.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Finding, Report
    from kpr_validator.report.discreet import Discreet, Told

STREAM_VERSION = "1.0"

_NUMBER = re.compile(r"[0-9]{4}")


def as_ndjson(report: Report, told: Told) -> Iterator[str]:
    """Yield the stream line by line."""
    listing = Listing(report, told.most)
    said = discreet(report, told.language)
    yield encode(_header(report, told)) + "\n"
    for finding in listing.findings():
        yield encode(_finding(finding, said)) + "\n"
    yield encode({"type": "summary", **numbers(report, listing, said)}) + "\n"


def _header(report: Report, told: Told) -> dict[str, object]:
    submission = report.submission
    number = submission.municipality or ""
    return {
        "type": "header",
        "stream_version": STREAM_VERSION,
        "tool": {"name": TOOL, "version": report.tool_version},
        "file": told.place,
        "sha256": submission.sha256,
        "format": submission.format,
        "year": submission.year,
        "rules_year": submission.rules_year,
        "municipality": number if _NUMBER.fullmatch(number) else None,
    }


def _finding(finding: Finding, said: Discreet) -> dict[str, object]:
    return {
        "type": "finding",
        "rule": finding.rule,
        "severity": finding.severity.value,
        "consequence": finding.consequence.value,
        "line": finding.line,
        "field": field_of(finding, said),
        "message": said.message(finding),
        "fix": said.fix(finding),
        "fingerprint": finding.fingerprint,
        "cause": finding.cause._asdict() if finding.cause else None,
        "explained": finding.explained is not None,
        "known": finding.is_known,
    }
