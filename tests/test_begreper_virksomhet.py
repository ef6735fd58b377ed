"""Concepts about units and codes: organisation numbers, who needs one, and housing."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kpr_validator import concepts, database
from tests.begreper import Person, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def judged(*numbers: tuple[str, str, str]) -> dict[str, tuple[Value, ...]]:
    """Return what the concept tells of each number: valid, ten characters, equal digits."""
    with closing(database.connect()) as con:
        con.executemany("INSERT INTO verdi VALUES (?, ?, ?, 3)", numbers)
        concepts.materialise(con, "orgnr_oppgitt", {})
        found = con.execute("SELECT verdi, gyldig, ti_tegn, like_sifre FROM orgnr_oppgitt")
        return {str(row[0]): row[1:] for row in found.fetchall()}


def on_a_service(*numbers: str) -> dict[str, tuple[Value, ...]]:
    return judged(*(("tjeneste", "tjInstOrgnr", number) for number in numbers))


def control(eight: str) -> int:
    """Return the control digit of the eight digits, 10 when there is none."""
    return -sum(w * int(digit) for w, digit in zip(WEIGHTS, eight, strict=True)) % 11


@pytest.mark.parametrize("eight", ["31000100", "31000200", "10000000", "12345678", "98765432"])
def test_the_last_digit_is_the_one_that_modulus_11_gives(eight: str) -> None:
    numbers = [f"{eight}{digit}" for digit in range(10)]
    valid = [number for number, told in on_a_service(*numbers).items() if told[0]]
    assert [f"{eight}{control(eight)}"] == valid


def test_no_digit_is_right_where_the_control_is_10() -> None:
    assert control("10000030") == 10
    assert not any(told[0] for told in on_a_service(*(f"10000030{n}" for n in range(10))).values())


def test_ten_characters_are_nine_digits_and_a_zero() -> None:
    assert on_a_service("310001007", "3100010070", "3100010060") == {
        "310001007": (1, 0, 0),
        "3100010070": (1, 1, 0),
        "3100010060": (0, 1, 0),
    }


def test_nine_equal_digits_pass_the_control_and_are_told_apart() -> None:
    equal = {str(digit) * 9: (1, 0, 1) for digit in range(10)}
    assert equal == on_a_service(*equal)
    assert on_a_service("0000000000") == {"0000000000": (1, 1, 1)}


@pytest.mark.parametrize(
    "other",
    ["", "31000100", "3100010071", "31000100A", "31000100700", " 310001007", "31000100\u0667"],
)
def test_what_has_another_form_is_no_number(other: str) -> None:
    assert {} == on_a_service(other)


def test_a_number_elsewhere_in_the_message_is_no_unit() -> None:
    given = [
        ("dogntilbud", "dgInstOrgnr", "310001007"),
        ("person", "peKomnr", "310002003"),
    ]
    assert {"310001007": (1, 0, 0)} == judged(*given)


def test_who_should_and_who_should_not_have_a_number() -> None:
    needs: dict[Value, list[Value]] = {1: [], 0: []}
    for row in rows("krav_til_orgnr"):
        needs[row["skal"]].append(row["type"])
    assert needs == {
        1: [1, 2, 3, 4, 8, 15, 17, 18, 19, 20, 21, 22, 25],
        0: [12, 13, 26, 29],
    }


@pytest.mark.parametrize(
    ("given", "year", "expected"),
    [
        (person(service(12), service(13), service(29)), 2019, [(12, 1), (13, 1), (29, 0)]),
        (person(service(12, "20180301"), service(13, "20180301")), 2018, [(12, 0), (13, 0)]),
        (person(service(16), service(15)), 2019, []),
        (person(service(12, vedtak="1")), 2019, [(12, 1)]),
        (person(service(12, None, None, vedtak=None)), 2019, [(12, 1)]),
        (person(service(12, "20180101", "20190101")), 2019, [(12, 1)]),
        (person(service(12, "20180101", "20190231")), 2019, [(12, 1)]),
        (person(service(12, "20180101", "20181231")), 2019, []),
        (person(service(12, "20200101")), 2019, []),
        (person(service(12, "20180101"), dod="20181231"), 2019, []),
    ],
)
def test_housing_tells_the_code_that_it_is_reported_with(
    given: Person, year: int, expected: list[tuple[int, int]]
) -> None:
    found = rows("bolig_kode", given, year=year)
    assert expected == [(row["type"], row["gammel"]) for row in found]
