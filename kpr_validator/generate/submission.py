"""One municipality's synthetic submission: draws the persons and writes them as they come."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kpr_validator import assets
from kpr_validator.generate import message
from kpr_validator.generate.chance import Chance, seed_of
from kpr_validator.generate.gaps import Gaps
from kpr_validator.generate.last_year import LastYear
from kpr_validator.generate.municipalities import place
from kpr_validator.generate.people import People
from kpr_validator.generate.records import Records
from kpr_validator.generate.solve import population

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kpr_validator.generate.life import Life
    from kpr_validator.generate.records import Person
    from kpr_validator.generate.units import Units

OLD_FORMAT_UNTIL = 2018
YEARS = (2018, 2021)  # the data years that the formats are documented for
LAST_YEAR_KNOWN = 2019  # the first whose last year was reported in a format that is known


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants generated; `version` is 3.5 or 3.7.

    With `gaps` as much is left unanswered, old or unscored as is published.
    """

    municipality: str
    year: int
    persons: int
    seed: int
    version: str
    gaps: bool = False


def version_of(year: int) -> str:
    """Return the format that a data year is reported in."""
    return "3.5" if year <= OLD_FORMAT_UNTIL else "3.7"


@cache
def districts() -> Mapping[str, Sequence[str]]:
    """Return the districts of the municipalities that have them, by municipality number."""
    found: dict[str, list[str]] = {}
    path = assets.schemas() / "regions" / "bydeler.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["kommunenr"], []).append(row["bydelsnr"])
    return found


def lives(wish: Wish, units: Units) -> Iterator[Life]:
    """Yield the lives, the same for the same wish."""
    chance = Chance(seed_of(wish.seed, wish.municipality, wish.year, "liv"))
    people = People(population(wish.year), units, districts().get(wish.municipality, ()), chance)
    for number in range(1, wish.persons + 1):
        yield people.life(number)


def persons(wish: Wish, given: Iterable[Life]) -> Iterator[Person]:
    """Yield what is written of each life."""
    chance = Chance(seed_of(wish.seed, wish.municipality, wish.year, "poster"))
    records = _records(wish, wish.year, chance)
    for life in given:
        yield records.person(life)


def _records(wish: Wish, year: int, chance: Chance) -> Records:
    gaps = None
    if wish.gaps:
        gaps = Gaps(year, chance, place(wish.municipality, year, wish.seed))
    return Records(population(year), wish.municipality, chance, gaps)


def year_before(wish: Wish, given: Iterable[Life]) -> Iterator[Person]:
    """Yield what was written of the municipality the year before."""
    chance = Chance(seed_of(wish.seed, wish.municipality, wish.year, "fjoråret"))
    before = LastYear(wish.year, chance)
    records = _records(wish, wish.year - 1, chance)
    for life in given:
        for earlier in before.lives(life):
            yield records.person(earlier)


def sending(wish: Wish) -> message.Sending:
    """Return what the wished sending says of itself."""
    return message.sending(wish.version, wish.municipality, wish.year)


def sending_before(wish: Wish) -> message.Sending:
    """Return what last year's sending said of itself."""
    year = wish.year - 1
    return message.sending(version_of(year), wish.municipality, year)


def lines(
    about: message.Sending, given: Iterable[Person], change: Callable[[Person, str], str] | None
) -> Iterator[str]:
    """Yield the message piece by piece; `change` gets the text of each person."""
    yield message.head(about)
    for person in given:
        text = "\n".join(message.person_lines(about.version, person))
        yield change(person, text) if change else text
        yield "\n"
    yield message.END
