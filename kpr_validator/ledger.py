"""Every finding, kept small: which row, and what kind of finding it is.

Findings of rules are alike by the thousand, so what they say is kept once per
kind; lines and values are found again when a report is written. A million
findings take little room.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.rows import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator import engine
    from kpr_validator.model import Certainty, Consequence, Severity, Value


_as_json = json.JSONEncoder(ensure_ascii=False).encode


class Effect(NamedTuple):
    """How serious a finding is, and what the receiver does with the data it is about."""

    severity: Severity
    consequence: Consequence
    certainty: Certainty


class Kind(NamedTuple):
    """What a finding says: its rule, its field, its effect and its page's placeholders."""

    rule: str
    field: str | None
    effect: Effect
    details: Mapping[str, Value]


class Entry(NamedTuple):
    """One finding as kept: the row it is about, its kind, its number and that of its cause."""

    rad: int
    kind: Kind
    nr: int = 0
    cause: int | None = None


class Ledger:
    """The findings of one run, ordered by row.

    Table `funn`: rad, nr (1, 2, 3 … as they came), slag (which of `kinds`), detaljer
    (what only this finding says), aarsak (the nr of the finding that this one
    follows from, NULL for most).
    """

    def __init__(self, con: engine.Connection) -> None:
        self._con = con
        self.kinds: list[Kind] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._count = 0
        self.counts: Counter[Severity] = Counter()

    def number(self, kind: Kind) -> int:
        """Return the number by which findings of this kind are added."""
        key = (kind.rule, kind.field, kind.effect, *kind.details.items())
        number = self._numbers.setdefault(key, len(self.kinds))
        if number == len(self.kinds):
            self.kinds.append(kind)
        return number

    def add(self, found: Iterable[tuple[int, int]]) -> None:
        """Take findings of rules: pairs of row and kind's number."""
        insert_rows(self._con, "funn (rad, nr, slag)", 3, self._numbered(found))

    def _numbered(self, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        tally: Counter[int] = Counter()
        for rad, number in found:
            self._count += 1
            tally[number] += 1
            yield rad, self._count, number
        for number, count in tally.items():
            self.counts[self.kinds[number].effect.severity] += count

    def tell(self, rad: int, kind: Kind) -> None:
        """Take one finding of reading or schema, which tells its own line."""
        self._count += 1
        self.counts[kind.effect.severity] += 1
        number = self._numbers.get(kind[:3])
        if number is None:
            number = self.number(kind._replace(details={}))
        self._con.execute(
            "INSERT INTO funn VALUES (?, ?, ?, ?, NULL)",
            (rad, self._count, number, _as_json(kind.details)),
        )

    def rows(self) -> Iterator[tuple[int, int, int]]:
        """Yield row, nr and kind's number of every finding, in the order of rows."""
        yield from self._con.execute("SELECT rad, nr, slag FROM funn ORDER BY rad, nr")

    def link(self, causes: Iterable[tuple[int, int, int]]) -> None:
        """Write the causes of findings: the cause's nr, then row and nr of what follows."""
        self._con.executemany("UPDATE funn SET aarsak = ? WHERE rad = ? AND nr = ?", causes)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the findings in the order of their rows."""
        for rad, nr, number, details, cause in self._con.execute(
            "SELECT rad, nr, slag, detaljer, aarsak FROM funn ORDER BY rad, nr"
        ):
            kind = self.kinds[number]
            told = kind._replace(details=json.loads(details)) if details else kind
            yield Entry(rad, told, nr, cause)
