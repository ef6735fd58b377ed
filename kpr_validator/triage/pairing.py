"""Which files belong together: each return with its ident message, last year's return and units."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from kpr_validator.succession import traced
from kpr_validator.triage.model import Found, Kind, Known, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Recognised = tuple[Found, Known]
_DIGITS = re.compile(r"[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pair:
    """A return of the year, and the files that belong to it.

    `joined` are last year's returns of those that became its municipality, if several did.
    """

    found: Found
    known: Known
    ident: Found | None
    last_year: Found | None
    units: Found | None
    joined: tuple[Found, ...] = ()

    def files(self) -> tuple[Found | None, ...]:
        """Return all files, the return first."""
        return (self.found, self.ident, self.last_year, self.units, *self.joined)

    def key(self, rules: str) -> str:
        """Return what the result is kept by: the content of every file, and the rules' version."""
        content = [one.sha256 if one else None for one in self.files()]
        return sha256(json.dumps([rules, *content]).encode()).hexdigest()


def order(one: Recognised) -> tuple[int, str, str]:
    """Return what deliveries of one place are ordered by: number, day of extraction, name.

    That the last by number stands is our own inference: see docs/triage.md. Nothing here
    comes from a clock of this machine.
    """
    found, known = one
    number = int(known.sending) if _DIGITS.fullmatch(known.sending) else -1
    return number, known.extracted, found.name


def pair(files: Sequence[Recognised], year: int) -> list[Pair]:
    """Return the returns of the year in order of name, each with what belongs to it."""
    idents: dict[str | None, list[Recognised]] = defaultdict(list)
    for one in files:
        if one[1].kind is Kind.IDENT and one[1].year == year:
            idents[one[1].municipality].append(one)
    before = _last_by_place(one for one in files if _is_of(one, year - 1))
    units = _Units(found for found, known in files if known.kind is Kind.UNITS)
    pairs = []
    for found, known in files:
        if _is_of((found, known), year):
            ident = _best(found, known, idents[known.municipality]) if known.municipality else None
            own = _before(known, before, year)
            last_year, joined = (own[0], ()) if len(own) == 1 else (None, own)
            pairs.append(Pair(found, known, ident, last_year, units.of(found, known), joined))
    return pairs


def _is_of(one: Recognised, year: int) -> bool:
    return one[1].kind is Kind.SENDING and one[1].year == year


def _last_by_place(files: Iterable[Recognised]) -> dict[Place, Found]:
    return {
        Place(known.municipality or "", known.district): found
        for found, known in sorted(files, key=order)
    }


def _before(known: Known, before: dict[Place, Found], year: int) -> tuple[Found, ...]:
    """Return last year's returns of what is now the municipality; none unless all are there.

    Nor of one that got a part of what was divided: it has no return that it can be compared with.
    """
    if not known.municipality:
        return ()
    were = sorted(traced({known.municipality}, year, year - 1))
    is_whole = all(traced({one}, year - 1, year) == {known.municipality} for one in were)
    found = [before.get(Place(one, known.district)) for one in were]
    return tuple(filter(None, found)) if is_whole and None not in found else ()


def _best(found: Found, known: Known, idents: Iterable[Recognised]) -> Found | None:
    """Return the municipality's ident message: of the folder and number first, then the last."""

    def near(one: Recognised) -> tuple[bool, bool, tuple[int, str, str]]:
        is_beside = _folder(one[0]) == _folder(found)
        return is_beside, one[1].sending == known.sending, order(one)

    best = max(idents, key=near, default=None)
    return best[0] if best else None


class _Units:
    """The lists of units, by the numbers in their names and by their folders."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._by_number: dict[str, list[Found]] = defaultdict(list)
        self._by_folder: dict[str, list[Found]] = defaultdict(list)
        for one in found:
            self._by_folder[_folder(one)].append(one)
            for number in _DIGITS.findall(one.name.rpartition("/")[2]):
                self._by_number[number].append(one)

    def of(self, found: Found, known: Known) -> Found | None:
        """Return the list with the municipality's number, else the only one beside the return."""
        folder = _folder(found)
        named = self._by_number.get(known.municipality or "", [])
        near = [one for one in named if _folder(one) == folder]
        beside = self._by_folder.get(folder, []) if folder else []
        alone = beside if len(beside) == 1 else []
        return next(iter([*near, *named, *alone]), None)


def _folder(found: Found) -> str:
    return found.name.rpartition("/")[0]
