"""Days as ordinals, and as the message writes them."""

from __future__ import annotations

from datetime import date
from functools import cache

OPEN = "99991231"
FIRST_ACCEPTED = date(2005, 1, 1).toordinal()  # no date of the model is earlier


@cache
def text_of(ordinal: int) -> str:
    """Return a day ordinal as YYYYMMDD."""
    moment = date.fromordinal(ordinal)
    return f"{moment.year:04}{moment.month:02}{moment.day:02}"


@cache
def new_year(year: int) -> int:
    """Return the ordinal of 1 January."""
    return date(year, 1, 1).toordinal()
