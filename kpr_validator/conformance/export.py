"""The vendor's export: found in the folder, and read as the persons and rows it holds."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.opening import open_message
from kpr_validator.read import ReadingError, UnfinishedError, open_source
from kpr_validator.scrub.cut import read
from kpr_validator.scrub.ident import identities

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpr_validator.scrub.tree import Node

FORMS = frozenset({".xml", ".zip", ".gz"})
ANNUAL, IDENT = "annual", "ident"
_SEVERAL = {ANNUAL: "several_annual", IDENT: "several_ident"}


class ExportError(ValueError):
    """No file to compare, or several; `why` is a word and `files` are their names."""

    def __init__(self, why: str, files: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.files = files


class Row(NamedTuple):
    """A row as it was written: an empty element has the value ''. `place` is that in the person."""

    element: str
    fields: Mapping[str, str]
    place: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A person as written, the line it begins on, and the identity that the ident message tells."""

    id: str
    line: int
    fields: Mapping[str, str]
    rows: tuple[Row, ...]
    identity: str | None


class Found(NamedTuple):
    """The files of a vendor that are to be compared."""

    annual: Path
    ident: Path | None


def find(folder: Path) -> Found:
    """Return the one annual message in a folder, and its ident message if there is one.

    Raises ExportError when there is none, or several.
    """
    kinds: dict[str, list[Path]] = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in FORMS):
        kinds.setdefault(_kind(path), []).append(path)
    for kind, why in _SEVERAL.items():
        if len(some := kinds.get(kind, [])) > 1:
            raise ExportError(why, tuple(path.name for path in some))
    if ANNUAL not in kinds:
        raise ExportError("none", tuple(path.name for some in kinds.values() for path in some))
    return Found(kinds[ANNUAL][0], next(iter(kinds.get(IDENT, [])), None))


def _kind(path: Path) -> str:
    try:
        with closing(open_source(str(path), io.BytesIO())) as source:
            source.prepare()
            return open_message(source.text())[0].document.kind
    except (ReadingError, UnfinishedError):
        return ""


def people(found: Found) -> list[Sent]:
    """Return every person of the export.

    Raises ExportError when it can't be taken apart.
    """
    original = read(str(found.annual), io.BytesIO(), None)
    if original is None:
        raise ExportError("broken", (found.annual.name,))
    rows = identities(str(found.ident)) if found.ident else ()
    numbers = {row.get("pid", ""): row.get("fid", "") for row in rows}
    sent: list[Sent] = []
    for place, cut in enumerate(original.cuts):
        node = original.person(place)
        if node is None:
            raise ExportError("broken", (found.annual.name,))
        sent.append(_sent(node, cut.first, numbers))
    return sent


def _sent(node: Node, line: int, numbers: Mapping[str, str]) -> Sent:
    own = dict(node.attributes).get("pePeID", "")
    complex_ = [child for child in node.children if child.children or child.attributes]
    return Sent(
        id=own,
        line=line,
        fields=_fields(node),
        rows=tuple(Row(child.name, _fields(child), place) for place, child in enumerate(complex_)),
        identity=numbers.get(own),
    )


def _fields(node: Node) -> dict[str, str]:
    """Return a row's values and ids; of a field that is there twice, the first."""
    values = dict(node.attributes)
    for child in node.children:
        if not child.children and not child.attributes:
            values.setdefault(child.name, child.text)
    return values
