"""What would have been right, in words: the engine says «lengde:1..4», a reader «1 til 4 tegn».

An expected value that is no such key is a value, and is shown as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.report.names import Names
    from kpr_validator.report.texts import Texts

_DIGITS = re.compile(r"(?:\[0-9\]|\\d)\{([0-9]+)(?:,([0-9]+))?\}")
_CHARACTERS = re.compile(r"\.\{([0-9]+)(?:,([0-9]+))?\}")


def in_words(expected: str, words: Texts, names: Names) -> str:
    """Return a requirement in words; `expected` is already safe to show."""
    key, _, argument = expected.partition(":")
    if key in _PLAIN and not argument:
        return words(f"expected.{key}")
    if key in _SPOKEN and argument:
        return _SPOKEN[key](argument, words)
    if key == "før" and argument:
        return words("expected.before", field=names.field_in_full(argument))
    return expected


def _span(argument: str, words: Texts, what: str) -> str:
    """Return «4 tegn», «1 til 4 tegn», «høyst 4 tegn» or «minst 1 tegn» for «1..4»."""
    low, dots, high = argument.partition("..")
    unit = words(f"expected.{what}")
    if not dots or low == high:
        return words("expected.exactly", n=low, unit=unit)
    if not high:
        return words("expected.at_least", n=low, unit=unit)
    if low in {"", "0"}:
        return words("expected.at_most", n=high, unit=unit)
    return words("expected.between", low=low, high=high, unit=unit)


def _integer(argument: str, words: Texts) -> str:
    low, _, high = argument.partition("..")
    if not high:
        return words("expected.integer_from", low=low)
    return words("expected.integer", low=low, high=high)


def _range(argument: str, words: Texts) -> str:
    low, _, high = (words.date(part) for part in argument.partition(".."))
    if not low:
        return words("expected.until", high=high)
    return words("expected.range", low=low, high=high) if high else words("expected.from", low=low)


def _pattern(argument: str, words: Texts) -> str:
    """Return a pattern as a count of digits or characters where it is no more than that."""
    for pattern, what in ((_DIGITS, "digits"), (_CHARACTERS, "characters")):
        if match := pattern.fullmatch(argument):
            return _span(f"{match[1]}..{match[2] or match[1]}", words, what)
    return words("expected.pattern", pattern=argument)


def _digits(argument: str, words: Texts) -> str:
    total, _, decimals = argument.partition(",")
    return words("expected.decimals", total=total, decimals=decimals)


_PLAIN = ("dato", "måned", "xsdato", "desimaltall")
_SPOKEN: dict[str, Callable[[str, Texts], str]] = {
    "lengde": lambda argument, words: _span(argument, words, "characters"),
    "heltall": _integer,
    "område": _range,
    "mønster": _pattern,
    "siffer": _digits,
    "koder": lambda argument, _words: ", ".join(argument.split()),
    "antall": lambda argument, words: words("expected.occurs", n=argument),
    "fast": lambda argument, words: words("expected.fixed", value=argument),
}
