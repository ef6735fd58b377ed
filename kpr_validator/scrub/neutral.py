"""Values that say nothing, for those that are left: the first that the findings can live with.

Codes of one or two signs stand: they are the message's own categories, and all that the
findings can do without are gone by now. Everything else has a list of stand-ins.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import catalogue
from kpr_validator.scrub.renumber import MUNICIPALITY, ORGANISATION, is_id
from kpr_validator.scrub.shape import broken, shape
from kpr_validator.scrub.tree import changed

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kpr_validator.catalogue import Document
    from kpr_validator.scrub.tree import Node, Path

_CODE = re.compile("[0-9A-Za-z]{1,2}")
_NUMBER = re.compile("[0-9]{1,3}")
_HOURS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_DAY = re.compile("(?:1[0-9]|20)[0-9]{6}|(?:19|20)[0-9]{4}|99991231")
_VERSION = re.compile(r"[0-9](?:\.[0-9]){1,2}")
_KNOWN: dict[str, tuple[str, ...]] = {
    "Navn": ("Testperson",),
    "Telefon": ("00000000",),
    "Epost": ("test@example.invalid",),
    "iiSysID": ("TEST",),
    "iiSysVersjon": ("1.0",),
    "iiLopenr": ("1",),
    "diDiagKode": ("A01", "P70", "F03"),
    "diKodeVersjon": ("ICPC-2", "ICD-10"),
    "iiBydelsnr": ("00", "01", "99"),
    "peBydelsnr": ("00", "01", "99"),
    "peAlder": ("85", "45", "25", "10", "70", "16", "120"),
}
_HOURS_INSTEAD = ("10.00", "2.50", "10", "0.00", "200.00")
_STAND_ALONE = frozenset({"iiInnhType", "peKjonn"})
_MAY_STAY = {"dato": _DAY, "maaned": _DAY, "kode": _CODE, "versjon": _VERSION}


class Choice(NamedTuple):
    """A value that has stand-ins: everywhere it stands, and they, the best first."""

    at: frozenset[Path]
    values: tuple[str, ...]


@cache
def _types() -> dict[str, str]:
    """Return the type of every field of the annual formats."""
    return {row["felt"]: row["type"] for document in catalogue.annual() for row in document.fields}


def stand_ins(field: str, text: str) -> tuple[str, ...]:
    """Return what may stand for a value, the best first; nothing when it may stay.

    Days, ids, organisation numbers and municipalities are renewed elsewhere.
    """
    bare = text.strip()
    kind = _types().get(field, "")
    if not bare or is_id(field) or field in ORGANISATION | MUNICIPALITY:
        return ()
    may_stay = _MAY_STAY.get("kode" if field in _STAND_ALONE else kind)
    if may_stay:
        return () if may_stay.fullmatch(bare) else (shape(text),)
    if kind == "desimal":
        return _hours(bare, text)
    known = _KNOWN.get(field, ())
    if field == "peAlder":
        return (*known, bare) if _NUMBER.fullmatch(bare) else (shape(text),)
    return tuple(dict.fromkeys((*known, shape(text), broken(text))))


def _hours(bare: str, text: str) -> tuple[str, ...]:
    if not _HOURS.fullmatch(bare):
        return (shape(text),)
    rounded = f"{round(float(bare))}{'.00' if '.' in bare else ''}"
    return tuple(dict.fromkeys((*_HOURS_INSTEAD, rounded, bare)))


def choices(tree: Node) -> list[Choice]:
    """Return every value of a tree that has stand-ins; the same field and value once."""
    found: dict[tuple[str, str], list[Path]] = {}
    for at, node in tree.walk():
        found.setdefault((node.name, node.text), []).append(at)
        for name, value in node.attributes:
            found.setdefault((name, value), []).append((*at, name))
    told = ((stand_ins(*key), places) for key, places in found.items())
    return [Choice(frozenset(places), values) for values, places in told if values]


def put(tree: Node, places: AbstractSet[Path], value: str) -> Node:
    """Return the tree with another text or attribute at these paths."""

    def change(here: Path, node: Node) -> Node:
        attributes = tuple(
            (name, value if (*here, name) in places else old) for name, old in node.attributes
        )
        text = value if here in places else node.text
        return replace(node, text=text, attributes=attributes)

    return changed(tree, change)


class Tame:
    """Gives elements, attributes and namespaces of a file's own invention other names.

    Names that any of our schemas knows, in whatever case, stay; hints of schemas go.
    """

    def __init__(self, document: Document) -> None:
        self._spaces = {"", document.namespace}
        self._renamed: dict[str, str] = {}

    def name(self, own: str) -> str:
        """Return the name that stands for this one, always the same."""
        if own.lower() in _names():
            return own
        return self._renamed.setdefault(own, f"ukjent{len(self._renamed) + 1}")

    def tree(self, top: Node) -> Node:
        """Return the tree with names that say nothing."""
        return changed(top, self._node)

    def _node(self, _at: Path, node: Node) -> Node:
        attributes = ((*key.rpartition(" ")[::2], value) for key, value in node.attributes)
        told = (
            (f"{self._space(space)} {self.name(own)}".lstrip(), value)
            for space, own, value in attributes
            if own not in {"schemaLocation", "noNamespaceSchemaLocation"}
        )
        return replace(
            node,
            name=self.name(node.name),
            namespace=self._space(node.namespace),
            attributes=tuple(told),
        )

    def _space(self, own: str) -> str:
        return own if own in self._spaces else "urn:ukjent"


@cache
def _names() -> frozenset[str]:
    """Return every name of our schemas, and those that tell of the older message, in lower case."""
    found: set[str] = {"iikontakt"}
    for document in catalogue.documents():
        found |= {marker.lower() for marker in document.markers}
        if document.kind == "annual":
            for element in document.plan.root.walk():
                found |= {element.name.lower(), *map(str.lower, element.fields)}
    return frozenset(found)
