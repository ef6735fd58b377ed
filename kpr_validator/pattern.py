"""The plan as regular expressions: one that only says yes, and those that take values out.

The accept pattern matches a strict subset of what the schema accepts: ordinary
spelling, no empty values, no comments. What it does not match is not wrong; it
goes the exact way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpr_validator.datatype import ordinary_pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.plan import Attribute, Element, Plan, SimpleType

    _Value = Callable[[SimpleType, str | None, str], str]

GAP = r"[ \t\n]*+"
QUOTE, TAG = '"', "<"  # what ends a value: of an attribute, of an element
_POSSESSIVE_IS_SAFE = not re.fullmatch("(?:ab?c)*+", "a")


def is_safe() -> bool:
    """Tell whether this Python's possessive groups are right (they are from 3.11.5; gh-106052)."""
    return _POSSESSIVE_IS_SAFE


@dataclass(frozen=True)
class Patterns:
    """The patterns of one record in one spelling of the namespace prefix.

    `accept` captures the record's own values first and then, per class of
    children, the stretch that holds them; `children` pairs each class's table
    with the pattern that takes its rows out of that stretch, judging nothing more.
    """

    accept: re.Pattern[str]
    own: int
    children: tuple[tuple[str, re.Pattern[str]], ...]


def make_patterns(plan: Plan, record: str, prefix: str) -> Patterns:
    """Return the patterns for `record` (PERSON) where names carry `prefix` («ipl:» or «»)."""
    element = plan.elements[record]
    simple = [child for child in element.children if child.type]
    groups = _groups(element)
    head = _start(element, prefix, _taken) + "".join(
        _field(child, prefix, _taken) for child in simple
    )
    blocks = "".join(f"((?:{_row(group, prefix, _judged)})*+)" for group in groups)
    accept = re.compile(f"{head}{blocks}</{prefix}{record}>{GAP}")
    rows = ((str(group.table), re.compile(_row(group, prefix, _any))) for group in groups)
    return Patterns(accept, len(element.fields), tuple(rows))


def row_patterns(plan: Plan, record: str, prefix: str) -> dict[str, re.Pattern[str]]:
    """Return, by table, the patterns that accept a single child of `record` and take it apart."""
    return {
        str(group.table): re.compile(_row(group, prefix, _taken))
        for group in _groups(plan.elements[record])
    }


def _groups(element: Element) -> list[Element]:
    return [child for child in element.children if not child.type]


def _row(element: Element, prefix: str, value: _Value) -> str:
    fields = "".join(_field(child, prefix, value) for child in element.children)
    return f"{_start(element, prefix, value)}{fields}</{prefix}{element.name}>{GAP}"


def _start(element: Element, prefix: str, value: _Value) -> str:
    attributes = "".join(_attribute(item, value) for item in element.attributes)
    return f"<{prefix}{element.name}{attributes}>{GAP}"


def _attribute(attribute: Attribute, value: _Value) -> str:
    spelled = f' {attribute.name}="{value(attribute.type, attribute.fixed, QUOTE)}"'
    return spelled if attribute.required else f"(?:{spelled})?+"


def _field(element: Element, prefix: str, value: _Value) -> str:
    if not element.type:
        message = f"{element.name}: et felt må være enkelt her"
        raise ValueError(message)
    name = prefix + element.name
    spelled = f"<{name}>{value(element.type, element.fixed, TAG)}</{name}>{GAP}"
    return spelled if element.minimum else f"(?:{spelled})?+"


def _judged(kind: SimpleType, fixed: str | None, _end: str) -> str:
    return ordinary_pattern(kind) if fixed is None else re.escape(fixed)


def _taken(kind: SimpleType, fixed: str | None, end: str) -> str:
    return f"({_judged(kind, fixed, end)})"


def _any(_kind: SimpleType, _fixed: str | None, end: str) -> str:
    """Take a value that `accept` has judged already: all up to the sign that ends it."""
    return f"([^{end}]*+)"
