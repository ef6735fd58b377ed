"""The words of the figures: what an indicator, a table and a cell are.

Everything that is counted is counted twice: as sent, and as the receiver will see
it after it has deleted and blanked what the sources agree that it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from kpr_validator.model import Text


class Count(NamedTuple):
    """A number of persons (or stays, or services), as sent and as received."""

    sent: int
    received: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an indicator: a måltall, a group, an answer.

    `is_teller` marks what the indicator's headline share counts, `is_missing` those
    whose answer is missing: they are what the span moves.
    """

    id: str
    name: Text
    count: Count
    is_teller: bool = False
    is_missing: bool = False


class Published(NamedTuple):
    """One published value to compare with; `unit` is percent or number."""

    year: int
    place: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one submission. The parts are disjoint and their sum is the nevner.

    `unit` is what a row of the nevner is: persons, stays or services. `levels` are
    those that the publisher gives values for.
    """

    id: str
    title: Text
    definition: Text
    unit: str
    year: int
    parts: tuple[Part, ...]
    published: tuple[Published, ...]
    sources: tuple[str, ...]
    is_ours: bool
    smallest: int
    levels: tuple[str, ...] = ()

    @property
    def total(self) -> Count:
        """Return the nevner."""
        return Count(
            sum(part.count.sent for part in self.parts),
            sum(part.count.received for part in self.parts),
        )

    def share(self, *, received: bool = False) -> float | None:
        """Return the headline share in 0..1, None without anybody to count."""
        return self._share({part.id for part in self.parts if part.is_teller}, received)

    def span(self, *, received: bool = False) -> tuple[float, float] | None:
        """Return the least and the greatest share, were all missing answers known."""
        least = self.share(received=received)
        unknown = {part.id for part in self.parts if part.is_teller or part.is_missing}
        most = self._share(unknown, received)
        return None if least is None or most is None else (least, most)

    def _share(self, meant: AbstractSet[str], received: bool) -> float | None:  # noqa: FBT001
        counts = {
            part.id: part.count.received if received else part.count.sent for part in self.parts
        }
        total = sum(counts.values())
        return sum(counts[name] for name in meant) / total if total else None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: a count, or a share when `of` is given. None was not computed.

    `is_change` says that it is a difference from `of`, which may be negative.
    """

    count: Count | None
    of: Count | None = None
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; `cells` stand under the table's columns."""

    id: str
    name: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One of the tables that the authority shows, with the numbers of this submission.

    `columns` names the columns; `national` holds published values by line id and year.
    """

    id: str
    title: Text
    note: Text
    columns: tuple[Text, ...]
    lines: tuple[Line, ...]
    national: Mapping[str, tuple[Published, ...]]


class Mark(NamedTuple):
    """What stands of one resident under one point.

    `date` is a day or a month as digits. Where `is_open`, something is left to look into.
    """

    word: str
    name: Text
    date: str | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Resident:
    """One resident per the status date; `person` is the pePeID, `since` the first day of the stay.

    `marks` stand under the checklist's points.
    """

    person: str
    age: int | None
    since: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The residents of one institution; `unit` is None for stays without an organisation number.

    `name` is known when a list of units was given.
    """

    unit: str | None
    name: str | None
    points: tuple[Text, ...]
    residents: tuple[Resident, ...]

    @property
    def still_open(self) -> tuple[int, ...]:
        """Return for each point how many residents something is left to look into for."""
        return tuple(
            sum(resident.marks[at].is_open for resident in self.residents)
            for at in range(len(self.points))
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one submission; `last_year` are the same figures of last year's file.

    `persons` gives the pePeID behind a part of an indicator, by indicator and part id,
    and `checklists` name the residents when they are called: both are for the municipality's
    own use, and looked up when somebody asks.
    """

    indicators: tuple[Figure, ...]
    tables: tuple[Table, ...]
    last_year: Figures | None
    persons: Mapping[tuple[str, str], tuple[str, ...]]
    checklists: Callable[[], tuple[Checklist, ...]] = tuple
