"""Two reports held against each other: which findings are new, gone, and still there.

A finding is the same in both when its fingerprint is. A rule that was not run on
one of them tells nothing about what is new or gone, and is named instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.codeshift import shifts
from kpr_validator.model import Severity, Verdict
from kpr_validator.moved import moved
from kpr_validator.place import placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.figures import Figures
    from kpr_validator.moved import Moved, Numbers
    from kpr_validator.place import Place


class Known(NamedTuple):
    """How often a finding is there, how serious it is, and whether the user has explained it."""

    times: int
    severity: Severity
    is_explained: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One report, as much of it as is compared; or several as one, and then `parts` are these.

    `findings` are by rule and fingerprint; `ran` names the rules that gave an answer, with
    all their findings. `counts` are all findings that are not explained. `numbers` and
    `figures` are None when the report has no tables.
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
    numbers: Numbers | None = None
    figures: Figures | None = None
    parts: tuple[Snapshot, ...] = ()

    @property
    def each(self) -> tuple[Snapshot, ...]:
        """Return the reports that this is made of: itself, when there is one."""
        return self.parts or (self,)

    @property
    def municipalities(self) -> frozenset[str]:
        """Return the numbers of the municipalities that this is about."""
        return frozenset(one.municipality for one in self.each if one.municipality)


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


@dataclass(frozen=True, slots=True)
class Step:
    """One report of a series and what has happened since the one before, rule by rule."""

    at: Snapshot
    changes: tuple[Change, ...] = ()

    @property
    def added(self) -> int:
        """Return how many findings are new."""
        return sum(change.added for change in self.changes)

    @property
    def fixed(self) -> int:
        """Return how many findings are gone."""
        return sum(change.fixed for change in self.changes)


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
    place: Place
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
    steps = tuple(_steps(series))
    place = placed(old.municipalities, new.municipalities, (old.year, new.year))
    return Comparison(
        old=old,
        new=new,
        changes=steps[-1].changes,
        silent=tuple(_silent(old, new)),
        records=tuple(
            (name, old.records.get(name, 0), new.records.get(name, 0))
            for name in dict.fromkeys((*old.records, *new.records))
        ),
        moved=(
            None
            if old.numbers is None or new.numbers is None
            else tuple(moved(old.numbers, new.numbers, (old.year, new.year)))
        ),
        place=place,
        remarks=tuple(_remarks(old, new, place)),
        series=steps,
    )


def _steps(series: Sequence[Snapshot]) -> Iterator[Step]:
    yield Step(series[0])
    for old, new in pairwise(series):
        yield Step(new, tuple(sorted(_changes(old, new), key=_rank)))


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


def _remarks(old: Snapshot, new: Snapshot, place: Place) -> Iterator[str]:
    if Verdict.REJECTED in {old.verdict, new.verdict}:
        yield "rejected"
    if old.year != new.year:
        yield "year"
    if shifts(old.year, new.year):
        yield "codes"
    yield from place.remarks()
    if place.old == place.new and old.district != new.district:
        yield "municipality"
    if old.tool != new.tool:
        yield "tool"
    if old.sha256 is not None and old.sha256 == new.sha256:
        yield "same"
    if (old.extracted or "") > (new.extracted or "9"):
        yield "order"
    if old.numbers is None or new.numbers is None:
        yield "numbers"


def _total(findings: Mapping[str, Known]) -> int:
    return sum(known.times for known in findings.values())


def _worst(severity: Severity) -> int:
    return severity.rank


def _rank(change: Change) -> tuple[int, int, int, str]:
    """Return what sorts the new first, the worst of them before the milder."""
    return (not change.added, change.severity.rank, -change.added, change.rule)
