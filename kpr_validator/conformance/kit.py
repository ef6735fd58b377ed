"""The kit that a vendor gets: the fasit as data, and a page in each language on what to enter."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import assets, catalogue
from kpr_validator.conformance.card import CLASSES
from kpr_validator.conformance.fasit import ABSENT, OPTIONAL, as_json
from kpr_validator.model import LANGUAGES
from kpr_validator.rendering import write_whole
from kpr_validator.report.names import names
from kpr_validator.report.page import written
from kpr_validator.report.texts import texts
from kpr_validator.scrub.renumber import ORGANISATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kpr_validator.conformance.fasit import Fasit, Person, Record
    from kpr_validator.report.texts import Texts

FASIT, PAGE = "fasit.json", "registrering.{}.html"
_WIDEST = 5
_SCORE, _VARIABLE = "fnFunkVerdi", "fnFunkType"


class Table(NamedTuple):
    """The rows of one class of a person."""

    name: str
    columns: list[str]
    rows: list[list[str]]


class Shown(NamedTuple):
    """A person as the page shows it."""

    id: str
    title: str
    enter: str
    facts: list[tuple[str, str]]
    tables: list[Table]


def write_kit(fasit: Fasit, folder: Path) -> list[Path]:
    """Write the kit into a folder; return its files.

    Raises FileExistsError when a fasit lies there already.
    """
    if (folder / FASIT).exists():
        raise FileExistsError(str(folder / FASIT))
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        folder / PAGE.format(name): page(fasit, texts(name), folder.name) for name in LANGUAGES
    }
    written = {folder / FASIT: as_json(fasit), **pages}
    for path, pieces in written.items():
        write_whole(path, pieces)
    return list(written)


def page(fasit: Fasit, words: Texts, folder: str) -> Iterator[str]:
    """Yield the page on what to enter."""
    shown = {"kit": _Kit(fasit, words), "words": words, "folder": folder}
    yield from written("conformance_kit.html", shown)


@dataclass(frozen=True)
class _Kit:
    """The fasit in the words of one language."""

    fasit: Fasit
    words: Texts

    def made_for(self) -> str:
        """Return the year and the municipality."""
        told = {"year": self.fasit.year, "municipality": self.fasit.municipality}
        return self.words("conformance.made_for", **told)

    def extracted(self) -> str:
        """Return when and for which period to extract."""
        year = self.fasit.year
        days = {"day": self.fasit.extracted, "first": f"{year}0101", "last": f"{year}1231"}
        told = {name: self.words.date(day) for name, day in days.items()}
        return self.words("conformance.kit.extracted", **told)

    def units(self) -> list[tuple[str, str]]:
        """Return the units with their names."""
        return [(orgnr, name.in_language(self.words.language)) for orgnr, name in self.fasit.units]

    def persons(self) -> Iterator[Shown]:
        """Yield the persons."""
        for person in self.fasit.persons:
            yield Shown(
                person.id,
                person.title.in_language(self.words.language),
                person.enter.in_language(self.words.language),
                list(self._facts(person)),
                list(self._tables(person)),
            )

    def _facts(self, person: Person) -> Iterator[tuple[str, str]]:
        known = names(self.words.language)
        yield self.words("conformance.kit.identity"), person.identity
        yield self.words("conformance.kit.born"), self.words.date(person.born)
        for field, value in person.fields.items():
            yield known.field_in_full(field), self._value(field, value, person.fields)

    def _tables(self, person: Person) -> Iterator[Table]:
        for element in CLASSES:
            records = [record for record in person.records if record.element == element]
            if records:
                yield self._table(element, records)

    def _table(self, element: str, records: list[Record]) -> Table:
        """Return the rows of a class, with their names in the fasit; on end when they are wide."""
        known, words = names(self.words.language), self.words
        told = {field for record in records for field in record.fields}
        order = [row["felt"] for row in catalogue.annual()[0].fields if row["felt"] in told]
        grid = [[words("conformance.column.record"), *(record.id for record in records)]]
        for field in order:
            values = (self._value(field, one.fields.get(field, ""), one.fields) for one in records)
            grid.append([known.field_in_full(field), *values])
        if any(notes := [self._note(record) for record in records]):
            grid.append(["", *notes])
        if len(order) <= _WIDEST:
            grid = [list(cells) for cells in zip(*grid, strict=True)]
        return Table(element, grid[0], grid[1:])

    def _note(self, record: Record) -> str:
        words = self.words
        notes = []
        if record.decision:
            told = {"decision": record.decision, "link": record.link}
            notes.append(words("conformance.kit.link", **told))
        if record.expect in {ABSENT, OPTIONAL}:
            notes.append(words(f"conformance.kit.{record.expect}"))
        return ". ".join(notes)

    def _value(self, field: str, value: str, fields: Mapping[str, str]) -> str:
        """Return a value as people know it: a code with its text, a date as dates are written."""
        if not value:
            return ""
        if field in ORGANISATION:
            return dict(self.units()).get(value, value)
        row = next(row for row in catalogue.annual()[0].fields if row["felt"] == field)
        if row["type"] in {"dato", "maaned"}:
            return self.words.day(value)
        if row["type"] != "kode":
            return value
        lists = row["kodeverk"].split()
        if field == _SCORE:
            lists = [_scale(fields[_VARIABLE])]
        told = (_codes(name, self.words.language, self.fasit.year).get(value) for name in lists)
        text = next((text for text in told if text), "")
        return f"{value} {text}".strip()


@cache
def _codes(codelist: str, language: str, year: int) -> dict[str, str]:
    """Return what the codes of a list mean in a data year."""
    return {
        row["kode"]: row[language]
        for row in _rows(codelist)
        if int(row["gyldig_fra"] or 0) <= year <= int(row["gyldig_til"] or 9999)
    }


@cache
def _rows(codelist: str) -> list[dict[str, str]]:
    path = assets.schemas() / "codelists" / f"{codelist}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _scale(variable: str) -> str:
    """Return the list of scores of a function variable."""
    return next(row["verdiliste"] for row in _rows("9111") if row["kode"] == variable)
