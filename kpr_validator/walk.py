"""Our own walk over a piece of the document: its rows, and every fault with its exact line.

The walk follows the plan on expat's events. Expat's line numbers are right at
any size, and the same walk serves three ends: to explain what the schema
refuses, to take out the rows of a record in unusual spelling, and to find the
line of a field again.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat

from kpr_validator.datatype import SPACE, check, is_ordinary, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kpr_validator.model import Value
    from kpr_validator.plan import Attribute, Element, Plan, SimpleType

XSI = "http://www.w3.org/2001/XMLSchema-instance "
_HINTS = frozenset({XSI + "schemaLocation", XSI + "noNamespaceSchemaLocation"})
_KIND = {"datatype": "XSD-05", "facet": "XSD-06", "code": "XSD-14"}
LONGEST_VALUE = 10_000_000
LARGEST_RECORD = 64_000_000


class Row(NamedTuple):
    """One complex element: its line, and the value and line of each field it holds."""

    element: Element
    line: int
    values: dict[str, str]
    lines: dict[str, int]


class Fault(NamedTuple):
    """One fault; `row` is the index among the walk's rows of the element it is in, or None."""

    rule: str
    line: int
    element: str
    field: str | None
    row: int | None
    observed: str | None = None
    expected: str | None = None
    parent: str | None = None
    values: Mapping[str, Value] = MappingProxyType({})


class Broken(NamedTuple):
    """Where the text stops being XML: line, column (0-based) and expat's code."""

    line: int
    column: int
    code: int


class Walked(NamedTuple):
    """What a walk found; `broken` is None when the text is well-formed to its end."""

    rows: list[Row]
    faults: list[Fault]
    broken: Broken | None


def walk(pieces: Iterable[str], plan: Plan, start: str) -> Walked:
    """Walk the text from each element named `start`; what is outside such elements is only parsed.

    Lines count from 1 in the joined pieces.
    """
    walker = _Walker(plan, plan.elements[start])
    parser = walker.parser
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003  pyexpat takes no keyword
        parser.Parse("", True)  # noqa: FBT003
    except expat.ExpatError as error:
        broken = Broken(error.lineno, error.offset, error.code)
        return Walked(walker.rows, walker.faults, broken)
    finally:
        walker.release()
    return Walked(walker.rows, walker.faults, None)


class _Frame:
    """An open complex element: how far in its sequence we are, and what has been seen."""

    __slots__ = ("counts", "element", "place", "places", "row", "row_at", "seen", "told_text")

    def __init__(self, places: dict[str, int], row: Row, row_at: int) -> None:
        self.element = element = row.element
        self.places = places
        self.row = row
        self.row_at = row_at
        self.place = 0
        self.counts = [0] * len(element.children)
        self.seen: set[tuple[str, str]] = set()
        self.told_text = False


