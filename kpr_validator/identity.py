"""Recognises a Norwegian person number of any series, so that none is ever shown or misread.

Knows fødselsnummer, D-number (day + 40), H-number (month + 40), FH-number (first
digit 8 or 9), DUF-number (twelve digits), synthetic series (month + 40, + 65 and
+ 80) and the stand-ins for unknown and unborn, with the control digits of both
today's rule and the one from 2032.

Source: Skatteetaten, folkeregisteret-api-dokumentasjon; KITH 11/98; NHN; SSB,
kostra-kontrollprogram.
"""

from __future__ import annotations

import re
from calendar import isleap
from functools import lru_cache
from operator import mul
from typing import NamedTuple

_CANDIDATE = re.compile(r"(?<![0-9])([0-9]{6})[ .-]?([0-9]{5})(?![0-9])")
_HIDDEN = re.compile(  # eleven digits, or a DUF-number: it begins with the year it was given out
    r"(?<![0-9])(?:([0-9]{6})[ .-]?([0-9]{5})|((?:19|20)[0-9]{10}))(?![0-9])"
)
_SHORTEST = 11
_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_WEIGHTS_DUF = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
_DAYS = range(1, 32)
_D_SHIFT, _H_SHIFT = 40, 40
_SHIFT_OF = {shift + month: shift for shift in (0, _H_SHIFT, 65, 80) for month in range(1, 13)}
_FH_DIGITS = "89"
_STAND_INS = ("00100", "00200", "99999")
_FEBRUARY, _LEAP_DAY = 2, 29
_LAST_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

NEW_RULE = "20320101"  # from this day numbers are neutral as to sex and century
_RESTS = frozenset({0})
_NEW_RESTS = frozenset({0, 1, 2, 3})
_NEW_D_NUMBERS = "20211101"  # the source tells the month

BIRTH, D, H = "fødselsnummer", "D-nummer", "H-nummer"
FH, DUF, STAND_IN = "FH-nummer", "DUF-nummer", "erstatningsnummer"


class Series(NamedTuple):
    """Which individual numbers (digits 7–9) are given to those born in some years, from a day."""

    since: str
    years: range
    individuals: range


_CLASSIC = (
    Series("", range(1854, 1900), range(500, 750)),
    Series("", range(1900, 2000), range(500)),
    Series("", range(1940, 2000), range(900, 1000)),
    Series("", range(2000, 2040), range(500, 1000)),
)
SERIES = {
    BIRTH: _CLASSIC,
    D: (
        *_CLASSIC,
        Series(_NEW_D_NUMBERS, range(1859, 1900), range(500, 600)),
        Series(_NEW_D_NUMBERS, range(1900, 1940), range(200)),
        Series(_NEW_D_NUMBERS, range(1940, 2000), range(500)),
        Series(_NEW_D_NUMBERS, range(1940, 2000), range(600, 1000)),
        Series(_NEW_D_NUMBERS, range(2000, 2040), range(200, 1000)),
    ),
}


class Number(NamedTuple):
    """A number taken apart; `rest` is the first remainder when all other control digits fit."""

    kind: str | None
    rest: int | None = None
    shift: int = 0
    day: int = 0
    month: int = 0
    year: int = 0
    individual: int = 0


@lru_cache(maxsize=1)  # many questions are asked of one number in turn, and none is kept
def read(number: str | None) -> Number:
    """Return the number taken apart by its form; kind is None for what is no number."""
    if number is None or not (number.isascii() and number.isdigit()):
        return Number(None)
    if len(number) == len("åååållllllkk"):
        return Number(DUF, 0 if _weighed(number, _WEIGHTS_DUF) == int(number[10:]) else None)
    if len(number) != _SHORTEST:
        return Number(None)
    rest = None if _weighed(number, _WEIGHTS_2) else _weighed(number, _WEIGHTS_1)
    if number[0] in _FH_DIGITS:
        return Number(FH, rest)
    return _dated(number, rest)


