"""The ident message with its faults.

sett     new values in the row of the planted person; a value may hold {pid}
kopi     further rows like it, with new values
uten     the row is left out
andre    new values in the rows of everybody else
borte    the share of everybody else that is left out
melding  new values of the attributes of Melding, and `institusjon` of whom the persons are
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.generate.faults.planted import Planting
    from kpr_validator.generate.identities import IdentMessage
    from kpr_validator.generate.records import Fields


def say(message: IdentMessage, planting: Planting) -> IdentMessage:
    """Return what the message says of itself, faults and all."""
    for told in planting.edits("ident"):
        for name, value in told.get("melding", {}).items():
            message.attributes[name] = planting.words.fill(value)
        message.institution = told.get("institusjon", message.institution)
    return message


def rows(given: Iterable[Fields], planting: Planting) -> Iterator[Fields]:
    """Yield the rows, faults and all."""
    for at, row in enumerate(given, 1):
        fault = planting.faults.get(int(row["pid"]))
        if fault is None:
            yield from _of_others(at, row, planting)
        else:
            yield from _of_planted(row, fault.edits, planting)


def _of_others(at: int, row: Fields, planting: Planting) -> Iterator[Fields]:
    for told in planting.edits("ident"):
        gone = told.get("borte", 0.0)
        if int(at * gone) != int((at - 1) * gone):
            return
        row = row | _filled(told.get("andre", {}), row, planting)
    yield row


def _of_planted(row: Fields, edits: Mapping[str, Any], planting: Planting) -> Iterator[Fields]:
    told = edits.get("ident", {})
    person_id = edits.get("endre", {}).get("sett", {}).get("person.pePeID", row["pid"])
    row = (
        row | {"pid": planting.words.fill(person_id)} | _filled(told.get("sett", {}), row, planting)
    )
    if not told.get("uten"):
        yield row
    for copy in told.get("kopi", ()):
        yield row | _filled(copy, row, planting)


def _filled(values: Mapping[str, str], row: Fields, planting: Planting) -> Fields:
    if not values:
        return {}
    words = planting.words
    more = {"pid": row["pid"], **words.instead_of(row["fid"])}
    return {name: words.fill(value, **more) for name, value in values.items()}
