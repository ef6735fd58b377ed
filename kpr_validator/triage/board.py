"""The board as numbers: everything that is shown, in no language yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Verdict
from kpr_validator.triage.calendar import Calendar, Day
from kpr_validator.triage.missing import Missing, missing
from kpr_validator.triage.model import Role, Warn
from kpr_validator.triage.numbers import SERVICES
from kpr_validator.triage.outliers import Funnel, funnels
from kpr_validator.triage.services import RECIPIENTS, Service, zero_reporters
from kpr_validator.triage.shared_faults import Shared, shared_faults
from kpr_validator.triage.summed import Level, Summed, by_municipality, levels
from kpr_validator.triage.suspects import Suspect, suspects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.triage.model import Delivery, Settled
    from kpr_validator.triage.supplied import Supplied

_GRAVEST = (
    Verdict.UNDECIDED,
    Verdict.REJECTED,
    Verdict.ACCEPTED_WITH_FINDINGS,
    Verdict.ACCEPTED,
)
_DELIVERED = (Role.STANDS, Role.HISTORY, Role.COPY)


class Row(NamedTuple):
    """One municipality that has delivered; `lost` is rows deleted and values blanked.

    `is_late` tells that its first delivery came after the deadline.
    """

    municipality: str
    standing: tuple[Delivery, ...]
    times: int
    days: tuple[str, ...]
    is_late: bool
    verdict: str
    persons: int
    lost_rows: int
    lost_values: int
    counts: Mapping[str, int]
    warnings: tuple[Warn, ...]
    fetched: str | None

    @property
    def lost(self) -> int:
        """Return what the receiver can't use."""
        return self.lost_rows + self.lost_values


class Spread(NamedTuple):
    """One rule over the country: own findings and shares (0..1) by municipality."""

    rule: str
    findings: int
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Board:
    """What is shown. `fetched` is None when no list of who has fetched was given.

    `undated` deliveries are not on the user's list of arrivals.
    """

    settled: Settled
    calendar: Calendar
    country: tuple[Summed, ...]
    rows: tuple[Row, ...]
    missing: tuple[Missing, ...]
    days: tuple[Day, ...]
    undated: int
    spread: tuple[Spread, ...]
    shared: tuple[Shared, ...]
    services: tuple[Service, ...]
    funnels: tuple[Funnel, ...]
    levels: tuple[Level, ...]
    suspects: tuple[Suspect, ...]
    fetched: int | None

    @property
    def compared(self) -> int:
        """Return how many municipalities' recipients are compared with last year's."""
        recipients = (one.parts.get((SERVICES, RECIPIENTS)) for one in self.country)
        return sum(told is not None and told.before is not None for told in recipients)

    def doubles(self) -> tuple[Delivery, ...]:
        """Return deliveries that came twice: the same content, or another by the same number."""
        same = {one.place for one in self.settled.standing if Warn.SAME_NUMBER in one.warnings}
        numbers = {(one.place, one.known.sending) for one in self.settled.standing}
        return tuple(
            one
            for one in self.settled.deliveries
            if one.role is Role.COPY
            or (
                one.role is Role.HISTORY
                and one.place in same
                and (one.place, one.known.sending) in numbers
            )
        )


def board(settled: Settled, supplied: Supplied) -> Board:
    """Return what is to be shown of an inbox."""
    country = by_municipality(settled.standing)
    calendar = Calendar(settled.year, supplied.arrived)
    rows = [_row(one, settled, supplied, calendar) for one in country]
    sent = settled.of(*_DELIVERED)
    fetched = supplied.fetched
    return Board(
        settled,
        calendar,
        tuple(country),
        tuple(sorted(rows, key=lambda row: (-row.lost, row.municipality))),
        tuple(missing(settled, supplied)),
        calendar.days(sent),
        sum(not calendar.day(one) for one in sent),
        tuple(_spread(country)),
        tuple(shared_faults(settled.standing)),
        tuple(zero_reporters(country)),
        tuple(funnels(country, supplied.groups)),
        tuple(levels(country)),
        tuple(suspects(settled.standing)),
        None if fetched is None else sum(one.municipality in fetched for one in country),
    )


def _row(one: Summed, settled: Settled, supplied: Supplied, calendar: Calendar) -> Row:
    results = [delivery.result for delivery in one.deliveries if delivery.result]
    number = one.municipality
    sent = [each for each in settled.of(*_DELIVERED) if each.place.municipality == number]
    days = sorted({day for each in sent if (day := calendar.day(each))})
    verdicts = {result.verdict for result in results}
    counts: Counter[str] = Counter()
    for result in results:
        counts.update(result.counts)
    return Row(
        number,
        one.deliveries,
        len(sent),
        tuple(days),
        bool(days) and days[0] > calendar.deadline,
        next(word.value for word in _GRAVEST if word in verdicts),
        one.persons,
        sum(result.lost_rows for result in results),
        sum(result.lost_values for result in results),
        dict(counts),
        tuple(dict.fromkeys(warning for each in one.deliveries for warning in each.warnings)),
        (supplied.fetched or {}).get(number),
    )


def _spread(country: Sequence[Summed]) -> list[Spread]:
    """Return the rules with findings of their own, those in most municipalities first."""
    findings: Counter[str] = Counter()
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for one in country:
        for delivery in one.deliveries:
            for hit in delivery.result.hits if delivery.result else ():
                if hit.own:
                    findings[hit.rule] += hit.own
                    share = min(1.0, hit.own / hit.population) if hit.population else 1.0
                    told = shares[hit.rule]
                    told[one.municipality] = max(told.get(one.municipality, 0.0), share)
    made = [Spread(rule, findings[rule], dict(told)) for rule, told in shares.items()]
    return sorted(made, key=lambda one: (-len(one.shares), -one.findings, one.rule))
