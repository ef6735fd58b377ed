"""Concepts about hours per week: those of the employees, and the sum of one day."""

from __future__ import annotations

import pytest

from tests.begreper import OPEN, Child, Person, person, rows, service


def hours(type_: int, timer: str | None, fra: str = "20180101", til: str | None = OPEN) -> Child:
    return service(type_, fra, til, tjTimerUke=timer)


@pytest.mark.parametrize(
    ("timer", "ressurs", "expected"),
    [
        ("10.00", "9.00", [(10.0, 1, 9.0)]),
        ("9.00", "10", [(9.0, 1, 10.0)]),
        (None, "5", [(None, 0, 5.0)]),
        ("", "5", [(None, 0, 5.0)]),
        ("0.00", "5", [(0.0, 0, 5.0)]),
        ("-1", "5", [(-1.0, 0, 5.0)]),
        ("10", "0.00", []),
        ("10", None, []),
        ("10", "", []),
    ],
)
def test_staff_hours_are_read_as_numbers_beside_the_hours(
    timer: str | None, ressurs: str | None, expected: list[tuple[float | None, int, float]]
) -> None:
    given = service(15, tjTimerUke=timer, tjResTimerUke=ressurs)
    found = rows("ressurstimer", person(given))
    assert expected == [(row["timer"], row["har_timer"], row["ressurs"]) for row in found]


@pytest.mark.parametrize(
    "given",
    [
        service(15, vedtak="1", tjTimerUke="10", tjResTimerUke="5"),
        service(15, "20180101", "20181231", tjTimerUke="10", tjResTimerUke="5"),
        service(15, None, tjTimerUke="10", tjResTimerUke="5"),
    ],
)
def test_staff_hours_of_services_that_do_not_run_are_left_out(given: Child) -> None:
    assert [] == rows("ressurstimer", person(given))


@pytest.mark.parametrize("type_", [6, 12, 13, 16, 21, 26, 27, 28, 29])
def test_these_types_have_no_hours(type_: int) -> None:
    given = [hours(type_, "2.50"), hours(type_, "0"), hours(type_, None)]
    found = rows("tjeneste_uten_timer", person(*given))
    assert [(type_, 2.5, 1), (type_, 0.0, 0), (type_, None, 0)] == [
        (row["type"], row["timer"], row["har_timer"]) for row in found
    ]


@pytest.mark.parametrize("type_", [1, 2, 3, 4, 5, 7, 8, 9, 11, 14, 15, 17, 18, 20, 22, 23, 25])
def test_these_types_may_have_hours(type_: int) -> None:
    assert [] == rows("tjeneste_uten_timer", person(hours(type_, "2.50")))


def sums(*services: Child) -> list[tuple[object, ...]]:
    found = rows("timer_samme_dag", person(*services))
    return [
        (row["rad"], row["dag"], row["timer"], row["tjenester"], row["mer_enn_uken"])
        for row in found
    ]


def test_the_sum_is_that_of_the_day_when_it_is_greatest() -> None:
    given = [
        hours(1, "100", "20180101", "20190630"),
        hours(15, "68.00", "20190201"),
        hours(3, "90", "20190601"),
    ]
    assert [(4, "20190601", 258.0, 3, 1)] == sums(*given)


@pytest.mark.parametrize(("timer", "over"), [("47.50", 0), ("47.51", 1)])
def test_a_week_has_168_hours(timer: str, over: int) -> None:
    [found] = sums(hours(1, "120.50"), hours(15, timer))
    assert over == found[-1]


def test_hundredths_are_added_without_loss() -> None:
    given = [hours(1, "167.70"), hours(2, "0.10"), hours(15, "0.20")]
    assert [(2, "20190101", 168.0, 3, 0)] == sums(*given)


def test_a_sum_that_cannot_be_too_large_is_not_looked_for() -> None:
    assert [(2, None, None, None, 0)] == sums(hours(1, "20"), hours(15, "20", "20190301"))


@pytest.mark.parametrize(
    ("first", "second", "over"),
    [
        (("20180101", "20190501"), ("20190501", OPEN), 0),
        (("20180101", "20190501"), ("20190430", OPEN), 1),
        (("20190501", "20190501"), ("20190501", OPEN), 1),
        (("20190501", "20190501"), ("20190502", OPEN), 0),
        (("20190401", OPEN), ("20190501", "20190501"), 1),
        (("20190101", "20190101"), ("20180101", OPEN), 1),
    ],
)
def test_the_last_day_is_shared_only_by_a_service_of_one_day(
    first: tuple[str, str], second: tuple[str, str], over: int
) -> None:
    [found] = sums(hours(1, "100", *first), hours(15, "100", *second))
    assert over == found[-1]


@pytest.mark.parametrize(
    "other",
    [
        hours(4, "100"),
        hours(7, "100"),
        hours(11, "100"),
        hours(15, "168.01"),
        hours(15, "0"),
        hours(15, None),
        hours(15, "100", "20180101", "20190101"),
        service(15, vedtak="1", tjTimerUke="100"),
    ],
)
def test_what_is_not_help_at_home_within_the_limits_is_not_added(other: Child) -> None:
    assert [] == sums(hours(1, "100"), other)


def test_each_person_is_summed_alone() -> None:
    people: list[Person] = [person(hours(1, "100")), person(hours(15, "100"))]
    assert [] == rows("timer_samme_dag", *people)
