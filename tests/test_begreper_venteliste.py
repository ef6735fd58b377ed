"""What is said of the waiting list, and of the applications for what is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import OPEN, Child, Row, info, person, rows, sending, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

WAITING = info(poVenteliste="1", poVentelisteDato="20190314")


def waiting(*children: Child, dod: str | None = None, status_day: str | None = None) -> list[Row]:
    return rows("venteliste", person(*children, dod=dod), person(), status_day=status_day)


def the_one(*children: Child, dod: str | None = None, status_day: str | None = None) -> Row:
    (found,) = waiting(*children, dod=dod, status_day=status_day)
    return found


@pytest.mark.parametrize(
    ("answer", "date", "expected"),
    [
        ("1", "20190314", (1, 1, 1, 1)),
        ("2", "20190314", (1, 0, 1, 1)),
        ("1", None, (1, 1, 0, 0)),
        ("1", "", (1, 1, 0, 0)),
        ("1", OPEN, (1, 1, 0, 0)),
        ("1", "20190231", (1, 1, 1, 0)),
        ("", "20190314", (0, 0, 1, 1)),
        (None, OPEN, (0, 0, 0, 0)),
    ],
)
def test_an_answer_and_its_date_are_told_apart(
    answer: str | None, date: str | None, expected: tuple[int, ...]
) -> None:
    found = the_one(info(poVenteliste=answer, poVentelisteDato=date))
    names = ("besvart", "ja", "dato_oppgitt", "gyldig_dato")
    assert expected == tuple(found[name] for name in names)


@pytest.mark.parametrize(
    "information",
    [
        [],
        [info()],
        [info(poVenteliste="", poVentelisteDato="")],
        [info(til="20181231", poVenteliste="1")],
        [info("20200101", poVenteliste="1")],
    ],
)
def test_who_says_nothing_in_the_year_is_not_there(information: list[Child]) -> None:
    assert [] == waiting(*information)


def test_the_date_is_that_of_the_last_yes_that_has_one() -> None:
    found = the_one(
        info(til="20190331", poVenteliste="1", poVentelisteDato="20180101"),
        info("20190401", "20190630", poVenteliste="1", poVentelisteDato="20190314"),
        info("20190701", "20190930", poVenteliste="1"),
        info("20191001", poVenteliste="2", poVentelisteDato="20190901"),
    )
    assert ("20190314", 4, 5) == (found["dato"], found["ja_rad"], found["dato_rad"])


def test_without_a_dated_yes_the_date_is_the_last_one() -> None:
    found = the_one(
        info(til="20190331", poVenteliste="1"),
        info("20190401", poVentelisteDato="20190401"),
    )
    assert ("20190401", 2, 3) == (found["dato"], found["ja_rad"], found["dato_rad"])


@pytest.mark.parametrize(
    ("information", "dod", "expected"),
    [
        ([WAITING], None, ("20191231", 1)),
        ([WAITING], "20190615", ("20190615", 0)),
        ([WAITING], "20191231", ("20191231", 0)),
        ([WAITING], "20200103", ("20191231", 1)),
        ([info(til="20191231", poVenteliste="1")], None, ("20191231", 1)),
        ([info(til="20191230", poVenteliste="1")], None, ("20191230", 0)),
        ([WAITING, info("20190701")], None, ("20191231", 0)),
        ([WAITING, info("20190701", poVenteliste="2")], None, ("20191231", 0)),
        ([info(til="20190630"), info("20190701", poVenteliste="1")], None, ("20191231", 1)),
        ([info(poVenteliste="2", poVentelisteDato="20190314")], None, (None, 0)),
    ],
)
def test_a_yes_lasts_until_its_row_ends_or_another_row_begins(
    information: list[Child], dod: str | None, expected: tuple[Value, Value]
) -> None:
    found = the_one(*information, dod=dod)
    assert expected == (found["siste_dag"], found["per_statusdato"])


def test_the_status_day_is_the_day_of_a_trial_extraction() -> None:
    found = the_one(info("20191115", poVenteliste="1"), status_day="20191115")
    assert ("20191115", 1) == (found["siste_dag"], found["per_statusdato"])
    found = the_one(info("20191116", poVenteliste="1"), status_day="20191115")
    assert 0 == found["per_statusdato"]


def places(*children: Child) -> list[Row]:
    return rows("langtidsplass", person(*children), person(service(21)))


@pytest.mark.parametrize(
    ("application", "expected"),
    [
        (service(21, None, None, vedtak=None, tjSoknadDato="20190101"), 1),
        (service(21, None, None), 1),
        (service(29, vedtak="1"), 1),
        (service(12), 1),
        (service(13), 1),
        (service(20), 0),
        (service(15), 0),
        (service(21, "20180101", "20181231"), 0),
        (service(21, "20180101", "20190101"), 1),
        (service(21, "20180101", "20180231"), 1),
    ],
)
def test_what_is_waited_for_is_a_long_stay_or_housing(application: Child, expected: int) -> None:
    assert expected == len(places(WAITING, application))


@pytest.mark.parametrize(
    "information", [info(), info(poVenteliste="2"), info(poVentelisteDato="20190314")]
)
def test_only_those_on_the_list_wait(information: Child) -> None:
    assert [] == places(information, service(21))


@pytest.mark.parametrize(
    ("information", "decided", "expected"),
    [
        ([WAITING], "20190314", (1, 0)),
        ([WAITING], "20190324", (1, 10)),
        ([info("20190314", "20190331", poVenteliste="1")], "20190331", (1, None)),
        ([info("20190314", "20190331", poVenteliste="1")], "20190401", (0, None)),
        ([info("20190314", poVenteliste="1")], "20190313", (0, None)),
        ([info(None, poVenteliste="1")], "20100101", (1, None)),
        ([info("20190314", poVenteliste="1", poVentelisteDato="20190304")], "20190302", (0, 2)),
        (
            [
                info("20190314", "20190331", poVenteliste="1", poVentelisteDato="20190314"),
                info("20190401", poVenteliste="1", poVentelisteDato="20190305"),
            ],
            "20190302",
            (0, 3),
        ),
        (
            [info("20190401", poVenteliste="1"), info("20190101", poVenteliste="2")],
            "20190302",
            (0, None),
        ),
        ([WAITING], None, (0, None)),
        ([WAITING], "20190231", (0, None)),
    ],
)
def test_a_refusal_is_measured_against_the_waiting(
    information: list[Child], decided: str | None, expected: tuple[Value, Value]
) -> None:
    refusal = service(21, None, None, vedtak="1", tjVedtDato=decided)
    (found,) = places(*information, refusal)
    assert expected == (found["i_kraft"], found["dager_fra_dato"])


def test_a_granted_place_is_not_measured() -> None:
    (found,) = places(WAITING, service(21, None, None, tjVedtDato="20190314"))
    assert (0, 0, None) == (found["avslag"], found["i_kraft"], found["dager_fra_dato"])


@pytest.mark.parametrize(
    ("date", "made", "expected"),
    [
        ("20200108", "20200108", 0),
        ("20200109", "20200108", 1),
        ("20191116", "20191115", 1),
        ("20200109", "20190131", 0),
        ("20200109", "20200230", 0),
        (None, "20200108", 0),
    ],
)
def test_a_date_after_the_extraction_is_told_of(date: str | None, made: str, expected: int) -> None:
    given = person(info(poVenteliste="1", poVentelisteDato=date))
    told = {"main": sending(iiLagetDato=made)}
    (found,) = rows("venteliste_opplyst", given, others=told)
    assert expected == found["etter_uttrekket"]
