"""Every finding, kept small: which row, and what kind of finding it is.

Findings of rules are alike by the thousand, so what they say is kept once per
kind; lines and values are found again when a report is written. A million
findings take little room.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.model import Severity, Value


class Kind(NamedTuple):
    """What a finding says: its rule, its field, and what its rule's page does not tell.

    `details` holds placeholders, and whatever overrides the page.
    """

    rule: str
    field: str | None
    details: Mapping[str, Value]


class Entry(NamedTuple):
    """One finding as kept: the row it is about, and its kind."""

    rad: int
    kind: Kind


class Ledger:
    """The findings of one run, ordered by row."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con
        self._kinds: list[Kind] = []
        self._severities: list[Severity] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._count = 0
        self.counts: Counter[Severity] = Counter()
        con.execute(
            "CREATE TABLE funn (rad INTEGER, nr INTEGER, slag INTEGER, detaljer TEXT,"
            " PRIMARY KEY (rad, nr)) WITHOUT ROWID"
        )

    def number(self, kind: Kind, severity: Severity) -> int:
        """Return the number by which findings of this kind are added."""
        key = (kind.rule, kind.field, *kind.details.items())
        number = self._numbers.setdefault(key, len(self._kinds))
        if number == len(self._kinds):
            self._kinds.append(kind)
            self._severities.append(severity)
        return number

    def add(self, found: Iterable[tuple[int, int]]) -> None:
        """Take findings of rules: pairs of row and kind's number."""
        self._con.executemany("INSERT INTO funn VALUES (?, ?, ?, NULL)", self._numbered(found))

    def _numbered(self, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        tally: Counter[int] = Counter()
        for rad, number in found:
            self._count += 1
            tally[number] += 1
            yield rad, self._count, number
        for number, count in tally.items():
            self.counts[self._severities[number]] += count

    def tell(self, entry: Entry, severity: Severity) -> None:
        """Take one finding of reading or schema, which tells its own line."""
        self._count += 1
        self.counts[severity] += 1
        number = self.number(Kind(entry.kind.rule, entry.kind.field, {}), severity)
        details = json.dumps(entry.kind.details, ensure_ascii=False)
        self._con.execute(
            "INSERT INTO funn VALUES (?, ?, ?, ?)", (entry.rad, self._count, number, details)
        )

    def __iter__(self) -> Iterator[Entry]:
        """Yield the findings in the order of their rows."""
        for rad, number, details in self._con.execute(
            "SELECT rad, slag, detaljer FROM funn ORDER BY rad, nr"
        ):
            kind = self._kinds[number]
            yield Entry(rad, kind._replace(details=json.loads(details)) if details else kind)
