"""Puts the chosen faults into a delivery on its way to the files, and keeps account of them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kpr_validator.generate.faults.bytes import CHANGES
from kpr_validator.generate.faults.crowd import edited
from kpr_validator.generate.faults.edit import edit, rows_of
from kpr_validator.generate.faults.stock import Stock
from kpr_validator.generate.faults.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpr_validator.generate.faults.plan import Chosen
    from kpr_validator.generate.faults.table import Fault, Told
    from kpr_validator.generate.life import Life
    from kpr_validator.generate.message import Sending
    from kpr_validator.generate.records import Person
    from kpr_validator.generate.submission import Wish
    from kpr_validator.generate.units import Units

_ONCE, _PERSON = "sending", "person"
_IDS = ("poPoID", "fnFnID", "tjTjID", "diDiID", "dgDgID")


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted finding: the fault that gives it, its rule, and where it stands.

    `element` is the class of the row and `record` the row's own number; what stands once in a
    file has no person.
    """

    fault: str
    rule: str
    person: str | None
    element: str | None
    record: str | None
    field: str | None

    def as_dict(self) -> dict[str, str | None]:
        """Return it as the manifest says it."""
        return asdict(self)


class Planting:
    """The faults of one delivery: the persons that they happen to come after the others."""

    def __init__(self, wish: Wish, units: Units, chosen: Sequence[Chosen]) -> None:
        """Prepare; nothing is planted yet."""
        self.wish = wish
        self.companions: frozenset[str] = frozenset()
        self.chosen = chosen
        self.stock = Stock(wish.municipality, wish.year, units)
        self.words = Words(wish.year, units)
        self.findings: list[Planted] = []
        self.faults: dict[int, Fault] = {}
        number = wish.persons - sum(one.persons for one in chosen)
        self.others = number
        for one in chosen:
            for _ in range(one.persons):
                number += 1
                self.faults[number] = one.fault

    def follows(self) -> list[str]:
        """Return the rules whose findings may come along."""
        return sorted({rule for one in self.chosen for rule in one.fault.follows})

    def edits(self, place: str) -> list[Mapping[str, Any]]:
        """Return what the faults do in a place."""
        return [one.fault.edits[place] for one in self.chosen if place in one.fault.edits]

    def lives(self) -> Iterator[Life]:
        """Yield the lives of the planted persons, without the faults."""
        for number, fault in self.faults.items():
            yield self.stock.life(str(fault.person), number)

    def person(self, life: Life) -> Person:
        """Return what is written of a planted person, without the fault."""
        return self.stock.person(str(self.faults[life.number].person), life)

    def people(self, given: Iterable[Person]) -> Iterator[Person]:
        """Yield the persons of the sending, faults and all."""
        for told in self.edits("alle"):
            given = edited(given, told, self.words)
        for person in given:
            self._tell_of(person, "others")
            yield person
        for life in self.lives():
            fault, person = self.faults[life.number], self.person(life)
            edit(person, fault.edits.get("endre", {}), self.words)
            self._tell_of(person, "planted", fault, is_last=self._is_last(life.number))
            yield person
        for one in self.chosen:
            self.findings += [
                Planted(one.fault.id, told.rule, None, None, None, told.field)
                for told in self._found(one.fault)
                if told.row == _ONCE
            ]

    def _is_last(self, number: int) -> bool:
        return self.faults.get(number + 1) is not self.faults[number]

    def _found(self, fault: Fault) -> list[Told]:
        """Return the findings of a fault that are made in this delivery."""
        return [
            told
            for told in fault.findings
            if told.since <= self.wish.year <= told.until
            and (told.companion is None or told.companion in self.companions)
        ]

    def _tell_of(
        self, person: Person, whom: str, fault: Fault | None = None, *, is_last: bool = False
    ) -> None:
        """Note the findings that a person gives."""
        meant = {whom, "last"} if is_last else {whom}
        for one in [fault] if fault else [one.fault for one in self.chosen]:
            self.findings += [
                _planted(one.id, told, person)
                for told in self._found(one)
                if told.whom in meant and told.row != _ONCE
            ]

    def say(self, sending: Sending, place: str = "sending") -> Sending:
        """Return what a sending says of itself, faults and all; `place` is sending or forrige."""
        for told in self.edits(place):
            own = told.get("info", {}) if place == "sending" else told.get("sending", {})
            for name, value in own.items():
                sending.info[name] = self.words.fill(value)
            sending.contacts[0] |= told.get("kontakt", {})
        return sending

    def text(self, person: Person, text: str) -> str:
        """Return the text of a person, faults and all."""
        fault = self.faults.get(person.number)
        told = fault.edits.get("tekst", {}) if fault else {}
        if "finn" not in told:
            return text
        return re.sub(told["finn"], told["bytt"], text + "\n", count=1).removesuffix("\n")

    def file(self, kind: str, data: bytes) -> bytes:
        """Return a file, with what happens to the whole of it."""
        for change in self.changes(kind):
            data = CHANGES[change](data)
        return data

    def changes(self, kind: str) -> list[str]:
        """Return what happens to a whole file."""
        found = (one.fault.changes.get(kind) for one in self.chosen)
        return [change for change in found if change]


def _planted(fault: str, told: Told, person: Person) -> Planted:
    element, _, place = told.row.partition(" ")
    record = None
    if element != _PERSON:
        rows = rows_of(person, element)
        number = int(place) if place else len(rows)
        row = rows[number - 1] if number <= len(rows) else {}
        record = next((row[name] for name in _IDS if name in row), str(number) if number else None)
    return Planted(fault, told.rule, str(person.number), element.upper(), record, told.field)
