"""Which PERSONOPPL rows belong to the year, and which of them is in force."""

from __future__ import annotations

import pytest

from tests.begreper import OPEN, Person, info, person, rows, service


@pytest.mark.parametrize(
    ("who", "rad"),
    [
        (person(info(til="20190614"), info("20190615", "20190630"), info("20190701")), 4),
        (person(service(15), info(til="20190614"), info("20190615", "20191231")), 4),
        (person(service(15), info(til="20191230"), info("20191231")), 4),
        (person(service(15, til="20190614"), info(til="20190614"), info("20190615")), 3),
        (person(service(15), info(til="20190615"), info("20190616"), dod="20190615"), 3),
        (person(service(15), info(til="20190614"), info("20190615"), dod="20190615"), 4),
        (person(service(15), info(til="20191230"), info("20191231"), dod="20191231"), 4),
        (person(service(21, vedtak="1"), info(til="20190614"), info("20190615")), 4),
        (person(service(15), info(til="20200101"), info("20200102")), 3),
        (person(service(15), info(til=""), info("20190231", "20190301")), 3),
        (person(service(15), info(OPEN, "20190301"), info("", "20190231")), 4),
    ],
)
def test_the_row_in_force_is_that_of_the_last_day_with_a_service(who: Person, rad: int) -> None:
    assert [(rad, 0)] == [(row["rad"], row["foreldet"]) for row in rows("gjeldende", who)]


def test_the_rows_of_the_year_are_numbered_from_the_oldest() -> None:
    people = person(
        service(15, til="20190630"),
        info("20190701", None, poPoID="1"),
        info("20190101", "20190630", poPoID="12"),
        info("20190101", "20190401", poPoID="3"),
        info("", "20190101"),
        info("20170101", "20181231"),
        info("20200101"),
        info("20191231", "20190231"),
    )
    keys = ("rad", "person_rad", "nr", "fra", "til", "startet", "dekker")
    assert [
        dict(zip(keys, values, strict=True))
        for values in (
            (3, 1, 4, "20190701", OPEN, 0, 0),
            (4, 1, 3, "20190101", "20190630", 1, 1),
            (5, 1, 2, "20190101", "20190401", 1, 0),
            (6, 1, 1, None, "20190101", 1, 0),
            (9, 1, 5, "20191231", OPEN, 0, 0),
        )
    ] == rows("personoppl_i_aaret", people)
