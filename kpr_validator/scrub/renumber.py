"""New ids and organisation numbers, the same for the same, in the order that they had.

Each part of the output is renumbered for itself: two parts never share an id, even when
they were made from the same person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kpr_validator import identity
from kpr_validator.scrub import shape
from kpr_validator.scrub.tree import Node, changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from kpr_validator.scrub.places import Places
    from kpr_validator.scrub.tree import Path

LINK = "tjVeNrID"
_SYSTEM = "iiSysID"  # names the record system
ORGANISATION = frozenset({"tjInstOrgnr", "dgInstOrgnr"})
MUNICIPALITY = frozenset({"iiKomnr", "peKomnr"})
_RENEWED = ORGANISATION | MUNICIPALITY
_ORDINARY = re.compile(r"\+?(0*)([0-9]{1,10})")
_LONGEST = 10
_ORGNR = re.compile("([0-9]{9})(0?)")
_MOST_ORGANISATIONS = 3000


def is_id(attribute: str) -> bool:
    """Tell whether an attribute holds an id."""
    return attribute.endswith("ID") and attribute != _SYSTEM and " " not in attribute


def family(attribute: str) -> str:
    """Return which ids are compared with each other: all that name a person are one family."""
    return "PeID" if attribute.endswith("PeID") else attribute


def plain(value: str) -> str:
    """Return an id as it is compared: without spaces, sign and leading zeros."""
    return value.strip().lstrip("+0")


class Renumber:
    """Numbers the parts of one file; `taken` are the ids of the original."""

    def __init__(self, taken: AbstractSet[str], places: Places) -> None:
        self._next = _free_block(taken)
        self._places = places
        self._organisations = 0

    def part(self, tree: Node) -> tuple[Node, dict[str, str]]:
        """Return a part with new ids, and the new id of each person by its old one."""
        ids = self._ids(tree)
        organisations: dict[str, str] = {}

        def renew(_at: Path, node: Node) -> Node:
            if not node.attributes and node.name not in _RENEWED:
                return node
            attributes = tuple(
                (name, self._written(value, ids.get((family(name), plain(value)), "")))
                if is_id(name)
                else (name, value)
                for name, value in node.attributes
            )
            text = node.text
            if node.name in ORGANISATION and not node.children:
                text = self._organisation(text, organisations)
            elif node.name in MUNICIPALITY and not node.children and text.strip():
                text = text.replace(text.strip(), self._places.new(text.strip()))
            return Node(node.name, node.namespace, attributes, text, node.children)

        people = {old: new for (kind, old), new in ids.items() if kind == "PeID"}
        return changed(tree, renew), people

    def _ids(self, tree: Node) -> dict[tuple[str, str], str]:
        """Return a new id for every one of a part, by family, rising as the old ones do."""
        found: dict[tuple[str, str], str] = {}
        for _, node in tree.walk():
            for name, value in node.attributes:
                if is_id(name):
                    found.setdefault((family(name), plain(value)), value.strip())
        ordered = sorted(found, key=lambda key: (key[0], len(key[1]), key[1]))
        links = iter(range(1, len(ordered) + 1))
        return {key: self._new(key[0], found[key], lambda: next(links)) for key in ordered}

    def _new(self, kind: str, value: str, link: Callable[[], int]) -> str:
        if not value:
            return ""
        if identity.is_identity(value):
            return shape.invented(value)
        if not _ORDINARY.fullmatch(value):
            return shape.shape(value)
        if len(value) > _LONGEST:
            return shape.digits(value)
        if kind == LINK:
            return str(link())
        self._next += 1
        return str(self._next)

    def _written(self, old: str, new: str) -> str:
        """Return the new id with the old one's spaces, sign and leading zeros."""
        bare = old.strip()
        found = _ORDINARY.fullmatch(bare)
        if not found or not new.isdigit() or len(bare) > _LONGEST or len(new) > _LONGEST:
            return old.replace(bare, new) if bare else old
        zeros = found[1][: max(_LONGEST - len(new), 0)] if found[2] != "" else ""
        sign = "+" if bare.startswith("+") else ""
        return old.replace(bare, f"{sign}{zeros}{new}")

    def _organisation(self, text: str, known: dict[str, str]) -> str:
        bare = text.strip()
        found = _ORGNR.fullmatch(bare)
        if not found:
            return shape.shape(text)
        if len(set(found[1])) == 1:
            return text
        if found[1] not in known:
            self._organisations = (self._organisations + 1) % _MOST_ORGANISATIONS
            known[found[1]] = shape.organisation(
                self._organisations, valid=shape.is_organisation(found[1])
            )
        return text.replace(bare, known[found[1]] + found[2])


def _free_block(taken: Iterable[str]) -> int:
    """Return a number of eight digits after which no id of the original comes."""
    used = {value[:2] for value in map(plain, taken) if len(value) == len("91000000")}
    prefix = next((n for n in range(91, 9, -1) if str(n) not in used), 91)
    return prefix * 1_000_000
