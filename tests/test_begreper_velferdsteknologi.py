"""Who has nothing but an alarm, and whether anything else is known of them."""

from __future__ import annotations

import pytest

from tests.begreper import Child, Person, Row, Sending, info, person, rows, sending, service

ALARM = service(6, vedtak=None)
SWAP = "alarm_og_gps_to_aar"
SCORE = Child("funksjon", {"fnFunkType": "1", "fnFunkVerdi": "1"})
ANSWERS = (
    "poHusstand",
    "poOmsorgBarn",
    "poPrivHjelp",
    "poBoligTilr",
    "poVurdTann",
    "poVurdLege",
    "poIndPlan",
    "poHarKoordinator",
    "poArbBistBehov",
    "poArbTranspBehov",
    "poFriBistBehov",
    "poFriTranspBehov",
    "poLegeMiddGj",
    "poErnKartlagt",
    "poErnRisiko",
    "poErnPlan",
    "poHab",
    "poVenteliste",
    "poHeldg",
)


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([ALARM], True),
        ([ALARM, service(6, "20190101", "20190201")], True),
        ([ALARM, service(15, vedtak="1")], True),
        ([ALARM, service(15, None)], True),
        ([ALARM, service(15, "20180101", "20181231")], True),
        ([ALARM, service(15, "20190101", "20190101")], False),
        ([ALARM, service(26)], False),
        ([service(26)], False),
        ([service(6, vedtak="1")], False),
        ([service(6, "20180101", "20181231")], False),
        ([], False),
    ],
)
def test_nothing_but_an_alarm(services: list[Child], expected: bool) -> None:  # noqa: FBT001
    found = rows("bare_trygghetsalarm", person(*services), person())
    assert expected == bool(found)


def test_the_row_is_the_last_alarm() -> None:
    found = rows("bare_trygghetsalarm", person(ALARM, info(), service(6, "20190101")))
    assert [4] == [row["rad"] for row in found]


@pytest.mark.parametrize("name", ANSWERS)
def test_any_answer_in_the_year_tells_of_the_person(name: str) -> None:
    (found,) = rows("bare_trygghetsalarm", person(ALARM, info(**{name: "1"})))
    assert (0, 1) == (found["funksjonsvurdert"], found["opplyst"])


@pytest.mark.parametrize(
    "information",
    [[], [info()], [info(poHusstand="")], [info(til="20181231", poHusstand="1")]],
)
def test_a_row_without_an_answer_tells_nothing(information: list[Child]) -> None:
    (found,) = rows("bare_trygghetsalarm", person(ALARM, *information), person(SCORE))
    assert (0, 0) == (found["funksjonsvurdert"], found["opplyst"])


def test_a_score_tells_of_the_person() -> None:
    (found,) = rows("bare_trygghetsalarm", person(ALARM, SCORE))
    assert (1, 0) == (found["funksjonsvurdert"], found["opplyst"])


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([ALARM, service(6)], 1),
        ([service(6, til="20190101", fra="20180101"), service(15)], 1),
        ([service(6, vedtak="1")], 0),
        ([service(26)], 0),
    ],
)
def test_a_person_with_an_alarm_is_counted_once(services: list[Child], expected: int) -> None:
    assert expected == len(rows("trygghetsalarm", person(*services), person()))


def people(alarms: int, gps: int, year: int = 2019) -> tuple[Person, ...]:
    """Return so many persons with an alarm, and so many others with GPS."""
    start = f"{year}0101"
    codes = [6] * alarms + [26] * gps
    return tuple(person(service(code, start, vedtak=None)) for code in codes)


def years(*last_year: Person) -> dict[str, Sending]:
    """Return this submission's own words, and last year's submission."""
    return {"main": sending(), "fjor": sending(*last_year, year=2018)}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ((4, 6), (9, 1), {"nedgang": 5, "oppgang": 5, "nivaa": 6}),
        ((6, 4), (1, 7), {"nedgang": 5, "oppgang": 3, "nivaa": 6}),
        ((4, 6), (3, 1), {"nedgang": 0, "oppgang": 0}),
        ((4, 6), (5, 7), {"nedgang": 0, "oppgang": 0}),
        ((4, 6), (4, 1), {"nedgang": 0, "oppgang": 0}),
        ((4, 0), (0, 3), {"nedgang": 4, "oppgang": 3, "nivaa": 4}),
        ((4, 6), (9, 1), {"alarm_i_fjor": 4, "gps_i_fjor": 6, "alarm": 9, "gps": 1}),
    ],
)
def test_alarms_and_gps_that_go_each_their_way(
    before: tuple[int, int], now: tuple[int, int], expected: Row
) -> None:
    (found,) = rows(SWAP, *people(*now), others=years(*people(*before, year=2018)))
    assert expected == {name: found[name] for name in expected}


def test_years_that_have_neither_are_not_compared() -> None:
    assert [] == rows(SWAP, person(service(15)), others=years(person(service(15, "20180101"))))


def test_years_that_cannot_be_compared_are_not() -> None:
    assert [] == rows(SWAP, *people(9, 1))
