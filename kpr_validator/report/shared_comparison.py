"""What may leave the municipality of a comparison: rounded findings, and figures as shared.

A reader is taken to have the shared feedback on each of the files too, so no number is told
here that is held back there, nor a sum or a difference of such. Of two sendings of the same
year the figures are left out: what differs between them is few, and about persons who are in
both.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Severity
from kpr_validator.moved import across, compared_as
from kpr_validator.report.shared import CLASSES, HIDDEN, Number, rounded, total
from kpr_validator.sharing import safe
from kpr_validator.suppress import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.compare import Change, Comparison, Snapshot, Step
    from kpr_validator.model import Text, Verdict
    from kpr_validator.moved import Years

SAME_YEAR = "same_year"
MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)


class Row(NamedTuple):
    """How many findings of a rule are new, fixed and remaining."""

    rule: str
    severity: Severity
    added: Number
    fixed: Number
    remaining: Number


class Quiet(NamedTuple):
    """A rule that tells nothing of what is new or fixed; None was not run."""

    rule: str
    old: Number
    new: Number


class Stage(NamedTuple):
    """One report of the series; the municipalities are those whose numbers are numbers."""

    municipalities: tuple[str, ...]
    year: int | None
    verdict: Verdict
    counts: Mapping[Severity, Number]
    explained: Number
    added: Number
    fixed: Number


class Shift(NamedTuple):
    """A number of a table or an indicator, by its address, as sent; None is not there."""

    id: str
    of: Text
    name: Text
    old: Number
    new: Number

    @property
    def change(self) -> Number:
        """Return the difference, which is held back when either number is."""
        if self.old is None or self.new is None:
            return None
        if isinstance(self.old, str) or isinstance(self.new, str):
            return HIDDEN
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class SharedComparison:
    """Everything that is told of a comparison. `moved` is None when figures are not told of."""

    limit: int
    rows: tuple[Row, ...]
    silent: tuple[Quiet, ...]
    stages: tuple[Stage, ...]
    records: tuple[tuple[str, Number, Number], ...]
    moved: tuple[Shift, ...] | None
    lacking: tuple[str, ...]
    remarks: tuple[str, ...]


def shared_comparison(comparison: Comparison, limit: int) -> SharedComparison:
    """Return what may be told; raises ValueError for a limit that is not documented."""
    if limit not in LIMITS:
        message = f"grensen må være en av {', '.join(map(str, LIMITS))}"
        raise ValueError(message)
    is_same_year = comparison.old.year == comparison.new.year
    without = comparison.moved is None or is_same_year
    return SharedComparison(
        limit=limit,
        rows=tuple(shared_row(change, limit) for change in comparison.changes),
        silent=tuple(
            Quiet(one.rule, *(n if n is None else rounded(n, limit) for n in (one.old, one.new)))
            for one in comparison.silent
        ),
        stages=tuple(_stage(step, limit) for step in comparison.series),
        records=tuple(
            (name, rounded(old, limit), rounded(new, limit))
            for name, old, new in comparison.records
            if name in CLASSES
        ),
        moved=None if without else tuple(_moved(comparison, limit)),
        lacking=tuple(sorted(filter(MUNICIPALITY.fullmatch, comparison.place.lacking))),
        remarks=(*comparison.remarks, *([SAME_YEAR] if is_same_year else [])),
    )


def shared_row(change: Change, limit: int) -> Row:
    """Return a rule's numbers: a small one takes the others with it.

    Two that are small could follow from their sum, which is told elsewhere, rounded.
    """
    counts = (change.added, change.fixed, change.remaining)
    told = [rounded(n, limit) for n in counts]
    if HIDDEN in told:
        told = [HIDDEN if n else 0 for n in counts]
    return Row(change.rule, change.severity, *told)


def _stage(step: Step, limit: int) -> Stage:
    rows = [shared_row(change, limit) for change in step.changes]
    found = _counts(step.at)
    return Stage(
        municipalities=tuple(
            sorted(one for one in step.at.municipalities if MUNICIPALITY.fullmatch(one))
        ),
        year=step.at.year,
        verdict=step.at.verdict,
        counts={
            severity: total(rounded(n, limit) for (_, of), n in found.items() if of is severity)
            for severity in Severity
        },
        explained=total(rounded(n, limit) for (_, of), n in found.items() if of is None),
        added=total(row.added for row in rows),
        fixed=total(row.fixed for row in rows),
    )


def _counts(at: Snapshot) -> Counter[tuple[str, Severity | None]]:
    """Return how many findings there are, by rule and severity; of none what is explained."""
    found: Counter[tuple[str, Severity | None]] = Counter()
    for rule, findings in at.findings.items():
        for known in findings.values():
            found[rule, None if known.is_explained else known.severity] += known.times
    return found


def _moved(comparison: Comparison, limit: int) -> Iterator[Shift]:
    """Yield the numbers that differ, or of which it isn't told whether they do."""
    years = comparison.old.year, comparison.new.year
    told = [
        (across(at.numbers or {}, years), _shown(at, limit, years))
        for at in (comparison.old, comparison.new)
    ]
    (were, before), (are, now) = told
    for place in dict.fromkeys((*are, *were)):
        named = are.get(place) or were[place]
        old, new = before.get(place), now.get(place)
        if HIDDEN in {old, new} or (old or 0) != (new or 0):
            yield Shift(place, named.of, named.of_years(years), old, new)


def _shown(at: Snapshot, limit: int, years: Years) -> dict[str, Number]:
    """Return what is shown of the numbers of one side; a sum needs all that it is made of."""
    together = compared_as(at.numbers or {}, years)
    shown: dict[str, Number] = {}
    for one in at.each:
        if one.figures:
            for place, n in safe(one.figures, limit).sent.items():
                key, _ = together.get(place, (place, None))
                shown[key] = _added(shown.get(key, 0), n)
    return shown


def _added(one: Number, other: int | None) -> Number:
    return HIDDEN if other is None or not isinstance(one, int) else one + other
