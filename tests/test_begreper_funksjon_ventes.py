"""Whom a function score is expected of, and what the scores say of those who get help."""

from __future__ import annotations

import pytest

from tests.begreper import Child, person, rows, service
from tests.scores import only, score, scores

HOUSE_AND_CARE = (2, 6, 7, 8, 9, 10, 11)


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(15)], (15, 1, 1, 0)),
        ([service(1)], (1, 1, 1, 1)),
        ([service(1), service(2), service(3)], (3, 1, 1, 1)),
        ([service(21), service(1)], (21, 1, 1, 1)),
        ([service(21), service(1, til="20191230")], (21, 1, 0, 0)),
        ([service(15), service(1, "20191218")], (15, 1, 1, 0)),
        ([service(15), service(1, "20191217")], (15, 1, 1, 1)),
        ([service(18)], (18, 1, 0, 0)),
        ([service(21, til="20190401"), service(2)], (2, 1, 1, 0)),
        ([service(20, til="20190401"), service(15, til="20190501")], (20, 0, 0, 0)),
        ([service(20, til="20190401")], (20, 0, 0, 0)),
        ([service(15, vedtak=None)], (15, 1, 1, 0)),
        ([service(15, "20181220", "20190103")], (15, 0, 0, 0)),
        ([service(15, "20190301", "20190315")], (15, 0, 0, 0)),
        ([service(15, "20190301", "20190314")], None),
        ([service(15, "20191217")], (15, 1, 1, 0)),
        ([service(15, "20191218")], None),
        ([service(20, "20190301", "20190310"), service(20, "20190401", "20190410")], None),
        ([service(code) for code in (4, 5, 6, 7, 8, 9, 11, 12, 16, 17, 19, 22, 25, 26, 29)], None),
        ([service(15, vedtak="1")], None),
        ([service(15, None)], None),
        ([service(15, "20180101", "20181231")], None),
    ],
)
def test_a_score_is_expected_after_14_days_of_a_service_that_rests_on_it(
    services: list[Child], expected: tuple[int, ...] | None
) -> None:
    found = rows("funksjon_ventes", person(*services))
    columns = ("type", "i_gang", "hjelp_hjemme", "daglige_gjoremaal")
    assert ([expected] if expected else []) == [
        tuple(row[name] for name in columns) for row in found
    ]


@pytest.mark.parametrize(("dod", "expected"), [("20190314", 0), ("20190315", 1)])
def test_no_score_is_expected_of_one_who_died_within_14_days(dod: str, expected: int) -> None:
    assert expected == len(rows("funksjon_ventes", person(service(21), dod=dod)))


def test_the_days_are_counted_until_an_early_extract() -> None:
    assert [] == rows("funksjon_ventes", person(service(15, "20191102")), status_day="20191115")
    assert only("funksjon_ventes", person(service(15, "20191101")), status_day="20191115")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ([], 1),
        ([score(7)], 0),
        ([score(7, til="20191230")], 1),
        ([score(7, fra="20200101")], 1),
        ([score(7, "")], 0),
        ([score(20)], 0),
    ],
)
def test_a_service_on_the_status_day_wants_a_score_on_that_day(
    given: list[Child], missing: int
) -> None:
    assert missing == len(rows("uten_funksjonsvurdering", person(service(15), *given)))


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ([], 1),
        ([score(7, fra="20180101", til="20190101")], 0),
        ([score(7, fra="20180101", til="20181231")], 1),
        ([score(7, fra="20180101", til="20190231")], 0),
        ([score(7, fra="20180101", til="20180231")], 0),
        ([score(7, fra="20200101")], 1),
    ],
)
def test_a_service_that_has_ended_wants_a_score_on_any_day_of_the_year(
    given: list[Child], missing: int
) -> None:
    ended = service(15, "20180101", "20190630")
    assert missing == len(rows("uten_funksjonsvurdering", person(ended, *given)))


def test_one_who_died_in_the_year_wants_a_score_on_any_day_of_it() -> None:
    alone = person(service(21), dod="20190901")
    assert [21] == [row["type"] for row in rows("uten_funksjonsvurdering", alone)]
    scored = person(service(21), score(7), dod="20190901")
    assert [] == rows("uten_funksjonsvurdering", scored)


@pytest.mark.parametrize(
    ("given", "need"),
    [
        (scores(HOUSE_AND_CARE, "1"), [0]),
        (scores(HOUSE_AND_CARE, "2"), [0]),
        (scores(HOUSE_AND_CARE, "9"), [0]),
        (scores(HOUSE_AND_CARE, "3"), [1]),
        ([*scores(HOUSE_AND_CARE, "1"), score(1, "5"), score(3, "5"), score(15, "5")], [0]),
        ([*scores(HOUSE_AND_CARE, "1"), score(6, "4", fra="20180301", til="20181231")], [0]),
        ([*scores(HOUSE_AND_CARE, "1"), score(6, "4", fra="20180301", til="20190101")], [1]),
        ([*scores(HOUSE_AND_CARE, "1"), score(6, "4", fra="20200101")], [0]),
        (scores(HOUSE_AND_CARE[1:], "1"), []),
        (scores(HOUSE_AND_CARE[:-1], "1"), []),
    ],
)
def test_practical_help_looks_for_a_need_in_the_house_or_in_care(
    given: list[Child], need: list[int]
) -> None:
    found = rows("praktisk_bistand_behov", person(service(1), *given))
    assert need == [row["behov"] for row in found]


def test_only_practical_help_on_the_status_day_is_held_against_the_scores() -> None:
    low = scores(HOUSE_AND_CARE, "1")
    others = person(service(15), service(1, til="20191230"), *low)
    assert [] == rows("praktisk_bistand_behov", others)
