"""Which document this is: its root, looked up in `schemas/catalogue.toml`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kpr_validator import assets, toml
from kpr_validator.model import Text
from kpr_validator.schema import read_plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpr_validator.plan import Plan


@dataclass(frozen=True)
class Document:
    """One kind of document that we recognise; `kind` is annual, ident, envelope or refused."""

    name: str
    kind: str
    root: str
    namespace: str
    folder: str | None
    xsd: str | None
    years: tuple[int, ...]
    markers: tuple[str, ...]
    description: Text | None

    @cached_property
    def schema(self) -> Path:
        """Return the path of its schema; refused documents have none."""
        return assets.schemas() / str(self.folder) / str(self.xsd)

    @cached_property
    def plan(self) -> Plan:
        """Return the plan that its schema gives."""
        return read_plan(self.schema)

    @cached_property
    def fields(self) -> tuple[Mapping[str, str], ...]:
        """Return the rows of its field table."""
        path = self.schema.with_name("fields.csv")
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(csv.DictReader(file, delimiter=";"))

    @cached_property
    def confidential(self) -> frozenset[str]:
        """Return the fields whose values are never shown, contact persons' among them."""
        if self.kind != "annual":
            return frozenset(
                name for element in self.plan.elements.values() for name in element.fields
            ) - {"pid", "versjon", "meldingstype", "typeID", "fraDatoPeriode", "tilDatoPeriode"}
        return frozenset(row["felt"] for row in self.fields if row["fortrolig"] == "1")


@cache
def documents() -> tuple[Document, ...]:
    """Return every known document, in the catalogue's order."""
    path = assets.schemas() / "catalogue.toml"
    entries = toml.loads(path.read_text(encoding="utf-8"))["document"]
    return tuple(
        Document(
            name=entry["name"],
            kind=entry["kind"],
            root=entry["root"],
            namespace=entry["namespace"],
            folder=entry.get("folder"),
            xsd=entry.get("xsd"),
            years=tuple(entry.get("years", ())),
            markers=tuple(entry.get("markers", ())),
            description=Text(**entry["is"]) if "is" in entry else None,
        )
        for entry in entries
    )


def find(namespace: str, root: str) -> Document | None:
    """Return the document with this root, None when it is unknown to us."""
    return next(
        (
            document
            for document in documents()
            if document.root == root and fnmatchcase(namespace, document.namespace)
        ),
        None,
    )


def annual() -> tuple[Document, ...]:
    """Return the annual formats, newest first: their tables are shared."""
    return tuple(document for document in documents() if document.kind == "annual")


def accepted() -> str:
    """Return the names of the documents that can be given to us, for a sentence."""
    return ", ".join(document.name for document in documents() if document.kind != "refused")


def rules_year(document: Document, year: int | None) -> int:
    """Return the documented data year nearest to `year`, the newest when there is none."""
    if year is None:
        return max(document.years)
    return min(document.years, key=lambda known: (abs(known - year), -known))
