"""The receipt: what was checked, with which rules, when, and how it went. No person is in it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from kpr_validator import assets
from kpr_validator.model import Severity, Status
from kpr_validator.report.facts import facts, subject
from kpr_validator.report.page import written
from kpr_validator.report.phrase import file_name, visible
from kpr_validator.report.texts import texts
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from kpr_validator.model import Report
    from kpr_validator.report.texts import Texts

SCHEMA_VERSION = "1.0"
PAGES = ("*/*-[0-9][0-9].md", "begreper/*.sql")


@cache
def rule_set() -> str:
    """Return the version of the product's rules: a hash of all rule pages and concepts.

    It is the same wherever the same pages lie, whatever line endings they have.
    """
    root = assets.rules()
    paths = (path.relative_to(root).as_posix() for form in PAGES for path in root.glob(form))
    whole = sha256()
    for name in sorted(paths):
        page = (root / name).read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{name}\n{len(page)}\n".encode() + page)
    return whole.hexdigest()


def as_json(report: Report, now: datetime) -> Iterator[str]:
    """Yield the receipt after schemas/receipt.schema.json."""
    submission = report.submission
    shown = {
        name: None if value is None else visible(value)
        for name, value in {
            "format": submission.format,
            "municipality": submission.municipality,
            "district": submission.district,
            "extracted": submission.extracted,
        }.items()
    }
    receipt = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "kpr-validator", "version": report.tool_version},
        "checked_at": now.isoformat(timespec="seconds"),
        "file": file_name(submission.file),
        "sha256": submission.sha256,
        **shown,
        "year": submission.year,
        "persons": submission.persons,
        "records": dict(submission.records),
        "verdict": report.verdict.value,
        "counts": _counts(report.counts),
        "following": _counts(report.following),
        "explained": _counts(report.explained.counts if report.explained else {}),
        "rule_set": rule_set(),
        "own_rules": _own(report),
        "rules": _statuses(report),
    }
    yield json.dumps(receipt, ensure_ascii=False, indent=2) + "\n"


def as_html(report: Report, now: datetime, language: str) -> Iterator[str]:
    """Yield the receipt for people, a page that prints on one sheet."""
    words = texts(language)
    told = list(_lines(report, now, words))
    shown = {"report": report, "words": words, "told": told, "subject": subject(report.submission)}
    yield from written("receipt.html", shown)


def _lines(report: Report, now: datetime, words: Texts) -> Iterator[tuple[str, str]]:
    day = words.date(now.strftime("%Y%m%d"))
    yield words("receipt.time"), f"{day} {now:%H:%M:%S} ({now:%z})"
    yield from facts(report.submission, words)
    yield words("label.sha256"), report.submission.sha256 or words("missing")
    yield words("heading.totals"), _said(report.counts, words)
    yield words("receipt.following"), _said(report.following, words)
    if report.explained:
        yield words("receipt.explained"), _said(report.explained.counts, words)
    ran = ", ".join(
        f"{words(f'receipt.status.{status}')} {words.number(n)}"
        for status, n in _statuses(report).items()
        if n
    )
    yield words("receipt.rules"), ran
    if own := _own(report):
        yield words("receipt.own"), ", ".join(own)
    yield words("receipt.rule_set"), rule_set()
    yield words("label.tool"), f"kpr-validator {report.tool_version}"


def _said(counts: Mapping[Severity, int], words: Texts) -> str:
    told = (f"{words(f'severity.{s}')} {words.number(n)}" for s in Severity if (n := counts.get(s)))
    return ", ".join(told) or "0"


def _counts(counts: Mapping[Severity, int]) -> dict[str, int]:
    return {severity.value: counts.get(severity, 0) for severity in Severity}


def _own(report: Report) -> list[str]:
    """Return the rules that the user has changed or brought."""
    ours = all_rules()
    return sorted(name for name, rule in report.rules.items() if ours.get(name) is not rule)


def _statuses(report: Report) -> dict[str, int]:
    """Return how many rules ended in each way; one over many fields by its worst field."""
    order = (Status.FAILED, Status.VIOLATIONS, Status.SKIPPED, Status.PASS, Status.OUTSIDE)
    worst: dict[str, int] = {}
    for tally in report.tallies:
        rank = order.index(tally.status)
        worst[tally.rule] = min(rank, worst.get(tally.rule, rank))
    counted = Counter(order[rank] for rank in worst.values())
    return {status.value: counted[status] for status in Status}
