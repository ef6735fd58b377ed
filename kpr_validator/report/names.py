"""What services and fields are called in a language, from the code lists and field tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kpr_validator import assets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Names:
    """Names by service code and by field (element or attribute)."""

    services: Mapping[str, str]
    fields: Mapping[str, str]

    def service(self, code: str) -> str:
        """Return the service's name, or the code itself when it is unknown."""
        return self.services.get(code.lstrip("0"), code)

    def field(self, field: str) -> str:
        """Return the field's name, or the field itself when it is unknown."""
        return self.fields.get(field, field)

    def field_in_full(self, field: str) -> str:
        """Return «Individuell plan (poIndPlan)»: the name people use, then the message's own."""
        name = self.fields.get(field)
        return f"{name} ({field})" if name else field


@cache
def names(language: str) -> Names:
    """Return the names in `language`; where formats disagree, the newest format's."""
    root = assets.schemas()
    services = _column(root / "codelists" / "9151.csv", "kode", language)
    fields: dict[str, str] = {}
    for table in sorted(root.glob("iplos-*/fields.csv")):
        fields.update(_column(table, "felt", f"navn_{language}"))
    return Names(services, fields)


@cache
def code_lists() -> tuple[frozenset[str], ...]:
    """Return the codes of each code list."""
    lists = sorted((assets.schemas() / "codelists").glob("*.csv"))
    return tuple(frozenset(_column(table, "kode", "kode")) for table in lists)


def _column(table: Path, key: str, column: str) -> dict[str, str]:
    """Return one column of a `;`-separated table by its key; later rows win, empty cells lose."""
    with table.open(encoding="utf-8", newline="") as lines:
        heading, *rows = csv.reader(lines, delimiter=";")
        at, of = heading.index(key), heading.index(column)
        return {row[at]: row[of] for row in rows if row[of]}
