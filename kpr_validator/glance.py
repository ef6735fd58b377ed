"""Finds rows, values and lines of a plainly written record again, many times faster than a walk.

Plain is what nearly every file is: the elements of the format without prefixes, one row after
another with fields alone, and no comments, references or other mark-up between them. Of
anything else nothing is said, and the walk must tell. What is said is what the walk says.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.datatype import value_of
from kpr_validator.walk import Row

if TYPE_CHECKING:
    from collections.abc import Collection

    from kpr_validator.plan import Element, Plan, SimpleType

_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*+"
_SPACE = r"[ \t\n]*+"
_ATTRIBUTES = rf'(?:[ \t\n]+{_NAME}="[^"<&\t\n]*+")*+'
_TAG_ENDS = rf"{_SPACE}>{_SPACE}"
_VALUE = "[^<&]*+"
_TAG = re.compile(rf"<({_NAME})({_ATTRIBUTES}){_TAG_ENDS}")
_ATTRIBUTE = re.compile(rf'({_NAME})="([^"]*)"')
_FIELD = re.compile(rf"(<({_NAME})(?:/>|>({_VALUE})</\2>){_SPACE})")
_ANY_SPACE = re.compile(r"\s")


class _Forms(NamedTuple):
    """What a plain record is: where its rows begin, its own part, all rows, and its end."""

    begun: re.Pattern[str]
    own: re.Pattern[str]
    rows: re.Pattern[str]
    end: re.Pattern[str]


def is_plain(tag: str, plan: Plan) -> bool:
    """Tell whether names below this start tag are the format's own without a prefix."""
    return f' xmlns="{plan.namespace}"' in tag


def glance(
    text: str, plan: Plan, start: str, line: int, wanted: Collection[int] | None = None
) -> dict[int, Row] | None:
    """Return the rows of one record that begins at `line`, None when it is not plain.

    They are told by their places in the record, whose own is 0; with `wanted`, those alone.
    """
    record = plan.elements[start]
    forms = _forms(start, tuple([child.name for child in record.children if not child.type]))
    end = text.rfind("</")
    if "\r" in text or "xmlns" in text or end < 0 or not forms.end.fullmatch(text, end):
        return None
    begun = [0, *[match.start() for match in forms.begun.finditer(text)], end]
    if not forms.own.fullmatch(text, 0, begun[1]) or not forms.rows.fullmatch(text, begun[1], end):
        return None
    count = len(begun) - 1
    if wanted is not None and max(wanted) >= count:
        return None
    rows: dict[int, Row] = {}
    for at in range(count) if wanted is None else wanted:
        place = begun[at]
        row = _row(record, text[place : begun[at + 1]], line + text.count("\n", 0, place))
        if row is None:
            return None
        rows[at] = row
    return rows


@cache
def _forms(start: str, names: tuple[str, ...]) -> _Forms:
    """Return the form of a record whose rows have these names."""
    name = "|".join(map(re.escape, names))
    field = rf"<({_NAME})(?:/>|>{_VALUE}</\{{}}>){_SPACE}"
    own, of_row = field.format(1), field.format(2)
    return _Forms(
        re.compile(rf"<(?:{name})(?=[ \t\n>])"),
        re.compile(f"<{start}{_ATTRIBUTES}{_TAG_ENDS}(?:{own})*+"),
        re.compile(rf"(?:<({name}){_ATTRIBUTES}{_TAG_ENDS}(?:{of_row})*+</\1>{_SPACE})*+"),
        re.compile(f"</{start}>{_SPACE}"),
    )


def _row(record: Element, text: str, line: int) -> Row | None:
    """Return a row from its start tag on, None where it has a field that is not the format's."""
    tag = _TAG.match(text)
    if tag is None:
        return None
    element = record if tag[1] == record.name else record.children[record.order[tag[1]]]
    row = Row(element, line, {}, {})
    for name, value in _ATTRIBUTE.findall(tag[2]):
        if (attribute := element.attribute.get(name)) is not None:
            row.lines[name] = line
            row.values[name] = _value(value, attribute.type)
    line += tag[0].count("\n")
    for token, name, value in _FIELD.findall(text, tag.end()):
        field = element.simple.get(name)
        if field is None:
            return None
        if name not in row.lines:  # of one that comes again the first counts
            row.lines[name] = line
            row.values[name] = _value(value or field.fixed or "", field.type)
        line += token.count("\n")
    return row


def _value(text: str, kind: SimpleType | None) -> str:
    """Return the value; text without space is its own."""
    if kind is None or text.isalnum() or not _ANY_SPACE.search(text):
        return text
    return value_of(text, kind)
