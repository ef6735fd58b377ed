"""The bench's own reckoning: times xmllint, growth, cost per stage, and what has moved."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.bench.cases import CLEAN, VERSION, XMLLINT, Limit, Plan, plan
from tests.bench.figures import GROWTH, REST, SECONDS, TIMES, Figure, Sample, busy, figures, growth
from tests.bench.inbox import CASES as TRIAGES
from tests.bench.kept import keep, moved, previous

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FACTS: dict[str, object] = {
    "time": "2026-01-01T00:00:00+00:00",
    "machine": "Linux, 2 cores",
    "python": "3.11.2",
    "xmllint": "libxml 20914",
    "persons": [1_000],
    "quick": False,
}


def _sample(case: str, seconds: float, at: int = 0, persons: int = 1_000) -> Sample:
    return Sample(case, persons, at, persons * 6e-3, seconds, seconds, 100.0)


def _values(found: list[Figure], unit: str) -> Mapping[tuple[str, str | None], float]:
    return {(one.case, one.stage): one.value for one in found if one.unit == unit}


def test_a_run_is_compared_with_xmllint_of_its_own_round() -> None:
    """A machine that slows down between the rounds changes no ratio."""
    runs = [
        (XMLLINT, 1.0),
        (CLEAN, 1.3),
        (XMLLINT, 2.0),
        (CLEAN, 2.6),
        (XMLLINT, 4.0),
        (CLEAN, 5.2),
    ]
    samples = [_sample(case, seconds, at // 2) for at, (case, seconds) in enumerate(runs)]
    found = _values(figures(samples, Plan([1_000], (), ())), TIMES)
    assert {(CLEAN, None): pytest.approx(1.3)} == found


def test_a_broken_limit_is_over_and_one_between_goal_and_limit_is_kept() -> None:
    limits = [Limit(TIMES, limit=1.3, goal=1.0, cases=[CLEAN], persons=[1_000])]
    samples = [
        *(_sample(case, seconds) for case, seconds in ((XMLLINT, 1.0), (CLEAN, 1.2))),
        *(
            _sample(case, seconds, persons=2_000)
            for case, seconds in ((XMLLINT, 1.0), (CLEAN, 9.0))
        ),
    ]
    told = {one.name: one for one in figures(samples, Plan([1_000, 2_000], (), limits))}
    near, free = told[f"1,000 {CLEAN}, {TIMES}"], told[f"2,000 {CLEAN}, {TIMES}"]
    judged = [
        one.judgement for one in (near, free, replace(near, value=1.31), replace(near, value=1))
    ]
    assert ["ok, over the goal", "", "over", "ok"] == judged


def test_the_steepest_step_tells_the_growth() -> None:
    linear = [(1.0, 2.0), (20.0, 40.0), (50.0, 100.0)]
    assert 1 == pytest.approx(growth(linear))
    start_and_square = [(1.0, 2.0), (20.0, 10.0), (50.0, 62.5)]
    assert 2 == pytest.approx(growth(start_and_square))


def test_a_busy_machine_is_told_by_how_long_xmllint_waited() -> None:
    quiet = _sample(XMLLINT, 1.0)
    assert 1 == busy([quiet, _sample(CLEAN, 9.0)])
    assert 1.5 == busy([replace(quiet, seconds=1.5), replace(_sample(CLEAN, 1.0), seconds=9.0)])


def test_growth_is_told_of_each_case_over_its_sizes() -> None:
    samples = [
        _sample(case, seconds, persons=persons)
        for persons, times in ((1_000, (1.0, 1.0)), (2_000, (2.0, 4.0)))
        for case, seconds in zip((XMLLINT, CLEAN), times, strict=True)
    ]
    found = _values(figures(samples, Plan([1_000, 2_000], (), ())), GROWTH)
    assert {(XMLLINT, None): pytest.approx(1), (CLEAN, None): pytest.approx(2)} == found


def test_the_stages_and_the_rest_are_the_whole() -> None:
    ours = replace(_sample(CLEAN, 3.0), stages={"schema": 0.5, "rules": 2.0})
    plan_with_limit = Plan([1_000], (), [Limit(TIMES, limit=1.3)])
    told = figures([_sample(XMLLINT, 2.0), ours], plan_with_limit)
    stages = {stage: value for (_, stage), value in _values(told, TIMES).items()}
    assert {None: 1.5, "schema": 0.25, "rules": 1.0, REST: 0.25} == stages
    assert [None] == [one.stage for one in told if one.limit]  # which is of the whole alone


def test_every_limit_is_about_something_that_is_measured() -> None:
    """A misspelt name would bind nothing, and no figure would ever be over."""
    measured = {case.name for case in plan().cases} | {VERSION} | {case for case, *_ in TRIAGES}
    named = {name for limit in plan().limits for name in limit.cases}
    sizes = {persons for limit in plan().limits for persons in limit.persons}
    assert (set(), set()) == (named - measured, sizes - set(plan().persons))


def test_what_has_moved_more_than_a_tenth_is_told(tmp_path: Path) -> None:
    before = [
        Figure(CLEAN, 1_000, TIMES, 1.0),
        Figure("pure Python", 1_000, TIMES, 1.0),
        Figure(CLEAN, 1_000, SECONDS, 1.0),  # tells of the machine
        Figure(CLEAN, 1_000, TIMES, 0.01, stage="read"),  # too short to tell
        Figure(CLEAN, 1_000, TIMES, 0.5, stage="rules"),
    ]
    keep(tmp_path, FACTS, before, [])
    now = [
        replace(one, value=one.value * times)
        for one, times in zip(before, (1.09, 1.2, 9, 2, 0.8), strict=True)
    ]
    kept = previous(tmp_path, FACTS)
    assert kept is not None
    told = [(row.name, row.before, row.now, round(row.change, 3)) for row in moved(kept, now)]
    assert [
        ("1,000 pure Python, x xmllint", 1.0, 1.2, 0.2),
        ("1,000 clean, rules, x xmllint", 0.5, 0.4, -0.2),
    ] == told


def test_the_latest_result_of_the_same_machine_and_sizes_is_the_one_compared_with(
    tmp_path: Path,
) -> None:
    others: list[dict[str, object]] = [
        {}, {}, {"machine": "Darwin"}, {"persons": [50_000]}, {"quick": True},
    ]  # fmt: skip
    for day, other in enumerate(others, 1):
        facts = FACTS | {"time": f"2026-01-0{day}T00:00:00+00:00"} | other
        keep(tmp_path, facts, [], [])
    (tmp_path / "2026-01-09.json").write_text(json.dumps({"facts": {"machine": "an older form"}}))
    found = previous(tmp_path, FACTS)
    assert found is not None
    assert "2026-01-02T00:00:00+00:00" == found["facts"]["time"]
    assert previous(tmp_path, FACTS | {"python": "3.13.0"}) is None
