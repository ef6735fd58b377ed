"""What is known besides the submission: code lists, municipalities, the format's fields."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from kpr_validator import assets, catalogue
from kpr_validator.rows import insert_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kpr_validator import engine
    from kpr_validator.catalogue import Document

_TABLES = {
    "kode": (
        "kodeverk",
        "kode",
        "nb",
        "nn",
        "en",
        "gyldig_fra INTEGER",
        "gyldig_til INTEGER",
        "verdiliste",
    ),
    "kommune": (
        "kommunenr",
        "navn",
        "gyldig_fra_aar INTEGER",
        "gyldig_til_aar INTEGER",
        "innbyggere_2025 INTEGER",
    ),
    "bydel": ("kommunenr", "bydelsnr", "navn"),
    "nasjonalt": (
        "maal",
        "gruppe",
        "tjeneste INTEGER",
        "aar INTEGER",
        "nivaa",
        "sted",
        "verdi REAL",
        "benevning",
        "per",
        "merke",
        "kilde",
    ),
    "format": ("navn", "aar_fra INTEGER", "aar_til INTEGER"),
    "enhet": ("orgnr", "navn", "naeringskode"),
    "ident_melding": ("meldingstype", "fraDatoPeriode", "tilDatoPeriode", "uttakDato"),
    "ident": (
        "rad INTEGER PRIMARY KEY",
        "linje INTEGER",
        "institusjonID",
        "pid",
        "fid",
        "typeID",
        "pasientGUID",
    ),
}
_FILES = {
    "kommune": "regions/kommuner.csv",
    "bydel": "regions/bydeler.csv",
    "nasjonalt": "nasjonale-tall.csv",
}


ALWAYS = ("kode", *_FILES)  # tables that are the same for every submission


def create(con: engine.Connection) -> None:
    """Make the tables and fill those that are the same for every submission."""
    fields = ("tabell", *catalogue.annual()[0].fields[0])
    for table, names in {**_TABLES, "felt": fields}.items():
        con.execute(f"CREATE TABLE {table} ({', '.join(names)})")
    _fill(con)


def fill_format(con: engine.Connection, document: Document) -> None:
    """Write the field table and the years of the submission's own format."""
    told = [(row["klasse"].lower().removeprefix("ii"), *row.values()) for row in document.fields]
    insert_rows(con, "felt", len(told[0]), told)
    con.execute(
        "INSERT INTO format VALUES (?, ?, ?)",
        (document.name, min(document.years), max(document.years)),
    )


def municipality(con: engine.Connection, number: str | None, year: int | None) -> str | None:
    """Return a municipality's name, as it was in the data year if the number was in use then."""
    found = con.execute(
        "SELECT navn FROM kommune WHERE kommunenr = ?1 ORDER BY"
        " coalesce(gyldig_fra_aar, 0) <= ?2 AND ?2 <= coalesce(gyldig_til_aar, 9999) DESC",
        (number, year or 0),
    ).fetchone()
    return str(found[0]) if found else None


def _fill(con: engine.Connection) -> None:
    for table, known in _known().items():
        insert_rows(con, table, len(_TABLES[table]), known)


@cache
def _known() -> Mapping[str, list[tuple[str | None, ...]]]:
    """Return the rows of each table that are the same for every submission, read once."""
    codes = [
        (path.stem, *row)
        for path in sorted((assets.schemas() / "codelists").glob("*.csv"))
        for row in _rows(path, _bare("kode")[1:])
    ]
    others = {
        table: list(_rows(assets.schemas() / file, _bare(table))) for table, file in _FILES.items()
    }
    return {"kode": codes, **others}


@cache
def _bare(table: str) -> list[str]:
    return [column.split()[0] for column in _TABLES[table]]


def _rows(path: Path, names: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    """Yield the cells of each row that have these names; one that is empty or missing is None."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        heading = next(rows)
        places = [heading.index(name) if name in heading else -1 for name in names]
        for row in rows:
            cells = [*(cell or None for cell in row), None]
            yield tuple([cells[place] for place in places])
