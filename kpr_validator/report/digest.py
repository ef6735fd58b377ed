"""A Report gathered for a reader: results rule by rule, from one pass over the findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpr_validator.model import Certainty, Consequence, Severity, StageStatus, Status
from kpr_validator.report.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kpr_validator.model import Finding, Report, Rule, Stage, Tally


@dataclass(frozen=True, slots=True)
class Result:
    """How one rule went over all its fields.

    `severity` is the worst that was found. `violations` of `population` is what
    the rule counts; pages about reading and schema have no population (0).
    `found` is its number of findings, of which `shown` holds the first in the order
    of the file. `by_field` holds the tallies with violations of a rule that counts
    field by field. `following` counts its findings that follow from others, by the
    rule of the cause; `leads_to` the findings that follow from its own, by theirs.
    `explained` counts those that the user has accepted, `known` others of the baseline.
    """

    rule: Rule
    severity: Severity
    population: int
    violations: int
    found: int
    by_field: tuple[Tally, ...]
    shown: tuple[Finding, ...]
    consequences: tuple[tuple[Consequence, Certainty], ...]
    following: Mapping[str, int]
    leads_to: Mapping[str, int]
    explained: int = 0
    known: int = 0

    @property
    def rank(self) -> tuple[bool, int, int, str]:
        """Return what sorts the worst and the most frequent first, and what is known last."""
        is_known = bool(self.known) and self.known + self.explained == self.found
        return (is_known, self.severity.rank, -self.violations, self.rule.id)


@dataclass(frozen=True, slots=True)
class Row:
    """One rule without violations: how many it was about, and why it was not run."""

    rule: Rule
    population: int
    reason: str | None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of the causes that explain most; `so_far` counts what it and those before explain."""

    result: Result
    field: str | None
    own: int
    following: int
    so_far: int


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that the reports for people say, in the order they say it.

    `explained` is the number of findings of at least warning: what `causes` explain.
    """

    themes: Mapping[str, tuple[Result, ...]]
    ranked: tuple[Result, ...]
    causes: tuple[Ranked, ...]
    explained: int
    quiet: Mapping[Status, tuple[Row, ...]]
    failed: tuple[Row, ...]
    failed_stages: tuple[Stage, ...]
    consequences: Mapping[tuple[Consequence, Certainty], int]

    def effect(self, consequence: Consequence) -> dict[Certainty, int]:
        """Return how many findings have this consequence, by how certain it is."""
        return {c: self.consequences.get((consequence, c), 0) for c in Certainty}

    @property
    def harmless(self) -> bool:
        """Return whether no finding makes the receiver refuse or delete anything."""
        return all(what == Consequence.NONE for what, _ in self.consequences)


@dataclass(slots=True)
class _Seen:
    """What one pass over the findings of one rule leaves behind."""

    limit: int
    shown: list[Finding] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[Severity, Consequence, Certainty]] = field(default_factory=Counter)
    explained: int = 0
    known: int = 0


def theme(rule_id: str) -> str:
    """Return the theme of a rule: the letters before its number."""
    return rule_id.partition("-")[0]


def digest(report: Report, limit: int, most: int | None = None) -> Digest:
    """Return the report gathered, with at most `limit` findings kept for each rule.

    With `most` fewer are kept, that many in all, but always one of each rule.
    """
    listing = Listing(report, most)
    seen = _look(report.findings(), lambda rule: listing.share(rule, limit))
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for tally in report.tallies:
        tallies[tally.rule].append(tally)
    results = sorted(
        (_result(report.rules[rule], tallies[rule], seen) for rule in seen),
        key=lambda result: result.rank,
    )
    return Digest(
        themes=_by_theme(results),
        ranked=tuple(results),
        causes=tuple(_causes(report, {result.rule.id: result for result in results})),
        explained=sum(root.own + root.following for root in report.roots),
        quiet=_quiet({rule: t for rule, t in tallies.items() if rule not in seen}, report.rules),
        failed=tuple(_row(t, report.rules) for t in report.tallies if t.status == Status.FAILED),
        failed_stages=tuple(s for s in report.stages if s.status == StageStatus.FAILED),
        consequences=_consequences(seen.values()),
    )


def _look(findings: Iterable[Finding], limit: Callable[[str], int]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for finding in findings:
        kept = seen.get(finding.rule)
        if kept is None:
            kept = seen[finding.rule] = _Seen(limit(finding.rule))
        kept.kinds[finding.severity, finding.consequence, finding.certainty] += 1
        kept.explained += finding.explained is not None
        kept.known += finding.is_known and finding.explained is None
        if finding.cause:
            kept.causes[finding.cause.rule] += 1
        if len(kept.shown) < kept.limit:
            kept.shown.append(finding)
    return seen


def _causes(report: Report, results: Mapping[str, Result]) -> Iterable[Ranked]:
    so_far = 0
    for root in report.roots:
        so_far += root.own + root.following
        yield Ranked(results[root.rule], root.field, root.own, root.following, so_far)


def _result(rule: Rule, tallies: list[Tally], all_seen: Mapping[str, _Seen]) -> Result:
    seen = all_seen[rule.id]
    by_field = [tally for tally in tallies if tally.violations] if len(tallies) > 1 else []
    return Result(
        rule=rule,
        severity=min((kind[0] for kind in seen.kinds), key=lambda severity: severity.rank),
        population=sum(tally.population for tally in tallies) if rule.sql else 0,
        violations=sum(tally.violations for tally in tallies) or seen.kinds.total(),
        found=seen.kinds.total(),
        by_field=tuple(sorted(by_field, key=lambda tally: (-tally.violations, str(tally.field)))),
        shown=tuple(seen.shown),
        consequences=tuple(sorted({kind[1:] for kind in seen.kinds}, key=_worst)),
        following=dict(seen.causes.most_common()),
        leads_to={
            other: kept.causes[rule.id]
            for other, kept in all_seen.items()
            if kept.causes[rule.id] and other != rule.id
        },
        explained=seen.explained,
        known=seen.known,
    )


def _worst(kind: tuple[Consequence, Certainty]) -> tuple[int, int]:
    return (tuple(Consequence).index(kind[0]), tuple(Certainty).index(kind[1]))


def _by_theme(results: list[Result]) -> dict[str, tuple[Result, ...]]:
    """Return the results by theme, the theme with the worst result first."""
    themes: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        themes[theme(result.rule.id)].append(result)
    return {name: tuple(found) for name, found in themes.items()}


def _consequences(seen: Iterable[_Seen]) -> Counter[tuple[Consequence, Certainty]]:
    total: Counter[tuple[Consequence, Certainty]] = Counter()
    for kept in seen:
        for (_, consequence, certainty), n in kept.kinds.items():
            total[consequence, certainty] += n
    return total


def _quiet(
    tallies: Mapping[str, list[Tally]], rules: Mapping[str, Rule]
) -> dict[Status, tuple[Row, ...]]:
    """Return each rule without findings once, under what it says of most of its fields."""
    rows: dict[Status, list[Row]] = {s: [] for s in (Status.PASS, Status.OUTSIDE, Status.SKIPPED)}
    for rule, parts in sorted(tallies.items()):
        for status, found in rows.items():
            same = [tally for tally in parts if tally.status == status]
            if same:
                population = sum(tally.population for tally in same)
                found.append(Row(rules[rule], population, same[0].reason))
                break
    return {status: tuple(found) for status, found in rows.items()}


def _row(tally: Tally, rules: Mapping[str, Rule]) -> Row:
    return Row(rules[tally.rule], tally.population, tally.reason, tally.field)
