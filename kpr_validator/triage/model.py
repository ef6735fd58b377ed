"""The words of the triage: what lies in an inbox, what became of it, and what was counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Kind(StrEnum):
    """What a file is, as far as its beginning tells."""

    SENDING = "sending"
    IDENT = "ident"
    UNITS = "units"
    CORRUPT = "corrupt"
    UNKNOWN = "unknown"
    OTHER = "other"


class Role(StrEnum):
    """What a file is to the country's year."""

    STANDS = "stands"
    HISTORY = "history"
    TRIAL = "trial"
    COPY = "copy"
    CORRUPT = "corrupt"
    WRONG_YEAR = "wrong_year"
    UNKNOWN = "unknown"
    UNFINISHED = "unfinished"
    LAST_YEAR = "last_year"
    IDENT = "ident"
    UNITS = "units"
    OTHER = "other"


class Warn(StrEnum):
    """What is to be looked into about the delivery that stands."""

    FEWER = "fewer"  # than in the delivery before it
    LATER_REFUSED = "later_refused"
    SAME_NUMBER = "same_number"  # as another delivery, with another content
    CHOSEN = "chosen"  # by the user
    PARTS_AND_WHOLE = "parts_and_whole"


class Place(NamedTuple):
    """A municipality, or one of its districts; «00» is the whole."""

    municipality: str
    district: str = "00"


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the inbox: its name there, where it lies on this machine, and its content."""

    name: str
    path: Path
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the beginning of a file tells; `problem` is the page that says why it can't be used."""

    kind: Kind
    municipality: str | None = None
    district: str = "00"
    year: int | None = None
    sending: str = ""
    extracted: str = ""
    system: str = ""
    version: str = ""
    problem: str | None = None


class Hit(NamedTuple):
    """How one rule, or one of its fields, went in one delivery."""

    rule: str
    field: str | None
    status: str
    population: int
    violations: int
    own: int  # findings of at least warning that follow from no other
    severity: str | None


class Part(NamedTuple):
    """One number of an indicator or of the table of services; `before` is last year's."""

    of: str
    part: str
    is_teller: bool
    sent: int
    received: int
    before: int | None = None


class Result(NamedTuple):
    """What one delivery came to: numbers only, but for the hashed identities.

    `identities` are keyed hashes, each with the person's number in this delivery.
    `lost_rows` and `lost_values` are what the receiver deletes and blanks.
    """

    verdict: str
    stopped_by: str | None
    persons: int
    records: int
    counts: Mapping[str, int]
    lost_rows: int
    lost_values: int
    hits: tuple[Hit, ...] = ()
    parts: tuple[Part, ...] = ()
    identities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file, recognised, judged where it could be, and with its role settled."""

    found: Found
    known: Known
    role: Role
    result: Result | None = None
    key: str | None = None
    ident: str | None = None
    last_year: str | None = None
    reason: str | None = None
    warnings: tuple[Warn, ...] = ()
    previous_persons: int | None = None

    @property
    def place(self) -> Place:
        """Return whom the delivery is about; an unknown municipality is «»."""
        return Place(self.known.municipality or "", self.known.district)


@dataclass(frozen=True, slots=True)
class Settled:
    """All files of an inbox with their roles, in order of name."""

    year: int
    deliveries: tuple[Delivery, ...]
    expected: tuple[str, ...]
    standing: tuple[Delivery, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Put those that stand in the order of their places."""
        stand = (one for one in self.deliveries if one.role is Role.STANDS)
        object.__setattr__(self, "standing", tuple(sorted(stand, key=lambda one: one.place)))

    def of(self, *roles: Role) -> tuple[Delivery, ...]:
        """Return the files with one of these roles."""
        return tuple(one for one in self.deliveries if one.role in roles)
