"""Findings that are counted apart: marked where they stand, and in no other count.

What is explained, and what was known before, neither fails the run nor adds to the causes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.model import Root, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.model import Case, Finding, Report

Mark = Callable[["Finding"], "Finding"]  # the finding itself, or one like it with a mark
_Told = tuple[tuple[str, str | None], str]  # rule and field of a finding, and its cause


def set_apart(report: Report, marking: Callable[[], Mark]) -> tuple[Report, Mapping[Severity, int]]:
    """Return the report with what is marked out of its counts, and how much that is.

    `marking` is called for each pass over the findings. What was counted apart before
    can be marked, but is not counted here.
    """
    met, mark = _Met(), marking()
    for finding in report.findings():
        if mark(finding) is not finding and not _is_apart(finding):
            met.meet(finding)
    own, following = met.own, met.following
    counts = {level: report.counts[level] - own[level] for level in Severity}
    left = {level: report.following[level] - following[level] for level in Severity}
    made = replace(
        with_marks(report, marking),
        counts=counts,
        following=left,
        roots=_roots(report, met) if any((*counts.values(), *left.values())) else (),
    )
    return made, {level: own[level] + following[level] for level in Severity}


def with_marks(report: Report, marking: Callable[[], Mark]) -> Report:
    """Return the report with marks in its findings, and all counts as they were."""
    return replace(
        report,
        findings=lambda: map(marking(), report.findings()),
        cases=lambda: _cases(report, marking()),
    )


def _cases(report: Report, mark: Mark) -> Iterator[tuple[Finding, Case]]:
    return ((mark(finding), case) for finding, case in report.cases())


def _is_apart(finding: Finding) -> bool:
    return finding.is_known or finding.explained is not None


class _Met:
    """What one pass over the findings tells of those that are marked."""

    def __init__(self) -> None:
        self.own: Counter[Severity] = Counter()
        self.following: Counter[Severity] = Counter()
        self.of_root: Counter[tuple[str, str | None]] = Counter()
        self.causes: Counter[str] = Counter()

    def meet(self, finding: Finding) -> None:
        """Count one finding."""
        counts = self.following if finding.cause else self.own
        counts[finding.severity] += 1
        if finding.severity is Severity.INFO:
            return
        if finding.cause:
            self.causes[finding.cause.fingerprint] += 1
        else:
            self.of_root[finding.rule, finding.field] += 1


def _roots(report: Report, met: _Met) -> tuple[Root, ...]:
    """Return the causes without what is apart; one that explains nothing more is left out."""
    following: Counter[tuple[str, str | None]] = Counter()
    for fingerprint, root in _roots_of(report, met.causes).items():
        following[root] += met.causes[fingerprint]
    left = (
        root._replace(
            own=root.own - met.of_root[root.rule, root.field],
            following=root.following - following[root.rule, root.field],
        )
        for root in report.roots
    )
    return tuple(
        sorted(
            (root for root in left if root.own + root.following > 0),
            key=lambda root: -root.own - root.following,
        )
    )


def _roots_of(report: Report, wanted: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """Return rule and field of what each cause follows from in the end, itself or another.

    A cause is looked up where it is told; causes of causes are rare.
    """
    told: dict[str, _Told] = {}
    missing = set(wanted)
    while missing:
        found = {f.fingerprint: _told(f) for f in report.findings() if f.fingerprint in missing}
        told |= found
        missing = {cause for _, cause in found.values() if cause} - told.keys()
    ends = {}
    for fingerprint in set(wanted) & told.keys():
        (end, cause), seen = told[fingerprint], {fingerprint}
        while cause in told.keys() - seen:
            seen.add(cause)
            end, cause = told[cause]
        ends[fingerprint] = end
    return ends


def _told(finding: Finding) -> _Told:
    cause = finding.cause.fingerprint if finding.cause else ""
    return (finding.rule, finding.field), cause
