"""Who is reported with round-the-clock services on the status day, and what they receive then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import Child, Row, info, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

ROUND_THE_CLOCK = info(poHeldg="1")


def reported(*children: Child, dod: str | None = None, status_day: str | None = None) -> list[Row]:
    return rows("heldoegnstilbud", person(*children, dod=dod), person(), status_day=status_day)


@pytest.mark.parametrize(
    "information",
    [
        [ROUND_THE_CLOCK],
        [info("20191231", poHeldg="1")],
        [info(None, "20191231", poHeldg="1")],
        [info("", "", poHeldg="1")],
        [info(til="20190630", poHeldg="2"), info("20190701", poHeldg="1")],
        [info(til="20190630", poHeldg="1"), info("20190701", poHeldg="1")],
    ],
)
def test_a_yes_in_force_on_the_status_day_counts(information: list[Child]) -> None:
    assert [1] == [row["person_rad"] for row in reported(*information)]


@pytest.mark.parametrize(
    "information",
    [
        [],
        [info()],
        [info(poHeldg="")],
        [info(poHeldg="2")],
        [info(til="20191230", poHeldg="1")],
        [info("20200101", poHeldg="1")],
        [info(poHeldg="1"), info("20190701")],
        [info(poHeldg="1"), info("20190701", poHeldg="2")],
    ],
)
def test_a_yes_that_has_ended_or_not_begun_does_not_count(information: list[Child]) -> None:
    assert [] == reported(*information, service(15))


@pytest.mark.parametrize(("dod", "expected"), [("20191231", 0), ("20200101", 1), ("20190615", 0)])
def test_only_the_living_are_reported(dod: str, expected: int) -> None:
    assert expected == len(reported(ROUND_THE_CLOCK, dod=dod))


def test_the_row_is_the_one_in_force() -> None:
    found = reported(info(til="20190630", poHeldg="1"), info("20190701", poHeldg="1"), service(15))
    assert [(3, 4)] == [(row["rad"], row["tjeneste_rad"]) for row in found]


def test_the_status_day_is_the_day_of_a_trial_extraction() -> None:
    until = [info(til="20191115", poHeldg="1"), service(15, til="20191115")]
    assert [1] == [row["har_tjeneste"] for row in reported(*until, status_day="20191115")]
    assert [] == reported(*until, status_day="20191116")


def told(**changed: Value) -> Row:
    """Return what is said of a person without services, changed as told."""
    row: Row = {
        "har_tjeneste": 0,
        "en_type": 0,
        "krever_timer": 0,
        "timer": 0.0,
        "paa_opphold": 0,
        "type": None,
    }
    return row | changed


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([], told()),
        ([service(15, til="20191230")], told()),
        ([service(15, vedtak="1")], told()),
        ([service(15, None)], told()),
        ([service(15, "20200101")], told()),
        ([service(15)], told(har_tjeneste=1, en_type=1, krever_timer=1, type=15)),
        ([service(5)], told(har_tjeneste=1, en_type=1, type=5)),
        (
            [service(15, tjTimerUke="2.50"), service(15, "20190601", tjTimerUke="")],
            told(har_tjeneste=1, en_type=1, krever_timer=1, timer=2.5, type=15),
        ),
        (
            [service(15), service(1, tjTimerUke="1")],
            told(har_tjeneste=1, krever_timer=1, timer=1.0, type=15),
        ),
        ([service(12), service(29)], told(har_tjeneste=1, en_type=1, type=29)),
        ([service(22)], told(har_tjeneste=1, en_type=1, krever_timer=1, paa_opphold=1, type=22)),
        *(
            ([service(code)], told(har_tjeneste=1, en_type=1, paa_opphold=1, type=code))
            for code in (8, 18, 19, 20, 21, 25)
        ),
    ],
)
def test_services_in_force_on_the_status_day_are_told_of(
    services: list[Child], expected: Row
) -> None:
    (found,) = reported(ROUND_THE_CLOCK, *services)
    assert expected == {name: found[name] for name in expected}
