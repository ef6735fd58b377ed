"""One difference between what was entered and what came out."""

from __future__ import annotations

from typing import NamedTuple

PERSON = "PERSON"
LOST, CHANGED, ADDED = "lost", "changed", "added"
# Words for differences that are no faults.
EMPTY, CARRIED, OWN_UNIT, NO_CHAIN = "empty", "carried", "own_unit", "no_chain"
REMARKS = frozenset({EMPTY, CARRIED, OWN_UNIT, NO_CHAIN})


class Difference(NamedTuple):
    """One difference; a whole row when `field` is None, a whole person when the class is PERSON.

    `record` is the known row's id; None for one that nobody knows. `line` is that of the
    person in the export.
    """

    kind: str
    element: str
    field: str | None
    person: str
    record: str | None
    expected: str | None
    observed: str | None
    likely: str
    line: int | None

    @property
    def is_remark(self) -> bool:
        """Tell whether the difference is allowed."""
        return self.likely in REMARKS
