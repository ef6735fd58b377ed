"""The findings as workflow commands, which GitHub Actions shows as annotations.

Escaped as GitHub's runner reads them. GitHub shows ten of each kind from a step and
keeps the rest to itself (actions/toolkit, docs/problem-matchers.md), so no more are
told unless the user asks, the worst first and one of each rule before the second of any.
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Severity
from kpr_validator.report.discreet import TOOL, discreet
from kpr_validator.report.listing import group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpr_validator.model import Finding, Report
    from kpr_validator.report.discreet import Discreet, Told

MOST_OF_A_KIND = 10
_KIND = {
    Severity.FATAL: "error",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}
_IN_TEXT = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_IN_PROPERTY = (*_IN_TEXT, (":", "%3A"), (",", "%2C"))


class _Ranked(NamedTuple):
    """A finding as it competes for one of the few places."""

    rank: int
    times: int
    line: int
    rule: str
    kind: str
    command: str


def as_annotations(report: Report, told: Told) -> Iterator[str]:
    """Yield one command a line: what was found in all, then the findings.

    What is explained, or was known before, is in the numbers only.
    """
    said = discreet(report, told.language)
    chosen = _chosen(_ranked(report, said, told.place), told.most)
    total = sum(report.counts.values()) + sum(report.following.values())
    text = said.totals(report)
    if len(chosen) < total:
        number = said.words.number
        text += " " + said.words("ci.listed", listed=number(len(chosen)), total=number(total))
    yield _command("notice", f"file={_escaped(told.place, _IN_PROPERTY)},title={TOOL}", text)
    yield from (ranked.command for ranked in chosen)


def _ranked(report: Report, said: Discreet, place: str) -> Iterator[_Ranked]:
    seen: Counter[tuple[int, str]] = Counter()
    for finding in report.findings():
        is_apart, rank, rule = group_of(finding)
        if not is_apart:
            seen[rank, rule] += 1
            command = _annotation(finding, report, said, place)
            kind = _KIND[finding.severity]
            yield _Ranked(rank, seen[rank, rule], finding.line, rule, kind, command)


def _chosen(ranked: Iterable[_Ranked], most: int | None) -> list[_Ranked]:
    """Return the first `most`, or the first ten of each kind, our own notice among them."""
    if most is not None:
        return heapq.nsmallest(most, ranked)
    places = dict.fromkeys(_KIND.values(), MOST_OF_A_KIND)
    places["notice"] -= 1
    first: dict[str, list[_Ranked]] = {kind: [] for kind in places}
    for one in ranked:
        insort(first[one.kind], one)
        del first[one.kind][places[one.kind] :]
    return [one for kind in first.values() for one in kind]


def _annotation(finding: Finding, report: Report, said: Discreet, place: str) -> str:
    title = f"{finding.rule} {said.title(report.rules[finding.rule])}"
    properties = {"file": place, "line": str(finding.line), "title": title}
    told = ",".join(f"{name}={_escaped(v, _IN_PROPERTY)}" for name, v in properties.items())
    text = f"{said.message(finding)}\n{said.fix(finding)}"
    return _command(_KIND[finding.severity], told, text)


def _command(kind: str, properties: str, text: str) -> str:
    return f"::{kind} {properties}::{_escaped(text, _IN_TEXT)}\n"


def _escaped(text: str, signs: Iterable[tuple[str, str]]) -> str:
    for sign, code in signs:
        text = text.replace(sign, code)
    return text
