"""What can happen to a whole file: cut short, packed, wrapped, or another document altogether."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ZIP_DAY = (2020, 1, 8, 12, 0, 0)  # the same bytes each time
_TOO_MUCH_VALUE, _TOO_MUCH_RECORD, _TOO_MUCH_FILE = 10_000_001, 70_000_000, 51_000_000
_NAME = b"<Navn>Syntetiske testdata</Navn>"
_ENCRYPTED = 1
_HEAD = (
    b'<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24"><MsgInfo>'
    b'<Type V="KPR_IPL"/><MIGversion>v1.2 2006-05-24</MIGversion>'
    b"<GenDate>2020-01-08T12:00:00</GenDate><MsgId>1</MsgId>"
)
_PARTIES = b"".join(
    b"<%(role)s><Organisation><OrganisationName>Syntetisk</OrganisationName><Ident><Id>0</Id>"
    b'<TypeId V="HER"/></Ident></Organisation></%(role)s>' % {b"role": role}
    for role in (b"Sender", b"Receiver")
)


def _zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), data)
    return packed.getvalue()


def _locked(data: bytes) -> bytes:
    """Return a zip file whose member is marked as encrypted."""
    packed = bytearray(_zipped(("melding.xml", data)))
    packed[6] |= _ENCRYPTED
    packed[packed.rindex(b"PK\x01\x02") + 8] |= _ENCRYPTED
    return bytes(packed)


def _body(data: bytes) -> bytes:
    """Return the message without its declaration."""
    return data[data.index(b"<IPLOS") :]


def _headless(data: bytes) -> bytes:
    document = b"<Document><RefDoc><MsgType V='XML'/><Content>%s</Content></RefDoc></Document>"
    return _HEAD + b"</MsgInfo>" + document % _body(data) + b"</MsgHead>"


def _referring(_data: bytes) -> bytes:
    document = b"<Document><RefDoc><MsgType V='XML'/><FileReference>a.xml</FileReference></RefDoc>"
    return _HEAD + _PARTIES + b"</MsgInfo>" + document + b"</Document></MsgHead>"


def _renamed(name: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(_NAME, b"<Navn>" + name + b"</Navn>", 1)


def _as_latin(data: bytes) -> bytes:
    declared = data.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"', 1)
    return _renamed("Bodø".encode())(declared)


def _long_value(data: bytes) -> bytes:
    return _renamed(b"A" * _TOO_MUCH_VALUE)(data)


CHANGES: Mapping[str, Callable[[bytes], bytes]] = {
    "tom": lambda _data: b"",
    "ikke velformet": lambda data: data.replace(b"</INNHINFO>", b"</INNHINF0>", 1),
    "avkortet": lambda data: data[: data.rindex(b"</IPLOS>")],
    "doctype": lambda data: data.replace(b"<IPLOS", b"<!DOCTYPE IPLOS>\n<IPLOS", 1),
    "feil tegnkoding": _renamed("Bodø".encode("latin-1")),
    "ulovlig tegn": lambda data: data.replace(b"</IPLOS>", b"<!-- \x0b --></IPLOS>"),
    "ødelagt pakke": lambda data: gzip.compress(data, mtime=0)[:-20],
    "ukjent navnerom": lambda data: re.sub(
        rb'xmlns="[^"]+"', b'xmlns="http://example.invalid/iplos"', data, count=1
    ),
    "annen melding": lambda _data: (
        b'<Melding xmlns="http://www.npr.no/xmlstds/56_0_0_ipl" versjon="56.0.0"'
        b' meldingstype="K"/>\n'
    ),
    "stor verdi": _long_value,
    "stor post": lambda data: data.replace(
        b" </PERSON>", b" " * _TOO_MUCH_RECORD + b"</PERSON>", 1
    ),
    "oppgitt latin-1": _as_latin,
    "en annen fil": lambda _data: b"<Journal/>\n",
    "to filer": lambda data: _zipped(("ipl.xml", data), ("ide.xml", b"<Journal/>")),
    "låst": _locked,
    "pakket to ganger": lambda data: _zipped(("a.zip", _zipped(("melding.xml", data)))),
    "vokser": lambda data: gzip.compress(data + b" " * _TOO_MUCH_FILE, mtime=0),
    "utrygt navn": lambda data: _zipped(("../melding.xml", data)),
    "hode uten melding": _referring,
    "hode uten avsender": _headless,
    "uten navnerom": lambda _data: (
        b'<IPLOS versjon="3.0"><PERSON pePeID="1"><peFnr>SYNTETISK</peFnr></PERSON></IPLOS>\n'
    ),
    "kvittering": lambda _data: b'<AppRec xmlns="http://www.kith.no/xmlstds/apprec/2004-11-21"/>\n',
    "uten overskrift": lambda data: data.partition(b"\n")[2],
}
