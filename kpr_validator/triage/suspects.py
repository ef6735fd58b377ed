"""Persons who are reported by many municipalities: suspected test persons.

Only keyed hashes are compared. At least five municipalities in one year is what
Helsedirektoratet suspects («Kommunale helse- og omsorgstjenester 2022», vedlegg B).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.triage.model import Delivery

FEWEST = 5
Suspect = tuple[tuple[str, str], ...]  # municipality, and the person's number there


def suspects(standing: Iterable[Delivery], fewest: int = FEWEST) -> list[Suspect]:
    """Return where each suspected test person is reported, the one in most places first."""
    met: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in standing:
        for hashed, person in one.result.identities if one.result else ():
            met[hashed].add((one.place.municipality, person))
    found = [
        tuple(sorted(places))
        for places in met.values()
        if len({municipality for municipality, _ in places}) >= fewest
    ]
    return sorted(found, key=lambda places: (-len(places), places))
