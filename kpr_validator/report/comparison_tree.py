"""A comparison as JSON, after schemas/comparison.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.model import Severity
from kpr_validator.report.phrase import file_name, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.compare import Change, Snapshot, Step
    from kpr_validator.figures import Count
    from kpr_validator.model import Text
    from kpr_validator.report.compared import Said
    from kpr_validator.report.compared_share import SharedSaid
    from kpr_validator.report.shared import Number
    from kpr_validator.report.shared_comparison import Row, Stage

SCHEMA_VERSION = "1.1"

Json = dict[str, object]


def tree(told: Said) -> Json:
    """Return everything, for the municipality's own use."""
    comparison, language = told.comparison, told.words.language
    return {
        **_head(told.mark, None),
        "series": [_step(step) for step in comparison.series],
        "remarks": list(comparison.remarks),
        "lacking": sorted(map(visible, comparison.place.lacking)),
        "undecided": comparison.is_undecided,
        "rules": [_change(change) for change in comparison.changes],
        "not_comparable": [_quiet(*one) for one in comparison.silent],
        "records": {
            visible(name): {"old": old, "new": new} for name, old, new in comparison.records
        },
        "numbers": _list(
            (one.id, one.of, one.name, _count(one.old), _count(one.new), language)
            for one in comparison.moved
        )
        if comparison.moved is not None
        else None,
    }


def shared_tree(told: SharedSaid) -> Json:
    """Return what may be shared; a number that is hidden is «*»."""
    shared, language = told.shared, told.words.language
    return {
        **_head(told.mark, shared.limit),
        "series": [_stage(stage) for stage in shared.stages],
        "remarks": list(shared.remarks),
        "lacking": list(shared.lacking),
        "undecided": told.comparison.is_undecided,
        "rules": [_row(row) for row in shared.rows],
        "not_comparable": [_quiet(*one) for one in shared.silent],
        "records": {name: {"old": old, "new": new} for name, old, new in shared.records},
        "numbers": _list(
            (one.id, one.of, one.name, _sent(one.old), _sent(one.new), language)
            for one in shared.moved
        )
        if shared.moved is not None
        else None,
    }


def _head(mark: str, limit: int | None) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "kpr-validator", "version": __version__},
        "mark": mark,
        "limit": limit,
    }


def _step(step: Step) -> Json:
    at = step.at
    return {
        **_file(at),
        "parts": [_file(one) for one in at.parts],
        "year": at.year,
        "verdict": at.verdict.value,
        "counts": {severity.value: at.counts.get(severity, 0) for severity in Severity},
        "explained": at.explained,
        "new": step.added,
        "fixed": step.fixed,
    }


def _stage(stage: Stage) -> Json:
    nothing = {"file": None, "sha256": None, "extracted": None}
    parts = [{**nothing, "municipality": one} for one in stage.municipalities]
    return {
        **nothing,
        "municipality": " + ".join(stage.municipalities) or None,
        "parts": parts if len(parts) > 1 else [],
        "year": stage.year,
        "verdict": stage.verdict.value,
        "counts": {severity.value: stage.counts[severity] for severity in Severity},
        "explained": stage.explained,
        "new": stage.added,
        "fixed": stage.fixed,
    }


def _file(at: Snapshot) -> Json:
    return {
        "file": file_name(at.file),
        "sha256": at.sha256,
        "municipality": None if at.municipality is None else visible(at.municipality),
        "extracted": None if at.extracted is None else visible(at.extracted),
    }


def _change(change: Change) -> Json:
    return {
        "rule": change.rule,
        "severity": change.severity.value,
        "old": change.old,
        "now": change.new,
        "new": change.added,
        "fixed": change.fixed,
        "remaining": change.remaining,
    }


def _row(row: Row) -> Json:
    return {
        "rule": row.rule,
        "severity": row.severity.value,
        "old": None,
        "now": None,
        "new": row.added,
        "fixed": row.fixed,
        "remaining": row.remaining,
    }


def _quiet(rule: str, old: Number, now: Number) -> Json:
    return {"rule": rule, "old": old, "now": now}


def _list(numbers: Iterable[tuple[str, Text, Text, Json | None, Json | None, str]]) -> list[Json]:
    return [
        {
            "id": place,
            "of": of.in_language(language),
            "name": name.in_language(language),
            "old": old,
            "now": now,
        }
        for place, of, name, old, now, language in numbers
    ]


def _count(count: Count | None) -> Json | None:
    return None if count is None else {"sent": count.sent, "received": count.received}


def _sent(n: Number) -> Json | None:
    return None if n is None else {"sent": n, "received": None}
