"""Two reports held against each other: which findings are new, gone, and still there.

A finding is the same in both when its fingerprint is. A rule that was not run on
one of them tells nothing about what is new or gone, and is named instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.figures import Count
    from kpr_validator.model import Text


class Known(NamedTuple):
    """How often a finding is there, how serious it is, and whether the user has explained it."""

    times: int
    severity: Severity
    is_explained: bool


class Number(NamedTuple):
    """A number of a table or an indicator, with the names of both."""

    of: Text
    name: Text
    value: Count


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One report, as much of it as is compared.

    `findings` are by rule and fingerprint; `ran` names the rules that gave an answer.
    `counts` are all findings that are not explained. `numbers` is None when the report
    has no tables (a report written as JSON).
    """

    file: str
    sha256: str | None
    tool: str
    year: int | None
    municipality: str | None
    district: str | None
    extracted: str | None
    verdict: Verdict
    records: Mapping[str, int]
    counts: Mapping[Severity, int]
    explained: int
    ran: frozenset[str]
    findings: Mapping[str, Mapping[str, Known]]
    numbers: Mapping[tuple[str, ...], Number] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One rule: findings before and now, and how many are new, fixed and remaining.

    `severity` is the worst among them. `failing` counts the new ones that are not
    explained, by severity.
    """

    rule: str
    severity: Severity
    old: int
    new: int
    added: int
    fixed: int
    remaining: int
    failing: Mapping[Severity, int] = field(default_factory=dict)


class Silent(NamedTuple):
    """A rule that was not run on one of the two, which has findings of it on the other."""

    rule: str
    old: int | None
    new: int | None


class Moved(NamedTuple):
    """A number that has changed; None is not there."""

    of: Text
    name: Text
    old: Count | None
    new: Count | None


@dataclass(frozen=True, slots=True)
class Step:
    """One report of a series and what has happened since the one before."""

    at: Snapshot
    added: int
    fixed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has changed from `old` to `new`, and the series that they end.

    `remarks` are words for why the two may not be comparable. `moved` is None when
    one of them has no tables.
    """

    old: Snapshot
    new: Snapshot
    changes: tuple[Change, ...]
    silent: tuple[Silent, ...]
    records: tuple[tuple[str, int, int], ...]
    moved: tuple[Moved, ...] | None
    remarks: tuple[str, ...]
    series: tuple[Step, ...]

    @property
    def is_undecided(self) -> bool:
        """Return whether one of the two gave no certain answer."""
        return Verdict.UNDECIDED in {self.old.verdict, self.new.verdict}

    def has_new(self, level: Severity) -> bool:
        """Tell whether a new finding, not explained, is at or above `level`."""
        return any(
            count and severity.rank <= level.rank
            for change in self.changes
            for severity, count in change.failing.items()
        )


def compare(series: Sequence[Snapshot]) -> Comparison:
    """Return what has changed between the last two of a series of at least two."""
    old, new = series[-2:]
    changes = tuple(sorted(_changes(old, new), key=_rank))
    return Comparison(
        old=old,
        new=new,
        changes=changes,
        silent=tuple(_silent(old, new)),
        records=tuple(
            (name, old.records.get(name, 0), new.records.get(name, 0))
            for name in dict.fromkeys((*old.records, *new.records))
        ),
        moved=_moved(old, new),
        remarks=tuple(_remarks(old, new)),
        series=tuple(_steps(series)),
    )


def _changes(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for rule in sorted({*old.findings, *new.findings} & old.ran & new.ran):
        before, now = old.findings.get(rule, {}), new.findings.get(rule, {})
        remaining = sum(min(n.times, now[f].times) for f, n in before.items() if f in now)
        failing = dict.fromkeys(Severity, 0)
        for print_, known in now.items():
            more = known.times - (before[print_].times if print_ in before else 0)
            if more > 0 and not known.is_explained:
                failing[known.severity] += more
        were, are = _total(before), _total(now)
        yield Change(
            rule=rule,
            severity=min((k.severity for k in (*before.values(), *now.values())), key=_worst),
            old=were,
            new=are,
            added=are - remaining,
            fixed=were - remaining,
            remaining=remaining,
            failing=failing,
        )


def _silent(old: Snapshot, new: Snapshot) -> Iterator[Silent]:
    for rule in sorted({*old.findings, *new.findings} - (old.ran & new.ran)):
        before, now = (
            _total(at.findings.get(rule, {})) if rule in at.ran else None for at in (old, new)
        )
        yield Silent(rule, before, now)


def _moved(old: Snapshot, new: Snapshot) -> tuple[Moved, ...] | None:
    """Return the numbers that differ, in the order of the newer report."""
    if old.numbers is None or new.numbers is None:
        return None
    moved = []
    for key in dict.fromkeys((*new.numbers, *old.numbers)):
        before, now = old.numbers.get(key), new.numbers.get(key)
        named = now or before
        was, is_ = before and before.value, now and now.value
        if named and was != is_ and not (_is_none(was) and _is_none(is_)):
            moved.append(Moved(named.of, named.name, was, is_))
    return tuple(moved)


def _is_none(count: Count | None) -> bool:
    """Tell whether a number is nothing: a line that one year has and another lacks may be 0."""
    return count is None or not (count.sent or count.received)


def _remarks(old: Snapshot, new: Snapshot) -> Iterator[str]:
    if Verdict.REJECTED in {old.verdict, new.verdict}:
        yield "rejected"
    if old.year != new.year:
        yield "year"
    if (old.municipality, old.district) != (new.municipality, new.district):
        yield "municipality"
    if old.tool != new.tool:
        yield "tool"
    if old.sha256 is not None and old.sha256 == new.sha256:
        yield "same"
    if (old.extracted or "") > (new.extracted or "9"):
        yield "order"
    if old.numbers is None or new.numbers is None:
        yield "numbers"


def _steps(series: Sequence[Snapshot]) -> Iterator[Step]:
    yield Step(series[0], 0, 0)
    for old, new in pairwise(series):
        changes = list(_changes(old, new))
        yield Step(new, sum(c.added for c in changes), sum(c.fixed for c in changes))


def _total(findings: Mapping[str, Known]) -> int:
    return sum(known.times for known in findings.values())


def _worst(severity: Severity) -> int:
    return severity.rank


def _rank(change: Change) -> tuple[int, int, int, str]:
    """Return what sorts the new first, the worst of them before the milder."""
    return (not change.added, change.severity.rank, -change.added, change.rule)
