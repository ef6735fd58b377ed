"""Random submissions whose values lie at the edges of what the figures ask about."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from kpr_validator.datatype import check
from tests.generated import HOURS, allowed, submission

if TYPE_CHECKING:
    from random import Random

    from kpr_validator.catalogue import Document
    from kpr_validator.plan import Element, SimpleType

OPEN = "99991231"
ANSWERS = (*"11112229", "4", "7", "")
# Some of each share are left out; what is not named is there three times of four.
GIVEN = {"peDodDato": 0.15, "poFraDato": 0.8, "tjFraDato": 0.97, "tjVedtak": 0.95}
ROWS = {"PERSONOPPL": 3, "FUNKSJON": 24, "TJENESTE": 5, "DIAGNOSE": 2, "DOGNTILBUD": 0}


def random_submission(chance: Random, document: Document, persons: int) -> bytes:
    """Return a submission that the schema takes, with each element on a line of its own.

    One of four is a trial, extracted before the year is over.
    """
    element = document.plan.elements["PERSON"]
    year = chance.choice(sorted(document.years)) if 2019 in document.years else 2018
    made = f"{year}1103" if chance.random() < 0.25 else f"{year + 1}0108"
    people = [_element(chance, element, str(number + 1), year) for number in range(persons)]
    text = submission(document, people)
    for name, date in (("Fra", f"{year}0101"), ("Til", f"{year}1231"), ("Laget", made)):
        text = re.sub(f"(?<=<ii{name}Dato>)[0-9]+".encode(), date.encode(), text)
    return re.sub(rb">(?=<[A-Za-z])", b">\n", text)


@cache
def _pools(year: int) -> dict[str, tuple[str, ...]]:
    """Return what the fields that matter hold, at both sides of every limit."""
    last, following = year - 1, year + 1
    within = _days(year, "0101 0102 0615 0622 0623 0629 1103 1104 1230 1231")
    near = (f"{last}0301", f"{last}1231", *within, f"{following}0101")
    unreal = (f"{year}0231", OPEN)
    months = (f"{last}12", f"{year}01", f"{year}12", f"{following}01", f"{year}13", "200412")
    begun, over = f"{year}0615", f"{year}0629"
    around = _days(year, "0607 0608 0608 0614 0616 0622 0622 0623 0629 0706 0707")  # begun and over
    before = _days(year, "0515 0516 0530 0531 0615 0616")  # 31, 30, 16 and 15 days before begun
    return {
        "peAlder": ("17", "18", "49", "50", "66", *("67", "79", "80", "89", "90") * 4),
        "tjTjenType": (
            *map(str, range(1, 30)),
            *("15", "15", "21", "21", "19", "19", "16", "4") * 6,
            "35",
        ),
        "tjVedtak": (*"222222", "1", "3", ""),
        "tjVedtDato": (*before, *unreal),
        "poIndPlan": (*"1234", "9", "7", ""),
        "poErnKartlagt": (*"11111129", "7", ""),
        "poErnRisiko": (*"11111279", ""),
        "poErnPlan": (*"1279", ""),
        "poVurdLege": months,
        "poVurdTann": months,
        "poHab": ("1", "1", "2", ""),
        "poVenteliste": ("1", "1", "2", ""),
        "poHeldg": ("1", "2", ""),
        "diKodeVersjon": ("ICPC-2", "ICD-10", "icd-10", "ICPC", "ICF"),
        "diDiagKode": ("P70", "F00", "F00.1", "f03", "G309", "F01", "A01"),
        "fnFunkType": (*("5", "6", "7", "9", "12") * 4, "1", "18", "19", "35"),
        "fnFunkVerdi": (*"123451234512345", "9", "7", "6"),
        "fnFraDato": (*around, *near[:4], *unreal),
        "tjTimerUke": HOURS,
        "tjInstOrgnr": ("310001007", "310002003"),
        "TilDato": (*near, *(OPEN,) * 12, *(over,) * 18, *unreal),
        "FraDato": (*near, *(begun,) * 16, "19800101", "19791231", "20041231", *unreal),
        "DodDato": (*near, *near[4:], *unreal),
        "Dato": (*near, *near[:2], *within, *within, *unreal),
    }


def _days(year: int, days: str) -> list[str]:
    return [f"{year}{day}" for day in days.split()]


@cache
def _values(name: str, kind: SimpleType, year: int) -> list[str]:
    """Return the values of a field's pool that the schema takes."""
    pools = _pools(year)
    named = (pools[end] for end in pools if name.endswith(end))
    meant = [value for value in next(named, ANSWERS) if check(value, kind) is None]
    return meant or allowed(kind)


def _element(chance: Random, element: Element, person: str, year: int) -> str:
    attributes = ""
    for attribute in element.attributes:
        is_person = attribute.name.endswith("PeID")
        value = person if is_person else str(chance.randint(1, 10**6))
        attributes += f" {attribute.name}={quoteattr(value)}"
    content = ""
    for child in element.children:
        if child.type is None:
            rows = chance.randint(0, ROWS[child.name])
            content += "".join(_element(chance, child, person, year) for _ in range(rows))
        elif child.minimum or chance.random() < GIVEN.get(child.name, 0.75):
            value = child.fixed or chance.choice(_values(child.name, child.type, year))
            content += f"<{child.name}>{value}</{child.name}>"
    return f"<{element.name}{attributes}>{content}</{element.name}>"
