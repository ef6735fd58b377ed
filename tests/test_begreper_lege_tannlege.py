"""When residents were last assessed by a doctor and by dental personnel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import Child, Row, info, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

NAMES = ("besvart", "maaned", "siste_aar", "paa_avsluttet_rad")


def assessed(*children: Child, dod: str | None = None, year: int = 2019) -> list[Row]:
    return rows("lege_tannlege", person(*children, dod=dod), person(), year=year)


def doctor(*children: Child, year: int = 2019) -> tuple[Value, ...]:
    found = next(row for row in assessed(*children, year=year) if row["felt"] == "poVurdLege")
    return tuple(found[name] for name in NAMES)


@pytest.mark.parametrize(
    "services",
    [
        [],
        [service(15)],
        [service(20)],
        [service(21, vedtak="1")],
        [service(21, None)],
        [service(21, til="20191230")],
    ],
)
def test_only_residents_on_the_status_day_are_there(services: list[Child]) -> None:
    assert [] == assessed(*services, info(poVurdLege="201901"))


def test_a_resident_who_is_dead_on_the_status_day_is_not_there() -> None:
    assert [] == assessed(service(21), dod="20191231")


def test_each_resident_is_there_once_for_each_field() -> None:
    found = assessed(service(21), service(21, "20190601"), service(20), info(), info("20190701"))
    assert ["poVurdLege", "poVurdTann"] == sorted(str(row["felt"]) for row in found)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (None, (0, None, 0, 0)),
        ("", (0, None, 0, 0)),
        ("201812", (1, "201812", 0, 0)),
        ("201901", (1, "201901", 1, 0)),
        ("201912", (1, "201912", 1, 0)),
        ("202001", (1, "202001", 1, 0)),
        ("200501", (1, "200501", 0, 0)),
        ("200412", (1, None, 0, 0)),
        ("201913", (1, None, 0, 0)),
        ("2019", (1, None, 0, 0)),
        ("ukjent", (1, None, 0, 0)),
    ],
)
def test_twelve_months_are_counted_in_months(
    month: str | None, expected: tuple[Value, ...]
) -> None:
    assert expected == doctor(service(21), info(poVurdLege=month))


def test_the_months_count_from_january_of_the_data_year() -> None:
    given = [service(21, "20170301"), info("20170101", poVurdLege="201801")]
    assert (1, "201801", 1, 0) == doctor(*given, year=2018)
    assert (1, "201801", 0, 0) == doctor(*given, year=2019)


def test_a_month_on_a_closed_row_is_found_there() -> None:
    early = info(til="20190630", poVurdLege="201903")
    assert (1, "201903", 1, 1) == doctor(service(21), early, info("20190701"))
    assert (1, "201903", 1, 0) == doctor(service(21), early)


@pytest.mark.parametrize(("fra", "expected"), [("20191217", 1), ("20191218", 0)])
def test_short_stays_are_told_apart(fra: str, expected: int) -> None:
    found = assessed(service(21, fra, "20191231"))
    assert [expected, expected] == [row["langvarig"] for row in found]


@pytest.mark.parametrize(("alder", "expected"), [("18", 2), ("17", 0), (None, 0)])
def test_children_are_not_there(alder: str | None, expected: int) -> None:
    assert expected == len(rows("lege_tannlege", person(service(21), alder=alder)))
