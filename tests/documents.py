"""Small submissions as text, for tests of reading and scanning."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from lxml import etree

from kpr_validator import catalogue
from kpr_validator.explain import Explainer
from kpr_validator.opening import open_message
from kpr_validator.scan import Accepted, Scanner, Slice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.walk import Fault

NAMESPACE = "http://www.npr.no/xmlstds/iplos/2019"
INFO = """<INNHINFO>
    <iiInnhType>P</iiInnhType><iiKomnr>1820</iiKomnr><iiBydelsnr>00</iiBydelsnr>
    <iiKontakt><Type>1</Type><Navn>Testperson A</Navn><Telefon>00000000</Telefon>\
<Epost>a@example.invalid</Epost></iiKontakt>
    <iiKontakt><Type>2</Type><Navn>Testperson B</Navn><Telefon>00000000</Telefon>\
<Epost>b@example.invalid</Epost></iiKontakt>
    <iiFraDato>20190101</iiFraDato><iiTilDato>20191231</iiTilDato>
    <iiLagetDato>20200108</iiLagetDato>
    <iiSysID>TEST</iiSysID><iiSysVersjon>1.0</iiSysVersjon><iiLopenr>1</iiLopenr>
  </INNHINFO>"""
RECORD = """<PERSON pePeID="1001">
    <peAlder>84</peAlder>
    <peKjonn>K</peKjonn>
    <peKomnr>1820</peKomnr>
    <PERSONOPPL poPeID="1001" poPoID="1">
      <poHusstand>1</poHusstand>
      <poIndPlan>4</poIndPlan>
      <poFraDato>20190101</poFraDato>
    </PERSONOPPL>
    <FUNKSJON fnPeID="1001" fnFnID="1">
      <fnFunkType>7</fnFunkType>
      <fnFunkVerdi>3</fnFunkVerdi>
      <fnFraDato>20190301</fnFraDato>
      <fnTilDato>99991231</fnTilDato>
    </FUNKSJON>
    <TJENESTE tjPeID="1001" tjTjID="1" tjVeID="5">
      <tjTjenType>15</tjTjenType>
      <tjTimerUke>3.50</tjTimerUke>
      <tjInstOrgnr>000000000</tjInstOrgnr>
    </TJENESTE>
    <DIAGNOSE diPeID="1001" diDiID="1">
      <diKodeVersjon>ICPC-2</diKodeVersjon>
      <diDiagKode>A01</diDiagKode>
      <diFraDato>20190101</diFraDato>
      <diTilDato>99991231</diTilDato>
    </DIAGNOSE>
  </PERSON>"""


def document(*records: str, info: str = INFO) -> str:
    """Return a 3.7 submission with these records."""
    body = "\n  ".join((info, *(records or (RECORD,))))
    return f'<IPLOS xmlns="{NAMESPACE}" versjon="3.7">\n  {body}\n</IPLOS>\n'


def numbered(number: int, record: str = RECORD) -> str:
    """Return the record as another person's."""
    return record.replace("1001", str(1000 + number))


def chunked(text: str, size: int) -> Iterator[str]:
    """Yield the text in blocks of `size` characters."""
    return (text[at : at + size] for at in range(0, len(text), size)) if text else iter(())


def scanned(
    text: str, *, size: int = 1 << 20, fast: bool = True
) -> tuple[list[Accepted | Slice], list[Fault], Scanner]:
    """Return a document's records, every fault of records and envelope, and the scanner."""
    opening, rest = open_message(chunked(text, size))
    scanner = Scanner(opening, rest, opening.document.plan, "PERSON", fast=fast)
    explain = Explainer(opening, "PERSON")
    records = list(scanner)
    cuts = (record for record in records if isinstance(record, Slice))
    faults = [fault for cut in cuts for fault in explain.record(cut).faults]
    faults += explain.envelope(scanner.envelope, ended=scanner.ended).faults
    return records, faults, scanner


def explainer(text: str, *, fast: bool = True) -> Explainer:
    """Return the explainer for a document's records."""
    opening, _ = open_message(iter([text]))
    return Explainer(opening, "PERSON", fast=fast)


_SCHEMA = etree.XMLSchema(etree.parse(io.BytesIO(catalogue.documents()[0].schema.read_bytes())))
_PARSER = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)


def is_valid(text: str) -> bool:
    """Tell whether lxml, with our schema, takes the document: the oracle."""
    try:
        return is_valid_bytes(text.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def is_valid_bytes(data: bytes) -> bool:
    """Tell whether lxml, with our schema, takes the file."""
    try:
        return bool(_SCHEMA.validate(etree.fromstring(data, _PARSER)))
    except etree.XMLSyntaxError:
        return False
