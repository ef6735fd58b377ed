"""When deliveries came: by the user's list of arrivals, or else by the days of extraction."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.triage.model import Delivery

_HASH = re.compile(r"[0-9a-f]{8,64}")
_DEADLINE = "0115"  # of the year after the data year


class Day(NamedTuple):
    """One day: deliveries of the day, and how many municipalities had delivered by its end."""

    day: str
    deliveries: int
    delivered: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a data year's deliveries.

    `arrived` is the day (eight digits) of each file, by its name in the inbox or the
    beginning of its SHA-256; None when no list was given: then extraction counts.
    """

    year: int
    arrived: Mapping[str, str] | None

    @property
    def deadline(self) -> str:
        """Return the last day to deliver on."""
        return f"{self.year + 1}{_DEADLINE}"

    def day(self, one: Delivery) -> str:
        """Return the day that a delivery counts by, «» when nobody tells."""
        if self.arrived is None:
            return one.known.extracted
        return self.arrival(one) or ""

    def arrival(self, one: Delivery) -> str | None:
        """Return the day that a file arrived, by its name or else its hash."""
        arrived, sha256 = self.arrived or {}, one.found.sha256
        hashes = (name for name in arrived if _HASH.fullmatch(name) and sha256.startswith(name))
        return arrived.get(one.found.name) or arrived.get(next(hashes, ""))

    def days(self, sent: Sequence[Delivery]) -> tuple[Day, ...]:
        """Return the days that something came on; each municipality has delivered once."""
        told = [(day, one) for one in sent if (day := self.day(one))]
        first: dict[str, str] = {}
        for day, one in told:
            number = one.place.municipality
            first[number] = min(first.get(number, day), day)
        times = Counter(day for day, _ in told)
        return tuple(
            Day(day, times[day], sum(begun <= day for begun in first.values()))
            for day in sorted(times)
        )
