"""One municipality's synthetic delivery: the submission, and the files that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from kpr_validator.generate import identities, message, submission
from kpr_validator.generate.faults import idents
from kpr_validator.generate.faults.crowd import edited
from kpr_validator.generate.faults.planted import Planting
from kpr_validator.generate.files import (
    IDENT,
    LAST_YEAR,
    PREVIOUS,
    SENDING,
    UNITS,
    Made,
    put,
    remade,
)
from kpr_validator.generate.identities import Identities
from kpr_validator.generate.units import Units, as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kpr_validator.generate.faults.plan import Chosen
    from kpr_validator.generate.life import Life
    from kpr_validator.generate.message import Sending
    from kpr_validator.generate.records import Person
    from kpr_validator.generate.submission import Wish


@dataclass(frozen=True, slots=True)
class Extras:
    """What is wanted beside the submission and the list of units."""

    ident: bool = False
    last_year: bool = False

    def kinds(self) -> frozenset[str]:
        """Return the kinds of files that are wanted."""
        wanted = {IDENT: self.ident, LAST_YEAR: self.last_year}
        return frozenset(kind for kind, is_wanted in wanted.items() if is_wanted)


class Delivery:
    """Writes the files of one wish into a folder."""

    def __init__(self, wish: Wish, folder: Path, faults: Sequence[Chosen] = ()) -> None:
        """Prepare; nothing is written yet."""
        year = faults[0].fault.data_year(wish.year) if faults else wish.year
        self.wish = replace(wish, year=year)
        self.folder = folder
        self.units = Units(wish.municipality, wish.persons)
        self.faults = faults
        self.planting = Planting(self.wish, self.units, faults)

    def write(self, extras: Extras) -> list[Made]:
        """Write everything that is wanted, and what the faults need; return what was written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        needed = frozenset().union(*(one.fault.companions for one in self.faults))
        wanted = self.planting.companions = extras.kinds() | needed
        writers = {IDENT: self._ident, LAST_YEAR: self._last_year, PREVIOUS: self._previous}
        made = [self._sending(), self._units()]
        made += [write() for kind, write in writers.items() if kind in wanted]
        return made

    def _lives(self) -> Iterator[Life]:
        """Yield the lives that are drawn, those of the planted persons not among them."""
        return islice(submission.lives(self.wish, self.units), self.planting.others)

    def _sending(self) -> Made:
        drawn = submission.persons(self.wish, self._lives())
        about = self.planting.say(submission.sending(self.wish))
        return self._message(SENDING, "iplos", about, self.planting.people(drawn), planted=True)

    def _last_year(self) -> Made:
        everybody = chain(self._lives(), self.planting.lives())
        people: Iterable[Person] = submission.year_before(self.wish, everybody)
        for told in self.planting.edits("fjor"):
            people = edited(people, told, self.planting.words)
        about = self.planting.say(submission.sending_before(self.wish), "fjor")
        return self._message(LAST_YEAR, "iplos", about, people)

    def _previous(self) -> Made:
        """Write an earlier sending of the same year, without the faults."""
        drawn = submission.persons(self.wish, self._lives())
        people = chain(drawn, map(self.planting.person, self.planting.lives()))
        about = submission.sending(self.wish)
        about.info["iiLopenr"] = "0"
        return self._message(PREVIOUS, "forrige", self.planting.say(about, "forrige"), people)

    def _message(
        self,
        kind: str,
        name: str,
        about: Sending,
        people: Iterable[Person],
        *,
        planted: bool = False,
    ) -> Made:
        tally = _Tally()
        year = self.wish.year - (kind == LAST_YEAR)
        pieces = submission.lines(
            about, tally.counted(people), self.planting.text if planted else None
        )
        return self._put(kind, f"{name}-{self.wish.municipality}-{year}.xml", pieces, tally)

    def _ident(self) -> Made:
        wish, tally = self.wish, _Tally()
        given = Identities(wish.municipality, wish.seed, self.planting.words.reserved())
        everybody = chain(self._lives(), self.planting.lives())
        rows = tally.each(idents.rows(map(given.row, everybody), self.planting))
        about = idents.say(identities.ident_of(submission.sending(wish)), self.planting)
        name = f"ident-{wish.municipality}-{wish.year}.xml"
        return self._put(IDENT, name, identities.lines(about, rows), tally)

    def _units(self) -> Made:
        text = as_csv(self.units.all())
        return self._put(UNITS, f"enheter-{self.wish.municipality}.csv", [text], _Tally())

    def _put(self, kind: str, name: str, pieces: Iterable[str], tally: _Tally) -> Made:
        path = self.folder / name
        size, digest = put(path, pieces)
        if self.planting.changes(kind):
            size, digest = remade(path, self.planting.file(kind, path.read_bytes()))
        return Made(
            name=name,
            kind=kind,
            municipality=self.wish.municipality,
            year=self.wish.year - (kind == LAST_YEAR),
            persons=tally.persons,
            records=tally.records,
            size=size,
            sha256=digest,
        )


class _Tally:
    """Counts persons and records on their way into a file."""

    def __init__(self) -> None:
        self.persons = self.records = 0

    def counted(self, people: Iterable[Person]) -> Iterator[Person]:
        for person in people:
            self.persons += 1
            self.records += message.records(person)
            yield person

    def each(self, rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
        for row in rows:
            self.persons += 1
            yield row
