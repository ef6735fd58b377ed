"""Function scores in force, and those that clash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import OPEN, Child, person, rows
from tests.scores import ALL, only, score, scores

if TYPE_CHECKING:
    from collections.abc import Iterable


@pytest.mark.parametrize(
    ("variables", "known", "missing"),
    [
        (ALL, 18, None),
        (range(1, 18), 17, "18"),
        ([7], 1, "1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18"),
        ([7, 7, 7], 1, "1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18"),
        ([*range(2, 19), 0, 19, 20, 63, 64, 99], 17, "1"),
    ],
)
def test_variables_are_counted_once_and_only_the_known_ones(
    variables: Iterable[int], known: int, missing: str | None
) -> None:
    found = only("funksjon_i_kraft", person(*scores(variables)))
    assert (known, missing) == (found["variabler"], found["mangler"])
    assert found["komplett"] == (missing is None)


@pytest.mark.parametrize(
    ("fra", "til", "status_day", "there"),
    [
        ("20180101", "20191231", None, True),
        ("20180101", "20191230", None, False),
        ("20191231", OPEN, None, True),
        ("20200101", OPEN, None, False),
        ("20180101", "20191115", "20191115", True),
        ("20180101", "20191114", "20191115", False),
        ("20191115", OPEN, "20191115", True),
        ("20191116", OPEN, "20191115", False),
    ],
)
def test_a_score_is_in_force_on_the_status_day_with_both_its_ends(
    fra: str,
    til: str,
    status_day: str | None,
    there: bool,  # noqa: FBT001  a claim's answer, not a switch
) -> None:
    found = rows("funksjon_i_kraft", person(score(7, fra=fra, til=til)), status_day=status_day)
    assert there == bool(found)


@pytest.mark.parametrize(
    ("given", "one"),
    [
        (scores(ALL, "1"), "1"),
        (scores(ALL, "5"), "5"),
        (scores(ALL, "9"), "9"),
        (scores(ALL, "3"), None),
        (scores(range(1, 18), "1"), None),
        ([*scores(range(1, 18), "1"), score(18, "2")], None),
        ([*scores(ALL, "1"), score(18, "2")], None),
        ([*scores(ALL, "1"), score(18, "1")], "1"),
    ],
)
def test_one_score_for_everything_is_told_when_everything_has_it(
    given: list[Child], one: str | None
) -> None:
    assert one == only("funksjon_i_kraft", person(*given))["eneste_skaar"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([score(11, "9")], (1, "11")),
        ([score(14, "9"), score(13, "9")], (1, "13, 14")),
        ([score(11, "9"), score(13, "9"), score(14, "9")], (1, "11, 13, 14")),
        ([score(11, "1"), score(10, "9")], (1, None)),
        ([score(10, "9")], (0, None)),
    ],
)
def test_not_relevant_is_told_where_it_says_nothing(
    given: list[Child], expected: tuple[int, str | None]
) -> None:
    found = only("funksjon_i_kraft", person(*given))
    assert expected == (found["toalett_syn_hoersel"], found["ikke_relevant"])


def test_the_newest_score_is_the_last_to_begin_of_those_in_force() -> None:
    given = [score(1, fra="20150101"), score(2, fra="20160101"), score(3, fra="20200101")]
    ended = score(4, fra="20190101", til="20190401")
    assert only("funksjon_i_kraft", person(*given, ended))["nyeste"] == "20160101"


@pytest.mark.parametrize(("dod", "there"), [("20191231", 0), ("20200101", 1), ("20181231", 0)])
def test_who_is_dead_on_the_status_day_has_no_scores_in_force(dod: str, there: int) -> None:
    assert there == len(rows("funksjon_i_kraft", person(score(7), dod=dod)))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([score(7)], None),
        ([score(7), score(7)], (1, 0)),
        ([score(7), score(7), score(7)], (1, 0)),
        ([score(7), score("07")], (1, 0)),
        ([score(7), score(7), score(8), score(8)], (2, 0)),
        ([score(7), score(7, "4")], (0, 1)),
        ([score(7), score(7, fra="20190401")], (0, 1)),
        ([score(7), score(7, til="20200601")], (0, 1)),
        ([score(7), score(7), score(7, "4", fra="20190401")], (1, 1)),
        ([score(7), score(7), score(8), score(8, "4")], (1, 1)),
        ([score(7, til="20191231"), score(7, "4", fra="20191231")], None),
        ([score(7, til="20200101"), score(7, "4", fra="20191231")], (0, 1)),
        ([score(7, til="20191231"), score(7, "4", fra="20190401")], None),
        ([score(7, til="20191230"), score(7, "4", fra="20190401")], None),
        ([score(7), score(7, "4", fra="20200101")], None),
        ([score(7), score(7, "4", fra="20190501", til="20190401")], None),
        ([score(7), score(8, fra="20190401")], None),
    ],
)
def test_scores_of_one_variable_clash_when_one_begins_before_the_other_ends(
    given: list[Child], expected: tuple[int, int] | None
) -> None:
    found = rows("funksjon_samtidig", person(*given), person(score(7)))
    counts = [(row["gjentatte"], row["overlappende"]) for row in found]
    assert ([expected] if expected else []) == counts


def test_clashing_scores_point_at_a_row_that_is_too_many() -> None:
    given = [score(9), score(7), score(7), score(8), score(8, "4", fra="20190401")]
    found = only("funksjon_samtidig", person(*given))
    assert (4, 6) == (found["gjentatt_rad"], found["overlapp_rad"])
