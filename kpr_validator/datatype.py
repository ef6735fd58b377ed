"""Whether a value is of the type that the schema asks for, judged as the XSD recommendation does.

Each check returns None for a good value, or which kind of fault it is and what
is allowed, as a short key («lengde:4») that the report puts into words.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kpr_validator.plan import SimpleType

SPACE = " \t\n\r"
RANGES: dict[str, tuple[int, int | None]] = {
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "nonNegativeInteger": (0, None),
}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DATE = re.compile(
    r"-?([0-9]{4,})-([0-9]{2})-([0-9]{2})(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_SPACES = re.compile(f"[{SPACE}]+")  # XML's spaces only: a no-break space is part of a value
_KEEPS_SPACE = frozenset({"string"})
TEXT = r"[^<&>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]"
DATE = "[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"  # the pattern of the message's dates
_LONGEST_TEXT = 4000
_SAFE_DIGITS = {"long": 18, "int": 9, "short": 4}
_MOST_DIGITS = 24  # what libxml2 and Xerces can hold; no value of the message is near it


class Fault(NamedTuple):
    """What is wrong with a value: `kind` is datatype, facet or code."""

    kind: str
    expected: str


class Shape(NamedTuple):
    """What ordinary values look like: `kind` is text, digits, decimal or date.

    `low` and `high` count characters; of a decimal, the most digits before and after its point.
    """

    kind: str
    low: int
    high: int


def value_of(text: str, kind: SimpleType) -> str:
    """Return the value that XML gives: as it stands for strings, trimmed for other types."""
    if kind.base in _KEEPS_SPACE:
        return text
    return " ".join(part for part in _SPACES.split(text) if part)


def is_ordinary(text: str, kind: SimpleType) -> bool:
    """Tell whether the text is plainly a value of the type, without a second look.

    False means only that `check` must say.
    """
    return ordinary(kind).fullmatch(text) is not None


def shape(kind: SimpleType) -> Shape | None:
    """Return the form of ordinary, non-empty values of the type, None where there is none."""
    if kind.enumeration:
        return None
    if kind.base in _SAFE_DIGITS:
        return Shape("digits", 1, _SAFE_DIGITS[kind.base])
    if kind.base == "decimal":
        whole = (kind.total_digits or 9) - (kind.fraction_digits or 0)
        return Shape("decimal", whole, kind.fraction_digits or 0)
    if kind.base != "string":
        return None
    if kind.pattern:
        return Shape("date", 8, 8) if kind.pattern == DATE else None
    low = kind.min_length if kind.length is None else kind.length
    high = kind.max_length if kind.length is None else kind.length
    return Shape("text", max(1, low or 1), min(high or _LONGEST_TEXT, _LONGEST_TEXT))


def ordinary_pattern(kind: SimpleType) -> str:
    """Return a pattern that ordinary, non-empty values of the type match, and no wrong ones."""
    if kind.enumeration:
        return "(?:" + "|".join(re.escape(code) for code in kind.enumeration) + ")"
    if kind.base == "string" and kind.pattern:
        return "(?:" + re.sub(r"(?<!\\)\((?!\?)", "(?:", kind.pattern) + ")"
    match shape(kind):
        case Shape("digits", low, high):
            return f"[0-9]{{{low},{high}}}+"
        case Shape("decimal", whole, fraction):
            more = f"(?:\\.[0-9]{{1,{fraction}}}+)?+" if fraction else ""
            return f"[0-9]{{1,{whole}}}+{more}"
        case Shape("text", low, high):
            return f"{TEXT}{{{low},{high}}}+"
    return "(?!)"


@cache
def ordinary(kind: SimpleType) -> re.Pattern[str]:
    """Return the compiled pattern of ordinary values."""
    return re.compile(ordinary_pattern(kind))


def check(value: str, kind: SimpleType) -> Fault | None:
    """Return what is wrong with `value`, already trimmed by `value_of`, or None."""
    if fault := _type_fault(value, kind):
        return fault
    return _code_fault(value, kind) or _facet_fault(value, kind)


def _type_fault(value: str, kind: SimpleType) -> Fault | None:
    if kind.base in RANGES:
        low, high = RANGES[kind.base]
        good = _INTEGER.fullmatch(value) and len(value.lstrip("+-0")) <= _MOST_DIGITS
        if good and int(value) >= low and (high is None or int(value) <= high):
            return None
        return Fault("datatype", f"heltall:{low}..{'' if high is None else high}")
    if kind.base == "decimal" and not _DECIMAL.fullmatch(value):
        return Fault("datatype", "desimaltall")
    if kind.base == "date" and not _is_date(value):
        return Fault("datatype", "xsdato")
    return None


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if not match:
        return False
    year, month, day = (int(part) for part in match.groups())
    try:
        dt.date(2000 + year % 400, month, day)
    except ValueError:
        return False
    return year > 0


def _code_fault(value: str, kind: SimpleType) -> Fault | None:
    if not kind.enumeration:
        return None
    wanted = (int(code) if kind.base in RANGES else code for code in kind.enumeration)
    found = int(value) if kind.base in RANGES else value
    return None if found in wanted else Fault("code", f"koder:{' '.join(kind.enumeration)}")


def _facet_fault(value: str, kind: SimpleType) -> Fault | None:
    low = kind.min_length if kind.length is None else kind.length
    high = kind.max_length if kind.length is None else kind.length
    if low is not None or high is not None:
        low = low or 0
        if len(value) < low or (high is not None and len(value) > high):
            return Fault("facet", _expected(kind))
    if kind.pattern and not _compiled(kind.pattern).fullmatch(value):
        return Fault("facet", _expected(kind))
    return _digits_fault(value, kind)


def _expected(kind: SimpleType) -> str:
    if kind.pattern:
        return "dato" if kind.length == len("YYYYMMDD") else f"mønster:{kind.pattern}"
    low = kind.min_length if kind.length is None else kind.length
    high = kind.max_length if kind.length is None else kind.length
    return f"lengde:{low or 0}..{'' if high is None else high}"


def _digits_fault(value: str, kind: SimpleType) -> Fault | None:
    if kind.base != "decimal" or (kind.total_digits is None and kind.fraction_digits is None):
        return None
    whole, _, fraction = value.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    total = len(whole.lstrip("0")) + len(fraction)
    if (kind.total_digits is not None and total > kind.total_digits) or (
        kind.fraction_digits is not None and len(fraction) > kind.fraction_digits
    ):
        return Fault("facet", f"siffer:{kind.total_digits},{kind.fraction_digits}")
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
