"""A schema reduced to what it declares: names, order, cardinalities, types and facets.

Names of types, documentation and how declarations are put together are left out,
so that two schemas have the same shape when they ask for the same documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xmlschema
from xmlschema.validators import XsdElement, XsdGroup

if TYPE_CHECKING:
    from pathlib import Path

XSD = "{http://www.w3.org/2001/XMLSchema}"

# Patterns that are written differently and accept the same texts.
SAME_LANGUAGE = {
    "[0-9]{4}([0][1-9]|[1][0-2])([0][1-9]|[1-2][0-9]|[3][0-1])": (
        "[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
    ),
    r"(\d+\.?)*\d+": r"\d+(\.\d+)*",
    "([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})"
    r"|(\{[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\})": (
        "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
        r"|\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}"
    ),
}

Shape = dict[str, Any]


def shape(path: Path) -> Shape:
    """Return every global element of the schema at `path`, by name."""
    schema = xmlschema.XMLSchema10(str(path), allow="local")
    return {
        str(element.local_name): _element(element)
        for element in sorted(schema.elements.values(), key=lambda e: str(e.local_name))
    }


def _element(element: XsdElement) -> Shape:
    return {
        "namespace": element.target_namespace,
        "fixed": element.fixed,
        "default": element.default,
        "nillable": element.nillable,
        "unique": sorted(_identity(rule) for rule in element.identities),
        "type": _type(element.type),
    }


def _identity(rule: Any) -> tuple[str, ...]:  # noqa: ANN401  xmlschema leaves it untyped
    steps = (rule.selector.path, *(field.path for field in rule.fields))
    return (type(rule).__name__, *(step.rpartition(":")[2] for step in steps))


def _type(xsd_type: Any) -> Shape:  # noqa: ANN401  xmlschema leaves it untyped
    if xsd_type.is_simple():
        return _simple(xsd_type)
    return {
        "mixed": xsd_type.mixed,
        "attributes": {
            name: (attribute.use, attribute.fixed, attribute.default, _simple(attribute.type))
            for name, attribute in sorted(_named(xsd_type.attributes).items())
        },
        "content": _group(xsd_type.content),
    }


def _named(attributes: Any) -> dict[str, Any]:  # noqa: ANN401  xmlschema leaves it untyped
    """Leave out the wildcard that xmlschema, unlike XSD 1.0, lets a restriction of anyType keep."""
    return {name: attribute for name, attribute in attributes.items() if name is not None}


def _group(group: XsdGroup) -> tuple[Any, ...]:
    """Return the model, its cardinality and its particles; equal models in each other are one."""
    particles: list[Any] = []
    for particle in group:
        if not isinstance(particle, XsdGroup):
            particles.append(_particle(particle))
        elif particle.model == group.model and particle.occurs == (1, 1):
            particles.extend(_group(particle)[3])
        else:
            particles.append(_group(particle))
    occurs = group.occurs if group else (1, 1)
    return (group.model, *occurs, particles)


def _particle(particle: Any) -> tuple[Any, ...]:  # noqa: ANN401  xmlschema leaves it untyped
    if not isinstance(particle, XsdElement):
        return ("any", particle.namespace, particle.process_contents, *particle.occurs)
    content = "global" if particle.ref is not None else _element(particle)
    return (particle.local_name, *particle.occurs, content)


def _simple(xsd_type: Any) -> Shape:  # noqa: ANN401  xmlschema leaves it untyped
    """Return the built-in base and all facets that restrict it, or the types of a union."""
    facets: Shape = {}
    while not xsd_type.name or not xsd_type.name.startswith(XSD):
        if xsd_type.is_union():
            return {"union": [member.local_name for member in xsd_type.member_types]}
        for name, facet in xsd_type.facets.items():
            facets.setdefault(str(name).removeprefix(XSD), _facet(facet))
        xsd_type = xsd_type.base_type
    return {"base": xsd_type.local_name, **facets}


def _facet(facet: Any) -> Any:  # noqa: ANN401  xmlschema leaves it untyped
    if hasattr(facet, "patterns"):
        return [SAME_LANGUAGE.get(p, p) for p in facet.regexps]
    return facet.enumeration if hasattr(facet, "enumeration") else facet.value
