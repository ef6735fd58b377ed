"""The checklist that each institution can be handed: its residents, and what is missing of each.

It names persons: it is for the municipality's own use and stands in nothing that is shared.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from kpr_validator.figures import Checklist, Mark, Resident
from kpr_validator.identity import mask
from kpr_validator.layouts import checklist_layout
from kpr_validator.measure import Ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpr_validator.measure import Measure
    from kpr_validator.model import Value

DONE = "ja"
NOTHING_TO_DO = frozenset({DONE, "ikke_relevant", "oensker_ikke", "uten_rett", "gjelder_ikke"})


def checklist(now: Measure) -> tuple[Checklist, ...]:
    """Return the residents as sent, by institution; those without one come first."""
    rows = now.sent(Ask(checklist_layout().sql))
    points = tuple(checklist_layout().columns.values())
    return tuple(
        Checklist(
            unit=None if unit is None else str(unit),
            name=_name(now, unit),
            points=points,
            residents=tuple(_resident(now, row) for row in residents),
        )
        for unit, residents in groupby(rows, key=lambda row: row[1])
    )


def _resident(now: Measure, row: Sequence[Value]) -> Resident:
    person, _, age, since, *told = row
    words = checklist_layout().words
    (number,) = next(now.con.execute("SELECT pePeID FROM main.person WHERE rad = ?", (person,)))
    return Resident(
        person=mask(str(number), now.line_of(int(person or 0))) or "",
        age=None if age is None else int(age),
        since=str(since),
        marks=tuple(
            Mark(
                str(word), words[str(word)], str(date) if date else None, word not in NOTHING_TO_DO
            )
            for word, date in zip(told[::2], told[1::2], strict=True)
        ),
    )


def _name(now: Measure, unit: Value) -> str | None:
    (name,) = next(now.con.execute("SELECT max(navn) FROM main.enhet WHERE orgnr = ?", (unit,)))
    return str(name) if name else None
