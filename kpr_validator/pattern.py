"""The plan as regular expressions: one that only says yes, and those that take values out.

The accept pattern matches a strict subset of what the schema accepts: ordinary
spelling, no empty values, no comments. What it does not match is not wrong; it
goes the exact way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpr_validator.plan import Attribute, Element, Plan, SimpleType

GAP = r"[ \t\n]*+"
TEXT = r"[^<&>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]"
_LONGEST_TEXT = 4000
_DIGITS = {"long": 18, "int": 9, "short": 4}
_POSSESSIVE_IS_SAFE = not re.fullmatch("(?:ab?c)*+", "a")


def is_safe() -> bool:
    """Tell whether this Python's possessive groups are right (they are from 3.11.5; gh-106052)."""
    return _POSSESSIVE_IS_SAFE


@dataclass(frozen=True)
class Patterns:
    """The patterns of one record in one spelling of the namespace prefix.

    `accept` captures the record's own values first and then, per class of
    children, the stretch that holds them; `children` pairs each class's table
    with the pattern that takes its rows out of that stretch.
    """

    accept: re.Pattern[str]
    own: int
    children: tuple[tuple[str, re.Pattern[str]], ...]


def make_patterns(plan: Plan, record: str, prefix: str) -> Patterns:
    """Return the patterns for `record` (PERSON) where names carry `prefix` («ipl:» or «»)."""
    element = plan.elements[record]
    simple = [child for child in element.children if child.type]
    groups = [child for child in element.children if not child.type]
    head = _start(element, prefix, capture=True) + "".join(
        _field(child, prefix, capture=True) for child in simple
    )
    blocks = "".join(f"((?:{_row(group, prefix, capture=False)})*+)" for group in groups)
    accept = re.compile(f"{head}{blocks}</{prefix}{record}>{GAP}")
    rows = ((str(group.table), re.compile(_row(group, prefix, capture=True))) for group in groups)
    return Patterns(accept, len(element.fields), tuple(rows))


def _row(element: Element, prefix: str, *, capture: bool) -> str:
    fields = "".join(_field(child, prefix, capture=capture) for child in element.children)
    return f"{_start(element, prefix, capture=capture)}{fields}</{prefix}{element.name}>{GAP}"


def _start(element: Element, prefix: str, *, capture: bool) -> str:
    attributes = "".join(_attribute(item, capture=capture) for item in element.attributes)
    return f"<{prefix}{element.name}{attributes}>{GAP}"


def _attribute(attribute: Attribute, *, capture: bool) -> str:
    value = _value(attribute.type, attribute.fixed)
    spelled = f' {attribute.name}="{f"({value})" if capture else value}"'
    return spelled if attribute.required else f"(?:{spelled})?+"


def _field(element: Element, prefix: str, *, capture: bool) -> str:
    if not element.type:
        message = f"{element.name}: et felt må være enkelt her"
        raise ValueError(message)
    value = _value(element.type, element.fixed)
    name = prefix + element.name
    spelled = f"<{name}>{f'({value})' if capture else value}</{name}>{GAP}"
    return spelled if element.minimum else f"(?:{spelled})?+"


def _value(kind: SimpleType, fixed: str | None) -> str:
    """Return a pattern for ordinary, non-empty values of the type."""
    if fixed is not None:
        return re.escape(fixed)
    if kind.enumeration:
        return "(?:" + "|".join(re.escape(code) for code in kind.enumeration) + ")"
    if kind.base in _DIGITS:
        return f"[0-9]{{1,{_DIGITS[kind.base]}}}+"
    if kind.base == "decimal":
        whole = (kind.total_digits or 9) - (kind.fraction_digits or 0)
        fraction = f"(?:\\.[0-9]{{1,{kind.fraction_digits}}}+)?+" if kind.fraction_digits else ""
        return f"[0-9]{{1,{whole}}}+{fraction}"
    if kind.pattern:
        return _bare_groups(kind.pattern)
    low = kind.min_length if kind.length is None else kind.length
    high = kind.max_length if kind.length is None else kind.length
    return f"{TEXT}{{{max(1, low or 1)},{min(high or _LONGEST_TEXT, _LONGEST_TEXT)}}}+"


def _bare_groups(pattern: str) -> str:
    """Return an XSD pattern with its groups not capturing."""
    return "(?:" + re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern) + ")"