def _weighed(number: str, weights: tuple[int, ...]) -> int:
    total: int = sum(map(mul, weights, number.encode()))
    return (total - ord("0") * sum(weights)) % 11


def _dated(number: str, rest: int | None) -> Number:
    day, month = int(number[:2]), int(number[2:4])
    is_d = day > _D_SHIFT
    day -= _D_SHIFT * is_d
    shift = _SHIFT_OF.get(month)
    if day not in _DAYS or shift is None:
        return Number(None)
    kind = D if is_d else H if shift == _H_SHIFT else BIRTH
    if number[6:] in _STAND_INS and rest not in _RESTS and not is_d and not shift:
        kind = STAND_IN
    return Number(kind, rest, shift, day, month - shift, int(number[4:6]), int(number[6:9]))


def kind_of(number: str | None) -> str | None:
    """Return what kind of number the form tells of, None for none that we know."""
    return read(number).kind


def shift_of(number: str | None) -> int:
    """Return what is added to the month: 65 and 80 in synthetic numbers, 40 there and in H."""
    return read(number).shift


@lru_cache(maxsize=1)
def is_valid(number: str | None, day: str) -> bool:
    """Tell whether the number could be given out by a day, YYYYMMDD: control digits and date."""
    found = read(number)
    if found.kind is None or found.kind == STAND_IN:
        return False
    rests = _RESTS if day < NEW_RULE else _NEW_RESTS
    return found.rest in rests and (not found.day or _is_real(found, 2000 + found.year))


def _is_real(found: Number, year: int) -> bool:
    """Tell whether the number's day and month are in the calendar of a year."""
    if found.month == _FEBRUARY and found.day == _LEAP_DAY:
        return isleap(year)
    return found.day <= _LAST_DAYS[found.month]


def tells(number: str | None, day: str) -> bool:
    """Tell whether sex and century stand in the number: not when it may be of the new rule."""
    return read(number).kind in SERIES and day < NEW_RULE and is_valid(number, day)


def sex(number: str | None, day: str) -> str | None:
    """Return M or K where the number tells it."""
    if not tells(number, day):
        return None
    return "M" if read(number).individual % 2 else "K"


def born(number: str | None, day: str) -> str | None:
    """Return the day of birth, YYYYMMDD, where the number tells it by itself.

    Some D-numbers from 2021 on could be of either of two centuries; then the one
    that lies ahead is ruled out, and None returned if that is not enough.
    """
    if not tells(number, day):
        return None
    found = read(number)
    month_and_day = f"{found.month:02}{found.day:02}"
    years = [year for year in _years(found, day) if _is_real(found, year)]
    if len(years) > 1:
        years = [year for year in years if f"{year}{month_and_day}" <= day]
    return f"{years[0]}{month_and_day}" if len(years) == 1 else None


def _years(found: Number, day: str) -> set[int]:
    """Return the years of birth that the series in use on a day allow."""
    return {
        year
        for one in SERIES[found.kind or ""]
        if found.individual in one.individuals and one.since <= day
        for year in range(1800 + found.year, 2100, 100)
        if year in one.years
    }


def has_identity(value: str | None) -> bool:
    """Tell whether the value holds eleven digits that pass as a person number."""
    return (
        value is not None
        and len(value) >= _SHORTEST
        and any(is_identity("".join(match.groups())) for match in _CANDIDATE.finditer(value))
    )


def is_identity(number: str) -> bool:
    """Tell whether exactly these digits pass as a person number of any series, by either rule."""
    found = read(number)
    return found.kind is not None and found.rest in _NEW_RESTS


def mask(value: str | None, line: int) -> str | None:
    """Return the value with every person number in it replaced by where it stands."""
    if value is None or len(value) < _SHORTEST:
        return value
    return _HIDDEN.sub(
        lambda match: (
            f"‹personnummer, linje {line}›"
            if is_identity("".join(part or "" for part in match.groups()))
            else match[0]
        ),
        value,
    )
