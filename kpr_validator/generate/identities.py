"""Person numbers that are never issued to people, and the ident message that holds them.

Only the series of Skatteetaten's synthetic population (Tenor) is used: the month is
raised by 80. Control digits, sex and century are as in real numbers.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING
from uuid import UUID

from kpr_validator.generate.chance import Chance, seed_of
from kpr_validator.generate.message import ADDRESS, CONTACTS, NOTICE, SYSTEM, SYSTEM_VERSION
from kpr_validator.identity import BIRTH, SERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.generate.life import Life
    from kpr_validator.generate.message import Sending

TENOR_SHIFT = 80
BIRTH_NUMBER = "1"  # in list 9032
_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_TEN = 10
NAMESPACE = "http://www.npr.no/xmlstds/53_1_3_ide"
END = " </Institusjon>\n</Melding>\n"


class Identities:
    """Gives persons of one municipality numbers of their own."""

    def __init__(self, municipality: str, seed: int) -> None:
        """Begin with none given."""
        self._chance = Chance(seed_of(seed, municipality, "identiteter"))
        self._given: set[str] = set()
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

    def guid(self, life: Life) -> str:
        """Return the person's pasientGUID, the same each time."""
        high, low = (seed_of(self._seed, life.number, part) for part in ("a", "b"))
        return str(UUID(int=(high << 64) | low))


def tenor(day: int, month: int, year: int, individual: int) -> str | None:
    """Return the synthetic number of a day and an individual number, None where none exists."""
    digits = f"{day:02}{month + TENOR_SHIFT:02}{year % 100:02}{individual:03}"
    for weights in (_WEIGHTS_1, _WEIGHTS_2):
        total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
        control = (11 - total % 11) % 11
        if control == _TEN:
            return None
        digits += str(control)
    return digits


def head(sending: Sending) -> str:
    """Return the ident message up to its first person."""
    extracted = sending.extracted
    made = f"{extracted[:4]}-{extracted[4:6]}-{extracted[6:]}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {NOTICE} -->\n'
        f'<Melding xmlns="{NAMESPACE}" versjon="53.1.3" meldingstype="B"'
        f' fraDatoPeriode="{sending.year}-01-01" uttakDato="{made}" leverandor="{SYSTEM}"'
        f' navnEPJ="{SYSTEM}" versjonEPJ="{SYSTEM_VERSION}" versjonUt="{SYSTEM_VERSION}"'
        f' lopenr="{sending.number}" tilDatoPeriode="{sending.year}-12-31">\n'
        f' <Kontaktperson kontPerson="{CONTACTS[0]}" meldEpost1="{ADDRESS}"'
        ' typeKontaktperson="16"/>\n'
        f' <Institusjon institusjonID="{sending.municipality}">\n'
    )


def lines(sending: Sending, people: Iterator[tuple[Life, str, str]]) -> Iterator[str]:
    """Yield the message, one line per person: life, number and GUID."""
    yield head(sending)
    for life, number, guid in people:
        yield (
            f'  <PasientIdent pasientGUID="{guid}" pid="{life.number}" fid="{number}"'
            f' typeID="{BIRTH_NUMBER}"/>\n'
        )
    yield END
