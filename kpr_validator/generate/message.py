"""Writes records as the annual message, in the order that the format's own schema gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from kpr_validator import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.catalogue import Document
    from kpr_validator.generate.records import Fields, Person
    from kpr_validator.plan import Element

NOTICE = "Syntetiske testdata. Ingen personer eller virksomheter finnes."
SYSTEM, SYSTEM_VERSION = "KPR-TESTDATA", "1"
CONTACTS = ("Syntetiske testdata", "Ingen virkelig person")
ADDRESS, TELEPHONE = "testdata@example.invalid", "00000000"


class Class(NamedTuple):
    """One message class: its name, its attributes, and its fields in order."""

    name: str
    attributes: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def own_id(self) -> str:
        """Return the attribute that numbers the rows of a person."""
        return self.attributes[1]


@dataclass(slots=True)
class Sending:
    """What a sending says of itself: `info` are the fields of INNHINFO, `contacts` its contacts."""

    version: str
    info: Fields
    contacts: list[Fields]

    @property
    def year(self) -> str:
        """Return the data year."""
        return self.info["iiFraDato"][:4]


def sending(version: str, municipality: str, year: int, number: int = 1) -> Sending:
    """Return the `number`th sending of a municipality for a year, extracted on 8 January."""
    return Sending(
        version,
        {
            "iiInnhType": "P",
            "iiKomnr": municipality,
            "iiBydelsnr": "00",
            "iiFraDato": f"{year}0101",
            "iiTilDato": f"{year}1231",
            "iiLagetDato": f"{year + 1}0108",
            "iiSysID": SYSTEM,
            "iiSysVersjon": SYSTEM_VERSION,
            "iiLopenr": str(number),
        },
        [
            {"Type": str(place), "Navn": name, "Telefon": TELEPHONE, "Epost": ADDRESS}
            for place, name in enumerate(CONTACTS, 1)
        ],
    )


@cache
def form(version: str) -> Document:
    """Return the annual format of a version: 3.5 or 3.7."""
    return next(one for one in catalogue.annual() if one.name.endswith(version))


@cache
def _classes(version: str) -> tuple[Class, ...]:
    """Return the classes under PERSON, in order."""
    person = form(version).plan.elements["PERSON"]
    return tuple(
        Class(
            child.name,
            tuple(attribute.name for attribute in child.attributes),
            tuple(field.name for field in child.children),
        )
        for child in person.children
        if child.type is None
    )


@cache
def _person_fields(version: str) -> tuple[str, ...]:
    person = form(version).plan.elements["PERSON"]
    return tuple(child.name for child in person.children if child.type)


@cache
def _info(version: str) -> Element:
    return form(version).plan.elements["INNHINFO"]


def head(sending: Sending) -> str:
    """Return the message up to its first person."""
    namespace = form(sending.version).namespace
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {NOTICE} -->",
        f'<IPLOS xmlns="{namespace}" versjon="{sending.version}">',
        " <INNHINFO>",
    ]
    for child in _info(sending.version).children:
        if child.type:
            lines += _fields("  ", (child.name,), sending.info)
            continue
        order = tuple(field.name for field in child.children)
        for contact in sending.contacts:
            lines += [f"  <{child.name}>", *_fields("   ", order, contact), f"  </{child.name}>"]
    return "\n".join([*lines, " </INNHINFO>", ""])


END = "</IPLOS>\n"


def person_lines(version: str, person: Person) -> Iterator[str]:
    """Yield one line per tag pair, indented by one space per level."""
    yield f' <PERSON pePeID="{person.number}">'
    yield from _fields("  ", _person_fields(version), person.person)
    for one in _classes(version):
        rows: list[Fields] = getattr(person, one.name.lower())
        for place, row in enumerate(rows, 1):
            yield f"  <{one.name}{_attributes(one, row, person.number, place)}>"
            yield from _fields("   ", one.fields, row)
            yield f"  </{one.name}>"
    yield " </PERSON>"


def records(person: Person) -> int:
    """Return how many records the person is: the person and every row of it."""
    rows = (person.personoppl, person.funksjon, person.tjeneste, person.diagnose)
    return 1 + sum(map(len, rows)) + len(person.dogntilbud)


def _attributes(one: Class, row: Fields, number: int, place: int) -> str:
    """Return the attributes: those of the row, or else the person's id and the row's place."""
    text = ""
    for name in one.attributes:
        if name in row:
            text += f" {name}={quoteattr(row[name])}"
        elif name.endswith("PeID"):
            text += f' {name}="{number}"'
        elif name == one.own_id:
            text += f' {name}="{place}"'
    return text


def _fields(indent: str, order: tuple[str, ...], row: Fields) -> Iterator[str]:
    for name in order:
        if name in row:
            value = row[name]
            text = value if value.isalnum() else escape(value)
            yield f"{indent}<{name}>{text}</{name}>"
