"""The findings as a Code Quality report, which GitLab shows beside a merge request.

Form and severities after GitLab's «Code Quality report format». GitLab keeps one finding
for each fingerprint, so the second of two alike gets a number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kpr_validator.model import Severity
from kpr_validator.report.discreet import TOOL, discreet, encode
from kpr_validator.report.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Report
    from kpr_validator.report.discreet import Told

MOST = 10_000  # ours: GitLab documents no limit, but reports of 23 MB have failed (gitlab-ee 8252)
_SEVERITY = {
    Severity.FATAL: "blocker",
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
}


def as_gitlab(report: Report, told: Told) -> Iterator[str]:
    """Yield the entries of one report, with a comma between; brackets stand around them all."""
    listing = Listing(report, told.most or MOST)
    said = discreet(report, told.language)
    seen: Counter[str] = Counter()
    comma = ""
    for finding in listing.findings():
        seen[finding.fingerprint] += 1
        severity = Severity.INFO if finding.explained else finding.severity
        text = f"{finding.rule} {said.title(report.rules[finding.rule])}. {said.message(finding)}"
        fingerprint = _numbered(finding.fingerprint, seen[finding.fingerprint])
        yield comma + _entry(text, finding.rule, fingerprint, severity, told.place, finding.line)
        comma = ",\n"
    if rest := said.listed(listing):
        yield comma + _entry(rest, TOOL, f"{TOOL}:{told.place}", Severity.INFO, told.place, 1)


def _numbered(fingerprint: str, times: int) -> str:
    return fingerprint if times == 1 else f"{fingerprint}-{times}"


def _entry(  # noqa: PLR0913, PLR0917  the fields of the format
    text: str, check: str, fingerprint: str, severity: Severity, place: str, line: int
) -> str:
    return encode(
        {
            "description": text,
            "check_name": check,
            "fingerprint": fingerprint,
            "severity": _SEVERITY[severity],
            "location": {"path": place, "lines": {"begin": line}},
        }
    )
