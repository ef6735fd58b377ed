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

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.plan import Attribute, Element, Plan, SimpleType
    from kpr_validator.rows import Rows

GAP = r"[ \t\n]*+"
_SPACE = re.compile(GAP)
_FREE = ("",) * NUMBERS
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
    """Children that stand together.

    `split` makes `width` cells of each, and one more at the end. Where it doesn't take one, the
    rest is a row without values.
    """

    table: str
    width: int
    start: str
    close: str
    split: Callable[[str], list[Any]]


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
        close = text.find(self.close, head.end()) if head else -1
        if head is None or close < 0:
            return None
        own = [*_FREE, *head.groups()]
        rows: list[Rows] = [(self.table, len(own), own)]
        at = head.end()
        for table, width, start, end, split in self.classes:
            if text.startswith(start, at):
                last = text.rfind(end, at, close)
                if last < 0:
                    return None
                following = text.find("<", last + len(end))
                cells = split(text[at:following])
                if cells[NUMBERS - width - 1] is None:
                    return None
                del cells[-1]
                rows.append((table, width, cells))
                at = following
        if at < close:
            return None
        return Found(_after(text, close + len(self.close)), rows)


def make_patterns(plan: Plan, record: str, prefix: str) -> Patterns:
    """Return the patterns for `record` (PERSON) where names carry `prefix` («ipl:» or «»)."""
    element = plan.elements[record]
    fields = "".join(_field(child, prefix) for child in element.children if child.type)
    classes = (
        _Class(
            str(group.table),
            NUMBERS + len(group.fields),
            f"<{prefix}{group.name} ",
            f"</{prefix}{group.name}>",
            # What stands before a row, which is nothing, is a cell as well.
            re.compile(f"{'()' * (NUMBERS - 1)}{_row(group, prefix)}|(?s:.+)").split,
        )
        for group in _groups(element)
    )
    head = re.compile(_start(element, prefix) + fields)
    return Patterns(str(element.table), head, tuple(classes), f"</{prefix}{record}>")


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
