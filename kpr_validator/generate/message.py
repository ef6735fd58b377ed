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


@dataclass(frozen=True, slots=True)
class Sending:
    """What a sending says of itself; `extracted` is YYYYMMDD."""

    municipality: str
    year: int
    extracted: str
    number: int = 1
    district: str = "00"


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


def head(version: str, sending: Sending) -> str:
    """Return the message up to its first person."""
    contacts = "".join(
        f"  <iiKontakt>\n   <Type>{number}</Type>\n   <Navn>{name}</Navn>\n"
        f"   <Telefon>{TELEPHONE}</Telefon>\n   <Epost>{ADDRESS}</Epost>\n  </iiKontakt>\n"
        for number, name in enumerate(CONTACTS, 1)
    )
    year = sending.year
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {NOTICE} -->\n'
        f'<IPLOS xmlns="{form(version).namespace}" versjon="{version}">\n <INNHINFO>\n'
        f"  <iiInnhType>P</iiInnhType>\n  <iiKomnr>{sending.municipality}</iiKomnr>\n"
        f"  <iiBydelsnr>{sending.district}</iiBydelsnr>\n{contacts}"
        f"  <iiFraDato>{year}0101</iiFraDato>\n  <iiTilDato>{year}1231</iiTilDato>\n"
        f"  <iiLagetDato>{sending.extracted}</iiLagetDato>\n  <iiSysID>{SYSTEM}</iiSysID>\n"
        f"  <iiSysVersjon>{SYSTEM_VERSION}</iiSysVersjon>\n"
        f"  <iiLopenr>{sending.number}</iiLopenr>\n </INNHINFO>\n"
    )


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
