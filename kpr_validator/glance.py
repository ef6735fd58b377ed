"""Finds rows, values and lines of a plainly written record again, many times faster than a walk.

Plain is what nearly every file is: the elements of the format without prefixes, with no
comments, references or other mark-up between them. Of anything else nothing is said, and
the walk must tell. What is said is what the walk says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kpr_validator.datatype import value_of
from kpr_validator.walk import Row

if TYPE_CHECKING:
    from collections.abc import Container

    from kpr_validator.plan import Element, Plan, SimpleType

_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*+"
_SPACE = r"[ \t\n]*+"
_FIELD = re.compile(rf"(<({_NAME})>([^<&]*+)</\2>{_SPACE})")
_TOKEN = re.compile(
    rf"(<({_NAME})>([^<&]*+)</\2>{_SPACE}"
    rf'|<({_NAME})((?:[ \t\n]+{_NAME}="[^"<&\t\n]*")*){_SPACE}>{_SPACE}'
    rf"((?:<({_NAME})>[^<&]*+</\7>{_SPACE})*+</\4>{_SPACE})?"  # a row with fields alone, at once
    rf"|<({_NAME})/>{_SPACE}"
    rf"|</({_NAME})>{_SPACE})"
)
_ATTRIBUTE = re.compile(rf'({_NAME})="([^"]*)"')
_ANY_SPACE = re.compile(r"\s")
_NOTHING: dict[str, Any] = {}  # in rows that are passed over


def is_plain(tag: str, plan: Plan) -> bool:
    """Tell whether names below this start tag are the format's own without a prefix."""
    return f' xmlns="{plan.namespace}"' in tag


def glance(
    text: str, plan: Plan, start: str, line: int, wanted: Container[int] | None = None
) -> list[Row] | None:
    """Return the rows of one record that begins at `line`, None when it is not plain.

    With `wanted`, places in what is returned, no other rows hold values and lines.
    """
    if "\r" in text or "xmlns" in text:
        return None
    open_: list[Row] = []
    rows: list[Row] = []
    seen = 0
    for token, field, value, name, attributes, fields, _, empty, closed in _TOKEN.findall(text):
        seen += len(token)
        if name:
            element = _child(open_, name) if rows else plan.elements.get(start)
            if element is None or element.type is not None or element.name != name:
                return None
            is_wanted = wanted is None or len(rows) in wanted
            row = _row(element, attributes, line) if is_wanted else _passed_over(element, line)
            rows.append(row)
            open_.append(row)
            is_known = not fields or _fill(row, fields, line + token[: -len(fields)].count("\n"))
            if fields:
                open_.pop()
        elif closed:
            is_known = bool(open_) and open_.pop().element.name == closed
        else:
            is_known = bool(open_) and _take(open_[-1], field or empty, value, line)
        if not is_known:
            return None
        line += token.count("\n")
    return rows if rows and not open_ and seen == len(text) else None


def _child(open_: list[Row], name: str) -> Element | None:
    if not open_:
        return None
    above = open_[-1].element
    place = above.order.get(name)
    return None if place is None else above.children[place]


def _row(element: Element, attributes: str, line: int) -> Row:
    row = Row(element, line, {}, {})
    for name, text in _ATTRIBUTE.findall(attributes):
        attribute = element.attribute.get(name)
        if attribute is not None:
            row.lines[name] = line
            row.values[name] = _value(text, attribute.type)
    return row


def _passed_over(element: Element, line: int) -> Row:
    return Row(element, line, _NOTHING, _NOTHING)


def _fill(row: Row, fields: str, line: int) -> bool:
    """Take the fields that a row has alone, from `line` on."""
    if row.lines is _NOTHING:
        return True
    for token, field, value in _FIELD.findall(fields):
        if not _take(row, field, value, line):
            return False
        line += token.count("\n")
    return True


def _take(row: Row, name: str, text: str, line: int) -> bool:
    """Take a field; of one that comes again the first counts."""
    field = row.element.simple.get(name)
    if field is None:
        return False
    if name not in row.lines and row.lines is not _NOTHING:
        row.lines[name] = line
        row.values[name] = _value(text or field.fixed or "", field.type)
    return True


def _value(text: str, kind: SimpleType | None) -> str:
    """Return the value; text without space is its own."""
    if kind is None or text.isalnum() or not _ANY_SPACE.search(text):
        return text
    return value_of(text, kind)
