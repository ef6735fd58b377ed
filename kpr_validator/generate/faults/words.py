"""What the places in the values of the fault tables stand for.

{aar}, {neste}, {overneste}, {fjor} and {forfjor} are years, {ingen_rett} the code of no right
to a plan, {bolig_i_fjor} that of housing last year and {enhet:sykehjem} the first unit of a kind.
The person numbers belong to nobody: {nummer} and {annet_nummer} are synthetic, {felles_nummer}
is of a woman of 70, and {felles_uten_null} the same without its first digit. In the ident message
{ufødt} is of one who is not born yet, {gammelt_nummer} of the years 1856–1859: too long ago to
have been issued.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kpr_validator.generate.identities import numbered, tenor
from kpr_validator.generate.targets import numbers

if TYPE_CHECKING:
    from kpr_validator.generate.units import Units

_NEW_CODES = 2019
_SEX = 8  # the digit that is odd in men's numbers
_OLD_YEARS, _OLD_SERIES = range(1856, 1860), range(500, 750)


class Words:
    """Fills values for one municipality and year."""

    def __init__(self, year: int, units: Units) -> None:
        """Prepare for a year and the municipality's units."""
        self.year = year
        days = product(range(1, 29), range(1, 13), _OLD_YEARS, _OLD_SERIES)
        self._old = filter(None, (numbered(*day) for day in days))
        self._values: dict[str, object] = {
            "aar": year,
            "neste": year + 1,
            "fjor": year - 1,
            "forfjor": year - 2,
            "overneste": year + 2,
            "ingen_rett": "4" if year >= _NEW_CODES else "9",
            "nummer": _first(2000, 500),
            "annet_nummer": _first(1944, 300),
            "felles_nummer": _first(year - 70, 100),
            "felles_uten_null": _first(year - 70, 100).lstrip("0"),
            "bolig_i_fjor": "29" if year - 1 >= _NEW_CODES else "12",
            "enhet": _Unit(units),
        }

    def reserved(self) -> set[str]:
        """Return the numbers that are given to nobody else."""
        names = ("nummer", "annet_nummer", "felles_nummer")
        return {str(self._values[name]) for name in names}

    def fill(self, value: str, **more: str) -> str:
        """Return a value with everything put in."""
        return value.format_map({**self._values, **more}) if "{" in value else value

    def instead_of(self, number: str) -> dict[str, str]:
        """Return the numbers that can stand instead of a person's, of the same sex."""
        is_man = int(number[_SEX]) % 2
        old = next(one for one in self._old if int(one[_SEX]) % 2 == is_man)
        return {"gammelt_nummer": old, "ufødt": _first(self.year + 5, 700 + is_man)}


def _first(year: int, individual: int) -> str:
    """Return the first synthetic number of a sex, of those born on 1 January of a year."""
    found = (tenor(1, 1, year, number) for number in range(individual, individual + 50, 2))
    return next(filter(None, found))


class _Unit:
    """Writes «{enhet:sykehjem}» as the number of the first unit of a kind."""

    def __init__(self, units: Units) -> None:
        self._units = units

    def __format__(self, kind: str) -> str:
        services = numbers()["enheter"][kind]["tjenester"]
        return self._units.doing(services[0])[0]
