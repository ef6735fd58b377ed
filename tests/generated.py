"""Random submissions that the schema takes, made from the plan itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kpr_validator import catalogue
from kpr_validator.datatype import check

if TYPE_CHECKING:
    from random import Random

    from kpr_validator.catalogue import Document
    from kpr_validator.plan import Element, SimpleType

DAYS = (
    "20181231", "20190101", "20190102", "20190228", "20190231", "20190615", "20191231",
    "20200101", "20200107", "20151120", "20050101", "20041231", "19800101", "19791231",
    "19300517", "99991231", "18991231", "20260101",
)  # fmt: skip
CODES = ("1", "2", "3", "4", "5", "6", "9", "0", "11", "12", "14", "K", "M", "x", "01", "")
NUMBERS = tuple(map(str, (*range(1, 30), 0, 35, 99, 168, 150, 999)))
HOURS = ("0", "0.00", "0.5", "3.50", "12", "35.5", "168", "168.01", "200.25")
TEXTS = (
    "1820", "1821", "0301", "00", "03", "ICPC-2", "ICD-10", "A01", "F03", "P70", "201906",
    "200412", "202001", "201913", "999999999", "777777777", "9999999990", "991825827",
    "æøå", "a<b>&\"'", "  ", "",
)  # fmt: skip
POOL = (*DAYS, *CODES, *NUMBERS, *HOURS, *TEXTS)


def document(chance: Random) -> Document:
    """Return one of the annual formats."""
    return chance.choice(catalogue.annual())


@cache
def allowed(kind: SimpleType) -> list[str]:
    """Return the values of the pool that the schema takes for a type."""
    return [value for value in dict.fromkeys(POOL) if check(value, kind) is None]


def person(chance: Random, document: Document, number: int) -> str:
    """Return one PERSON, valid by the schema, with an id of its own."""
    return _element(chance, document.plan.elements["PERSON"], str(number))


def submission(document: Document, people: list[str]) -> bytes:
    """Return the whole message."""
    year = max(document.years) if min(document.years) > 2018 else min(document.years)
    info = (
        "<INNHINFO><iiInnhType>P</iiInnhType><iiKomnr>1820</iiKomnr><iiBydelsnr>00</iiBydelsnr>"
        + "".join(
            f"<iiKontakt><Type>{n}</Type><Navn>Testperson</Navn><Telefon>00000000</Telefon>"
            "<Epost>a@example.invalid</Epost></iiKontakt>"
            for n in (1, 2)
        )
        + f"<iiFraDato>{year}0101</iiFraDato><iiTilDato>{year}1231</iiTilDato>"
        f"<iiLagetDato>{year + 1}0108</iiLagetDato><iiSysID>TEST</iiSysID>"
        "<iiSysVersjon>1</iiSysVersjon><iiLopenr>1</iiLopenr></INNHINFO>"
    )
    version = document.name.rpartition(" ")[2]
    head = f'<IPLOS xmlns="{document.namespace}" versjon="{version}">'
    return "\n".join((head, info, *people, "</IPLOS>")).encode()


def _element(chance: Random, element: Element, person_id: str) -> str:
    attributes = ""
    for attribute in element.attributes:
        if attribute.required or chance.random() < 0.5:
            is_person = attribute.name.endswith("PeID")
            value = person_id if is_person else str(chance.randint(1, 10**9))
            attributes += f" {attribute.name}={quoteattr(value)}"
    content = ""
    for child in element.children:
        if child.type is None:
            rows = chance.randint(child.minimum, max(3, child.minimum))
            content += "".join(_element(chance, child, person_id) for _ in range(rows))
        elif child.minimum or chance.random() < 0.6:
            value = child.fixed or chance.choice(allowed(child.type))
            content += f"<{child.name}>{escape(value)}</{child.name}>"
    return f"<{element.name}{attributes}>{content}</{element.name}>"
