"""The report as SARIF 2.1.0, the OASIS form that code scanning takes.

The limits are GitHub's («SARIF results exceed one or more limits»): at most 25 000 results
in a run, of which it shows the 5 000 worst, and 10 MB when packed with gzip. What is left
out is said in a notification, and all totals stand among the run's properties.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kpr_validator.model import Status, Verdict
from kpr_validator.report.discreet import TOOL, as_uri, discreet, encode, field_of, numbers
from kpr_validator.report.listing import Listing
from kpr_validator.report.sarif_rules import LEVELS, rules_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.model import Finding, Pointer, Report
    from kpr_validator.report.discreet import Discreet, Told

MOST = 25_000
SHOWN = 5_000

Json = dict[str, object]


def as_sarif(report: Report, told: Told) -> Iterator[str]:
    """Yield one run piece by piece; the log around it may hold several."""
    listing = Listing(report, min(told.most or MOST, MOST))
    said = discreet(report, told.language)
    uri = as_uri(told.place)
    found = [t.rule for t in report.tallies if t.violations or t.status is Status.VIOLATIONS]
    places = {rule: place for place, rule in enumerate(dict.fromkeys(found))}
    head = _head(report, told, listing, said)
    head["tool"] = _tool(report, said, places)
    yield "{" + ",\n".join(f"{encode(name)}:{encode(value)}" for name, value in head.items())
    yield ',\n"results":['
    results = _Results(report, said, uri, places)
    comma = "\n"
    for finding in listing.findings():
        yield comma + encode(results.result(finding))
        comma = ",\n"
    yield "\n]}"


def _tool(report: Report, said: Discreet, places: Mapping[str, int]) -> Json:
    return {
        "driver": {
            "name": TOOL,
            "version": report.tool_version,
            "semanticVersion": report.tool_version,
            "language": said.words.language,
            "rules": rules_told([report.rules[rule] for rule in places], said),
        }
    }


def _head(report: Report, told: Told, listing: Listing, said: Discreet) -> Json:
    uri = as_uri(told.place)
    artifact: Json = {"location": {"uri": uri}}
    if report.submission.sha256:
        artifact["hashes"] = {"sha-256": report.submission.sha256}
    return {
        "automationDetails": {"id": f"{TOOL}/{uri}"},  # one category for each file
        "artifacts": [artifact],
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": report.verdict is not Verdict.UNDECIDED,
                "toolExecutionNotifications": list(_notifications(report, listing, said)),
            }
        ],
        "properties": {**numbers(report, listing, said), "github_shows_at_most": SHOWN},
    }


def _notifications(report: Report, listing: Listing, said: Discreet) -> Iterator[Json]:
    yield _notification("totals", "note", said.totals(report))
    if rest := said.listed(listing):
        yield _notification("listing", "warning", rest)
    if report.verdict is Verdict.UNDECIDED:
        yield _notification("undecided", "error", said.words("verdict.sentence.undecided"))


def _notification(name: str, level: str, text: str) -> Json:
    return {"descriptor": {"id": name}, "level": level, "message": {"text": text}}


class _Results:
    """Tells findings one by one, numbering those that are alike."""

    def __init__(self, report: Report, said: Discreet, uri: str, places: Mapping[str, int]) -> None:
        self._report = report
        self._said = said
        self._uri = uri
        self._places = places
        self._seen: Counter[str] = Counter()

    def result(self, finding: Finding) -> Json:
        """Return one result."""
        self._seen[finding.fingerprint] += 1
        times = self._seen[finding.fingerprint]
        result: Json = {
            "ruleId": finding.rule,
            "ruleIndex": self._places[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": self._message(finding)},
            "locations": [self._location(finding.line)],
            "partialFingerprints": {
                "kprFingerprint/v1": finding.fingerprint,
                "primaryLocationLineHash": f"{finding.fingerprint}:{times}",
            },
        }
        if finding.cause:
            result["relatedLocations"] = [self._related(finding.cause)]
        if self._report.baseline:
            result["baselineState"] = "unchanged" if finding.is_known else "new"
        if finding.explained is not None:
            result["suppressions"] = [{"kind": "external", "status": "accepted"}]
        return {**result, "properties": self._properties(finding)}

    def _message(self, finding: Finding) -> str:
        said = [self._said.message(finding), self._said.fix(finding)]
        if finding.cause:
            follows = self._said.words(
                "ci.follows", rule=finding.cause.rule, line=finding.cause.line
            )
            said.insert(1, follows)
        return " ".join(said)

    def _location(self, line: int) -> Json:
        place: Json = {"artifactLocation": {"uri": self._uri, "index": 0}}
        return {"physicalLocation": {**place, "region": {"startLine": max(line, 1)}}}

    def _related(self, cause: Pointer) -> Json:
        return {"id": 1, **self._location(cause.line), "message": {"text": cause.rule}}

    def _properties(self, finding: Finding) -> Json:
        told: Json = {
            "severity": finding.severity.value,
            "consequence": finding.consequence.value,
            "certainty": finding.certainty.value,
        }
        if field := field_of(finding, self._said):
            told["field"] = field
        return told
