"""Måltall 1–8 as they may be shared: small numbers are held back, with all that gives them away.

Statuses are told of the country alone, and those that are not on the list as one: such a code
comes from the file. That those who were seen in the last tertial are among the year's is known
to a reader, and taken into account; how many others there are is not held back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.attack import Sum
from kpr_validator.barnehabilitering import (
    CHOICES,
    DECLINED,
    HAS,
    MAKING,
    NOT_ENTITLED,
    PERIODS,
    TOLD,
)
from kpr_validator.contacts import KNOWN_STATUSES, MISSING
from kpr_validator.exposure import Numbers
from kpr_validator.measures_merged import COUNTRY, OTHERS, merged, parts
from kpr_validator.suppress import hidden

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpr_validator.attack import Key
    from kpr_validator.barnehabilitering import Result, Row
    from kpr_validator.contacts import Contacts
    from kpr_validator.measures_merged import Part

OURS = CHOICES[0]
UNKNOWN, TOTAL, ELIGIBLE, PLANNED = "ukjent", "alle", "med rett", "plan"
STATUSES = (MISSING, *KNOWN_STATUSES, UNKNOWN)
MEASURES = (PLANNED, ELIGIBLE, MISSING, TOTAL, TOLD)  # måltall 4 to 8
_REST, _OUTSIDE = "(resten)", "(uten rett)"
_LAST_TERTIAL = list(PERIODS)[-1]
_Sums = tuple[tuple[str, tuple[str, ...]], ...]
_SUMS_OF_COUNTRY: _Sums = (
    (TOTAL, STATUSES),
    (TOTAL, (ELIGIBLE, NOT_ENTITLED, DECLINED)),
    (PLANNED, (MAKING, HAS)),
)
_SUMS: _Sums = (
    (TOTAL, (ELIGIBLE, _OUTSIDE)),
    (ELIGIBLE, (PLANNED, TOLD, MISSING, _REST)),
)


class SharedRow(NamedTuple):
    """The numbers of one place, or of `OTHERS`, in one period; None where one is held back.

    They are by `MEASURES`, and those of the country also by `STATUSES`.
    """

    row: Row
    told: dict[str, int | None]

    @property
    def shares(self) -> tuple[tuple[int | None, int | None], ...]:
        """Return teller and nevner of måltall 1, 2 and 3."""
        pairs = ((PLANNED, ELIGIBLE), (MISSING, TOTAL), (TOLD, ELIGIBLE))
        return tuple((self.told[teller], self.told[nevner]) for teller, nevner in pairs)

    @property
    def counts(self) -> tuple[int | None, ...]:
        """Return måltall 4 to 8."""
        return tuple(self.told[name] for name in MEASURES)


def shared_rows(result: Result, limit: int) -> tuple[SharedRow, ...]:
    """Return what may be shared of a table: måltall by the choice of status that is ours.

    What another choice would give differs by few patients, and is left out.
    """
    net = Net([row for row in result.rows if row.choice == OURS], result.contacts, limit)
    held = hidden(net.numbers(), limit)

    def told(row: Row) -> dict[str, int | None]:
        names = (*MEASURES, *(STATUSES if row.level == COUNTRY else ()))
        keys = {name: (*_place(row), name) for name in names}
        return {name: None if key in held else net.values[key] for name, key in keys.items()}

    return tuple(SharedRow(row, told(row)) for row in net.rows)


class Net:
    """All numbers of the rows that are shared, and how they hang together."""

    def __init__(self, rows: Sequence[Row], contacts: Contacts, limit: int) -> None:
        self.rows = tuple(merged(rows, limit))
        self.values: dict[Key, int] = {}
        self.sums: list[Sum] = []
        self.unseen: set[Key] = set()
        self.slack: set[Key] = set()
        for row in self.rows:
            self._row(row)
        for row in self.rows:
            self._tertial(row)
        for period in dict.fromkeys(row.period for row in rows):
            here = [row for row in rows if row.period == period]
            for levels, found in parts(here, contacts, limit):
                self._same((period, *levels), levels, found)

    def numbers(self) -> Numbers:
        """Return them for what holds small numbers back."""
        return Numbers(self.values, self.sums, self.unseen, self.slack)

    def _row(self, row: Row) -> None:
        counts = _counted(row)
        if row.level == COUNTRY:
            counts |= {code: row.measures.statuses.get(code, 0) for code in KNOWN_STATUSES}
            counts[UNKNOWN] = row.measures.unknown
        else:
            rest = counts[ELIGIBLE] - sum(counts[name] for name in (PLANNED, TOLD, MISSING))
            counts |= {_OUTSIDE: counts[TOTAL] - counts[ELIGIBLE], _REST: rest}
            self.unseen |= {(*_place(row), name) for name in (_OUTSIDE, _REST)}
        self.values |= {(*_place(row), name): n for name, n in counts.items()}
        for total, them in _SUMS_OF_COUNTRY if row.level == COUNTRY else _SUMS:
            self.sums.append(Sum((*_place(row), total), tuple((*_place(row), one) for one in them)))

    def _tertial(self, row: Row) -> None:
        """Tell that those who were seen in the last tertial were seen in the year."""
        year, _, tertial = row.period.partition("-")
        whole = (year, row.level, row.place)
        if tertial != _LAST_TERTIAL or row.place == OTHERS or (*whole, TOTAL) not in self.values:
            return
        for name in (TOTAL, PLANNED, TOLD):
            others = (*_place(row), _REST, name)
            self.values[others] = self.values[*whole, name] - self.values[*_place(row), name]
            self.unseen.add(others)
            self.slack.add(others)
            self.sums.append(Sum((*whole, name), ((*_place(row), name), others)))

    def _same(self, at: Key, levels: Sequence[str], found: Sequence[Part]) -> None:
        """Tell that the places of one level have the patients that those of the next have."""
        rests: dict[str, list[Key]] = {level: [] for level in levels}
        for number, part in enumerate(found):
            sides: list[list[Key]] = []
            for level in levels:
                side: list[Key] = [_place(row) for row in part.shown[level]]
                if part.merged[level]:
                    rest = (*at, level, str(number))
                    self._hide(rest, part.merged[level])
                    rests[level].append(rest)
                    side.append(rest)
                sides.append(side)
            self._equal((*at, str(number)), *sides)
        for level, them in rests.items():
            if them:
                self._equal((*at, level), [(at[0], level, OTHERS)], them)

    def _hide(self, place: Key, rows: Sequence[Row]) -> None:
        """Take in what some places have together, which stands nowhere."""
        every = [_counted(row) for row in rows]
        for name in MEASURES:
            self.values[*place, name] = sum(counts[name] for counts in every)
            self.unseen.add((*place, name))

    def _equal(self, at: Key, places: Sequence[Key], others: Sequence[Key]) -> None:
        for name in MEASURES:
            keys, other_keys = ([(*place, name) for place in one] for one in (places, others))
            total = keys[0]
            if len(keys) > 1:
                total = (*at, "(sum)", name)
                self.values[total] = sum(self.values[key] for key in keys)
                self.unseen.add(total)
                self.sums.append(Sum(total, tuple(keys)))
            self.sums.append(Sum(total, tuple(other_keys)))


def _counted(row: Row) -> dict[str, int]:
    return dict(zip(MEASURES, row.measures.counts, strict=True))


def _place(row: Row) -> Key:
    return (row.period, row.level, row.place)
