"""Every finding, kept small: which rule, which row, and what no table can tell.

Lines and values are found again when a report is written, so a million
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


class Entry(NamedTuple):
    """One finding as kept: `details` holds placeholders and what differs from the rule's page."""

    rad: int
    rule: str
    field: str | None
    details: Mapping[str, Value]


class Ledger:
    """The findings of one run, ordered by row."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con
        self._ids: dict[str, int] = {}
        self._number = 0
        self.counts: Counter[Severity] = Counter()
        con.execute(
            "CREATE TABLE funn (rad INTEGER, nr INTEGER, regel INTEGER, felt TEXT, detaljer TEXT,"
            " PRIMARY KEY (rad, nr)) WITHOUT ROWID"
        )

    def add(self, entries: Iterable[Entry], severity: Severity | None = None) -> None:
        """Take findings; `severity` is theirs unless an entry's own details say otherwise."""
        self._con.executemany(
            "INSERT INTO funn VALUES (?, ?, ?, ?, ?)", self._kept(entries, severity)
        )

    def _kept(
        self, entries: Iterable[Entry], severity: Severity | None
    ) -> Iterator[tuple[int, int, int, str | None, str | None]]:
        for entry in entries:
            self._number += 1
            number = self._ids.setdefault(entry.rule, len(self._ids))
            told = entry.details.get("severity", severity)
            self.counts[told] += 1  # type: ignore[index]
            details = json.dumps(entry.details, ensure_ascii=False) if entry.details else None
            yield entry.rad, self._number, number, entry.field, details

    def __iter__(self) -> Iterator[Entry]:
        """Yield the findings in the order of their rows."""
        names = list(self._ids)
        for rad, rule, name, details in self._con.execute(
            "SELECT rad, regel, felt, detaljer FROM funn ORDER BY rad, nr"
        ):
            yield Entry(rad, names[rule], name, json.loads(details) if details else {})
