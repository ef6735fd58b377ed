"""The synthetic units that carry out the services of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.generate.targets import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_FIRST_DIGIT = "3"  # numbers given out begin with 8 or 9; those with 2 and 3 are for testing
_TEN = 10


class Unit(NamedTuple):
    """One unit: organisation number, a name that says what it is, and its industry code."""

    orgnr: str
    name: str
    industry: str


class Units:
    """The units of one municipality; `persons` decides how many there are of each kind."""

    def __init__(self, municipality: str, persons: int) -> None:
        """Found the units of a municipality, the same each time."""
        self._made: list[Unit] = []
        self._of: dict[int, list[str]] = {}
        place = 1
        for facts in numbers()["enheter"].values():
            own: list[str] = []
            while len(own) < max(1, persons // facts["per"]):
                if orgnr := organisation_number(municipality, place):
                    own.append(orgnr)
                    name = f"Syntetisk {facts['navn']} {len(own)}"
                    self._made.append(Unit(orgnr, name, facts["naeringskode"]))
                place += 1
            self._of |= dict.fromkeys(facts["tjenester"], own)

    def all(self) -> Sequence[Unit]:
        """Return every unit."""
        return self._made

    def doing(self, code: int) -> Sequence[str]:
        """Return the organisation numbers of those that do a service, none for most technology."""
        return self._of.get(code, ())


def organisation_number(municipality: str, place: int) -> str | None:
    """Return the synthetic organisation number of a place, None where there is none (mod 11)."""
    digits = f"{_FIRST_DIGIT}{municipality}{place:03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    control = (11 - total % 11) % 11
    return None if control == _TEN else f"{digits}{control}"


def as_csv(units: Sequence[Unit]) -> str:
    """Return the list as `--units` reads it."""
    rows = ["orgnr;navn;næringskode", *(";".join(unit) for unit in units)]
    return "\n".join(rows) + "\n"
