"""Rehabilitation stays that ended in the year, and the scores nearest to their two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.facts import day, days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.oracle.facts import Facts, Service

REHABILITATION_STAY = 19
DAYS_NEAR = 7
SCORES = "12345"


def _ended_stays(one: Facts) -> Iterator[Service]:
    for service in one.services:
        is_over = one.year.first <= service.end <= one.year.status
        if service.code == REHABILITATION_STAY and is_over and service.end != one.died:
            yield service


Ends = tuple[int | None, int | None]


def _scores(one: Facts, stay: Service) -> dict[str, Ends]:
    """Return each variable's score at the start and at the end of a stay, None without one."""
    nearest: dict[tuple[str, bool], tuple[int, str, int, str]] = {}
    for place, row in enumerate(one.person.of("FUNKSJON")):
        if row["fnFunkVerdi"] not in [*SCORES] or not day(row["fnFraDato"]):
            continue
        from_start = abs(days_between(stay.start, row["fnFraDato"]))
        from_end = abs(days_between(stay.end, row["fnFraDato"]))
        near = min(from_start, from_end)
        key = row["fnFunkType"], from_end < from_start
        told = (-near, row["fnFraDato"], place, row["fnFunkVerdi"])
        if near <= DAYS_NEAR:
            nearest[key] = max(told, nearest.get(key, told))
    scores = {key: int(score) for key, (*_, score) in nearest.items()}
    return {name: (scores.get((name, False)), scores.get((name, True))) for name, _ in scores}


def scored(one: Facts) -> Iterator[str]:
    """Yield for each stay at which ends the person was scored."""
    for stay in _ended_stays(one):
        ends = _scores(one, stay).values()
        at_start = any(start for start, _ in ends)
        at_end = any(end for _, end in ends)
        words = {(1, 1): "begge", (1, 0): "bare_start", (0, 1): "bare_slutt", (0, 0): "ingen"}
        yield words[at_start, at_end]


def better(variable: str) -> Callable[[Facts], Iterator[str]]:
    """Return what became of one variable in each stay that was scored at both ends."""

    def belongs(one: Facts) -> Iterator[str]:
        for stay in _ended_stays(one):
            start, end = _scores(one, stay).get(variable, (None, None))
            if start and end:
                yield "uendret" if start == end else "bedre" if end < start else "daarligere"

    return belongs
