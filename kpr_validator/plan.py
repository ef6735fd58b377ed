"""One reading of a schema, used by everybody: fields, order, cardinality and facets.

The plan drives the accept pattern, the shredder, the explanation of faults and
the tables, so that they can't disagree about what the message looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET  # our own schemas only, never a user's file

if TYPE_CHECKING:
    from pathlib import Path

XS = "{http://www.w3.org/2001/XMLSchema}"


class UnsupportedSchemaError(ValueError):
    """A construct in one of our own schemas that the plan does not know."""


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


def read_plan(path: Path) -> Plan:
    """Read one of our schemas.

    Raises UnsupportedSchemaError for a construct that the plan does not know.
    """
    return _Reader(ET.parse(path).getroot()).plan()  # noqa: S314  our own file


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


class _Reader:
    """Follows the references of one schema."""

    def __init__(self, schema: ET.Element) -> None:
        self.schema = schema
        self.named = {
            (node.tag, node.get("name")): node for node in schema if node.get("name") is not None
        }

    def plan(self) -> Plan:
        """Return the plan of the schema's first global element."""
        root = self.schema.find(f"{XS}element")
        if root is None:
            raise UnsupportedSchemaError(self.schema.tag)
        return Plan(str(self.schema.get("targetNamespace")), self.element(root))

    def element(self, node: ET.Element) -> Element:
        """Return the element that `node` declares or refers to."""
        target = self._global("element", str(node.get("ref"))) if node.get("ref") else node
        maximum = node.get("maxOccurs", "1")
        complex_type = self._inline_or_named(target, "complexType")
        children, attributes = self._content(complex_type) if complex_type is not None else ((), ())
        return Element(
            name=str(target.get("name")),
            minimum=int(node.get("minOccurs", "1")),
            maximum=None if maximum == "unbounded" else int(maximum),
            type=None if complex_type is not None else self.simple(target),
            children=children,
            attributes=attributes,
            fixed=target.get("fixed"),
            unique=tuple(self._unique(target)),
        )

    def simple(self, node: ET.Element) -> SimpleType:
        """Return the simple type of an element or attribute."""
        inline = self._inline_or_named(node, "simpleType")
        if inline is None:
            return SimpleType(_local(str(node.get("type"))))
        restriction = inline.find(f"{XS}restriction")
        if restriction is None:
            raise UnsupportedSchemaError(str(inline.get("name")))
        base = str(restriction.get("base"))
        facets = {facet.tag.removeprefix(XS): str(facet.get("value")) for facet in restriction}
        values = (str(facet.get("value")) for facet in restriction.findall(f"{XS}enumeration"))
        known = {"enumeration", "pattern", *_NUMBERS}
        if unknown := facets.keys() - known or (XS + "simpleType", _local(base)) in self.named:
            raise UnsupportedSchemaError(str(unknown))
        numbers = {_NUMBERS[name]: int(facets[name]) for name in _NUMBERS if name in facets}
        return SimpleType(
            _local(base), pattern=facets.get("pattern"), enumeration=tuple(values), **numbers
        )

    def _inline_or_named(self, node: ET.Element, kind: str) -> ET.Element | None:
        inline = node.find(XS + kind)
        return inline if inline is not None else self._type(kind, node.get("type", ""))

    def _type(self, kind: str, name: str) -> ET.Element | None:
        return None if name.startswith("xs:") else self.named.get((XS + kind, _local(name)))

    def _global(self, kind: str, name: str) -> ET.Element:
        return self.named[XS + kind, _local(name)]

    def _content(self, node: ET.Element) -> tuple[tuple[Element, ...], tuple[Attribute, ...]]:
        """Return the children and attributes of a complex type, its base's first."""
        children: list[Element] = []
        attributes: list[Attribute] = []
        for part in node:
            match part.tag.removeprefix(XS):
                case "complexContent" | "extension" as kind:
                    if kind == "extension":
                        base = self._global("complexType", str(part.get("base")))
                        self._extend(children, attributes, base)
                    self._extend(children, attributes, part)
                case "sequence":
                    children.extend(self.element(child) for child in part)
                case "attribute":
                    attributes.append(self._attribute(part))
                case "annotation":
                    pass
                case other:
                    raise UnsupportedSchemaError(other)
        return tuple(children), tuple(attributes)

    def _extend(
        self, children: list[Element], attributes: list[Attribute], node: ET.Element
    ) -> None:
        more_children, more_attributes = self._content(node)
        children.extend(more_children)
        attributes.extend(more_attributes)

    def _attribute(self, node: ET.Element) -> Attribute:
        return Attribute(
            str(node.get("name")),
            self.simple(node),
            required=node.get("use") == "required",
            fixed=node.get("fixed"),
        )

    @staticmethod
    def _unique(node: ET.Element) -> list[tuple[str, str]]:
        pairs = []
        for unique in node.findall(f"{XS}unique"):
            selector, key = unique.find(f"{XS}selector"), unique.find(f"{XS}field")
            if selector is None or key is None:
                raise UnsupportedSchemaError(str(unique.get("name")))
            pairs.append((_local(str(selector.get("xpath"))), str(key.get("xpath")).lstrip("@")))
        return pairs


_NUMBERS = {
    "length": "length",
    "minLength": "min_length",
    "maxLength": "max_length",
    "totalDigits": "total_digits",
    "fractionDigits": "fraction_digits",
}


def _local(name: str) -> str:
    """Return a qualified name without its prefix."""
    return re.sub(r"^.*:", "", name)
