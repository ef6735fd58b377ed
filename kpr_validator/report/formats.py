"""Dates, months and numbers as a language writes them.

Babel is imported only when a value needs it: most JSON reports never do. The marks of numbers
are its own, written out, as looking them up takes as long as reading a small submission.
A value that is not what it should be is returned as it is.
"""

from __future__ import annotations

import re
from datetime import date as calendar_date
from functools import lru_cache

OPEN = "99991231"

_LOCALES = {"nb": "nb", "nn": "nn", "en": "en_GB"}
_DAY = "d MMM y"
_DAY_IN_FIGURES = {"nb": "%d.%m.%Y", "nn": "%d.%m.%Y"}
_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})([0-9]{2})")
_DECIMAL = re.compile(r"(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,9}))?")
_NORWEGIAN = str.maketrans({",": "\u00a0", ".": ","})
_MARKS = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "en": {}}
_NEEDS_SEPARATOR = 1000


@lru_cache(maxsize=4096)
def date(value: str, language: str) -> str:
    """Return YYYYMMDD as «31.12.2019» or «31 Dec 2019»."""
    return _calendar(_DATE.fullmatch(value), value, _DAY, language)


@lru_cache(maxsize=1024)
def month(value: str, language: str) -> str:
    """Return YYYYMM as «desember 2019»."""
    return _calendar(_MONTH.fullmatch(value), value, "LLLL y", language)


@lru_cache(maxsize=4096)
def decimal(value: str, language: str) -> str:
    """Return a number written with a decimal point as the language writes it."""
    found = _DECIMAL.fullmatch(value)
    if found is None:
        return value
    sign, whole, fraction = found.groups("")
    fraction = fraction.rstrip("0")
    told = f"{sign}{int(whole):,}" + (f".{fraction}" if fraction else "")
    return told.translate(_MARKS[language])


def number(n: int, language: str) -> str:
    """Return a whole number with the language's thousands separator."""
    return str(n) if -_NEEDS_SEPARATOR < n < _NEEDS_SEPARATOR else decimal(str(n), language)


def _calendar(match: re.Match[str] | None, value: str, pattern: str, language: str) -> str:
    if match is None:
        return value
    parts = [int(part) for part in match.groups()]
    try:
        day = calendar_date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)  # noqa: PLR2004
    except ValueError:
        return value
    if pattern == _DAY and language in _DAY_IN_FIGURES:
        return day.strftime(_DAY_IN_FIGURES[language])
    from babel.dates import format_date  # noqa: PLC0415  slow to import

    return format_date(day, pattern, locale=_LOCALES[language])
