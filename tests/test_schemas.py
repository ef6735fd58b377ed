"""Our schemas, the catalogue and the plain form of every table."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.schemas_tables import SCHEMAS, TABLES, XS, table

if TYPE_CHECKING:
    from pathlib import Path

XSDS = sorted(SCHEMAS.glob("*/*.xsd"))
DOCUMENTS = tomllib.loads((SCHEMAS / "catalogue.toml").read_text(encoding="utf-8"))["document"]


@pytest.mark.parametrize("path", XSDS, ids=lambda p: p.parent.name)
def test_a_schema_is_valid_and_stands_alone(path: Path) -> None:
    document = etree.parse(path)
    etree.XMLSchema(document)
    assert [] == [e.tag for e in document.iter(f"{XS}import", f"{XS}include", f"{XS}redefine")]


@pytest.mark.parametrize("path", XSDS, ids=lambda p: p.parent.name)
def test_every_declaration_and_named_type_of_a_schema_is_explained(path: Path) -> None:
    declared = ET.parse(path).getroot().iter()  # noqa: S314  ours
    kinds = {f"{XS}element", f"{XS}attribute", f"{XS}complexType", f"{XS}simpleType"}
    assert [] == [
        e.get("name")
        for e in declared
        if e.tag in kinds
        and e.get("name")
        and not (e.findtext(f"{XS}annotation/{XS}documentation") or "").strip()
    ]


@pytest.mark.parametrize("path", TABLES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_table_is_plain(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    widths = {line.count(";") for line in text.splitlines()}
    stray = [mark for mark in ('"', "\r", "\ufeff", "\t") if mark in text]
    assert (1, [], True) == (len(widths), stray, text.endswith("\n"))


@pytest.mark.parametrize("path", TABLES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_no_value_of_a_table_has_white_space_around_it(path: Path) -> None:
    assert [] == [
        (row, name) for row in table(path) for name, value in row.items() if value != value.strip()
    ]


def test_every_row_of_a_municipality_has_its_own_years() -> None:
    rows = table(SCHEMAS / "regions" / "kommuner.csv")
    spans = sorted(
        (row["kommunenr"], int(row["gyldig_fra_aar"] or 0), int(row["gyldig_til_aar"] or 9999))
        for row in rows
    )
    assert [] == [s for s in spans if not re.fullmatch("[0-9]{4}", s[0]) or s[1] > s[2]]
    assert [] == [(a, b) for a, b in pairwise(spans) if a[0] == b[0] and a[2] >= b[1]]


@pytest.mark.parametrize(
    ("year", "expected"), [(2013, 428), (2017, 426), (2018, 422), (2019, 422), (2020, 356)]
)
def test_as_many_municipalities_are_in_use_as_the_country_had(year: int, expected: int) -> None:
    rows = table(SCHEMAS / "regions" / "kommuner.csv")
    assert expected == sum(
        int(row["gyldig_fra_aar"] or 0) <= year <= int(row["gyldig_til_aar"] or 9999)
        for row in rows
    )


def test_every_city_district_is_in_a_municipality() -> None:
    numbers = {row["kommunenr"] for row in table(SCHEMAS / "regions" / "kommuner.csv")}
    assert [] == [
        row for row in table(SCHEMAS / "regions" / "bydeler.csv") if row["kommunenr"] not in numbers
    ]


@pytest.mark.parametrize("entry", DOCUMENTS, ids=lambda e: e["name"])
def test_a_document_that_is_accepted_has_a_schema_with_its_root_and_namespace(
    entry: dict[str, str],
) -> None:
    if entry["kind"] == "refused":
        assert {"nb", "nn", "en"} == set(entry["is"])
        return
    schema = ET.parse(SCHEMAS / entry["folder"] / entry["xsd"]).getroot()  # noqa: S314  ours
    roots = {element.get("name") for element in schema.findall(f"{XS}element")}
    assert (entry["namespace"], True) == (schema.get("targetNamespace"), entry["root"] in roots)


def test_every_document_has_the_keys_of_its_kind_and_no_other() -> None:
    always = {"name", "kind", "root", "namespace", "source"}
    accepted = always | {"folder", "xsd"}
    keys = {
        "annual": accepted | {"version", "years"},
        "ident": accepted | {"version"},
        "envelope": accepted,
        "refused": always | {"is"},
    }
    optional = {"version", "markers"}
    assert [] == [
        entry["name"]
        for entry in DOCUMENTS
        if not keys[entry["kind"]] <= set(entry)
        or set(entry) - keys[entry["kind"]] - (optional if entry["kind"] == "refused" else set())
    ]


@pytest.mark.parametrize("entry", DOCUMENTS, ids=lambda e: e["name"])
def test_a_root_finds_its_own_entry_first(entry: dict[str, str]) -> None:
    namespace = entry["namespace"].replace("*", "2001")
    found = [
        e["name"]
        for e in DOCUMENTS
        if e["root"] == entry["root"] and fnmatchcase(namespace, e["namespace"])
    ]
    assert entry["name"] == found[0]


def test_every_documented_year_has_one_format() -> None:
    years = [year for entry in DOCUMENTS for year in entry.get("years", [])]
    assert [2018, 2019, 2020, 2021] == sorted(years)


@pytest.mark.parametrize("year", range(2018, 2026))
def test_the_counties_of_a_year_are_those_of_its_municipalities(year: int) -> None:
    def numbers(name: str, key: str) -> set[str]:
        rows = table(SCHEMAS / "regions" / name)
        return {
            row[key][:2]
            for row in rows
            if int(row["gyldig_fra_aar"] or 0) <= year <= int(row["gyldig_til_aar"] or 9999)
        }

    assert numbers("kommuner.csv", "kommunenr") == numbers("fylker.csv", "fylkesnr")