class _Walker:
    """The handlers of one walk."""

    def __init__(self, plan: Plan, start: Element) -> None:
        self.places = plan.places
        self.rows: list[Row] = []
        self.faults: list[Fault] = []
        self.space = plan.namespace + " "
        self.starts = self.space + start.name
        self.top = start
        self.frames: list[_Frame] = []
        self.skipping = 0
        self.field: Element | None = None
        self.field_line = 0
        self.text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def release(self) -> None:
        """Break the ring between the parser and its handlers, so that memory goes at once."""
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None

    def start(self, name: str, attributes: list[str]) -> None:
        """Take an element's start."""
        if self.skipping:
            self.skipping += 1
        elif self.field is not None:
            self._tell("XSD-11", self.field.name, child=_local(name))
            self.skipping = 1
        elif not self.frames:
            if name == self.starts:
                self._open(self.top, attributes)
        else:
            self._child(name, attributes)

    def _child(self, name: str, attributes: list[str]) -> None:
        frame = self.frames[-1]
        place = frame.places.get(name)
        if place is None:
            known = _local(name) in frame.element.order
            self._tell("XSD-12" if known else "XSD-01", _local(name))
            self.skipping = 1
            return
        child = frame.element.children[place]
        frame.counts[place] += 1
        if place < frame.place or (
            child.maximum is not None and frame.counts[place] > child.maximum
        ):
            self._misplaced(frame, child, place)
        frame.place = max(place, frame.place)
        if child.type is None:
            self._open(child, attributes)
            return
        self.field = child
        self.field_line = self.parser.CurrentLineNumber
        if attributes:
            self._attributes(child, attributes)

    def _misplaced(self, frame: _Frame, child: Element, place: int) -> None:
        if child.maximum is not None and frame.counts[place] > child.maximum:
            self._tell("XSD-03", child.name, values={"maks": child.maximum})
        else:
            after = frame.element.children[frame.place].name
            self._tell("XSD-04", child.name, expected=f"før:{after}")

    def _open(self, element: Element, attributes: list[str]) -> None:
        row = Row(element, self.parser.CurrentLineNumber, {}, {})
        self.frames.append(_Frame(self.places[element.name], row, len(self.rows)))
        self.rows.append(row)
        self._attributes(element, attributes)
        if len(self.frames) > 1:
            self._unique(self.frames[-2], row)

    def _unique(self, parent: _Frame, row: Row) -> None:
        for child, key in parent.element.unique:
            if child == row.element.name and key in row.values:
                found = (child, row.values[key])
                if found in parent.seen:
                    self._tell("XSD-13", key, observed=row.values[key])
                parent.seen.add(found)

    def _attributes(self, element: Element, attributes: list[str]) -> None:
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        row = self.rows[-1]
        for name, text in given.items():
            attribute = element.attribute.get(name)
            if attribute is not None:
                self._attribute(attribute, text, row)
            elif name not in _HINTS:
                self._tell("XSD-07", _local(name), owner=element.name)
        for attribute in element.attributes:
            if attribute.required and attribute.name not in given:
                self._tell("XSD-08", attribute.name, owner=element.name)

    def _attribute(self, attribute: Attribute, text: str, row: Row) -> None:
        row.lines[attribute.name] = row.line
        if is_ordinary(text, attribute.type):
            row.values[attribute.name] = text
            if attribute.fixed is None:
                return
        row.values[attribute.name] = value = value_of(text, attribute.type)
        self._check(attribute.name, attribute.type, attribute.fixed, value)

    def _check(self, name: str, kind: SimpleType, fixed: str | None, value: str) -> None:
        if fault := check(value, kind):
            self._tell(_KIND[fault.kind], name, observed=value, expected=fault.expected)
        elif fixed is not None and value != fixed:
            self._tell("XSD-09", name, observed=value, expected=f"fast:{fixed}")

    def characters(self, data: str) -> None:
        """Take text: a field's value, or something that should not be there."""
        if self.skipping or not self.frames:
            return
        if self.field is not None:
            self.text.append(data)
        elif data.isspace() and data.isascii():
            return
        elif not self.frames[-1].told_text and data.strip(SPACE):
            self.frames[-1].told_text = True
            # Buffered text is told when the next mark-up begins, so lines count back from there.
            self._tell("XSD-10", None, up=data.lstrip(SPACE).count("\n"))

    def end(self, _name: str) -> None:
        """Take an element's end."""
        if self.skipping:
            self.skipping -= 1
        elif self.field is not None and self.field.type is not None:
            text = self.text[0] if len(self.text) == 1 else "".join(self.text)
            self.text.clear()
            self._close_field(self.field.name, self.field.type, self.field.fixed, text)
            self.field = None
        elif self.frames:
            self._close()

    def _close_field(self, name: str, kind: SimpleType, fixed: str | None, text: str) -> None:
        row = self.frames[-1].row
        is_first = name not in row.values
        if is_first:
            row.lines[name] = self.field_line
        if is_ordinary(text, kind) and fixed is None:
            row.values.setdefault(name, text)
            return
        value = value_of(text or fixed or "", kind)
        row.values.setdefault(name, value)
        if len(value) > LONGEST_VALUE:
            self._tell("LES-10", name)
        self._check(name, kind, fixed, value)

    def _close(self) -> None:
        frame = self.frames.pop()
        for child, count in zip(frame.element.children, frame.counts, strict=True):
            if count < child.minimum:
                self.faults.append(
                    Fault(
                        "XSD-02",
                        frame.row.line,
                        frame.element.name,
                        child.name,
                        frame.row_at,
                        expected=f"antall:{child.minimum}",
                        parent=frame.element.name,
                    )
                )

    def _tell(  # noqa: PLR0913  one place makes every fault
        self,
        rule: str,
        field: str | None,
        *,
        observed: str | None = None,
        expected: str | None = None,
        owner: str | None = None,
        child: str | None = None,
        values: Mapping[str, Value] = MappingProxyType({}),
        up: int = 0,
    ) -> None:
        frame = self.frames[-1]
        inside_field = self.field is not None and child is None
        line = self.field_line if inside_field else self.parser.CurrentLineNumber - up
        holder = frame.element.name
        parent = owner or (field if child else holder)
        self.faults.append(
            Fault(
                rule, line, holder, child or field, frame.row_at, observed, expected, parent, values
            )
        )


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]
