"""The report as JUnit XML: one test case for each rule, with its tally.

A rule fails as the run fails: when something that counts is found, at or above the
severity that fails. Milder findings are told in what the case has printed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from kpr_validator.model import Severity, Status
from kpr_validator.report.discreet import TOOL, discreet
from kpr_validator.report.listing import group_of
from kpr_validator.report.phrase import in_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.model import Finding, Report, Rule, Tally
    from kpr_validator.report.discreet import Discreet, Told

LINES = 10
_OURS = frozenset("\n\N{NO-BREAK SPACE}")


@dataclass(slots=True)
class _Seen:
    """What one pass over the findings leaves of a rule: how many, and where the first are."""

    counts: Counter[Severity] = field(default_factory=Counter)
    apart: int = 0
    first: Finding | None = None
    lines: list[int] = field(default_factory=list)


def as_junit(report: Report, told: Told) -> Iterator[str]:
    """Yield one test suite."""
    said = discreet(report, told.language)
    seen = _look(report.findings())
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for tally in report.tallies:
        tallies[tally.rule].append(tally)
    cases = [
        _case(report.rules[rule], parts, seen.get(rule, _Seen()), said, told.level)
        for rule, parts in sorted(tallies.items())
    ]
    kinds = Counter(kind for kind, _ in cases)
    numbers = " ".join(
        f'{name}="{n}"'
        for name, n in (
            ("tests", len(cases)),
            ("failures", kinds["failure"]),
            ("errors", kinds["error"]),
            ("skipped", kinds["skipped"]),
        )
    )
    yield f'<testsuite name="{_shown(told.place)}" {numbers}>\n'
    yield _properties(report)
    yield from (case for _, case in cases)
    yield f"<system-out>{_shown(said.totals(report))}</system-out>\n</testsuite>\n"


def _look(findings: Iterable[Finding]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for finding in findings:
        kept = seen[finding.rule]
        if group_of(finding).is_apart:
            kept.apart += 1
            continue
        kept.counts[finding.severity] += 1
        if kept.first is None or finding.severity.rank < kept.first.severity.rank:
            kept.first = finding
        if len(kept.lines) < LINES:
            kept.lines.append(finding.line)
    return dict(seen)


def _properties(report: Report) -> str:
    told = {
        "tool": f"{TOOL} {report.tool_version}",
        "verdict": report.verdict.value,
        **{f"counts.{level}": report.counts.get(level, 0) for level in Severity},
        **{f"following.{level}": report.following.get(level, 0) for level in Severity},
    }
    lines = (f'<property name="{name}" value="{_shown(str(n))}"/>\n' for name, n in told.items())
    return f"<properties>\n{''.join(lines)}</properties>\n"


def _case(
    rule: Rule, tallies: list[Tally], seen: _Seen, said: Discreet, level: Severity
) -> tuple[str, str]:
    """Return what became of a rule, as the element that tells it, and its test case."""
    name = f'name="{_shown(f"{rule.id} {said.title(rule)}")}" classname="{TOOL}.{rule.theme}"'
    kind, message = _outcome(tallies, seen, said, level)
    text = _shown(_text(seen, said))
    if kind == "passed":
        inner = f"<system-out>{_shown(message)}\n{text}</system-out>"
    else:
        worst = min(seen.counts, key=lambda severity: severity.rank, default=None)
        type_ = f' type="{worst.value}"' if worst and kind == "failure" else ""
        inner = f'<{kind}{type_} message="{_shown(message)}">{text}</{kind}>'
    return kind, f"<testcase {name}>{inner}</testcase>\n"


def _outcome(tallies: list[Tally], seen: _Seen, said: Discreet, level: Severity) -> tuple[str, str]:
    states = {tally.status for tally in tallies}
    if any(severity.rank <= level.rank for severity in seen.counts):
        return "failure", _tally(tallies, seen, said)
    if Status.FAILED in states:
        return "error", said.words("note.failed")
    if states <= {Status.SKIPPED, Status.OUTSIDE}:
        reasons = dict.fromkeys(tally.reason for tally in tallies if tally.reason)
        return "skipped", ", ".join(map(said.reason, reasons)) or said.words("note.outside")
    return "passed", _tally(tallies, seen, said)


def _tally(tallies: list[Tally], seen: _Seen, said: Discreet) -> str:
    """Return «37 av 412», and how many findings are counted apart."""
    words = said.words
    violations = sum(tally.violations for tally in tallies)
    population = sum(tally.population for tally in tallies)
    told = [words.share(violations, population)]
    if seen.counts:
        told.append(_counts(seen.counts, said))
    if seen.apart:
        told.append(f"{words('label.known')}/{words('label.explained')}: {seen.apart}")
    return "; ".join(told)


def _counts(counts: Mapping[Severity, int], said: Discreet) -> str:
    words = said.words
    return ", ".join(
        f"{words(f'severity.{s}')} {words.number(counts[s])}" for s in Severity if counts.get(s)
    )


def _text(seen: _Seen, said: Discreet) -> str:
    """Return what is wrong and how it is mended, of the worst finding, and the first lines."""
    if seen.first is None:
        return ""
    words, lines = said.words, ", ".join(map(str, seen.lines))
    rest = seen.counts.total() - len(seen.lines)
    where = (
        words("lines_more", lines=lines, n=words.number(rest))
        if rest
        else words("lines", lines=lines)
    )
    return "\n".join((said.message(seen.first), said.fix(seen.first), where))


def _shown(text: str) -> str:
    """Return text as XML takes it: nothing invisible but our own breaks, nothing that is markup."""
    return escape("".join(c if c in _OURS else in_full(c) for c in text))
