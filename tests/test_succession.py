"""Which municipalities became which: no number may come from nowhere, or be lost."""

from __future__ import annotations

from collections import Counter

import pytest

from kpr_validator.succession import changes, named, traced
from tests.schemas_tables import SCHEMAS, table

FIRST_YEAR = 2018
KOMMUNER = table(SCHEMAS / "regions" / "kommuner.csv")


def _in_use(year: int) -> set[str]:
    return {
        row["kommunenr"]
        for row in KOMMUNER
        if int(row["gyldig_fra_aar"] or 0) <= year <= int(row["gyldig_til_aar"] or 9999)
    }


def test_every_number_that_ends_becomes_another_and_every_new_one_was_another() -> None:
    years = {int(row[name]) for row in KOMMUNER for name in ("gyldig_fra_aar",) if row[name]}
    for year in sorted(year for year in years if year > FIRST_YEAR):
        now, before = _in_use(year), _in_use(year - 1)
        assert traced(before, year - 1, year) == now
        assert traced(now, year, year - 1) == before


def test_every_change_is_between_numbers_in_use() -> None:
    assert [
        one
        for one in changes()
        if one.old not in _in_use(one.since - 1) or one.new not in _in_use(one.since)
    ] == []
    assert Counter(changes()).most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("numbers", "year", "other", "expected"),
    [
        ("1806", 2020, 2019, "1805 1850 1854"),
        ("1805 1854", 2019, 2020, "1806"),
        ("1850", 2019, 2020, "1806 1875"),
        ("5001", 2020, 2019, "5001 5030"),
        ("1507", 2023, 2024, "1508 1580"),
        ("0101", 2018, 2024, "3101"),
        ("3101", 2024, 2019, "0101"),
        ("1820", 2018, 2024, "1820"),
        ("1820", 2019, 2019, "1820"),
        ("9999", 2019, 2020, "9999"),
    ],
)
def test_municipalities_are_followed_both_ways(
    numbers: str, year: int, other: int, expected: str
) -> None:
    assert traced(numbers.split(), year, other) == set(expected.split())


def test_a_number_is_told_with_its_name() -> None:
    assert (named("1806"), named("9999")) == ("1806 Narvik", "9999")
