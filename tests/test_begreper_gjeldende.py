"""What applies to a person: which row is in force, and which answer is the latest."""

from __future__ import annotations

import pytest

from tests.begreper import OPEN, Row, info, person, rows, service

FACTS = (
    "poHusstand", "poOmsorgBarn", "poPrivHjelp", "poBoligTilr", "poVurdTann", "poVurdLege",
    "poIndPlan", "poHarKoordinator", "poArbBistBehov", "poArbBistMottar", "poArbTranspBehov",
    "poArbTranspMottar", "poFriBistBehov", "poFriBistMottar", "poFriTranspBehov",
    "poFriTranspMottar", "poLegeMiddGj", "poErnKartlagt", "poErnRisiko", "poErnPlan",
)  # fmt: skip
DATED = ("poLegeMiddGj", "poErnKartlagt", "poErnRisiko", "poErnPlan")
FLAGS = ("poHab", "poVenteliste", "poHeldg")
FLAG_DATES = ("poHabDato", "poVentelisteDato")


def unanswered(rad: int, person_rad: int = 1, *, har_rad: int = 1) -> Row:
    """Return gjeldende's row for a person whose row in force, `rad`, answers nothing."""
    row: Row = {"person_rad": person_rad, "rad": rad, "har_rad": har_rad, "foreldet": 0}
    for name in FACTS:
        row |= {name: None, f"{name}_besvart": 0, f"{name}_rad": rad}
    for name in DATED:
        row |= {f"{name}Dato": None, f"{name}Dato_gitt": 0}
    for name in FLAGS:
        row |= {name: None, f"{name}_i_aaret": 0}
    return row | dict.fromkeys(FLAG_DATES) | {"koordinator": None, "poIndPlan_i_kraft": 0}


def answer(name: str, value: str, rad: int) -> Row:
    """Return the columns that an answer on a row gives."""
    return {name: value, f"{name}_besvart": 1, f"{name}_rad": rad}


def date(name: str, value: str) -> Row:
    """Return the columns that a date beside the answer gives."""
    return {f"{name}Dato": value, f"{name}Dato_gitt": 1}


def test_a_person_without_information_has_a_row_that_answers_nothing() -> None:
    assert [
        unanswered(1, har_rad=0),
        unanswered(2, 2, har_rad=0),
        unanswered(4, 4, har_rad=0),
    ] == rows("gjeldende", person(), person(service(15)), person(info(), dod="20181231"))


ANSWERS = {name: str(number) for number, name in enumerate(FACTS, 1)}
DATES = {f"{name}Dato": f"2019060{number}" for number, name in enumerate(DATED, 1)}


def answered(rad: int) -> Row:
    """Return the columns of ANSWERS and DATES, given on one row."""
    columns: Row = {"koordinator": "8"}
    for name in FACTS:
        columns |= answer(name, ANSWERS[name], rad)
    for name in DATED:
        columns |= date(name, DATES[f"{name}Dato"])
    return columns


def test_every_answer_of_a_single_row_is_read() -> None:
    flags = dict.fromkeys(FLAGS, "1") | dict.fromkeys(FLAG_DATES, "20190501")
    expected = unanswered(2) | answered(2) | {"poIndPlan_i_kraft": 1, **flags}
    expected |= {f"{name}_i_aaret": 1 for name in FLAGS}
    assert [expected] == rows(
        "gjeldende", person(info("20180101", OPEN, **ANSWERS, **DATES, **flags))
    )


def test_every_answer_of_an_earlier_row_is_read_when_the_row_in_force_is_silent() -> None:
    earlier = info("20180101", "20190630", **ANSWERS, **DATES, **dict.fromkeys(FLAGS, "1"))
    expected = unanswered(3) | answered(2) | {f"{name}_i_aaret": 1 for name in FLAGS}
    assert [expected] == rows("gjeldende", person(earlier, info("20190701")))


def test_of_two_answers_to_any_question_the_latest_is_read() -> None:
    first = dict.fromkeys((*FACTS, *FLAGS), "1")
    second = ANSWERS | DATES | dict.fromkeys(FLAGS, "2")
    both = person(info(til="20190630", **first), info("20190701", OPEN, **second))
    expected = unanswered(3) | answered(3) | dict.fromkeys(FLAGS, "2") | {"poIndPlan_i_kraft": 1}
    assert [expected | {f"{name}_i_aaret": 1 for name in FLAGS}] == rows("gjeldende", both)


def test_no_date_that_is_not_in_the_calendar_is_read() -> None:
    unreal = ANSWERS | {f"{name}Dato": "20190231" for name in DATED}
    dates: Row = {f"{name}Dato": None for name in DATED}
    dates |= {f"{name}Dato_gitt": 0 for name in DATED}
    alone = person(info("20180101", OPEN, **unreal))
    earlier = person(info("20180101", "20190630", **unreal), info("20190701"))
    assert [
        unanswered(2) | answered(2) | dates | {"poIndPlan_i_kraft": 1},
        unanswered(5, 3) | answered(4) | dates,
    ] == rows("gjeldende", alone, earlier)


def test_an_empty_element_is_no_answer() -> None:
    empty = dict.fromkeys((*FACTS, *FLAGS, *FLAG_DATES, *(f"{name}Dato" for name in DATED)), "")
    one = person(info(**empty))
    several = person(info(til="20190430", **empty), info("20190501", **empty))
    assert [unanswered(2), unanswered(5, 3)] == rows("gjeldende", one, several)


