"""Who has not delivered: municipalities, and the other districts where one has."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.succession import districts, traced
from kpr_validator.triage.model import Place, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.triage.model import Settled
    from kpr_validator.triage.supplied import Contact, Supplied

_TRIED = (Role.CORRUPT, Role.UNFINISHED, Role.TRIAL, Role.WRONG_YEAR)


class Missing(NamedTuple):
    """One that has not delivered, and what of it lies in the inbox all the same.

    `district` is the district's name, «» for a whole municipality.
    """

    place: Place
    district: str
    tried: tuple[Role, ...]
    delivered_last_year: bool
    contacts: tuple[Contact, ...]


def missing(settled: Settled, supplied: Supplied) -> list[Missing]:
    """Return municipalities without a delivery that stands, and districts beside one with."""
    found: dict[Place, set[Role]] = defaultdict(set)
    for one in settled.deliveries:
        found[one.place].add(one.role)
    return [
        Missing(
            place,
            district,
            tuple(role for role in _TRIED if role in found[place]),
            any(Role.LAST_YEAR in found[before] for before in _before(place, settled.year)),
            supplied.contacts.get(place.municipality, ()),
        )
        for place, district in _awaited(settled)
    ]


def _before(place: Place, year: int) -> Iterator[Place]:
    """Yield what a place was last year: of one that was joined, every part."""
    for number in traced({place.municipality}, year, year - 1):
        yield Place(number, place.district)


def _awaited(settled: Settled) -> Iterator[tuple[Place, str]]:
    """Yield who has no delivery that stands; one for the whole is for its districts too."""
    there: dict[str, set[str]] = defaultdict(set)
    for one in settled.standing:
        there[one.place.municipality].add(one.place.district)
    for number in settled.expected:
        own = districts(number, settled.year)
        if number not in there:
            yield Place(number), ""
        elif Place(number).district not in there[number] and own.keys() & there[number]:
            for district, name in own.items():
                if district not in there[number]:
                    yield Place(number, district), name
