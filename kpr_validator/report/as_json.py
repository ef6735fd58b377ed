"""The report as JSON, after schemas/report.schema.json: for programs and for archives."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING

from kpr_validator.model import Severity
from kpr_validator.report.listing import Listing
from kpr_validator.report.phrase import file_name, phrases, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.figures import Figures
    from kpr_validator.model import (
        Baseline,
        Explanations,
        Finding,
        Outcome,
        Report,
        Stage,
        Submission,
        Tally,
    )
    from kpr_validator.report.phrase import Phrases

SCHEMA_VERSION = "1.4"

Json = dict[str, object]

_encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def as_json(
    report: Report,
    language: str,
    figures: Figures | None = None,
    *,
    compact: bool = False,
    most: int | None = None,
) -> Iterator[str]:
    """Yield the report piece by piece, holding one finding at a time.

    With `compact` the whole report is one line, so that several reports can
    follow each other on one stream; otherwise there is one finding to a line.
    At most `most` findings are listed; all numbers are about all of them. With `figures`
    it also holds the authority's tables and the indicators.
    """
    listing = Listing(report, most)
    gap, item, key = ("", "", " ") if compact else ("\n  ", "\n    ", "\n  ")
    yield "{" + gap + f'"schema_version": "{SCHEMA_VERSION}"'
    for name, value in _head(report).items():
        yield f',{key}"{name}": {_encode(value)}'
    for name, values in _lists(report, language, listing):
        yield f',{key}"{name}": ['
        separator = item
        for value in values:
            yield separator + _encode(value)
            separator = "," + (item or " ")
        yield ("]" if separator is item else (gap + "]"))
    for name, counted in (("counts", report.counts), ("following", report.following)):
        counts = {severity.value: counted.get(severity, 0) for severity in Severity}
        yield f',{key}"{name}": {_encode(counts)}'
    yield f',{key}"explained": {_encode(_explained(report.explained))}'
    yield f',{key}"baseline": {_encode(_baseline(report.baseline))}'
    yield f',{key}"left_out": {_encode(dict(listing.left_out))}'
    yield f',{key}"figures": {_encode(_figures(figures, language))}'
    yield "}\n" if compact else "\n}\n"


def _figures(figures: Figures | None, language: str) -> Json | None:
    if figures is None:
        return None
    from kpr_validator.report.figures_tree import figures_tree  # noqa: PLC0415  most have none

    return figures_tree(figures, language)


def _explained(explained: Explanations | None) -> Json | None:
    if explained is None:
        return None
    return {
        "counts": {level.value: explained.counts.get(level, 0) for level in Severity},
        "unknown": list(explained.unknown),
        "refused": list(explained.refused),
    }


def _baseline(baseline: Baseline | None) -> Json | None:
    if baseline is None:
        return None
    counts = {level.value: baseline.counts.get(level, 0) for level in Severity}
    return {"counts": counts, "gone": baseline.gone}


def _head(report: Report) -> Json:
    return {
        "tool": {"name": "kpr-validator", "version": report.tool_version},
        "submission": _submission(report.submission),
        "verdict": report.verdict.value,
        "outcome": _outcome(report.outcome) if report.outcome else None,
        "causes": [
            {"rule": rule, "field": _shown(field), "own": own, "following": following}
            for rule, field, own, following in report.roots
        ],
    }


def _outcome(outcome: Outcome) -> Json:
    return {
        "received": outcome.received,
        "refused_by": list(outcome.refused_by),
        "sent": dict(outcome.sent),
        "kept": dict(outcome.kept),
        "rows": [
            {"element": element, "rule": rule, "field": _shown(field), "rows": lost, "sole": sole}
            for element, rule, field, lost, sole in outcome.rows
        ],
        "values": [
            {"rule": loss.rule, "field": _shown(loss.field), "values": loss.lost}
            for loss in outcome.values
        ],
        "persons_without_info": outcome.persons_without_info,
        "persons_without_services": outcome.persons_without_services,
        "disputed_rows": outcome.disputed_rows,
        "disputed_values": outcome.disputed_values,
    }


def _lists(report: Report, language: str, listing: Listing) -> Iterator[tuple[str, Iterator[Json]]]:
    phrased = phrases(report.rules, language)
    yield "stages", (_stage(stage) for stage in report.stages)
    yield "rules", (_rule(tally) for tally in report.tallies)
    yield "findings", (_finding(finding, phrased) for finding in listing.findings())


def _submission(submission: Submission) -> Json:
    return {
        "file": file_name(submission.file),
        "sha256": submission.sha256,
        "format": _shown(submission.format),
        "year": submission.year,
        "rules_year": submission.rules_year,
        "municipality": _shown(submission.municipality),
        "municipality_name": _shown(submission.municipality_name),
        "district": _shown(submission.district),
        "extracted": _shown(submission.extracted),
        "status_day": _shown(submission.status_day),
        "persons": submission.persons,
        "records": dict(submission.records),
        "exact_way_only": submission.exact_way_only,
    }


def _stage(stage: Stage) -> Json:
    seconds = round(stage.seconds, 3)
    return {"name": visible(stage.name), "status": stage.status.value, "seconds": seconds}


def _rule(tally: Tally) -> Json:
    return {
        "id": tally.rule,
        "field": _shown(tally.field),
        "status": tally.status.value,
        "reason": _shown(tally.reason),
        "population": tally.population,
        "violations": tally.violations,
    }


def _finding(finding: Finding, phrased: Phrases) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "consequence": finding.consequence,
        "consequence_certainty": finding.certainty,
        "line": finding.line,
        "element": visible(finding.element),
        "field": _shown(finding.field),
        "person": _shown(finding.person),
        "record": _shown(finding.record),
        "observed": _shown(finding.observed),
        "expected": None if finding.expected is None else phrased.expected(finding.expected),
        "message": phrased.message(finding),
        "fix": phrased.fix(finding),
        "fingerprint": finding.fingerprint,
        "cause": finding.cause._asdict() if finding.cause else None,
        "explained": _shown(finding.explained),
        "known": finding.is_known,
    }


def _shown(value: str | None) -> str | None:
    return None if value is None else visible(value)
