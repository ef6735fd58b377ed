"""What a file is and whose, told from its beginning alone."""

from __future__ import annotations

import io
import re
from contextlib import closing, suppress
from dataclasses import replace
from hashlib import file_digest
from typing import TYPE_CHECKING
from xml.parsers import expat

from kpr_validator.companions import UNIT_COLUMNS
from kpr_validator.opening import open_message
from kpr_validator.read import BEGINNING, ReadingError, open_source
from kpr_validator.sql import dagnr
from kpr_validator.triage.model import Found, Kind, Known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_UNKNOWN = frozenset({"LES-08", "LES-09", "LES-16", "LES-21", "LES-22", "LES-23"})
_MESSAGES = (b"<", b"\x1f\x8b", b"PK", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")
_SUFFIXES = (".xml", ".zip", ".gz")
_SPACE = b" \t\r\n"
_NUMBER, _DISTRICT, _DAY = (re.compile(form, re.ASCII) for form in (r"\d{4}", r"\d{2}", r"\d{8}"))
_LONGEST = 40
_FACTS = ("iiKomnr", "iiBydelsnr", "iiFraDato", "iiLagetDato", "iiSysID", "iiSysVersjon")
_ENDS_HEAD = frozenset({"PERSON", "PasientIdent"})


def recognise(found: Found) -> tuple[Found, Known]:
    """Return the file with its hash and size, and what it is. A file that vanished raises."""
    with found.path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        start = file.read(4096)
    whole = replace(found, sha256=digest, size=size)
    if _is_units(start):
        return whole, Known(Kind.UNITS)
    is_message = start.lstrip(_SPACE).startswith(_MESSAGES)
    if not is_message and not found.name.lower().endswith(_SUFFIXES):
        return whole, Known(Kind.OTHER)
    return whole, _message(found.path)


def _is_units(start: bytes) -> bool:
    heading = start.partition(b"\n")[0].decode("utf-8-sig", "replace").lower()
    return all(name in re.split(r"[;\t,\r]", heading) for name in UNIT_COLUMNS)


def _message(path: Path) -> Known:
    try:
        with closing(open_source(str(path), io.BytesIO())) as source:
            source.prepare()
            opening, rest = open_message(source.text(BEGINNING))
            next(rest, None)
            is_annual = opening.document.kind == "annual"
            told = _told(source.text(BEGINNING))
    except ReadingError as error:
        kind = Kind.UNKNOWN if error.rule in _UNKNOWN else Kind.CORRUPT
        return Known(kind, problem=error.rule)
    return _sending(told) if is_annual else _ident(told)


def _sending(told: dict[str, str]) -> Known:
    year = told.get("iiFraDato", "")[:4]
    extracted = _of(_DAY, told.get("iiLagetDato")) or ""
    return Known(
        Kind.SENDING,
        municipality=_of(_NUMBER, told.get("iiKomnr")),
        district=_of(_DISTRICT, told.get("iiBydelsnr")) or "00",
        year=int(year) if _NUMBER.fullmatch(year) else None,
        sending=told.get("iiLopenr", "")[:_LONGEST],
        extracted=extracted if dagnr(extracted) else "",
        system=told.get("iiSysID", "")[:_LONGEST],
        version=told.get("iiSysVersjon", "")[:_LONGEST],
    )


def _ident(told: dict[str, str]) -> Known:
    year = told.get("fraDatoPeriode", "")[:4]
    return Known(
        Kind.IDENT,
        municipality=_of(_NUMBER, told.get("institusjonID")),
        year=int(year) if _NUMBER.fullmatch(year) else None,
        sending=told.get("lopenr", "")[:_LONGEST],
        extracted=told.get("uttakDato", "").replace("-", "")[:8],
    )


def _of(form: re.Pattern[str], value: str | None) -> str | None:
    return value if value is not None and form.fullmatch(value) else None


class _EndedError(Exception):
    """Stops expat where the persons begin."""


class _Head:
    """Takes down what stands before the first person."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}
        self._in = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._in = name.rpartition(" ")[2]
        if self._in in _ENDS_HEAD:
            raise _EndedError
        if self._in in {"Melding", "Institusjon"}:
            self.told.update(attributes)

    def _end(self, _name: str) -> None:
        self._in = ""

    def _text(self, text: str) -> None:
        if self._in in _FACTS or self._in == "iiLopenr":
            self.told[self._in] = (self.told.get(self._in, "") + text).strip()


def _told(text: Iterator[str]) -> dict[str, str]:
    head = _Head()
    with suppress(_EndedError, expat.ExpatError, ReadingError):
        for block in text:
            head.parser.Parse(block, False)  # noqa: FBT003  pyexpat takes no keyword
    return head.told
