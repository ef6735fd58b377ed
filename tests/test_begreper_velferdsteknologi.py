"""Who has nothing but an alarm, and whether anything else is known of them."""

from __future__ import annotations

import pytest

from tests.begreper import Child, info, person, rows, service

ALARM = service(6, vedtak=None)
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
