"""Every code list that is named is here, in three languages, with years that fit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.schemas_tables import LISTS, SCHEMAS, VERSIONS, codes, fields, table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("version", VERSIONS)
def test_every_code_list_that_a_field_names_is_here(version: str) -> None:
    here = {path.stem for path in LISTS}
    named = {name for row in fields(version) for name in row["kodeverk"].split()}
    assert set() == named - here


def test_every_code_list_serves_a_field_or_the_ident_message() -> None:
    named = {n for v in VERSIONS for row in fields(v) for n in row["kodeverk"].split()}
    assert {"7371", "8471", "9032"} == {path.stem for path in LISTS} - named


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_code_has_a_text_in_three_languages(path: Path) -> None:
    told = ("kode", "nb", "nn", "en")
    assert [] == [row for row in table(path) if not all(row[column] for column in told)]


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_a_code_has_one_text_at_a_time(path: Path) -> None:
    spans = sorted(
        (row["kode"], int(row["gyldig_fra"] or 0), int(row["gyldig_til"] or 9999))
        for row in table(path)
    )
    assert [] == [(a, b) for a, b in pairwise(spans) if a[0] == b[0] and a[2] >= b[1]]
    assert [] == [span for span in spans if span[1] > span[2]]


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_codes_come_and_go_with_the_change_of_2019(path: Path) -> None:
    years = {(row["gyldig_fra"], row["gyldig_til"]) for row in table(path)}
    assert set() == years - {("", ""), ("", "2018"), ("2019", "")}


@pytest.mark.parametrize(
    ("number", "year", "expected"),
    [
        ("9336", 2018, "1 2 3 9"),
        ("9336", 2019, "1 2 3 4"),
        ("9188", 2018, ""),
        ("9188", 2019, "1 2 3 4"),
        ("1110", 2018, "1 2 9"),
        ("9151", 2018, "1 2 3 4 5 6 7 8 9 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26"),
        ("9151", 2019, "1 2 3 4 5 6 7 8 9 11 14 15 17 18 19 20 21 22 23 24 25 26 27 28 29"),
    ],
)
def test_a_list_that_changed_has_the_codes_of_the_year(
    number: str, year: int, expected: str
) -> None:
    assert set(expected.split()) == codes(number, year)


def test_every_function_variable_names_the_list_of_its_scores() -> None:
    scores = {row["kode"]: row["verdiliste"] for row in table(SCHEMAS / "codelists" / "9111.csv")}
    senses = {"13": "9166", "14": "9167"}
    assert {str(n): senses.get(str(n), "9165") for n in range(1, 19)} == scores
