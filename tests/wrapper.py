"""Makes whole submissions of the small examples on rule pages.

An example is one or more elements of any level. By the plan of its format it
gets parents, obligatory siblings and ids, and stands in an otherwise ordinary
submission of one municipality.
"""

from __future__ import annotations

import base64
import gzip
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kpr_validator import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.plan import Element, Plan

YEAR = 2019
MUNICIPALITY = "1820"
_REPEAT = re.compile(r"\[\[(\d[\d_]*) x (.*?)\]\]", re.DOTALL)


def example_bytes(text: str, options: Mapping[str, str]) -> bytes:
    """Return the file of a whole-document example (pages about reading and schema)."""
    if "base64" in options:
        return base64.b64decode(text)
    body = _repeated(text.removesuffix("\n"), options)
    data = body.encode(options.get("koding", "utf-8"))
    return gzip.compress(data) if "gzip" in options else data


def _repeated(text: str, options: Mapping[str, str]) -> str:
    """Return the text with «[[N x TEXT]]» written out, when the fence says `gjenta`."""
    if "gjenta" not in options:
        return text
    return _REPEAT.sub(lambda match: match[2] * int(match[1]), text)


def wrapped(text: str, options: Mapping[str, str] | None = None) -> bytes:
    """Return the submission that a fragment stands in; options: år, format, laget."""
    given = dict(options or {})
    year = int(given.get("år", YEAR))
    name = given.get("format", "3.5" if year <= 2018 else "3.7")
    document = next(item for item in catalogue.annual() if item.name.endswith(name))
    fragment = ET.fromstring(f"<x>{_repeated(text, given)}</x>")  # noqa: S314  our own pages
    if fragment.find("IPLOS") is not None:
        return text.encode()
    wrapper = _Wrapper(document.plan, year, given.get("laget", f"{year + 1}0108"))
    root = wrapper.submission(list(fragment))
    root.set("xmlns", document.namespace)
    root.set("versjon", name)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def wrapped_ident(text: str) -> bytes:
    """Return the ident message that holds the given PasientIdent elements, or is given whole."""
    if "<Melding" in text:
        return text.encode()
    head = (
        '<Melding xmlns="http://www.npr.no/xmlstds/53_1_3_ide" versjon="53.1.3" meldingstype="B"'
        ' fraDatoPeriode="2019-01-01" uttakDato="2020-01-08" leverandor="TEST" navnEPJ="TEST"'
        ' versjonEPJ="1" versjonUt="1" lopenr="1" tilDatoPeriode="2019-12-31">'
        '<Kontaktperson kontPerson="Testperson A" meldEpost1="a@example.invalid"'
        ' typeKontaktperson="16"/>'
    )
    body = (
        text
        if "<Institusjon" in text
        else (f'<Institusjon institusjonID="{MUNICIPALITY}">{text}</Institusjon>')
    )
    return f"{head}{body}</Melding>".encode()


class _Wrapper:
    """Completes fragments by a plan."""

    def __init__(self, plan: Plan, year: int, made: str) -> None:
        self.plan = plan
        self.number = 0
        self.defaults = {
            "iiInnhType": "P",
            "iiKomnr": MUNICIPALITY,
            "iiBydelsnr": "00",
            "Type": "1",
            "Navn": "Testperson A",
            "Telefon": "00000000",
            "Epost": "a@example.invalid",
            "iiFraDato": f"{year}0101",
            "iiTilDato": f"{year}1231",
            "iiLagetDato": made,
            "iiSysID": "TESTSYS",
            "iiSysVersjon": "1.0",
            "iiLopenr": "1",
            "peAlder": "80",
            "peKjonn": "K",
            "peKomnr": MUNICIPALITY,
            "peBydelsnr": "00",
            "peFraDato": f"{year - 1}0501",
            "peEndrDato": f"{year}1120",
            "fnFunkType": "1",
            "fnFunkVerdi": "1",
            "tjTjenType": "15",
            "diKodeVersjon": "ICPC-2",
            "diDiagKode": "A01",
            "tjVedtDato": f"{year}0115",
        }
        self.from_date, self.to_date = f"{year}0301", "99991231"

    def submission(self, given: list[ET.Element]) -> ET.Element:
        """Return the whole message around the given elements."""
        root = ET.Element(self.plan.root.name)
        bare = [self._lifted(element) for element in given]
        info = [element for element in bare if element.tag == "INNHINFO"]
        people = [element for element in bare if element.tag == "PERSON"]
        parts = [element for element in bare if element.tag not in {"INNHINFO", "PERSON"}]
        if parts or not people:
            people.insert(0, self._implicit(parts))
        root.append(self._completed(_merged("INNHINFO", info), self.plan.elements["INNHINFO"], ""))
        for number, person in enumerate(people, 1):
            number_given = person.get("pePeID", str(number))
            root.append(self._completed(person, self.plan.elements["PERSON"], number_given))
        return root

    def _lifted(self, element: ET.Element) -> ET.Element:
        """Return a simple element inside the class that it belongs to."""
        for name, holder in self.plan.elements.items():
            if any(child.name == element.tag and child.type for child in holder.children):
                if name == "PERSON":
                    return element
                parent = ET.Element(name)
                parent.append(element)
                return parent
        return element

    def _implicit(self, parts: list[ET.Element]) -> ET.Element:
        person = ET.Element("PERSON")
        given = {part.tag for part in parts}
        for name in ("peAlder", "peKjonn", "peKomnr"):
            if name not in given:
                ET.SubElement(person, name).text = self.defaults[name]
        person.extend(parts)
        return person

    def _completed(self, given: ET.Element, element: Element, person: str) -> ET.Element:
        """Return the element with what the schema demands, in the schema's order."""
        whole = ET.Element(element.name, given.attrib)
        for attribute in element.attributes:
            if attribute.required and attribute.name not in given.attrib:
                self.number += 1
                is_person = attribute.name.endswith("PeID")
                whole.set(attribute.name, person if is_person else str(self.number))
        for child in element.children:
            found = [item for item in given if item.tag == child.name]
            missing = child.minimum - len(found)
            found += [ET.Element(child.name) for _ in range(missing)]
            for item in found:
                whole.append(self._child(item, child, person))
        known = {child.name for child in element.children}
        whole.extend(item for item in given if item.tag not in known)
        return whole

    def _child(self, item: ET.Element, child: Element, person: str) -> ET.Element:
        if child.type is None:
            return self._completed(item, child, person)
        if not item.attrib.pop("tom", "") and item.text is None:
            item.text = self._default(child.name) if child.minimum else None
        return item

    def _default(self, name: str) -> str:
        dates = {"FraDato": self.from_date, "TilDato": self.to_date}
        return self.defaults.get(name) or dates[name[2:]]


def _merged(tag: str, elements: list[ET.Element]) -> ET.Element:
    whole = ET.Element(tag)
    for element in elements:
        whole.extend(element)
    return whole
