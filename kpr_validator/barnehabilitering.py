"""Individuell plan i barnehabiliteringen, måltall 1–8, from a table of contacts.

The indicator is the specialist health service's (NPR), not a municipality's: a
patient is one with at least one contact in the period and three in life, all in
fagområde 233, and is counted once, at the unit of the last contact.

Source: the quality indicator definition «Individuell plan i barnehabiliteringen».
It does not say which status counts when contacts differ: our choice is the first
of `CHOICES`, and the others are counted beside it. The order of contacts on one
day, and that what comes after a period is not seen from it, are ours as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.contacts import KNOWN_STATUSES, MISSING, read_contacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpr_validator.contacts import Contact, Contacts

FIRST_YEAR = 2013  # the code was hardly used in 2012: those figures are not published
LEAST_IN_LIFE = 3
NOT_ENTITLED, DECLINED, TOLD, MAKING, HAS = KNOWN_STATUSES
CHOICES = ("given", "last", "life")
LEVELS = ("country", "rhf", "hf", "site")
PERIODS = {"T1": ("0101", "0430"), "T2": ("0501", "0831"), "T3": ("0901", "1231")}


class Share(NamedTuple):
    """Teller of nevner."""

    teller: int
    nevner: int


@dataclass(frozen=True, slots=True)
class Measures:
    """The patients of one place in one period, by status as given; `MISSING` is none given."""

    statuses: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return the number of patients: måltall 7."""
        return sum(self.statuses.values())

    @property
    def unknown(self) -> int:
        """Return how many have a status that is not on the list."""
        return self.total - sum(self._of(code) for code in (*KNOWN_STATUSES, MISSING))

    @property
    def shares(self) -> tuple[Share, Share, Share]:
        """Return måltall 1, 2 and 3. A missing status stays in the nevner of all three."""
        eligible = self.total - self._of(NOT_ENTITLED) - self._of(DECLINED)
        return (
            Share(self._of(MAKING) + self._of(HAS), eligible),
            Share(self._of(MISSING), self.total),
            Share(self._of(TOLD), eligible),
        )

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """Return måltall 4 to 8: the numbers that the shares are made of."""
        planned, missing, told = self.shares
        return planned.teller, planned.nevner, missing.teller, missing.nevner, told.teller

    def _of(self, code: str) -> int:
        return self.statuses.get(code, 0)


class Row(NamedTuple):
    """The measures of one place («» is not stated) in one period («2015», «2015-T1»)."""

    period: str
    choice: str
    level: str
    place: str
    measures: Measures


@dataclass(frozen=True, slots=True)
class Result:
    """What was counted from one table, for one year; None when it has no contact to count."""

    file: str
    sha256: str
    year: int | None
    contacts: Contacts
    rows: Sequence[Row]

    @property
    def is_published(self) -> bool:
        """Return whether figures of the year were good enough to be published."""
        return self.year is None or self.year >= FIRST_YEAR


def indicator(file: str, year: int | None) -> Result:
    """Count the table in `file`, for its last year with contacts when no year is given.

    Raises FileNotFoundError when it is not there, ContactsError when it is no such table.
    """
    data = Path(file).read_bytes()
    contacts = read_contacts(data)
    chosen = year or max(contacts.years, default=None)
    rows = () if chosen is None else tuple(measure(contacts, chosen))
    return Result(Path(file).name, sha256(data).hexdigest(), chosen, contacts, rows)


def measure(contacts: Contacts, year: int) -> Iterator[Row]:
    """Yield the measures of the year and its tertials: by choice, level and place.

    The tertials don't sum up to the year: a patient is counted once in each period.
    """
    periods = {str(year): ("0101", "1231")}
    periods |= {f"{year}-{name}": days for name, days in PERIODS.items()}
    for period, (first, last) in periods.items():
        found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for known in contacts.patients.values():
            _count(found, contacts.levels, known, f"{year}{first}", f"{year}{last}")
        for choice in CHOICES:
            for level in contacts.levels:
                places = sorted(p for c, at, p in found if (c, at) == (choice, level))
                for place in places:
                    measures = Measures(dict(found[choice, level, place]))
                    yield Row(period, choice, level, place, measures)


def _count(
    found: Mapping[tuple[str, str, str], Counter[str]],
    levels: Iterable[str],
    known: Sequence[Contact],
    first: str,
    last: str,
) -> None:
    """Count one patient once, at the places of the last contact of the period."""
    life = [contact for contact in known if contact.day <= last]
    period = [contact for contact in life if contact.day >= first]
    if not period or len(life) < LEAST_IN_LIFE:
        return
    statuses = {
        "given": _latest_given(period),
        "last": period[-1].status,
        "life": _latest_given(life),
    }
    places = dict(zip(LEVELS, ("", *period[-1].places), strict=True))
    for choice in CHOICES:
        for level in levels:
            found[choice, level, places[level]][statuses[choice]] += 1


def _latest_given(contacts: Sequence[Contact]) -> str:
    return next((contact.status for contact in reversed(contacts) if contact.status), MISSING)
