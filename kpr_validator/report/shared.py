"""What may leave the municipality of a report: totals only, and none of few.

Numbers of findings are rounded as well. Rules overlap, with each other and with the
figures, in ways that nobody can list; rounded numbers may narrow down what is hidden,
but they don't give it away. The figures are exact, and hide what `sharing` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Severity, Status
from kpr_validator.report.digest import digest
from kpr_validator.suppress import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.model import Outcome, Report, Rule, Verdict
    from kpr_validator.report.digest import Digest

HIDDEN = "*"
CLASSES = ("PERSON", "PERSONOPPL", "FUNKSJON", "TJENESTE", "DIAGNOSE", "DOGNTILBUD")

_MUNICIPALITY = re.compile(r"[0-9]{4}", re.ASCII)

Number = int | str | None


class Row(NamedTuple):
    """How one rule went; numbers are None where there are none."""

    rule: Rule
    status: Status
    severity: Severity | None
    violations: Number
    population: Number


class Cause(NamedTuple):
    """A rule whose findings explain many, those that follow from them included."""

    rule: Rule
    explains: Number


class Loss(NamedTuple):
    """How many rows of a class were sent, and how many the receiver deletes."""

    element: str
    sent: Number
    lost: Number


@dataclass(frozen=True, slots=True)
class Effect:
    """What the receiver does, as far as the sources agree; and on how much they don't."""

    received: bool | None
    refused_by: tuple[str, ...]
    losses: tuple[Loss, ...]
    values: Number
    persons_without_info: Number
    persons_without_services: Number
    disputed_rows: Number
    disputed_values: Number


@dataclass(frozen=True, slots=True)
class Shared:
    """Everything that is told of a report, but for its figures.

    What the file says of itself is told only where it has the form of what it should be.
    """

    limit: int
    tool_version: str
    municipality: str | None
    municipality_name: str | None
    year: int | None
    format: str | None
    verdict: Verdict
    persons: Number
    totals: Mapping[Severity, Number]
    rows: tuple[Row, ...]
    causes: tuple[Cause, ...]
    effect: Effect | None


def shared(report: Report, limit: int) -> Shared:
    """Return what may be told; raises ValueError for a limit that is not documented."""
    if limit not in LIMITS:
        message = f"grensen må være en av {', '.join(map(str, LIMITS))}"
        raise ValueError(message)
    told, gathered = report.submission, digest(report, 0)
    rows = tuple(_rows(gathered, limit))
    is_known = told.municipality and _MUNICIPALITY.fullmatch(told.municipality)
    return Shared(
        limit=limit,
        tool_version=report.tool_version,
        municipality=told.municipality if is_known else None,
        municipality_name=told.municipality_name if is_known else None,
        year=told.year,
        format=told.format,
        verdict=report.verdict,
        persons=rounded(told.persons, limit),
        totals={s: total(row.violations for row in rows if row.severity is s) for s in Severity},
        rows=rows,
        causes=tuple(_causes(report, limit)),
        effect=_effect(report.outcome, limit) if report.outcome else None,
    )


def rounded(n: int, limit: int) -> Number:
    """Return a number rounded to the limit; a small one is hidden, and zero is zero."""
    if 0 < n < limit:
        return HIDDEN
    return (n + limit // 2) // limit * limit


def total(shown: Iterable[Number]) -> Number:
    """Return the sum of the numbers shown: it tells no more than they do.

    A sum of the true numbers would, even rounded, tell of the stars within it.
    """
    told = list(shown)
    if HIDDEN in told and not any(isinstance(n, int) and n for n in told):
        return HIDDEN
    return sum(n for n in told if isinstance(n, int))


def _rows(gathered: Digest, limit: int) -> Iterator[Row]:
    for result in gathered.ranked:
        population = rounded(result.population, limit) if result.population else None
        violations = rounded(result.violations, limit)
        yield Row(result.rule, Status.VIOLATIONS, result.severity, violations, population)
    quiet = [(status, row) for status, rows in gathered.quiet.items() for row in rows]
    for status, row in [*((Status.FAILED, row) for row in gathered.failed), *quiet]:
        population = rounded(row.population, limit) if row.population else None
        yield Row(row.rule, status, None, 0 if status is Status.PASS else None, population)


def _causes(report: Report, limit: int) -> Iterator[Cause]:
    """Yield the rules that explain most; those that explain few are not told."""
    explains: dict[str, int] = {}
    for root in report.roots:
        explains[root.rule] = explains.get(root.rule, 0) + root.own + root.following
    for rule, n in sorted(explains.items(), key=lambda cause: (-cause[1], cause[0])):
        if n >= limit:
            yield Cause(report.rules[rule], rounded(n, limit))


def _effect(outcome: Outcome, limit: int) -> Effect:
    return Effect(
        received=outcome.received,
        refused_by=outcome.refused_by,
        losses=tuple(_losses(outcome, limit)),
        values=rounded(sum(loss.lost for loss in outcome.values), limit),
        persons_without_info=rounded(outcome.persons_without_info, limit),
        persons_without_services=rounded(outcome.persons_without_services, limit),
        disputed_rows=rounded(outcome.disputed_rows, limit),
        disputed_values=rounded(outcome.disputed_values, limit),
    )


def _losses(outcome: Outcome, limit: int) -> Iterable[Loss]:
    for name in CLASSES:
        sent = outcome.sent.get(name, 0)
        lost = sent - outcome.kept.get(name, 0)
        yield Loss(name, rounded(sent, limit), rounded(lost, limit))
