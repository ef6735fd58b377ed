"""A concept's SELECT without the columns that nobody wants: NULL stands in their place.

Concepts are written alike: named parts by WITH, then SELECT … FROM …, in arms of
UNION ALL. Whatever is not of that form is kept as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_TOKEN = re.compile(r"'[^']*'|\w+|[^\s\w]")
_WORD = re.compile(r"\w+")
_NAMED = re.compile(r"\w\s+AS\b")  # and no list of columns between
_NOTHING = re.compile(r"\bNULL AS \w+")


class _Token(NamedTuple):
    """A word or sign that stands inside no parentheses, and where it begins."""

    text: str
    begin: int


def narrowed(statement: str, wanted: AbstractSet[str]) -> str:
    """Return the statement without the columns that are neither wanted nor used on the way."""
    parts, last = _parts(statement)
    last = _select(last, wanted)
    used = _words(last) | wanted  # what is wanted may come through a «*»
    kept: list[str] = []
    for before, body in reversed(parts):
        kept.insert(0, f"{before}({_select(body, used) if _NAMED.search(before) else body})")
        used |= _words(kept[0])
    return "".join([*kept, "\n", last]) if kept else last


def _words(text: str) -> set[str]:
    """Return the names that a text speaks of."""
    return set(_WORD.findall(_NOTHING.sub("", text)))


def _parts(statement: str) -> tuple[list[tuple[str, str]], str]:
    """Return the named parts of a WITH, each as what stands before its body and the body."""
    outside = list(_outside(statement))
    begin = next(token.begin for token in outside if token.text == "SELECT")
    head = [token for token in outside if token.begin < begin]
    parts: list[tuple[str, str]] = []
    done = 0
    for opening, closing in pairwise(head):
        if (opening.text, closing.text) == ("(", ")"):
            before = statement[done : opening.begin]
            parts.append((before, statement[opening.begin + 1 : closing.begin]))
            done = closing.begin + 1
    return parts, statement[begin:]


def _outside(text: str) -> Iterator[_Token]:
    """Yield what stands inside no parentheses, and the outermost parentheses themselves."""
    depth = 0
    for found in _TOKEN.finditer(text):
        depth -= found[0] == ")"
        if not depth:
            yield _Token(found[0], found.start())
        depth += found[0] == "("


def _select(text: str, wanted: AbstractSet[str]) -> str:
    """Return one SELECT, or several in arms, without the columns that nobody wants."""
    tokens = list(_outside(text))
    words = [token.text for token in tokens]
    if "SELECT" not in words or "DISTINCT" in words or words.count("UNION") != words.count("ALL"):
        return text
    ends = [token.begin for token in tokens if token.text == "UNION"]
    arms = [text[begin:end] for begin, end in pairwise([0, *ends, len(text)])]
    names = [_name(item) for item in _items(arms[0])[0]]
    return " ".join(_arm(arm, names, wanted) for arm in arms)


def _arm(arm: str, names: list[str], wanted: AbstractSet[str]) -> str:
    items, rest = _items(arm)
    used = wanted | _words(rest)
    kept = (
        item if name in used or name == "*" else f"NULL AS {name}"
        for name, item in zip(names, items, strict=True)
    )
    begun = "UNION ALL " if arm.startswith("UNION") else ""
    return f"{begun}SELECT {', '.join(kept)} {rest}"


def _items(arm: str) -> tuple[list[str], str]:
    """Return the columns that an arm selects, and what follows them."""
    tokens = list(_outside(arm))
    select = next(token for token in tokens if token.text == "SELECT")
    end = next((token.begin for token in tokens if token.text == "FROM"), len(arm))
    begin = select.begin + len(select.text)
    commas = [token.begin for token in tokens if token.text == "," and token.begin < end]
    places = [begin, *(comma + 1 for comma in commas), end + 1]
    items = [arm[start : following - 1].strip() for start, following in pairwise(places)]
    return items, arm[end:]


def _name(item: str) -> str:
    """Return the name that a column gets: the last word of its text."""
    return "*" if item.endswith("*") else _WORD.findall(item)[-1]
