"""The plan as regular expressions that take the values out of what is ordinary.

They match a strict subset of what the schema accepts: ordinary spelling, no empty
values, no comments. What they do not match is not wrong; it goes the exact way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator.datatype import ordinary_pattern
from kpr_validator.rows import NUMBERS
from kpr_validator.runs import FIELDS, Cutter

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.plan import Attribute, Element, Plan, SimpleType
    from kpr_validator.rows import Rows
    from kpr_validator.runs import Run

GAP = r"[ \t\n]*+"
_SPACE = re.compile(GAP)
_FREE = "()" * NUMBERS  # empty groups, for the cells before a row's fields
QUOTE, TAG = '"', "<"  # what ends a value: of an attribute, of an element
_POSSESSIVE_IS_SAFE = not re.fullmatch("(?:ab?c)*+", "a")


def is_safe() -> bool:
    """Tell whether this Python's possessive groups are right (they are from 3.11.5; gh-106052)."""
    return _POSSESSIVE_IS_SAFE


class Found(NamedTuple):
    """A record up to `end`: its own row, then the rows of each class of children it has."""

    end: int
    rows: list[Rows]


class _Class(NamedTuple):
    """Children that stand together; `cut` is for those that may be cut into runs."""

    table: str
    width: int
    start: str
    match: Callable[[str, int], re.Match[str] | None]
    cut: Callable[[str, int], tuple[list[Run], int] | None] | None

    def take(self, text: str, at: int) -> tuple[Rows, int]:
        """Return the ordinary rows from `at` on, and where they end."""
        if self.cut and (found := self.cut(text, at)):
            runs, end = found
            ids: list[str] = []
            for run in runs:
                ids += run.ids
            return (self.table, [run.owner for run in runs], ids, runs), end
        cells: list[Any] = []
        while row := self.match(text, at):
            cells += row.groups()
            at = row.end()
        persons, ids = cells[NUMBERS :: self.width], cells[NUMBERS + 1 :: self.width]
        return (self.table, persons, ids, cells), at


@dataclass(frozen=True)
class Patterns:
    """The patterns of one record in one spelling of the namespace prefix."""

    table: str
    head: re.Pattern[str]
    classes: tuple[_Class, ...]
    close: str

    def take(self, text: str, at: int) -> Found | None:
        """Return the record that begins at `at`, None if it isn't ordinary or its end not there."""
        head = self.head.match(text, at)
        if head is None:
            return None
        own = list(head.groups())
        ids = own[NUMBERS : NUMBERS + 1]
        rows: list[Rows] = [(self.table, ids, ids, own)]
        at = head.end()
        for one in self.classes:
            if text.startswith(one.start, at):
                taken, at = one.take(text, at)
                rows.append(taken)
        if not text.startswith(self.close, at):
            return None
        return Found(_after(text, at + len(self.close)), rows)


def make_patterns(plan: Plan, record: str, prefix: str) -> Patterns:
    """Return the patterns for `record` (PERSON) where names carry `prefix` («ipl:» or «»)."""
    element = plan.elements[record]
    fields = "".join(_field(child, prefix) for child in element.children if child.type)
    classes = tuple(_class(group, prefix) for group in _groups(element))
    head = re.compile(_FREE + _start(element, prefix) + fields)
    return Patterns(str(element.table), head, classes, f"</{prefix}{record}>")


def _class(element: Element, prefix: str) -> _Class:
    row = _row(element, prefix)
    return _Class(
        str(element.table),
        NUMBERS + len(element.fields),
        f"<{prefix}{element.name} ",
        re.compile(_FREE + row).match,
        Cutter(re.compile(row)).cut if element.fields == FIELDS else None,
    )


def _after(text: str, at: int) -> int:
    """Return where the space ends that begins at `at`."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


def row_patterns(plan: Plan, record: str, prefix: str) -> dict[str, re.Pattern[str]]:
    """Return, by table, the patterns that accept a single child of `record` and take it apart."""
    return {
        str(group.table): re.compile(_row(group, prefix))
        for group in _groups(plan.elements[record])
    }


def _groups(element: Element) -> list[Element]:
    return [child for child in element.children if not child.type]


def _row(element: Element, prefix: str) -> str:
    fields = "".join(_field(child, prefix) for child in element.children)
    return f"{_start(element, prefix)}{fields}</{prefix}{element.name}>{GAP}"


def _start(element: Element, prefix: str) -> str:
    attributes = "".join(map(_attribute, element.attributes))
    return f"<{prefix}{element.name}{attributes}>{GAP}"


def _attribute(attribute: Attribute) -> str:
    spelled = f' {attribute.name}="{_value(attribute.type, attribute.fixed)}"'
    return spelled if attribute.required else f"(?:{spelled})?+"


def _field(element: Element, prefix: str) -> str:
    if not element.type:
        message = f"{element.name}: et felt må være enkelt her"
        raise ValueError(message)
    name = prefix + element.name
    spelled = f"<{name}>{_value(element.type, element.fixed)}</{name}>{GAP}"
    return spelled if element.minimum else f"(?:{spelled})?+"


def _value(kind: SimpleType, fixed: str | None) -> str:
    return f"({ordinary_pattern(kind) if fixed is None else re.escape(fixed)})"
