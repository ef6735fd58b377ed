"""Edits of everybody in a file, or of a share of them.

Beside what an edit of one person may hold, a table may hold

    andel    the share of the persons that it happens to, evenly spread
    prefiks  places whose value gets a new beginning, where there is one
    dropp    who is left out: a share («andel») of those who have any of some services
             («har»), none of some («uten») or nothing else («bare»), are under an age
             («under»), came in the year («begynte») or are in rehabilitation
             («rehabilitering»); of all if nothing is said
    dobbel   how many of the first persons stand once more, with another number
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from kpr_validator.generate.faults.edit import edit, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.generate.faults.words import Words
    from kpr_validator.generate.records import Person

_OLDEST = 200
_TWIN = 500_000  # added to the number of one who stands twice


def edited(given: Iterable[Person], told: Mapping[str, Any], words: Words) -> Iterator[Person]:
    """Yield the persons as told."""
    leaves_out = _Leaver(told.get("dropp"))
    share, twins = told.get("andel", 1.0), told.get("dobbel", 0)
    for at, person in enumerate(given, 1):
        if leaves_out(person):
            continue
        if int(at * share) != int((at - 1) * share):
            edit(person, told, words)
            _begin(person, told.get("prefiks", {}), words)
        yield person
        if at <= twins:
            twin = deepcopy(person)
            twin.number += _TWIN
            yield twin


class _Leaver:
    """Tells who is left out, evenly among those it may be."""

    def __init__(self, told: Mapping[str, Any] | None) -> None:
        self._told = told
        self._met = 0

    def __call__(self, person: Person) -> bool:
        if self._told is None or not _may(person, self._told):
            return False
        self._met += 1
        share = self._told.get("andel", 1.0)
        return int(self._met * share) != int((self._met - 1) * share)


def _may(person: Person, told: Mapping[str, Any]) -> bool:
    life, codes = person.life, {row["tjTjenType"] for row in person.tjeneste}
    return all(
        (
            "har" not in told or not codes.isdisjoint(told["har"]),
            "uten" not in told or codes.isdisjoint(told["uten"]),
            "bare" not in told or codes <= {*told["bare"]},
            "begynte" not in told or life.began,
            "rehabilitering" not in told or life.rehabilitation,
            life.age < told.get("under", _OLDEST),
        )
    )


def _begin(person: Person, told: Mapping[str, str], words: Words) -> None:
    for place, beginning in told.items():
        for row, name in places(person, place):
            if value := row.get(name):
                text = words.fill(beginning)
                row[name] = text + value[len(text) :]
