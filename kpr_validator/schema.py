"""One of our own schemas, read into a plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # our own schemas only, never a user's file

from kpr_validator.plan import Attribute, Element, Plan, SimpleType

if TYPE_CHECKING:
    from pathlib import Path

XS = "{http://www.w3.org/2001/XMLSchema}"


class UnsupportedSchemaError(ValueError):
    """A construct in one of our own schemas that the plan does not know."""


def read_plan(path: Path) -> Plan:
    """Read one of our schemas.

    Raises UnsupportedSchemaError for a construct that the plan does not know.
    """
    return _Reader(ET.parse(path).getroot()).plan()  # noqa: S314  our own file


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
