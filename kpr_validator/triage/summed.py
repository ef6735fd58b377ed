"""Numbers added: districts to their municipality, municipalities to county and country."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpr_validator.triage.model import Delivery

Key = tuple[str, str]


class Sum(NamedTuple):
    """One number, as sent and as received, and last year's where all have it."""

    sent: int
    received: int
    before: int | None
    is_teller: bool


@dataclass(frozen=True, slots=True)
class Summed:
    """What stands of one place: its deliveries and its numbers, by indicator and part."""

    municipality: str
    deliveries: tuple[Delivery, ...]
    parts: Mapping[Key, Sum]

    @property
    def persons(self) -> int:
        """Return how many persons were reported."""
        return sum(one.result.persons for one in self.deliveries if one.result)


def by_municipality(standing: Iterable[Delivery]) -> list[Summed]:
    """Return each municipality that has delivered, in order of number."""
    groups: dict[str, list[Delivery]] = defaultdict(list)
    for one in standing:
        groups[one.place.municipality].append(one)
    return [Summed(number, tuple(group), _parts(group)) for number, group in sorted(groups.items())]


def _parts(deliveries: Iterable[Delivery]) -> dict[Key, Sum]:
    found: dict[Key, list[Sum]] = defaultdict(list)
    for one in deliveries:
        for part in one.result.parts if one.result else ():
            told = Sum(part.sent, part.received, part.before, part.is_teller)
            found[part.of, part.part].append(told)
    return {key: added(several) for key, several in found.items()}


def added(several: Iterable[Sum]) -> Sum:
    """Return the sum; last year's is unknown when it is for any."""
    told = list(several)
    before = [one.before for one in told]
    return Sum(
        sum(one.sent for one in told),
        sum(one.received for one in told),
        None if None in before else sum(filter(None, before)),
        any(one.is_teller for one in told),
    )


class Level(NamedTuple):
    """One indicator in one county, or in the country («»): teller and nevner."""

    indicator: str
    county: str
    teller: int
    nevner: int
    teller_received: int
    nevner_received: int


def levels(country: Iterable[Summed]) -> list[Level]:
    """Return every indicator for the country and for each county that somebody is counted in."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for one in country:
        for (of, _), told in one.parts.items():
            for county in ("", one.municipality[:2]):
                row = numbers.setdefault((of, county), [0, 0, 0, 0])
                row[1] += told.sent
                row[3] += told.received
                if told.is_teller:
                    row[0] += told.sent
                    row[2] += told.received
    return [
        Level(of, county, *row)
        for (of, county), row in sorted(numbers.items())
        if row[0] and row[1]
    ]
