"""Who is who, and which row is which: the pairs that agree most are taken first."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator import catalogue
from kpr_validator.conformance.fasit import ABSENT, OPEN, PRESENT
from kpr_validator.datatype import check
from kpr_validator.sql import dagnr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kpr_validator.conformance.export import Row, Sent
    from kpr_validator.conformance.fasit import Fasit, Person, Record

ANY = frozenset({"peFraDato", "peEndrDato"})  # the record system's own, which no fasit tells
KINDS = {"tjTjenType", "fnFunkType", "diDiagKode"}
_NUMBERS = frozenset({"tjTjenType", "fnFunkType"})
_DIGITS = 2  # that such a number may have
_HEAVY = {**dict.fromkeys(KINDS, 4), "dgInstOrgnr": 2}
_OF_DATES = 3
_ALIKE = 0.3
_SAME_PERSON = 0.3
_UNLIKELY = 0.5
_HOURS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NOW = {"12": "29", "13": "29"}


class Pair(NamedTuple):
    """A known row and the row that was sent for it; either may be lacking."""

    record: Record | None
    row: Row | None


class Match(NamedTuple):
    """A known person, the one who was sent, and their rows in pairs; None: nobody was."""

    person: Person
    sent: Sent | None
    pairs: tuple[Pair, ...]


@cache
def fields_of(element: str) -> tuple[str, ...]:
    """Return the fields of a class that are compared: no ids, and none of the system's own."""
    rows = catalogue.annual()[0].fields
    names = (row["felt"] for row in rows if row["klasse"] == element and row["art"] == "element")
    return tuple(name for name in names if name not in ANY)


@cache
def may_be_empty(element: str, field: str) -> bool:
    """Tell whether the schema allows the field to be empty."""
    children = catalogue.annual()[0].plan.elements[element].children
    return any(
        child.name == field and child.type is not None and check("", child.type) is None
        for child in children
    )


@cache
def _type(field: str) -> str:
    return next(row["type"] for row in catalogue.annual()[0].fields if row["felt"] == field)


def plain(field: str, value: str | None) -> str | None:
    """Return a value as it is compared; None for what says nothing.

    An empty value and an open end say nothing. Numbers are compared as numbers: hours with
    or without decimals, services and function variables with or without zeros before.
    """
    if value is None or not value.strip():
        return None
    if field.endswith("TilDato") and value == OPEN:
        return None
    if _type(field) == "desimal" and _HOURS.fullmatch(value):
        return f"{Decimal(value).normalize():f}"
    if field in _NUMBERS and len(value) <= _DIGITS:
        return value.lstrip("0") or "0"
    return value


def match(fasit: Fasit, sent: Sequence[Sent]) -> tuple[list[Match], list[Sent]]:
    """Return each known person with who was sent for it, and those who are nobody known."""
    by_identity = {one.identity: one for one in sent if one.identity}
    found = {
        person.id: by_identity[person.identity]
        for person in fasit.persons
        if person.identity in by_identity
    }
    left = [person for person in fasit.persons if person.id not in found]
    taken = {id(one) for one in found.values()}
    free = [one for one in sent if id(one) not in taken]
    wanted, there = [_known(person) for person in left], [_written(one) for one in free]
    scores = {
        (at, place): _likeness(one, other)
        for at, one in enumerate(wanted)
        for place, other in enumerate(there)
    }
    for at, place in _best(scores, _SAME_PERSON):
        found[left[at].id] = free[place]
    taken = {id(one) for one in found.values()}
    others = [one for one in sent if id(one) not in taken]
    return [_matched(person, found.get(person.id)) for person in fasit.persons], others


def _best(scores: Mapping[tuple[int, int], float], least: float) -> Iterator[tuple[int, int]]:
    """Yield pairs, the most alike first, each number once on its side."""
    first: set[int] = set()
    second: set[int] = set()
    for (a, b), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score >= least and a not in first and b not in second:
            first.add(a)
            second.add(b)
            yield a, b


