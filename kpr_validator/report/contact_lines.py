"""The lines of barnehabilitering: what is counted at each place, or what may be shared of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.contacts import KNOWN_STATUSES, MISSING
from kpr_validator.identity import mask
from kpr_validator.measures_merged import OTHERS
from kpr_validator.measures_shared import UNKNOWN, shared_rows
from kpr_validator.report import formats
from kpr_validator.report.phrase import visible
from kpr_validator.report.shared import HIDDEN, Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.barnehabilitering import Result, Row
    from kpr_validator.report.texts import Texts


class Line(NamedTuple):
    """The numbers of one place in one period; «*» where one is held back.

    `shares` are teller and nevner of måltall 1–3, `counts` måltall 4–8. `others` are the
    statuses that are not on the list. Statuses are not shared of each place, nor `others`.
    `is_merged` says that these are several places, each with few patients.
    """

    period: str
    choice: str
    level: str
    place: str
    shares: tuple[tuple[Number, Number], ...]
    counts: tuple[Number, ...]
    statuses: Mapping[str, Number]
    unknown: Number
    others: Mapping[str, int]
    is_merged: bool = False


def lines(told: Result, limit: int | None = None) -> Iterator[Line]:
    """Yield all lines, or with a limit those that may be shared."""
    if limit is None:
        yield from map(_whole, told.rows)
    else:
        yield from _shared(told, limit)


def clean(value: str) -> str:
    """Return a value from the table with nothing in it that acts, or is a person's number."""
    return visible(mask(value, 0) or "")


def _whole(row: Row) -> Line:
    known = (MISSING, *KNOWN_STATUSES)
    found = row.measures.statuses
    return Line(
        period=row.period,
        choice=row.choice,
        level=row.level,
        place=clean(row.place),
        shares=row.measures.shares,
        counts=row.measures.counts,
        statuses={code: found.get(code, 0) for code in known},
        unknown=row.measures.unknown,
        others={clean(code): n for code, n in sorted(found.items()) if code not in known},
    )


def _shared(told: Result, limit: int) -> Iterator[Line]:
    """Yield what may be shared; a place that has the name of a patient's key has none."""
    for one in shared_rows(told, limit):
        row = one.row
        yield Line(
            period=row.period,
            choice=row.choice,
            level=row.level,
            place="" if row.place in {OTHERS, *told.contacts.patients} else clean(row.place),
            shares=tuple((_told(teller), _told(nevner)) for teller, nevner in one.shares),
            counts=tuple(map(_told, one.counts)),
            statuses={
                code: _told(one.told[code])
                for code in (MISSING, *KNOWN_STATUSES)
                if code in one.told
            },
            unknown=_told(one.told[UNKNOWN]) if UNKNOWN in one.told else None,
            others={},
            is_merged=row.place == OTHERS,
        )


def _told(n: int | None) -> Number:
    return HIDDEN if n is None else n


def number(n: Number, words: Texts) -> str:
    """Return a number as the language writes it, or its mark."""
    return words.number(n) if isinstance(n, int) else str(n)


def percent(teller: Number, nevner: Number, words: Texts) -> str:
    """Return the share with one decimal, rounded half up; a dash of nobody."""
    if not isinstance(teller, int) or not isinstance(nevner, int):
        return HIDDEN
    if not nevner:
        return "–"
    tenths = (2000 * teller + nevner) // (2 * nevner)
    mark = formats.decimal("0.5", words.language)[1]
    return words("percent", n=f"{tenths // 10}{mark}{tenths % 10}")
