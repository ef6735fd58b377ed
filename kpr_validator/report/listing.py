"""Which findings are listed where not all can be: the worst, and some of every rule.

A listing is bounded and its numbers never are: what is left out is counted by rule.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.model import Finding, Report


class Group(NamedTuple):
    """Findings alike: of a rule, of a severity (0 is the worst), counted or counted apart."""

    is_apart: bool
    rank: int
    rule: str


def group_of(finding: Finding) -> Group:
    """Return the group of a finding; groups sort as they are to be listed."""
    is_apart = finding.is_known or finding.explained is not None
    return Group(is_apart, finding.severity.rank, finding.rule)


class Listing:
    """At most so many findings of a report (None: all), in the order of the file."""

    def __init__(self, report: Report, most: int | None) -> None:
        self._report = report
        self.total = report.total
        self._shares: Mapping[Group, int] | None = None
        self.left_out: Mapping[str, int] = {}
        if most is not None and self.total > most:
            found = Counter(group_of(finding) for finding in report.findings())
            self._shares = shares(found, most)
            self.left_out = _left_out(found, self._shares)

    @property
    def listed(self) -> int:
        """Return how many findings are listed."""
        return self.total - sum(self.left_out.values())

    def findings(self) -> Iterator[Finding]:
        """Yield the findings that are listed; may be called many times."""
        if self._shares is None:
            yield from self._report.findings()
            return
        left = dict(self._shares)
        for finding in self._report.findings():
            group = group_of(finding)
            if left[group]:
                left[group] -= 1
                yield finding

    def share(self, rule: str, most: int) -> int:
        """Return how many of a rule's findings may be shown where `most` are otherwise."""
        if self._shares is None:
            return most
        listed = sum(n for group, n in self._shares.items() if group.rule == rule)
        return max(1, min(most, listed))


def shares(found: Mapping[Group, int], most: int) -> dict[Group, int]:
    """Return how many of each group are listed: the worst first, rules of a rank alike."""
    given: dict[Group, int] = {}
    left = most
    for _, level in groupby(sorted(found), lambda group: group[:2]):
        fewest_first = sorted(level, key=lambda group: found[group])
        for place, group in enumerate(fewest_first):
            given[group] = min(found[group], left // (len(fewest_first) - place))
            left -= given[group]
    return given


def _left_out(found: Mapping[Group, int], given: Mapping[Group, int]) -> dict[str, int]:
    left: Counter[str] = Counter()
    for group, n in found.items():
        left[group.rule] += n - given[group]
    return {rule: n for rule, n in sorted(left.items()) if n}
