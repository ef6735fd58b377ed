"""Valid or not: a document's text judged by one of our schemas, and nothing said about why.

libxml2 judges where it is (lxml). Where it can't be, as in a browser, xmlschema does,
slower and with the same answers.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from xmlschema import XMLSchemaValidationError, XsdElement

_SPACE = " \t\r\n"
_NUMBER = re.compile(r"[ \t\r\n]*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")


@cache
def judge_by(schema: Path) -> Callable[[str], bool]:
    """Return what tells whether a document, given as text, is valid by the schema."""
    return by_lxml(schema) if find_spec("lxml") else by_xmlschema(schema)


def by_lxml(path: Path) -> Callable[[str], bool]:
    """Judge with libxml2."""
    from lxml import etree  # noqa: PLC0415  only when something is to be judged

    schema = etree.XMLSchema(etree.fromstring(path.read_bytes()))
    parser = etree.XMLParser(
        huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
    )

    def judge(text: str) -> bool:
        try:
            return bool(schema.validate(etree.fromstring(text, parser)))
        except (etree.XMLSyntaxError, ValueError):
            return False

    return judge


def by_xmlschema(path: Path) -> Callable[[str], bool]:
    """Judge with xmlschema, which is Python all through."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415  walked already: no entities are left

    import xmlschema  # noqa: PLC0415  never where lxml is

    schema = xmlschema.XMLSchema10(str(path), allow="local", use_fallback=False)

    def judge(text: str) -> bool:
        try:
            root = ET.fromstring(text)  # noqa: S314  walked already: no entities are left
            return bool(schema.is_valid(root, extra_validator=_strict))
        except (ET.ParseError, ValueError, xmlschema.XMLSchemaException):
            return False

    return judge


def _strict(element: Element, declared: XsdElement) -> Iterator[XMLSchemaValidationError]:
    """Refuse what Python takes for numbers and for space, and XML does not: «1_0», a hard space."""
    from xmlschema import XMLSchemaValidationError  # noqa: PLC0415  never where lxml is

    values = [
        (declared.attributes[name].type, value)
        for name, value in element.items()
        if name in declared.attributes
    ]
    for kind, value in ((declared.type, element.text), *values):
        if kind and kind.root_type.local_name == "decimal" and not _NUMBER.fullmatch(value or ""):
            yield XMLSchemaValidationError(declared, element, "no number in XML Schema")
    if declared.type.is_element_only():
        between = (element.text, *(child.tail for child in element))
        if any(text and text.strip(_SPACE) for text in between):
            yield XMLSchemaValidationError(declared, element, "text between elements")
