"""Small edits of records, written as data.

A place is «klasse.felt», «klasse:kode.felt» for the rows of one service or variable,
«klasse#2.felt» for the second row, and «klasse*.felt» for all; alone, a class is its last
row. An edit is a table of

    sett   places and their new values
    bytt   places and, for each, old values and new ones
    uten   places that are emptied, or rows that are taken away («funksjon:13»)
    kopi   rows that are copied, with new values for the fields of each copy
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.faults.words import Words
    from kpr_validator.generate.records import Fields, Person

_PLACE = re.compile(r"(\w+?)(?:(:)(\d+)|(#)(\d+)|(\*))?(?:\.(\w+))?")
_CODED = {"tjeneste": "tjTjenType", "funksjon": "fnFunkType"}


def edit(person: Person, told: Mapping[str, Any], words: Words) -> None:
    """Change a person as told; a place that the person does not have is left alone."""
    for copy in told.get("kopi", ()):
        _copy(person, copy, words)
    for place, value in told.get("sett", {}).items():
        for row, name in places(person, place):
            row[name] = words.fill(value)
    if "pePeID" in person.person:  # the persons own id is no field
        person.number = int(person.person.pop("pePeID"))
    for place, values in told.get("bytt", {}).items():
        for row, name in places(person, place):
            if row.get(name) in values:
                row[name] = words.fill(values[row[name]])
    for place in told.get("uten", ()):
        _without(person, place)


def rows_of(person: Person, table: str) -> list[Fields]:
    """Return the rows of a class; the person's own is a list of one."""
    if table == "person":
        return [person.person]
    rows: list[Fields] = getattr(person, table)
    return rows


def places(person: Person, place: str) -> list[tuple[Fields, str]]:
    """Return the rows and the field that a place names."""
    _, rows, name = _chosen(person, place)
    return [(row, name) for row in rows] if name else []


def _chosen(person: Person, place: str) -> tuple[str, list[Fields], str | None]:
    """Return the class, the rows and the field that a place names."""
    found = _PLACE.fullmatch(place)
    if not found:
        message = f"ukjent sted {place}"
        raise ValueError(message)
    table, by_code, code, by_number, number, every, name = found.groups()
    rows = rows_of(person, table)
    if by_code:
        rows = [row for row in rows if row[_CODED[table]] == code]
    elif by_number:
        rows = rows[int(number) - 1 : int(number)]
    elif not every:
        rows = rows[-1:]
    return table, rows, name


def _without(person: Person, place: str) -> None:
    table, rows, name = _chosen(person, place)
    for row in list(rows):
        if name:
            row.pop(name, None)
        else:
            everything = rows_of(person, table)
            del everything[next(at for at, one in enumerate(everything) if one is row)]


def _copy(person: Person, told: Mapping[str, str], words: Words) -> None:
    place = told["av"]
    table, rows, _ = _chosen(person, place)
    changes = {name: words.fill(value) for name, value in told.items() if name != "av"}
    for row in list(rows):
        rows_of(person, table).append({**row, **changes})
