"""A correct export of the known persons, and ways to get it wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from kpr_validator import catalogue
from kpr_validator.conformance.fasit import OPTIONAL, PRESENT, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpr_validator.conformance.fasit import Fasit, Person

IDS = {
    "PERSONOPPL": ("poPeID", "poPoID"),
    "FUNKSJON": ("fnPeID", "fnFnID"),
    "TJENESTE": ("tjPeID", "tjTjID"),
    "DIAGNOSE": ("diPeID", "diDiID"),
    "DOGNTILBUD": ("dgPeID", "dgDgID"),
}


@dataclass
class Row:
    """A row of the export; a value of '' is written as an empty element."""

    element: str
    fields: dict[str, str]
    decision: str | None = None
    link: int | None = None


@dataclass
class One:
    """A person of the export."""

    id: str
    identity: str
    fields: dict[str, str]
    rows: list[Row] = field(default_factory=list)

    def of(self, element: str) -> list[Row]:
        """Return the rows of a class."""
        return [row for row in self.rows if row.element == element]


def correct(fasit: Fasit | None = None, *, optional: bool = True) -> list[One]:
    """Return what a correct extraction writes."""
    known = fasit or shipped()
    return [_one(person, optional=optional) for person in known.persons]


def _one(person: Person, *, optional: bool) -> One:
    expected = {PRESENT, OPTIONAL} if optional else {PRESENT}
    rows = [
        Row(record.element, dict(record.fields), record.decision, record.link)
        for record in person.records
        if record.expect in expected
    ]
    return One(person.id, person.identity, dict(person.fields), rows)


def changed(change: Callable[[One], None], people: Sequence[One] | None = None) -> list[One]:
    """Return the export after `change` has been done to every person."""
    made = [
        replace(
            one, fields=dict(one.fields), rows=[replace(r, fields=dict(r.fields)) for r in one.rows]
        )
        for one in (people or correct())
    ]
    for one in made:
        change(one)
    return made


def xml(people: Sequence[One], fasit: Fasit | None = None) -> str:
    """Return the annual message."""
    known = fasit or shipped()
    document = catalogue.annual()[0]
    contacts = "".join(
        f"<iiKontakt><Type>{n}</Type><Navn>Testperson</Navn><Telefon>00000000</Telefon>"
        "<Epost>test@example.invalid</Epost></iiKontakt>"
        for n in (1, 2)
    )
    info = (
        f"<INNHINFO><iiInnhType>P</iiInnhType><iiKomnr>{known.municipality}</iiKomnr>"
        f"<iiBydelsnr>{known.district}</iiBydelsnr>{contacts}"
        f"<iiFraDato>{known.year}0101</iiFraDato><iiTilDato>{known.year}1231</iiTilDato>"
        f"<iiLagetDato>{known.extracted}</iiLagetDato><iiSysID>TEST</iiSysID>"
        "<iiSysVersjon>1.0</iiSysVersjon><iiLopenr>1</iiLopenr></INNHINFO>"
    )
    body = "\n".join(_person(one, str(7000 + n)) for n, one in enumerate(people))
    return f'<IPLOS xmlns="{document.namespace}" versjon="3.7">\n{info}\n{body}\n</IPLOS>\n'


def ident(people: Sequence[One], fasit: Fasit | None = None) -> str:
    """Return the ident message."""
    known = fasit or shipped()
    year, made = known.year, known.extracted
    rows = "".join(
        f'<PasientIdent pid="{7000 + n}" fid="{one.identity}" typeID="1"/>'
        for n, one in enumerate(people)
    )
    return (
        '<Melding xmlns="http://www.npr.no/xmlstds/53_1_3_ide" versjon="53.1.3" meldingstype="B"'
        f' fraDatoPeriode="{year}-01-01" uttakDato="{made[:4]}-{made[4:6]}-{made[6:]}"'
        ' leverandor="TEST" navnEPJ="TEST" versjonEPJ="1" versjonUt="1" lopenr="1"'
        f' tilDatoPeriode="{year}-12-31">'
        '<Kontaktperson kontPerson="Testperson" meldEpost1="a@example.invalid"'
        ' typeKontaktperson="16"/>'
        f'<Institusjon institusjonID="{known.municipality}">{rows}</Institusjon></Melding>\n'
    )


def _person(one: One, own: str) -> str:
    document = catalogue.annual()[0]
    simple = [child.name for child in document.plan.elements["PERSON"].children if child.type]
    values = {"peFraDato": "20180101", "peEndrDato": "20191212", **one.fields}
    text = "".join(_value(name, values[name]) for name in simple if name in values)
    for element, (person, row_id) in IDS.items():
        order = [child.name for child in document.plan.elements[element].children]
        for n, row in enumerate(one.of(element), 1):
            chain = ""
            if row.decision:
                number = 500 + 10 * int(own) + ord(row.decision)
                chain = f' tjVeID="{number}" tjVeNrID="{row.link}"'
            inner = "".join(_value(name, row.fields[name]) for name in order if name in row.fields)
            text += f'<{element} {person}="{own}" {row_id}="{n}"{chain}>{inner}</{element}>\n'
    return f'<PERSON pePeID="{own}">{text}</PERSON>'


def _value(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else f"<{name}/>"
