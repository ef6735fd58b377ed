"""What is lost, changed and added, row by row and value by value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.conformance import likely
from kpr_validator.conformance.chains import chains
from kpr_validator.conformance.difference import (
    ADDED,
    CARRIED,
    CHANGED,
    EMPTY,
    LOST,
    OWN_UNIT,
    PERSON,
    Difference,
)
from kpr_validator.conformance.fasit import ABSENT
from kpr_validator.conformance.match import fields_of, may_be_empty, plain
from kpr_validator.scrub.renumber import ORGANISATION
from kpr_validator.scrub.shape import is_organisation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.conformance.match import Match, Pair

_ORGNR = 9
_TELLING = frozenset({"TjenType", "FunkType", "DiagKode", "FraDato", "TilDato", "SoknadDato"})


def differences(matches: Sequence[Match], last: str) -> list[Difference]:
    """Return every difference; `last` is the last day of the data year."""
    differ = _Differ(matches, last)
    return [found for match in matches for found in differ.of(match)]


class _Place(NamedTuple):
    """Which value is compared, and from when its row of personal information is."""

    element: str
    field: str
    since: str


class _Differ:
    """Compares, with what is known of the whole export."""

    def __init__(self, matches: Sequence[Match], last: str) -> None:
        self.last = last
        self.wanted: Counter[tuple[str, str]] = Counter()
        self.lost: Counter[tuple[str, str]] = Counter()
        for match in matches:
            for fields, row, element in _compared(match):
                for field in fields_of(element):
                    if plain(field, fields.get(field)) is not None:
                        self.wanted[element, field] += 1
                        self.lost[element, field] += plain(field, row.get(field)) is None
        self.units = _own_units(matches)

    def of(self, match: Match) -> Iterator[Difference]:
        """Yield the differences of one person."""
        if match.sent is None:
            why = "dead" if "peDodDato" in match.person.fields else "person"
            own = (f"{name} {match.person.fields[name]}" for name in ("peAlder", "peKjonn"))
            yield _whole(match, None, PERSON, why)._replace(expected=", ".join(own))
            return
        yield from self._values(match, PERSON, None, match.person.fields, match.sent.fields)
        for pair in match.pairs:
            yield from self._pair(match, pair)
        yield from chains(match)

    def _pair(self, match: Match, pair: Pair) -> Iterator[Difference]:
        record, row = pair
        if record and row and record.expect != ABSENT:
            yield from self._values(match, record.element, record.id, record.fields, row.fields)
        elif row:
            why = likely.of_added_row(row, record, match, self.last)
            name = record.id if record else None
            yield _whole(match, name, row.element, why)._replace(
                kind=ADDED, observed=_told(row.fields)
            )
        elif record:
            why = likely.of_lost_row(record, match, self.last)
            yield _whole(match, record.id, record.element, why)._replace(
                expected=_told(record.fields)
            )

    def _values(
        self,
        match: Match,
        element: str,
        record: str | None,
        wanted: Mapping[str, str],
        sent: Mapping[str, str],
    ) -> Iterator[Difference]:
        for field in fields_of(element):
            raw = sent.get(field)
            expected, observed = plain(field, wanted.get(field)), plain(field, raw)
            place = _Place(element, field, sent.get("poFraDato", ""))
            kind, why = self._value(match, place, expected, observed)
            if kind is None and raw is not None and not raw.strip():
                kind, why = ADDED, EMPTY if may_be_empty(element, field) else "empty_refused"
            if kind:
                told = wanted.get(field) if expected is not None else None
                line = match.sent.line if match.sent else None
                yield Difference(
                    kind, element, field, match.person.id, record, told, raw, why, line
                )

    def _value(
        self, match: Match, place: _Place, expected: str | None, observed: str | None
    ) -> tuple[str | None, str]:
        element, field, since = place
        if expected == observed:
            return None, ""
        if expected is None:
            return ADDED, likely.of_added_value(field, observed or "", match, self.last)
        if observed is None:
            if element == "PERSONOPPL" and _is_carried(match, field, expected, since):
                return LOST, CARRIED
            counts = self.lost[element, field], self.wanted[element, field]
            return LOST, likely.of_lost_value(field, expected, *counts, match)
        if self.units.get(expected) == observed and field in ORGANISATION:
            return CHANGED, OWN_UNIT
        return CHANGED, likely.of_changed(field, expected, observed, match, self.last)


def _whole(match: Match, record: str | None, element: str, why: str) -> Difference:
    line = match.sent.line if match.sent else None
    return Difference(LOST, element, None, match.person.id, record, None, None, why, line)


def _told(fields: Mapping[str, str]) -> str:
    """Return what tells a row from others."""
    told = (f"{name} {value}" for name, value in fields.items() if name[2:] in _TELLING)
    return ", ".join(told)


def _compared(match: Match) -> Iterator[tuple[Mapping[str, str], Mapping[str, str], str]]:
    """Yield the values that were to be sent beside those that were, row by row."""
    if match.sent:
        yield match.person.fields, match.sent.fields, PERSON
        for record, row in match.pairs:
            if record and row and record.expect != ABSENT:
                yield record.fields, row.fields, record.element


def _is_carried(match: Match, field: str, expected: str, since: str) -> bool:
    """Tell whether an earlier row of the person's history says it, and later ones needn't."""
    rows = [pair.row.fields for pair in match.pairs if pair.row]
    earlier = [row for row in rows if "poFraDato" in row and row["poFraDato"] < since]
    earlier.sort(key=lambda row: row["poFraDato"])
    said = [value for row in earlier if (value := plain(field, row.get(field))) is not None]
    return said[-1:] == [expected]


def _own_units(matches: Sequence[Match]) -> dict[str, str]:
    """Return the vendor's own organisation numbers, when each always stands for the same unit."""
    seen: dict[str, set[str]] = {}
    for match in matches:
        for wanted, sent, _ in _compared(match):
            for field in ORGANISATION & wanted.keys() & sent.keys():
                seen.setdefault(wanted[field], set()).add(sent[field])
    others = {unit: next(iter(some)) for unit, some in seen.items() if len(some) == 1}
    is_clear = len(set(others.values())) == len(others) == len(seen)
    return {
        unit: own
        for unit, own in others.items()
        if is_clear and own != unit and len(own) == _ORGNR and own.isdecimal()
        if is_organisation(own)
    }
