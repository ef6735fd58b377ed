"""Person numbers that are never issued to people, and the ident message that holds them.

Only the series of Skatteetaten's synthetic population (Tenor) is used: the month is
raised by 80. Control digits, sex and century are as in real numbers.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID
from xml.sax.saxutils import quoteattr

from kpr_validator.generate.chance import Chance, seed_of
from kpr_validator.generate.message import ADDRESS, CONTACTS, NOTICE, SYSTEM, SYSTEM_VERSION
from kpr_validator.identity import BIRTH, SERIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpr_validator.generate.life import Life
    from kpr_validator.generate.message import Sending
    from kpr_validator.generate.records import Fields

TENOR_SHIFT = 80
BIRTH_NUMBER = "1"  # in list 9032
_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_TEN = 10
NAMESPACE = "http://www.npr.no/xmlstds/53_1_3_ide"
END = " </Institusjon>\n</Melding>\n"


class Identities:
    """Gives persons of one municipality numbers of their own."""

    def __init__(self, municipality: str, seed: int, reserved: Iterable[str] = ()) -> None:
        """Begin with none given; those that are reserved are given to nobody."""
        self._chance = Chance(seed_of(seed, municipality, "identiteter"))
        self._given: set[str] = set(reserved)
        self._seed = f"{seed}/{municipality}"

    def number(self, life: Life) -> str:
        """Return a number that fits the person's age and sex, given to nobody else."""
        year = life.year - life.age
        while True:
            month = self._chance.between(1, 12)
            day = self._chance.between(1, monthrange(year, month)[1])
            individual = self._individual(year, is_man=life.is_man)
            number = tenor(day, month, year, individual)
            if number and number not in self._given:
                self._given.add(number)
                return number

    def _individual(self, year: int, *, is_man: bool) -> int:
        series = [one for one in SERIES[BIRTH] if year in one.years]
        chosen = self._chance.one_of(series).individuals
        drawn = self._chance.between(chosen.start, chosen.stop - 2)
        return drawn - drawn % 2 + is_man

    def row(self, life: Life) -> Fields:
        """Return what the ident message holds of a person."""
        high, low = (seed_of(self._seed, life.number, part) for part in ("a", "b"))
        return {
            "pasientGUID": str(UUID(int=(high << 64) | low)),
            "pid": str(life.number),
            "fid": self.number(life),
            "typeID": BIRTH_NUMBER,
        }


def tenor(day: int, month: int, year: int, individual: int) -> str | None:
    """Return the synthetic number of a day and an individual number, None where none exists."""
    return numbered(day, month + TENOR_SHIFT, year, individual)


def numbered(day: int, month: int, year: int, individual: int) -> str | None:
    """Return eleven digits with the control digits put on, None where there are none (mod 11)."""
    digits = f"{day:02}{month:02}{year % 100:02}{individual:03}"
    for weights in (_WEIGHTS_1, _WEIGHTS_2):
        total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
        control = (11 - total % 11) % 11
        if control == _TEN:
            return None
        digits += str(control)
    return digits


@dataclass(slots=True)
class IdentMessage:
    """What an ident message says of itself: attributes of Melding, and whose persons they are."""

    attributes: Fields
    institution: str


def ident_of(sending: Sending) -> IdentMessage:
    """Return what the ident message of a sending says of itself."""
    since, until, made = (
        f"{day[:4]}-{day[4:6]}-{day[6:]}"
        for day in (sending.info[name] for name in ("iiFraDato", "iiTilDato", "iiLagetDato"))
    )
    return IdentMessage(
        {
            "versjon": "53.1.3",
            "meldingstype": "B",
            "fraDatoPeriode": since,
            "uttakDato": made,
            "leverandor": SYSTEM,
            "navnEPJ": SYSTEM,
            "versjonEPJ": SYSTEM_VERSION,
            "versjonUt": SYSTEM_VERSION,
            "lopenr": sending.info["iiLopenr"],
            "tilDatoPeriode": until,
        },
        sending.info["iiKomnr"],
    )


def lines(message: IdentMessage, people: Iterable[Fields]) -> Iterator[str]:
    """Yield the message, one line per person."""
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {NOTICE} -->\n'
        f'<Melding xmlns="{NAMESPACE}"{_attributes(message.attributes)}>\n'
        f' <Kontaktperson kontPerson="{CONTACTS[0]}" meldEpost1="{ADDRESS}"'
        f' typeKontaktperson="16"/>\n <Institusjon institusjonID="{message.institution}">\n'
    )
    for row in people:
        yield f"  <PasientIdent{_attributes(row)}/>\n"
    yield END


def _attributes(row: Fields) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in row.items())
