"""The known persons moved to another data year and municipality."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator import catalogue
from kpr_validator.generate.identities import tenor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.conformance.fasit import Fasit, Person

_DAY = re.compile("((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})?")
_DATED = frozenset({"dato", "maaned"})
_LEAP_DAY = "0229"
_NEW_CENTURY = 2000


def moved(fasit: Fasit, year: int, municipality: str) -> Fasit:
    """Return the fasit for another data year and municipality."""
    years = year - fasit.year
    taken: set[str] = set()
    return replace(
        fasit,
        year=year,
        municipality=municipality,
        extracted=_moved_day(fasit.extracted, years),
        persons=tuple(
            _moved(person, years, (fasit.municipality, municipality), taken)
            for person in fasit.persons
        ),
    )


def _moved(person: Person, years: int, places: tuple[str, str], taken: set[str]) -> Person:
    fields = _moved_fields(person.fields, years, frozenset())
    born = _moved_day(person.born, years)
    age = int(fields["peAlder"]) + int(person.born[:4]) + years - int(born[:4])
    fields["peAlder"] = str(age)
    identity = person.identity if not years else _identity(born, fields["peKjonn"], taken)
    taken.add(identity)
    fields["peKomnr"] = fields["peKomnr"].replace(*places)
    records = (
        replace(record, fields=_moved_fields(record.fields, years, record.unmoved))
        for record in person.records
    )
    return replace(person, born=born, identity=identity, fields=fields, records=tuple(records))


def _moved_fields(fields: Mapping[str, str], years: int, unmoved: frozenset[str]) -> dict[str, str]:
    dated = {row["felt"] for row in catalogue.annual()[0].fields if row["type"] in _DATED}
    return {
        field: _moved_day(value, years) if field in dated and field not in unmoved else value
        for field, value in fields.items()
    }


def _moved_day(day: str, years: int) -> str:
    """Return a day or month so many years later; 29 February goes back to a leap year."""
    found = _DAY.fullmatch(day)
    if found is None:
        return day
    year = int(found[1]) + years
    while day[4:] == _LEAP_DAY and not isleap(year):
        year -= 1
    return f"{year}{day[4:]}"


def _identity(born: str, sex: str, taken: set[str]) -> str:
    """Return a synthetic number of Tenor's series for a birth and sex, not one of those taken."""
    year, month, day = int(born[:4]), int(born[4:6]), int(born[6:])
    first = (500 if year >= _NEW_CENTURY else 0) + (sex == "M")
    numbers = (tenor(day, month, year, n) for n in range(first, first + 499, 2))
    return next(number for number in numbers if number and number not in taken)
