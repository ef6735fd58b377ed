"""Concepts about those who live at home: nursing, habilitering and rehabilitering."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import Child, Person, Row, info, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value


def member(kilde: str, kilde_rad: int, *, now: int, served: int = 0) -> Row:
    """Return rehabilitering_hjemme's row for the first person."""
    return {
        "person_rad": 1,
        "kilde": kilde,
        "kilde_rad": kilde_rad,
        "per_statusdato": now,
        "har_tjeneste": served,
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(service(16, "20180301")), [member("16", 2, now=1)]),
        (person(service(16, "20180301", None, vedtak=None)), [member("16", 2, now=1)]),
        (person(service(16, "20180301", "20181230")), [member("16", 2, now=0)]),
        (person(service(16, "20180301", "20181231")), [member("16", 2, now=1)]),
        (person(service(16, "20170301", "20180101")), [member("16", 2, now=0)]),
        (person(service(16, "20170301", "20171231")), []),
        (person(service(16, "20180301"), dod="20180615"), [member("16", 2, now=0)]),
        (
            person(service(16, "20180301", "20180401"), service(16, "20180601"), alder="12"),
            [member("16", 3, now=1)],
        ),
        (
            person(service(16, "20180301"), service(15, "20180101", "20180201")),
            [member("16", 2, now=1, served=1)],
        ),
        (person(service(16, "20180301"), info(poHab="1")), [member("begge", 2, now=1)]),
        (person(service(16, "20180301", vedtak="1")), []),
        (person(service(16, None)), []),
        (person(service(15, "20180101"), info("20170101", poHab="1")), []),
        (person(), []),
    ],
)
def test_until_2018_it_is_service_16_in_the_year(given: Person, expected: list[Row]) -> None:
    assert expected == rows("rehabilitering_hjemme", given, year=2018)


FEBRUARY_TO_APRIL = (
    info(til="20190131", poHab="2"),
    info("20190201", "20190430", poHab="1"),
    info("20190501", poHab="2"),
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(info(poHab="1")), [member("poHab", 2, now=1)]),
        (person(info(None, None, poHab="1")), [member("poHab", 2, now=1)]),
        (person(info(til="20191231", poHab="1")), [member("poHab", 2, now=1)]),
        (person(info(til="20191230", poHab="1")), [member("poHab", 2, now=0)]),
        (person(*FEBRUARY_TO_APRIL), [member("poHab", 3, now=0)]),
        (person(service(15), *FEBRUARY_TO_APRIL), [member("poHab", 4, now=0, served=1)]),
        (person(info(til="20190101", poHab="1")), [member("poHab", 2, now=0)]),
        (person(info(til="20181231", poHab="1"), info("20190101", poHab="2")), []),
        (person(info("20191231", poHab="1")), [member("poHab", 2, now=1)]),
        (person(info("20200101", poHab="1")), []),
        (
            person(info(til="20190630", poHab="1"), info("20190701", poHab="1"), alder="12"),
            [member("poHab", 3, now=1)],
        ),
        (person(info(poHab="1"), info("20190501", poHab="2")), [member("poHab", 2, now=0)]),
        (person(info(poHab="1"), info("20190501", poHab="")), [member("poHab", 2, now=0)]),
        (person(info(poHab="1"), info("20190501")), [member("poHab", 2, now=0)]),
        (person(info(poHab="1"), dod="20190615"), [member("poHab", 2, now=0)]),
        (person(info(poHab="1"), dod="20191231"), [member("poHab", 2, now=0)]),
        (person(info(poHab="1"), dod="20181231"), []),
        (person(service(16), info(poHab="1")), [member("begge", 3, now=1)]),
        (person(service(16, vedtak="1"), info(poHab="1")), [member("poHab", 3, now=1)]),
        (person(service(15, vedtak="1"), info(poHab="1")), [member("poHab", 3, now=1)]),
        (person(service(15, None), info(poHab="1")), [member("poHab", 3, now=1)]),
        (person(service(16)), []),
        (person(service(16), info(poHab="2")), []),
        (person(service(16), info(poHab="")), []),
        (person(), []),
    ],
)
def test_from_2019_it_is_a_yes_on_any_row_of_the_year(given: Person, expected: list[Row]) -> None:
    assert expected == rows("rehabilitering_hjemme", given)


def test_on_a_trial_extraction_the_row_in_force_that_day_decides() -> None:
    trial = person(info(til="20191130", poHab="1"), info("20191201", poHab="2"))
    assert [member("poHab", 2, now=1)] == rows(
        "rehabilitering_hjemme", trial, status_day="20191120"
    )


def nursed(**told: Value) -> Row:
    """Return helsetjenester_hjemme's row for the whole year, changed as told."""
    row: Row = {
        "person_rad": 1,
        "rad": 2,
        "per_statusdato": 1,
        "alder": 80,
    }
    return row | told


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(service(15, "20180101")), nursed()),
        (person(service(15, "20180101", vedtak=None), alder=None), nursed(alder=None)),
        (person(service(15, "20190801", "20190812")), nursed(per_statusdato=0)),
        (person(service(15, "20180101"), dod="20190115"), nursed(per_statusdato=0)),
        (person(service(15, "20180101", "20190110"), service(15, "20191222")), nursed(rad=3)),
        (
            person(service(15, "20190101", "20190120"), service(15, "20190106", "20190110")),
            nursed(per_statusdato=0),
        ),
        (
            person(service(15, "20190101", "20190120"), service(15, "20190106", "20190120")),
            nursed(rad=3, per_statusdato=0),
        ),
        (
            person(service(15, "20190106", "20190120"), service(15, "20190106", "20190120")),
            nursed(rad=3, per_statusdato=0),
        ),
    ],
)
def test_the_last_of_the_home_nursing_is_the_one_that_ends_last(
    given: Person, expected: Row
) -> None:
    assert [expected] == rows("helsetjenester_hjemme", given)


def at_home(**told: int) -> list[Row]:
    """Return hjemmeboende's row for somebody in an ordinary home, changed as told."""
    row: Row = {"person_rad": 1, "paa_opphold": 0}
    return [row | told]


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(15)], at_home()),
        ([service(6, vedtak=None)], at_home()),
        ([service(6), service(26), service(27), service(28)], at_home()),
        ([service(6), service(15)], at_home()),
        ([service(15), service(1, vedtak=None)], at_home()),
        ([service(29)], at_home()),
        ([service(12), service(15)], at_home()),
        ([service(20), service(15)], at_home(paa_opphold=1)),
        ([service(8), service(17), service(22), service(25)], at_home()),
        ([service(15), service(20, til="20191230")], at_home()),
        ([service(21, til="20191230"), service(15)], at_home()),
        ([service(21), service(15)], []),
        ([service(21, vedtak=None), service(15)], []),
        ([service(15, vedtak=None)], []),
        ([service(15, til="20191230")], []),
        ([service(15, vedtak="1")], []),
        ([service(15, None)], []),
        ([], []),
    ],
)
def test_who_has_a_service_that_counts_and_no_long_stay_lives_at_home(
    services: list[Child], expected: list[Row]
) -> None:
    assert expected == rows("hjemmeboende", person(*services))


@pytest.mark.parametrize("dod", ["20190615", "20191231"])
def test_the_dead_do_not_live_at_home(dod: str) -> None:
    assert [] == rows("hjemmeboende", person(service(15), info(), dod=dod))
