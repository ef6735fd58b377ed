"""Whom the indicators of individual plans count. Years before 2018 are tried on the pages."""

from __future__ import annotations

import pytest

from tests.begreper import Person, info, person, rows, service


@pytest.mark.parametrize(
    ("year", "one", "expected"),
    [
        (2018, person(service(16, "20180301"), info()), 1),
        (2018, person(info(poHab="1")), 0),
        (2018, person(service(16, "20180301", vedtak="1"), info()), 0),
        (2019, person(service(16), info()), 0),
        (2019, person(info("20190101", "20190131", poHab="1")), 1),
        (2019, person(info("20190101", "20190131", poHab="2")), 0),
        (2019, person(info(poHab="1"), dod="20190615"), 1),
    ],
    ids=["16", "poHab too early", "refused", "16 too late", "over in January", "no", "died"],
)
def test_whom_the_indicator_at_home_counts(year: int, one: Person, expected: int) -> None:
    assert expected == len(rows("individuell_plan_hjemme", one, year=year))


def test_the_answer_is_told_with_the_row_that_it_stands_on() -> None:
    one = person(
        info("20190101", "20190331", poHab="1", poIndPlan="2"), info("20190401", poHab="1")
    )
    assert [{"person_rad": 1, "rad": 2, "plan": "ikke utarbeidet"}] == rows(
        "individuell_plan_hjemme", one
    )


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (person(service(19), service(19, "20190601"), info(poIndPlan="1")), ["virksom"]),
        (person(service(19)), ["ikke besvart"]),
        (person(service(19, "20180101", "20190101"), info(poIndPlan="7")), ["annet svar"]),
        (person(service(19, "20180101", "20181231"), info(poIndPlan="1")), []),
        (person(service(19, vedtak="1"), info(poIndPlan="1")), []),
        (person(service(18), service(20), info(poIndPlan="1")), []),
    ],
    ids=["two stays", "no answer", "ended on 1 January", "ended before", "refused", "other stays"],
)
def test_in_institution_a_person_counts_once(one: Person, expected: list[str]) -> None:
    assert expected == [row["plan"] for row in rows("individuell_plan_institusjon", one)]
