"""What rules may do in SQL: call a few functions of ours, and read, for a limited time."""

from __future__ import annotations

import datetime as dt
import re
import time
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kpr_validator import engine, identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kpr_validator.model import Value

SECONDS_A_RULE = 30.0
_STEPS_BETWEEN_LOOKS = 200_000
_DATE_DIGITS = 8
_FIRST_YEAR = 1800
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u2018-\u201d\u2020-\u2122\u0152-\u017e]|\u00e2\u20ac|\ufffd"
)
_QUOTED = re.compile(r"""'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/""", re.DOTALL)
FUNCTIONS = frozenset(
    [
        "abs",
        "cast",
        "char",
        "coalesce",
        "count",
        "dato",
        "dagnr",
        "dense_rank",
        "er_personnummer",
        "first_value",
        "format",
        "glob",
        "group_concat",
        "hex",
        "idfodt",
        "idgyldig",
        "idkjonn",
        "idslag",
        "idtillegg",
        "ifnull",
        "iif",
        "instr",
        "lag",
        "last_value",
        "lead",
        "length",
        "likely",
        "lower",
        "ltrim",
        "max",
        "min",
        "mojibake",
        "nullif",
        "printf",
        "rank",
        "replace",
        "round",
        "row_number",
        "rtrim",
        "samle",
        "substr",
        "substring",
        "sum",
        "total",
        "treff",
        "trim",
        "typeof",
        "unicode",
        "unlikely",
        "upper",
    ]
)


@lru_cache(maxsize=100_000)
def dagnr(value: str | None) -> int | None:
    """Return the ordinal of a real calendar date YYYYMMDD, None for anything else."""
    if value is None or len(value) != _DATE_DIGITS or not (value.isascii() and value.isdigit()):
        return None
    year, month, day = int(value[:4]), int(value[4:6]), int(value[6:])
    if value == "99991231" or year < _FIRST_YEAR:
        return None
    try:
        return dt.date(year, month, day).toordinal()
    except ValueError:
        return None


def dato(ordinal: int | None) -> str | None:
    """Return the date YYYYMMDD of a day's ordinal."""
    return None if ordinal is None else dt.date.fromordinal(ordinal).strftime("%Y%m%d")


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _treff(pattern: str | None, value: str | None) -> int | None:
    if pattern is None or value is None:
        return None
    return int(bool(_pattern(pattern).fullmatch(value)))


def mojibake(value: str | None) -> int:
    """Return 1 for text that looks like UTF-8 read as a one-byte encoding."""
    return int(value is not None and bool(_MOJIBAKE.search(value)))


_OURS: Mapping[str, tuple[int, Callable[..., Value]]] = {
    "dagnr": (1, dagnr),
    "dato": (1, dato),
    "mojibake": (1, mojibake),
    "treff": (2, _treff),
    # of a number; none tells it
    "er_personnummer": (1, identity.has_identity),
    "idfodt": (2, identity.born),
    "idgyldig": (2, identity.is_valid),
    "idkjonn": (2, identity.sex),
    "idslag": (1, identity.kind_of),
    "idtillegg": (1, identity.shift_of),
}


def add_functions(con: engine.Connection) -> None:
    """Add the functions that concepts and rules may call."""
    for name, (arguments, function) in _OURS.items():
        con.add_function(name, arguments, function)


_found_to_read: dict[str, tuple[str, ...]] = {}


def columns_of(
    con: engine.Connection, statement: str, parameters: Mapping[str, Value]
) -> tuple[str, ...]:
    """Return the columns of a SELECT under the guard; once it has passed, it may be run without.

    Raises engine.Error or ValueError for one that can't be used, or does more than read.
    """
    if statement not in _found_to_read:
        with guarded(con):
            _found_to_read[statement] = columns(con, statement, parameters)
    return _found_to_read[statement]


def columns(
    con: engine.Connection, statement: str, parameters: Mapping[str, Value]
) -> tuple[str, ...]:
    """Return the columns of a SELECT, without asking it for a row.

    Raises ValueError for more than one statement, of which only the first would be looked at.
    """
    if ";" in _QUOTED.sub("", statement):
        message = "mer enn én setning"
        raise ValueError(message)
    none = f"SELECT s.* FROM (SELECT 1) LEFT JOIN (SELECT * FROM ({statement}) LIMIT 0) AS s"  # noqa: S608  under the guard
    return tuple(column[0] for column in con.execute(none, parameters).description)


def forget() -> None:
    """Look at every statement anew, as what it reads from has changed."""
    _found_to_read.clear()


@contextmanager
def guarded(
    con: engine.Connection, *, seconds: float = SECONDS_A_RULE
) -> Iterator[set[tuple[str, str]]]:
    """Allow reading only, for a limited time; yield the set of columns that are read.

    A statement that tries more, or takes longer, raises engine.Error. SQLite makes
    every statement ready anew that was so before: begin it once for many.
    """
    reads: set[tuple[str, str]] = set()

    def allow(action: int, first: str | None, second: str | None, *_where: str | None) -> int:
        if action == engine.READ:
            reads.add((str(first), str(second)))
            return engine.OK
        if action == engine.FUNCTION and second in FUNCTIONS:
            return engine.OK
        return engine.OK if action == engine.SELECT else engine.DENY

    con.set_authorizer(allow)
    try:
        with limited(con, seconds=seconds):
            yield reads
    finally:
        con.set_authorizer(None)


@contextmanager
def limited(con: engine.Connection, *, seconds: float = SECONDS_A_RULE) -> Iterator[None]:
    """Stop a statement that takes too long: it raises engine.Error."""
    end = time.monotonic() + seconds
    con.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        con.set_progress_handler(None, _STEPS_BETWEEN_LOOKS)
