"""One reading of a schema, used by everybody: fields, order, cardinality and facets.

The plan drives the accept pattern, the shredder, the explanation of faults and
the tables, so that they can't disagree about what the message looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True, slots=True, eq=False)
class SimpleType:
    """A simple type: XSD base name without prefix, and its facets; each declaration its own."""

    base: str
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None
    enumeration: tuple[str, ...] = ()


class Attribute(NamedTuple):
    """An attribute of an element."""

    name: str
    type: SimpleType
    required: bool
    fixed: str | None = None


@dataclass(frozen=True)
class Element:
    """An element as it may stand in its parent; `maximum` None means unbounded.

    A simple element has `type` and no children. `unique` pairs a child's name
    with the attribute whose value may occur only once.
    """

    name: str
    minimum: int
    maximum: int | None
    type: SimpleType | None
    children: tuple[Element, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    fixed: str | None = None
    unique: tuple[tuple[str, str], ...] = ()

    @cached_property
    def order(self) -> dict[str, int]:
        """Return each child's place in the sequence by its name."""
        return {child.name: place for place, child in enumerate(self.children)}

    @cached_property
    def simple(self) -> dict[str, Element]:
        """Return the children that are plain fields, by name."""
        return {child.name: child for child in self.children if child.type}

    @cached_property
    def attribute(self) -> dict[str, Attribute]:
        """Return the attributes by name."""
        return {attribute.name: attribute for attribute in self.attributes}

    @cached_property
    def table(self) -> str | None:
        """Return the table that holds such elements, None for a plain field."""
        return None if self.type else self.name.lower().removeprefix("ii")

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Return the names of its own values: attributes first, then simple children."""
        simple = (child.name for child in self.children if child.type)
        return (*(attribute.name for attribute in self.attributes), *simple)

    @cached_property
    def own_id(self) -> str | None:
        """Return the attribute that numbers such elements, such as pePeID or poPoID."""
        return next((name for name in self.attribute if name[2:4].lower() == name[:2]), None)

    def walk(self) -> list[Element]:
        """Return itself and all complex elements below it, in document order."""
        below = (inner for child in self.children if not child.type for inner in child.walk())
        return [self, *below]


@dataclass(frozen=True)
class Plan:
    """A whole message format as one tree."""

    namespace: str
    root: Element

    @cached_property
    def elements(self) -> dict[str, Element]:
        """Return every complex element by name."""
        return {element.name: element for element in self.root.walk()}

    @cached_property
    def places(self) -> dict[str, dict[str, int]]:
        """Return, per complex element, its children's places by «namespace name»."""
        return {
            name: {f"{self.namespace} {child}": place for child, place in element.order.items()}
            for name, element in self.elements.items()
        }

    @cached_property
    def tables(self) -> dict[str, Element]:
        """Return every complex element by the name of its table."""
        return {str(element.table): element for element in self.root.walk()}


def minimal(element: Element, prefix: str) -> str:
    """Return the smallest valid spelling of an element, on one line."""
    attributes = "".join(
        f' {attribute.name}="{_sample(attribute.type, attribute.fixed)}"'
        for attribute in element.attributes
        if attribute.required
    )
    name = prefix + element.name
    if element.type:
        return f"<{name}>{_sample(element.type, element.fixed)}</{name}>"
    inner = "".join(minimal(child, prefix) * child.minimum for child in element.children)
    return f"<{name}{attributes}>{inner}</{name}>"


def _sample(kind: SimpleType, fixed: str | None) -> str:
    if fixed is not None:
        return fixed
    if kind.enumeration:
        return kind.enumeration[0]
    if kind.pattern:
        return "20000101"
    return "1" * max(kind.length or 0, kind.min_length or 0, 1)
