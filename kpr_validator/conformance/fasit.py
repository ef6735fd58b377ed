"""The known persons as data: read from the package or a kit, and written.

The file's form is `schemas/fasit.schema.json`. In the package it is for data of 2019.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kpr_validator.model import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMA_VERSION = "1.0"
FIRST_YEAR = 2019  # the first that IPLOS 3.7 is for
OPEN = "99991231"
PRESENT, OPTIONAL, ABSENT = "present", "optional", "absent"


class FasitError(ValueError):
    """A file that is no fasit of ours; the text says why, in bokmål."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row that is registered; `expect` says whether it must, may or must not be in the file.

    Rows with the same `decision` are links of one chain, in the order of `link`. Fields
    that are not there are not answered.
    """

    id: str
    element: str
    expect: str
    fields: Mapping[str, str]
    decision: str | None = None
    link: int | None = None
    unmoved: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """A known person: what is peculiar, what to enter, and what the message must say."""

    id: str
    title: Text
    enter: Text
    identity: str
    born: str
    fields: Mapping[str, str]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Fasit:
    """All known persons, and the sending they belong to.

    `findings` are the rules that find something in a correct export too.
    """

    format: str
    year: int
    municipality: str
    district: str
    extracted: str
    units: tuple[tuple[str, Text], ...]
    findings: tuple[str, ...]
    persons: tuple[Person, ...]

    @property
    def last(self) -> str:
        """Return the last day of the data year."""
        return f"{self.year}1231"


@cache
def shipped() -> Fasit:
    """Return the fasit of the package."""
    text = files("kpr_validator.conformance").joinpath("fasit.json").read_text("utf-8")
    return load(text)


def load(text: str) -> Fasit:
    """Read a fasit.

    Raises FasitError when it is none that we know.
    """
    try:
        told = json.loads(text)
        if told["schema_version"].partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
            message = f"fasit.json er av en annen versjon enn {SCHEMA_VERSION}"
            raise FasitError(message)
        return _fasit(told)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, FasitError):
            raise
        message = "fasit.json er ikke en fasit fra kpr-validator"
        raise FasitError(message) from error


def _fasit(told: Mapping[str, Any]) -> Fasit:
    return Fasit(
        format=str(told["format"]),
        year=int(told["year"]),
        municipality=str(told["municipality"]),
        district=str(told["district"]),
        extracted=str(told["extracted"]),
        units=tuple((str(unit["orgnr"]), Text(**unit["name"])) for unit in told["units"]),
        findings=tuple(map(str, told["findings"])),
        persons=tuple(_person(person) for person in told["persons"]),
    )


def _person(told: Mapping[str, Any]) -> Person:
    return Person(
        id=str(told["id"]),
        title=Text(**told["title"]),
        enter=Text(**told["enter"]),
        identity=str(told["identity"]),
        born=str(told["born"]),
        fields=_values(told["fields"]),
        records=tuple(_record(record) for record in told["records"]),
    )


def _record(told: Mapping[str, Any]) -> Record:
    return Record(
        id=str(told["id"]),
        element=str(told["class"]),
        expect=str(told.get("expect", PRESENT)),
        fields=_values(told["fields"]),
        decision=told.get("decision"),
        link=told.get("link"),
        unmoved=frozenset(told.get("unmoved", ())),
    )


def _values(told: Mapping[str, Any]) -> dict[str, str]:
    return {str(field): str(value) for field, value in told.items()}


def as_json(fasit: Fasit) -> Iterator[str]:
    """Yield a fasit in the form that `load` reads."""
    told = {
        "schema_version": SCHEMA_VERSION,
        "format": fasit.format,
        "year": fasit.year,
        "municipality": fasit.municipality,
        "district": fasit.district,
        "extracted": fasit.extracted,
        "units": [{"orgnr": orgnr, "name": _text(name)} for orgnr, name in fasit.units],
        "findings": list(fasit.findings),
        "persons": [
            {
                "id": person.id,
                "title": _text(person.title),
                "enter": _text(person.enter),
                "identity": person.identity,
                "born": person.born,
                "fields": dict(person.fields),
                "records": [_json_record(record) for record in person.records],
            }
            for person in fasit.persons
        ],
    }
    yield json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _json_record(record: Record) -> dict[str, object]:
    chain = {"decision": record.decision, "link": record.link}
    return {
        "id": record.id,
        "class": record.element,
        **({} if record.expect == PRESENT else {"expect": record.expect}),
        **{name: value for name, value in chain.items() if value is not None},
        **({"unmoved": sorted(record.unmoved)} if record.unmoved else {}),
        "fields": dict(record.fields),
    }


def _text(text: Text) -> dict[str, str]:
    return {language: text.in_language(language) for language in LANGUAGES}
