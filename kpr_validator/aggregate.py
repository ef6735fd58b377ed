"""Tallies and stages become a Report with its verdict, failing closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.model import Consequence, Severity, StageStatus, Status, Tally, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpr_validator.model import Rule, Stage, Submission

DISAGREEMENT = "XSD-99"


def verdict(
    submission: Submission,
    stages: Iterable[Stage],
    tallies: Iterable[Tally],
    counts: Mapping[Severity, int],
    *,
    loses_message: bool,
) -> Verdict:
    """Return the verdict.

    Undecided wins over all: a stage or a rule failed, or judge and walk disagree.
    Accepted only when at least one person was read.
    """
    told = tuple(tallies)
    failed = any(stage.status is StageStatus.FAILED for stage in stages)
    disagreed = any(tally.rule == DISAGREEMENT and tally.violations for tally in told)
    if failed or disagreed or any(tally.status is Status.FAILED for tally in told):
        return Verdict.UNDECIDED
    if counts[Severity.FATAL] or loses_message:
        return Verdict.REJECTED
    if counts[Severity.ERROR] or counts[Severity.WARNING]:
        return Verdict.ACCEPTED_WITH_FINDINGS
    return Verdict.ACCEPTED if submission.persons else Verdict.UNDECIDED


def page_tallies(
    rules: Iterable[Rule], reached: frozenset[str], found: Mapping[str, int]
) -> list[Tally]:
    """Return tallies for pages whose findings come from reading or from the schema."""
    return [_page_tally(rule, reached, found.get(rule.id, 0)) for rule in rules]


def _page_tally(rule: Rule, reached: frozenset[str], found: int) -> Tally:
    population = max(found, int(rule.id in reached))
    status = Status.VIOLATIONS if found else Status.PASS if population else Status.OUTSIDE
    return Tally(rule.id, None, status, None, population, found)


def skipped_tallies(rules: Iterable[Rule], reason: str) -> list[Tally]:
    """Return tallies for rules that did not run, and why."""
    return [
        Tally(rule.id, rule.fields[0] if rule.fields else None, Status.SKIPPED, reason, 0, 0)
        for rule in rules
    ]


def loses_message(rules: Iterable[Rule], found: Mapping[str, int]) -> bool:
    """Tell whether a rule whose consequence is the whole message has findings."""
    return any(rule.consequence is Consequence.MESSAGE and found.get(rule.id) for rule in rules)
