"""The tables about the formats, read as the tests want them."""

from __future__ import annotations

import csv
from pathlib import Path

SCHEMAS = Path(__file__).parent.parent / "schemas"
XS = "{http://www.w3.org/2001/XMLSchema}"
VERSIONS = ("3.5", "3.7")
LISTS = sorted(SCHEMAS.glob("codelists/*.csv"))
TABLES = sorted(SCHEMAS.glob("*/*.csv"))

Row = dict[str, str]


def table(path: Path) -> list[Row]:
    """Return the rows of a table, by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def fields(version: str) -> list[Row]:
    """Return the field table of one version of the annual message."""
    return table(SCHEMAS / f"iplos-{version}" / "fields.csv")


def codes(number: str, year: int) -> set[str]:
    """Return the codes of a list that are valid in the data year."""
    return {
        row["kode"]
        for row in table(SCHEMAS / "codelists" / f"{number}.csv")
        if int(row["gyldig_fra"] or year) <= year <= int(row["gyldig_til"] or year)
    }
