"""One fault for each check that the receiver has described, field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.wrapper import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.catalogue import Document

CHECKS = ("datatype", "obligatorisk", "kodeverk", "omraade")
ABSENT, EMPTY = None, ""
_MALFORMED = ("999999", "x" * 20, "20191301", "201913", "1234567890123", "12A4", "0A", "1,5")
_UNKNOWN = {"peKjonn": "X", "fnFunkType": "77", "tjTjenType": "77"}
_OUTSIDE = {"dato": ("20041215", "{0}0115"), "maaned": ("200412", "{0}01"), "desimal": ("0", "169")}
_SERVICE = {
    "tjTjenType": "15",
    "tjSoknadDato": "{0}0110",
    "tjVedtDato": "{0}0115",
    "tjVedtak": "2",
    "tjTimerUke": "2.5",
    "tjFraDato": "{0}0201",
}
_PERSON = {"peAlder": "80", "peKjonn": "K", "peKomnr": "1820"}


@dataclass(frozen=True)
class Fault:
    """A value that a check refuses in a field (one row of the field table)."""

    field: Mapping[str, str]
    check: str
    value: str | None

    @property
    def name(self) -> str:
        """Return the field's name."""
        return self.field["felt"]

    @property
    def home(self) -> str:
        """Return the class that the field belongs to."""
        return self.field["klasse"]

    @property
    def consequence(self) -> str:
        """Return what the receiver does, in the word of the field table."""
        return self.field[f"{self.check}_konsekvens"]


def faults(document: Document) -> Iterator[Fault]:
    """Yield the faults of a format's fields; those of the root are the reader's."""
    for field in document.fields:
        for check in CHECKS if field["klasse"] != "IPLOS" else ():
            if field[f"{check}_konsekvens"]:
                yield from (Fault(field, check, value) for value in _values(document, field, check))


def _values(document: Document, field: Mapping[str, str], check: str) -> Sequence[str | None]:
    year = min(document.years)
    if check == "datatype":
        return [next(text for text in _MALFORMED if not re.fullmatch(field["monster"], text))]
    if check == "kodeverk":
        return [_UNKNOWN.get(field["felt"], "8")]
    if check == "omraade":
        if field["min"].startswith("aar"):
            return [f"{year}0502"]
        return [text.format(year + 1) for text in _OUTSIDE[field["type"]]]
    own = document.plan.elements.get(field["klasse"])
    is_fixed = own and any(child.name == field["felt"] and child.fixed for child in own.children)
    return [ABSENT] if is_fixed else [ABSENT, EMPTY]


def submission(document: Document, faults: Sequence[Fault]) -> bytes:
    """Return a submission with one person for each fault in turn, numbered from 1.

    A fault about the submission itself stands in INNHINFO, and must be alone.
    """
    options = {"år": str(min(document.years)), "format": document.name.rpartition(" ")[2]}
    text = "".join(_fragment(document, *pair) for pair in enumerate(faults, 1))
    root = ET.fromstring(wrapped(text, options))  # noqa: S314  our own message
    space = f"{{{document.namespace}}}"
    about = "INNHINFO" if is_about_submission(faults[0]) else "PERSON"
    for part, fault in zip(root.findall(f"{space}{about}"), faults, strict=True):
        if fault.value is ABSENT:
            _remove(part, fault.name, space)
    ET.register_namespace("", document.namespace)
    return bytes(ET.tostring(root, encoding="utf-8"))


def is_about_submission(fault: Fault) -> bool:
    """Tell whether a fault stands in INNHINFO or below it."""
    return fault.home in {"INNHINFO", "KONTAKT"}


def _remove(part: ET.Element, name: str, space: str) -> None:
    for element in list(part.iter()):
        element.attrib.pop(name, None)
        for child in element.findall(f"{space}{name}"):
            element.remove(child)


def _fragment(document: Document, number: int, fault: Fault) -> str:
    if is_about_submission(fault):
        inner = _row(fault.home.replace("KONTAKT", "iiKontakt"), {fault.name: fault.value or ""})
        return inner if fault.home == "INNHINFO" else f"<INNHINFO>{inner}</INNHINFO>"
    year = min(document.years)
    cells = {
        "PERSON": dict(_PERSON),
        "TJENESTE": {name: text.format(year) for name, text in _SERVICE.items()},
    }
    ids = {"PERSON": {"pePeID": str(number)}}
    target = ids if fault.field["art"] == "attributt" else cells
    cells.setdefault(fault.home, {})
    target.setdefault(fault.home, {})[fault.name] = fault.value or ""
    if fault.check == "obligatorisk" and fault.field["obligatorisk"] == "betinget":
        cells["TJENESTE"]["tjTjenType"] = (
            fault.field["obligatorisk_vilkaar"].split(":")[1].split()[0]
        )
    below = [name for name in cells if name != "PERSON"]
    rows = "".join(_row(name, cells[name], ids.get(name, {})) for name in below)
    return _row("PERSON", cells["PERSON"], ids["PERSON"], rows)


def _row(
    name: str, cells: Mapping[str, str], ids: Mapping[str, str] | None = None, inner: str = ""
) -> str:
    told = "".join(f' {key}="{text}"' for key, text in (ids or {}).items())
    elements = (
        f"<{key}>{text}</{key}>" if text else f"<{key} tom='1'/>" for key, text in cells.items()
    )
    return f"<{name}{told}>{''.join(elements)}{inner}</{name}>"
