"""Function scores for the tests of concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.begreper import OPEN, Child, Person, Row, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL = range(1, 19)


def score(variable: int | str, value: str = "3", fra: str = "20190301", til: str = OPEN) -> Child:
    """Return a FUNKSJON, open since March unless told otherwise."""
    cells: Row = {"fnFunkType": str(variable), "fnFunkVerdi": value}
    return Child("funksjon", {**cells, "fnFraDato": fra, "fnTilDato": til})


def scores(variables: Iterable[int], value: str = "3", fra: str = "20190301") -> list[Child]:
    """Return one open score of each variable."""
    return [score(variable, value, fra) for variable in variables]


def only(concept: str, *people: Person, status_day: str | None = None) -> Row:
    """Return a concept's one row."""
    (found,) = rows(concept, *people, status_day=status_day)
    return found
