"""Runs SELECTs over one submission twice: as it was sent, and as the receiver will see it.

What is sent is read from the tables and concepts that the rules have used. What is
received is read through `consequence.as_received`, with the concepts made anew where
something that they build on falls out or is blanked; everything else is the same. Where
few persons lose anything, only they are counted anew, before and after.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import concepts, consequence, folding, sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpr_validator import engine
    from kpr_validator.check import Year
    from kpr_validator.model import Value

Rows = list[tuple["Value", ...]]
_FEW = 4  # fewer than one in so many


class Ask(NamedTuple):
    """One SELECT over concepts, with its own parameters beside those of the year.

    Where it is asked as received too, its last `counts` columns are sums over persons, each
    of whom is counted alone, and those before them tell the rows apart.
    """

    sql: str
    parameters: Mapping[str, Value] = {}
    counts: int = 1


class Answer(NamedTuple):
    """The rows that a SELECT gives, as sent and as received."""

    sent: Rows
    received: Rows


@dataclass
class Measure:
    """One submission to ask; `is_received` is False when the whole message is refused.

    `line_of` gives the line of a person's record.
    """

    con: engine.Connection
    year: Year
    is_received: bool
    line_of: Callable[[int], int]
    _changed: frozenset[str] | None = field(default=None, init=False)

    @property
    def data_year(self) -> int:
        """Return the year that the submission is about."""
        return int(self.year.fra[:4])

    def both(self, asked: Mapping[str, Ask]) -> dict[str, Answer]:
        """Return the answers, by the names of what is asked.

        Ask for everything at once: the receiver's view is made once per call.
        """
        self._make(ask.sql for ask in asked.values())
        sent = self._rows(asked)
        touched = {name: ask for name, ask in asked.items() if self.changed() & _tables_of(ask.sql)}
        received = self._received(touched, sent) if touched else {}
        return {name: Answer(rows, received.get(name, rows)) for name, rows in sent.items()}

    def sent(self, ask: Ask) -> Rows:
        """Return the rows of a SELECT over the submission as it was sent."""
        self._make([ask.sql])
        return self._rows({"": ask})[""]

    def _make(self, statements: Iterable[str]) -> None:
        """Make the concepts that the statements need and that are not there."""
        for name in concepts.needed(statements):
            concepts.materialise(self.con, name, self.year._asdict())

    def changed(self) -> frozenset[str]:
        """Return the tables from which the receiver deletes or blanks anything."""
        if self._changed is None:
            self._changed = frozenset(
                consequence.changed(self.con) if self.is_received else consequence.TABLES
            )
        return self._changed

    def _received(self, asked: Mapping[str, Ask], sent: Mapping[str, Rows]) -> dict[str, Rows]:
        if not self.is_received or not self._touches_few():
            with (
                consequence.as_received(self.con, received=self.is_received),
                self._shadowed(asked, self.changed()),
            ):
                return self._rows(asked)
        before, after = (self._of_touched(asked, received=view) for view in (False, True))
        return {
            name: _moved(sent[name], before[name], after[name], ask.counts)
            for name, ask in asked.items()
        }

    def _touches_few(self) -> bool:
        (persons,) = next(self.con.execute("SELECT count(*) FROM main.person"))
        return consequence.touched(self.con) * _FEW < int(persons)

    def _of_touched(self, asked: Mapping[str, Ask], *, received: bool) -> dict[str, Rows]:
        """Return the answers for those alone who lose anything."""
        with (
            consequence.of_touched(self.con, received=received),
            self._shadowed(asked, frozenset(consequence.TABLES)),
        ):
            return self._rows(asked)

    @contextmanager
    def _shadowed(self, asked: Mapping[str, Ask], changed: frozenset[str]) -> Iterator[None]:
        """Make the concepts that build on these as temporary tables, before the lasting ones."""
        with ExitStack() as made:
            for name in concepts.needed(ask.sql for ask in asked.values()):
                if changed & _tables_of(concepts.selects()[name]):
                    made.enter_context(concepts.shadowed(self.con, name, self.year._asdict()))
            yield

    def _rows(self, asked: Mapping[str, Ask]) -> dict[str, Rows]:
        return {name: self._answer(ask) for name, ask in asked.items()}

    def _answer(self, ask: Ask) -> Rows:
        parameters = {**self.year._asdict(), **ask.parameters}
        sql.columns_of(self.con, ask.sql, parameters)
        with sql.limited(self.con):
            rows: Rows = self.con.execute(ask.sql, parameters).fetchall()
        return rows


def _moved(rows: Rows, before: Rows, after: Rows, counts: int) -> Rows:
    """Return the rows with what some persons counted before replaced by what they count after."""
    moved: dict[tuple[Value, ...], list[Value]] = {
        row[:-counts]: list(row[-counts:]) for row in rows
    }
    for sign, changed in ((-1, before), (1, after)):
        for row in changed:
            cells = moved.setdefault(row[:-counts], [None] * counts)
            for at, count in enumerate(row[-counts:]):
                if count is not None:
                    cells[at] = int(cells[at] or 0) + sign * int(count)
    return [(*name, *cells) for name, cells in moved.items()]


@cache
def _tables_of(statement: str) -> frozenset[str]:
    """Return the message's tables that a statement reads, through its concepts too."""
    texts = [statement, *(concepts.selects()[name] for name in concepts.needed([statement]))]
    names = {name for text in texts for name in concepts.sources(text)}
    if folding.TABLE in names:
        names.add(folding.FOLDED)
    return frozenset(names & set(consequence.TABLES))
