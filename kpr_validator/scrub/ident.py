"""The ident message that belongs to the parts: invented identities, related as the true ones."""

from __future__ import annotations

import io
from contextlib import closing
from html import escape
from typing import TYPE_CHECKING

from kpr_validator.explain import explain_whole
from kpr_validator.opening import open_message
from kpr_validator.read import ReadingError, open_source
from kpr_validator.scrub.renumber import plain
from kpr_validator.scrub.shape import invented, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.scrub.places import Places
    from kpr_validator.scrub.tree import Node

_IDENTITY = "PasientIdent"
USUAL_AGE = 85
_ROW = '<PasientIdent pid="{}" fid="{}" typeID="{}"/>'
_SOMEONE = _ROW.format("1", "01817500087", "1")  # a message must have one
_DIGITS = frozenset({11, 12})


class Ident:
    """The identities of the original, by the person's id without leading zeros.

    `ages` are the ages of the persons in the original: the invented birth year is moved to
    the age that a part tells, or to the same for all where it tells none.
    """

    def __init__(self, path: str, places: Places, made: str) -> None:
        self.ages: dict[str, int] = {}
        self._places = places
        self._day = f"{made[:4]}-{made[4:6]}-{made[6:]}"
        self._year = str(int(made[:4]) - 1)
        self._rows: dict[str, list[Mapping[str, str]]] = {}
        self.numbers: set[str] = set()
        for row in identities(path):
            self._rows.setdefault(plain(row.get("pid", "")), []).append(row)
            self.numbers.add(row.get("fid", "").strip())

    def partners(self, person: str) -> set[str]:
        """Return the persons that share a number with this one, itself among them."""
        own = {row.get("fid") for row in self._rows.get(plain(person), ())}
        return {pid for pid, rows in self._rows.items() if any(r.get("fid") in own for r in rows)}

    def rows(self, people: Mapping[str, str], part: Node) -> list[str]:
        """Return the elements for the persons of a part; `people` are their new ids by the old."""
        ages = dict(_ages(part))
        known = {old: new for old, new in people.items() if len(old) in _DIGITS}
        used: set[str] = set()
        made: list[str] = []
        for old, new in people.items():
            for row in self._rows.get(old, ()):
                years = self.ages[old] - ages.get(old, USUAL_AGE) if old in self.ages else 0
                number = row.get("fid", "")
                if number not in known:
                    known[number] = _other(number, years)
                told = escape(known[number]), escape(row.get("typeID", ""))
                pid = _zeros(row["pid"]) + new
                while pid in used:
                    pid = f"0{pid}"
                used.add(pid)
                made.append(_ROW.format(pid, *told))
        return made

    def message(self, rows: Sequence[str]) -> str:
        """Return the whole message."""
        year = self._year
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Melding xmlns="http://www.npr.no/xmlstds/53_1_3_ide" versjon="53.1.3"'
            f' meldingstype="B" fraDatoPeriode="{year}-01-01" uttakDato="{self._day}"'
            ' leverandor="TEST" navnEPJ="TEST" versjonEPJ="1.0" versjonUt="1.0" lopenr="1"'
            f' tilDatoPeriode="{year}-12-31">\n'
            '  <Kontaktperson kontPerson="Testperson" meldEpost1="test@example.invalid"'
            ' typeKontaktperson="16"/>\n'
            f'  <Institusjon institusjonID="{self._places.own}">\n'
            + "".join(f"    {row}\n" for row in rows or [_SOMEONE])
            + "  </Institusjon>\n</Melding>\n"
        )


def identities(path: str) -> Iterator[Mapping[str, str]]:
    """Yield the identities of an ident message; nothing of one that can't be read."""
    with closing(open_source(path, io.BytesIO())) as source:
        try:
            source.prepare()
            opening, rest = open_message(source.text())
            rows = explain_whole(opening, "".join(rest)).rows
        except ReadingError:
            return
    yield from (row.values for row in rows if row.element.name == _IDENTITY)


def _ages(part: Node) -> Iterator[tuple[str, int]]:
    """Yield the age of each person of a part, by id, where it is a number."""
    for person in part.children:
        own = next((plain(value) for name, value in person.attributes if name == "pePeID"), "")
        for child in person.children:
            if child.name == "peAlder" and child.text.strip().isdecimal():
                yield own, int(child.text)


def ages(part: Node) -> dict[str, int]:
    """Return the age of each person of a part, by id, where it is a number."""
    return dict(_ages(part))


def _zeros(pid: str) -> str:
    """Return the zeros before an id, as many as leave it ten digits."""
    bare = pid.strip().removeprefix("+")
    return "0" * min(len(bare) - len(bare.lstrip("0")), 2)


def _other(number: str, years: int) -> str:
    bare = number.strip()
    if len(bare) in _DIGITS and bare.isdecimal():
        return invented(bare, years)
    return shape(number)