def test_an_answer_on_the_first_of_three_rows_stands_until_another_is_given() -> None:
    three = person(
        service(15),
        info(til="20190331", poIndPlan="1", poHarKoordinator="1"),
        info("20190401", "20190831", poIndPlan="", poHarKoordinator="2"),
        info("20190901"),
    )
    plan, coordinator = answer("poIndPlan", "1", 3), answer("poHarKoordinator", "2", 4)
    expected = unanswered(5) | plan | coordinator | {"koordinator": "2"}
    assert [expected] == rows("gjeldende", three)


def test_an_answer_on_a_row_that_was_closed_before_the_year_is_outside() -> None:
    closed = person(service(15), info(til="20181231", poIndPlan="1"), info("20190101"))
    assert [unanswered(4)] == rows("gjeldende", closed)


def test_an_answer_on_a_row_that_was_closed_in_the_year_is_not_in_force() -> None:
    closed = person(service(15), info(til="20190101", poIndPlan="1"), info("20190102"))
    given = person(
        service(15), info(til="20190101", poIndPlan="2"), info("20190102", poIndPlan="1")
    )
    assert [
        unanswered(4) | answer("poIndPlan", "1", 3),
        unanswered(8, 5) | answer("poIndPlan", "1", 8) | {"poIndPlan_i_kraft": 1},
    ] == rows("gjeldende", closed, given)


@pytest.mark.parametrize(
    ("value", "read"),
    [("11", "1"), ("12", "2"), ("13", "3"), ("14", "4"), ("9", "9"), ("15", "15")],
)
def test_a_coordinator_answer_of_11_to_14_is_read_as_1_to_4(value: str, read: str) -> None:
    expected = unanswered(2) | answer("poHarKoordinator", value, 2) | {"koordinator": read}
    assert [expected] == rows("gjeldende", person(info(poHarKoordinator=value)))


def test_a_date_is_read_from_the_row_of_its_answer_and_only_when_real() -> None:
    people = person(
        service(21),
        info(
            til="20190430", poLegeMiddGj="1", poLegeMiddGjDato="20190301", poErnPlanDato="20190402"
        ),
        info(
            "20190501", poLegeMiddGjDato="20190801", poErnKartlagt="1", poErnKartlagtDato="20190231"
        ),
    )
    expected = unanswered(4) | answer("poLegeMiddGj", "1", 3) | answer("poErnKartlagt", "1", 4)
    expected |= {"poLegeMiddGjDato": "20190301", "poLegeMiddGjDato_gitt": 1}
    assert [expected] == rows("gjeldende", people)


def test_a_date_without_an_answer_is_not_read() -> None:
    assert [unanswered(2)] == rows("gjeldende", person(info(poErnRisikoDato="20200115")))


def test_a_flag_that_disappears_has_ended() -> None:
    february_to_april = person(
        service(15),
        info(til="20190131"),
        info(
            "20190201", "20190430", poHab="1", poHabDato="20190201", poHeldg="1", poVenteliste="2"
        ),
        info(
            "20190501",
            poHab="2",
            poHabDato="20190231",
            poVenteliste="1",
            poVentelisteDato="20190601",
        ),
    )
    flags = {"poHab": "2", "poHab_i_aaret": 1, "poVenteliste": "1", "poVenteliste_i_aaret": 1}
    rest = {"poHeldg": None, "poHeldg_i_aaret": 1, "poVentelisteDato": "20190601"}
    assert [unanswered(5) | flags | rest] == rows("gjeldende", february_to_april)


def test_of_several_rows_in_force_the_latest_start_then_the_highest_id_counts() -> None:
    starts = person(info("20190201", poHab="1"), info("20180101", poHab="2"), info(None, poHab="2"))
    ids = person(info(poPoID="9", poHab="2"), info(poPoID="10", poHab="1"), info(poPoID="2"))
    order = person(info(poPoID="7", poHab="2"), info(poPoID="7", poHab="1"))
    hab = {"poHab": "1", "poHab_i_aaret": 1}
    assert [
        unanswered(2) | hab,
        unanswered(7, 5) | hab,
        unanswered(11, 9) | hab,
    ] == rows("gjeldende", starts, ids, order)


def test_without_a_row_in_force_the_latest_of_the_year_is_shown_as_outdated() -> None:
    lapsed = person(
        service(15),
        info(til="20190331", poIndPlan="1", poHab="1", poHabDato="20190101"),
        info("20190401", "20190630", poHab="1", poIndPlan="2", poHabDato="20190401"),
    )
    late = person(service(15, til="20190301"), info("20190401", poIndPlan="1", poHab="1"))
    outdated = {"foreldet": 1, "poHab_i_aaret": 1}
    assert [
        unanswered(4) | answer("poIndPlan", "2", 4) | outdated,
        unanswered(7, 5) | outdated,
    ] == rows("gjeldende", lapsed, late)


def test_an_answer_given_after_the_last_day_with_a_service_is_not_read() -> None:
    moved = person(
        service(15, til="20190630"),
        info(til="20190731", poIndPlan="2"),
        info("20190801", poIndPlan="1", poHab="1"),
    )
    expected = unanswered(3) | answer("poIndPlan", "2", 3)
    expected |= {"poIndPlan_i_kraft": 1, "poHab_i_aaret": 1}
    assert [expected] == rows("gjeldende", moved)


def test_a_trial_extraction_is_read_on_its_own_day() -> None:
    trial = person(
        service(15), info(til="20191031"), info("20191101", "20191130"), info("20191201")
    )
    assert [unanswered(4)] == rows("gjeldende", trial, status_day="20191120")