def _values(fields: Mapping[str, str], element: str) -> Iterable[tuple[str, str]]:
    for field in fields_of(element):
        value = plain(field, fields.get(field))
        if value is not None:
            yield field, value


def _known(person: Person) -> Counter[tuple[str, str]]:
    """Return all values of a known person that are to be written, with their number."""
    values = Counter(_values(person.fields, "PERSON"))
    for record in person.records:
        if record.expect != ABSENT:
            values.update(_values(record.fields, record.element))
    return values


def _written(sent: Sent) -> Counter[tuple[str, str]]:
    """Return all values of a person in the export, with their number."""
    values = Counter(_values(sent.fields, "PERSON"))
    for row in sent.rows:
        values.update(_values(row.fields, row.element))
    return values


def _likeness(wanted: Counter[tuple[str, str]], there: Counter[tuple[str, str]]) -> float:
    """Return the share of the values that the other has too; less with another sex or age."""
    shared = wanted & there
    has_both = {"peAlder", "peKjonn"} <= {field for field, _ in shared}
    return shared.total() / wanted.total() * (1 if has_both else _UNLIKELY)


def _matched(person: Person, sent: Sent | None) -> Match:
    rows = sent.rows if sent else ()
    elements = [record.element for record in person.records] + [row.element for row in rows]
    pairs = (
        pair
        for element in dict.fromkeys(elements)
        for pair in _pairs(
            [record for record in person.records if record.element == element],
            [row for row in rows if row.element == element],
        )
    )
    return Match(person, sent, tuple(pairs))


def _pairs(records: list[Record], rows: list[Row]) -> list[Pair]:
    """Pair the rows of one class; what must not be sent gets only what is left over."""
    wanted = [record for record in records if record.expect != ABSENT]
    unwanted = [record for record in records if record.expect == ABSENT]
    found = _merged(wanted, rows) or _paired(wanted, rows)
    left = [row for row in rows if row not in found.values()]
    found |= _paired(unwanted, left)
    return [
        *(
            Pair(record, found.get(record.id))
            for record in records
            if record.id in found or record.expect == PRESENT
        ),
        *(Pair(None, row) for row in rows if row not in found.values()),
    ]


def _merged(records: Sequence[Record], rows: Sequence[Row]) -> dict[str, Row]:
    """Pair the only row of a history with the last known one when all but its first day agrees."""
    histories = [record for record in records if "poFraDato" in record.fields]
    if len(rows) != 1 or len(histories) < 2:  # noqa: PLR2004  one row is no history
        return {}
    last = max(histories, key=lambda record: record.fields["poFraDato"])
    agrees = all(
        plain(field, rows[0].fields.get(field)) == plain(field, last.fields.get(field))
        for field in fields_of(last.element)
        if field != "poFraDato"
    )
    return {last.id: rows[0]} if agrees else {}


def _paired(records: Sequence[Record], rows: Sequence[Row]) -> dict[str, Row]:
    scores = {
        (at, place): _agreement(record, row)
        for at, record in enumerate(records)
        for place, row in enumerate(rows)
    }
    return {records[at].id: rows[place] for at, place in _best(scores, _ALIKE)}


def _agreement(record: Record, row: Row) -> float:
    """Return how much of a known row another has, between 0 and 1; a near day is half the day."""
    total = agreed = 0.0
    for field, value in _values(record.fields, record.element):
        weight = _HEAVY.get(field, _OF_DATES if field.endswith("FraDato") else 1)
        there = plain(field, row.fields.get(field))
        if field == "tjTjenType":
            there = _NOW.get(there or "", there)
        total += weight
        agreed += weight if there == value else weight / 2 * near(value, there)
    return agreed / total if total else 0.0


def near(day: str, other: str | None) -> bool:
    """Tell whether two days are one day apart."""
    numbers = dagnr(day), dagnr(other)
    return None not in numbers and abs((numbers[0] or 0) - (numbers[1] or 0)) == 1
