"""fields.csv has a row for every field of our schemas, and says only what is explained."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from tests.schemas_tables import SCHEMAS, VERSIONS, XS, fields, table

if TYPE_CHECKING:
    from collections.abc import Iterator

CONSEQUENCES = {"melding", "rad", "verdi", "ingen", ""}
CERTAINTIES = {"dokumentert", "omstridt", ""}
TYPES = {
    *("tekst", "siffer", "heltall", "desimal", "kode", "id", "versjon"),
    *("dato", "maaned", "orgnr", "kommunenr", "bydelsnr"),
}
# Check: the column it needs, and the columns of its certainty.
CHECKS = {
    "datatype": ("monster", ["datatype_sikkerhet"]),
    "obligatorisk": ("obligatorisk", ["obligatorisk_sikkerhet"]),
    "kodeverk": ("kodeverk", ["kodeverk_sikkerhet"]),
    "omraade": ("min", ["omraade_sikkerhet", "maks_sikkerhet"]),
}
# The class in the tables for an element that holds fields.
CLASSES = {"iiKontakt": "KONTAKT"}


def schema_fields(version: str) -> list[tuple[str, str, str]]:
    """Return class, name and kind of every field that our schema declares, in its order."""
    schema = ET.parse(SCHEMAS / f"iplos-{version}" / "iplos.xsd").getroot()  # noqa: S314  ours
    types = {t.get("name", ""): t for t in schema.iter(f"{XS}complexType")}
    root = schema.find(f"{XS}element")
    assert root is not None
    return list(_walk(root, types))


def _walk(element: ET.Element, types: dict[str, ET.Element]) -> Iterator[tuple[str, str, str]]:
    name = element.get("name", "")
    holder = types[element.get("type", "").rpartition(":")[2]]
    below = []
    for attribute in holder.findall(f"{XS}attribute"):
        yield CLASSES.get(name, name), attribute.get("name", ""), "attributt"
    for child in holder.findall(f"{XS}sequence/{XS}element"):
        if child.get("type", "").rpartition(":")[2] in types:
            below.append(child)
        else:
            yield CLASSES.get(name, name), child.get("name", ""), "element"
    for child in below:
        yield from _walk(child, types)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_field_of_the_schema_has_exactly_one_row_in_the_same_order(version: str) -> None:
    rows = [(row["klasse"], row["felt"], row["art"]) for row in fields(version)]
    assert schema_fields(version) == rows


@pytest.mark.parametrize("version", VERSIONS)
def test_a_field_that_both_versions_have_is_called_the_same(version: str) -> None:
    names = {row["felt"]: [row[f"navn_{x}"] for x in ("nb", "nn", "en")] for row in fields("3.7")}
    assert [] == [
        row["felt"]
        for row in fields(version)
        if names.get(row["felt"]) not in (None, [row[f"navn_{x}"] for x in ("nb", "nn", "en")])
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_field_has_a_name_in_three_languages_and_a_source(version: str) -> None:
    told = ("navn_nb", "navn_nn", "navn_en", "kilde")
    assert [] == [row["felt"] for row in fields(version) if not all(row[c] for c in told)]


@pytest.mark.parametrize("version", VERSIONS)
def test_only_the_words_that_are_explained_are_used(version: str) -> None:
    words = {
        **{f"{check}_konsekvens": CONSEQUENCES for check in CHECKS},
        **{certainty: CERTAINTIES for _, columns in CHECKS.values() for certainty in columns},
        "art": {"element", "attributt"},
        "type": TYPES,
        "obligatorisk": {"ja", "nei", "betinget"},
        "indikator": {"0", "1"},
        "fortrolig": {"0", "1"},
    }
    assert [] == [
        (row["felt"], column, row[column])
        for row in fields(version)
        for column, allowed in words.items()
        if row[column] not in allowed
    ]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("check", CHECKS)
def test_a_check_that_is_on_has_something_to_check_and_a_certainty(
    version: str, check: str
) -> None:
    demand, certainties = CHECKS[check]
    assert [] == [
        row["felt"]
        for row in fields(version)
        if row[f"{check}_konsekvens"]
        and not (row[demand] not in ("", "nei") and all(row[c] for c in certainties))
    ]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("check", CHECKS)
def test_a_check_that_is_off_has_no_certainty(version: str, check: str) -> None:
    certainties = CHECKS[check][1]
    assert [] == [
        row["felt"]
        for row in fields(version)
        if not row[f"{check}_konsekvens"] and any(row[c] for c in certainties)
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_condition_stands_where_the_obligation_is_conditional(version: str) -> None:
    codes = {row["kode"] for row in table(SCHEMAS / "codelists" / "9151.csv")}
    wrong = []
    for row in fields(version):
        name, _, services = row["obligatorisk_vilkaar"].partition(":")
        named = set(services.split())
        conditional = name == "tjTjenType" and named and named <= codes
        if bool(conditional) != (row["obligatorisk"] == "betinget"):
            wrong.append(row["felt"])
    assert [] == wrong


@pytest.mark.parametrize("version", VERSIONS)
def test_a_pattern_takes_a_value_of_its_own_type(version: str) -> None:
    good = {
        "dato": "20190228",
        "maaned": "201902",
        "desimal": "12",
        "orgnr": "999999999",
        "kommunenr": "0301",
        "bydelsnr": "00",
        "id": "1",
        "heltall": "84",
    }
    assert [] == [
        row["felt"]
        for row in fields(version)
        if row["type"] in good and not re.fullmatch(row["monster"], good[row["type"]])
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_no_pattern_for_digits_takes_the_digits_of_another_script(version: str) -> None:
    free = {"tekst", "versjon"}
    assert [] == [
        row["felt"]
        for row in fields(version)
        for length in range(1, 11)
        if row["type"] not in free
        and row["monster"] != ".{0,1}"
        and re.fullmatch(row["monster"], "٢" * length)
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_date_pattern_means_the_whole_value(version: str) -> None:
    odd = ["20190228x", "x99991231", "2019022899991231", "18991231", "21000101", "20191301"]
    patterns = {row["monster"] for row in fields(version) if row["type"] == "dato"}
    assert [[]] == [[o for o in odd if re.fullmatch(p, o)] for p in patterns]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_limit_is_a_date_a_number_the_year_or_another_field(version: str) -> None:
    names = {row["felt"] for row in fields(version)}
    known = {"", "aar0101", "aar1231", *names}
    assert [] == [
        (row["felt"], row[end])
        for row in fields(version)
        for end in ("min", "maks")
        if row[end] not in known
        and not re.fullmatch(r"20050101|200501|[0-9]+(\.[0-9]+)?", row[end])
    ]
