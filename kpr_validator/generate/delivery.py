"""One municipality's synthetic delivery: the submission, and the files that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpr_validator.generate import identities, message, submission
from kpr_validator.generate.files import IDENT, LAST_YEAR, SENDING, UNITS, Made, put
from kpr_validator.generate.identities import Identities
from kpr_validator.generate.units import Units, as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kpr_validator.generate.message import Sending
    from kpr_validator.generate.records import Fields, Person
    from kpr_validator.generate.submission import Wish


@dataclass(frozen=True, slots=True)
class Extras:
    """What is wanted beside the submission and the list of units."""

    ident: bool = False
    last_year: bool = False


class Delivery:
    """Writes the files of one wish into a folder."""

    def __init__(self, wish: Wish, folder: Path) -> None:
        """Prepare; nothing is written yet."""
        self.wish = wish
        self.folder = folder
        self.units = Units(wish.municipality, wish.persons)

    def write(self, extras: Extras) -> list[Made]:
        """Write everything that is wanted; return what was written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made = [self._sending(), self._units()]
        if extras.ident:
            made.append(self._ident())
        if extras.last_year:
            made.append(self._last_year())
        return made

    def _sending(self) -> Made:
        people = submission.persons(self.wish, submission.lives(self.wish, self.units))
        return self._message(SENDING, submission.sending(self.wish), people)

    def _last_year(self) -> Made:
        people = submission.year_before(self.wish, submission.lives(self.wish, self.units))
        return self._message(LAST_YEAR, submission.sending_before(self.wish), people)

    def _message(self, kind: str, about: Sending, people: Iterable[Person]) -> Made:
        tally = _Tally()
        pieces = submission.lines(about, tally.counted(people))
        name = f"iplos-{self.wish.municipality}-{about.year}.xml"
        return self._put(kind, name, int(about.year), pieces, tally)

    def _ident(self) -> Made:
        wish, tally = self.wish, _Tally()
        numbers = Identities(wish.municipality, wish.seed)

        def rows() -> Iterator[Fields]:
            for life in submission.lives(wish, self.units):
                tally.persons += 1
                yield numbers.row(life)

        pieces = identities.lines(identities.ident_of(submission.sending(wish)), rows())
        name = f"ident-{wish.municipality}-{wish.year}.xml"
        return self._put(IDENT, name, wish.year, pieces, tally)

    def _units(self) -> Made:
        name = f"enheter-{self.wish.municipality}.csv"
        text = as_csv(self.units.all())
        return self._put(UNITS, name, self.wish.year, [text], _Tally())

    def _put(self, kind: str, name: str, year: int, pieces: Iterable[str], tally: _Tally) -> Made:
        size, digest = put(self.folder / name, pieces)
        return Made(
            name=name,
            kind=kind,
            municipality=self.wish.municipality,
            year=year,
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
