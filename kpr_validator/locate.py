"""Finds the line and value of each finding again by a second reading of the text.

Only the records that have findings are walked; the rest is passed over.
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.glance import glance, is_plain
from kpr_validator.identity import mask
from kpr_validator.model import Finding, Pointer
from kpr_validator.walk import LARGEST_RECORD, Row, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kpr_validator.ledger import Entry, Kind
    from kpr_validator.model import Rule, Value
    from kpr_validator.opening import Opening
    from kpr_validator.store import Span, Tables

RECORD = "PERSON"
LONGEST_SHOWN = 200
_LINE = re.compile(r"(?<=‹personnummer), linje [0-9]+(?=›)")
_OWN = frozenset(
    {
        "line",
        "element",
        "person",
        "record",
        "observed",
        "expected",
    }
)


class Place(NamedTuple):
    """Where findings are looked up: a record's rows by number, or the envelope's."""

    rows: Mapping[int, Row]
    line: int
    person: str | None


class Located(NamedTuple):
    """A finding and the number of its row."""

    rad: int
    finding: Finding


class Locator:
    """Turns kept entries into findings; without tables, those that tell their own line."""

    def __init__(
        self,
        opening: Opening | None,
        tables: Tables | None,
        rules: Mapping[str, Rule],
        text: Callable[[], Iterator[str]],
    ) -> None:
        self._opening = opening
        self._tables = tables
        self._rules = rules
        self._text = text
        self._causes: dict[int, Pointer] = {}
        self._is_plain = opening is not None and is_plain(opening.tag, opening.document.plan)
        self._hidden = opening.document.confidential if opening else frozenset()

    def findings(self, entries: Iterable[Entry]) -> Iterator[Located]:
        """Yield the findings in the order of line, rule and field, each with its row."""
        window = _Window(self._text())
        around = Place(
            self._tables.envelope if self._tables else {},
            self._opening.root_line if self._opening else 1,
            None,
        )
        late: list[Located] = []
        for span, group in groupby(entries, self._span):
            if span is None or self._opening is None:
                early = self._sorted(group, around)
                late = [located for located in early if self._is_late(located.finding)]
                yield from early[: len(early) - len(late)]
            else:
                told = list(group)
                yield from self._sorted(told, self._place(self._opening, span, window, told))
        yield from late

    def _is_late(self, finding: Finding) -> bool:
        """Tell whether a finding of the envelope stands after the records."""
        first = next(self._tables.spans(), None) if self._tables else None
        return first is not None and finding.line > first.line

    def _span(self, entry: Entry) -> Span | None:
        return self._tables.span_of(entry.rad) if self._tables and entry.rad > 0 else None

    def _place(
        self, opening: Opening, span: Span, window: _Window, entries: Iterable[Entry]
    ) -> Place:
        """Return where a record's findings are looked up; those of the schema know themselves."""
        if span.length > LARGEST_RECORD or all("line" in entry.kind.details for entry in entries):
            return Place({}, span.line, None)
        text = window.cut(span.pos, span.length)
        plan, rows = opening.document.plan, None
        if self._is_plain:
            wanted = {0, *(entry.rad - span.rad for entry in entries)}
            rows = glance(text, plan, RECORD, span.line, wanted)
        if rows is None:
            pieces = (opening.tag, text, f"</{opening.name}>")
            walked = walk(pieces, plan, RECORD).rows
            rows = {at: _down(row, span.line - 1) for at, row in enumerate(walked)}
        person = rows[0].values.get("pePeID") if rows else None
        return Place({span.rad + at: row for at, row in rows.items()}, span.line, person)

    def _sorted(self, entries: Iterable[Entry], place: Place) -> list[Located]:
        told = [(entry, self._finding(entry, place)) for entry in entries]
        causes = {entry.cause for entry, _ in told}
        here = {
            entry.nr: Pointer(found.rule, found.line, found.fingerprint)
            for entry, found in told
            if entry.nr in causes or entry.rad <= 0
        }
        if here and told[0][0].rad <= 0:
            self._causes = here
        located = [
            Located(entry.rad, found)
            if entry.cause is None
            else Located(entry.rad, found._replace(cause=self._cause(entry.cause, here)))
            for entry, found in told
        ]
        return sorted(located, key=_in_the_file)

    def _cause(self, nr: int, here: Mapping[int, Pointer]) -> Pointer | None:
        return here.get(nr) or self._causes.get(nr)

    def _finding(self, entry: Entry, place: Place) -> Finding:
        name, field, effect, told = entry.kind
        rule = self._rules[name]
        row = place.rows.get(entry.rad)
        line = _line(entry.kind, row, place)
        observed = told.get("observed", row.values.get(field or "") if row else None)
        shown = None if field in self._hidden or observed is None else _shown(str(observed), line)
        person = mask(_text(told.get("person", place.person)), line)
        record = mask(_text(told.get("record", _own_id(row) if row else None)), line)
        values = {
            key: _shown(value, line) if isinstance(value, str) else value
            for key, value in told.items()
            if key not in _OWN
        }
        element = row.element.name if row else RECORD
        return Finding(
            rule=rule.id,
            severity=effect.severity,
            consequence=effect.consequence,
            certainty=effect.certainty,
            line=line,
            element=str(told.get("element") or element),
            field=None if field is None else _shown(field, line),
            person=person,
            record=record,
            observed=shown,
            expected=_text(told.get("expected")),
            values=values,
            fingerprint=_fingerprint(rule.id, field, person, record, shown),
        )


class _Window:
    """The part of the text that is held while going through it once."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self._held = ""
        self._from = 0

    def cut(self, pos: int, length: int) -> str:
        """Return a stretch of the text; each call must begin at or after the one before."""
        while self._from + len(self._held) < pos + length:
            block = next(self._text, None)
            if block is None:
                break
            drop = min(max(pos - self._from, 0), len(self._held))
            self._held = self._held[drop:] + block
            self._from += drop
        return self._held[pos - self._from : pos - self._from + length]


def _in_the_file(located: Located) -> tuple[int, str, str]:
    found = located.finding
    return (found.line, found.rule, found.field or "")


def _down(row: Row, lines: int) -> Row:
    below = {name: at + lines for name, at in row.lines.items()}
    return row._replace(line=row.line + lines, lines=below)


def _line(kind: Kind, row: Row | None, place: Place) -> int:
    told = kind.details.get("line")
    if isinstance(told, int):
        return told
    return place.line if row is None else row.lines.get(kind.field or "", row.line)


def _shown(value: str, line: int) -> str:
    masked = mask(value, line) or ""
    return masked if len(masked) <= LONGEST_SHOWN else masked[: LONGEST_SHOWN - 1] + "…"


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _own_id(row: Row) -> str | None:
    """Return a row's own id: poPoID, fnFnID, tjTjID, diDiID, dgDgID."""
    return None if row.element.name == RECORD else row.values.get(row.element.own_id or "")


def _fingerprint(*parts: Value) -> str:
    """Return the same for the same fault, though what is hidden there names another line."""
    text = _LINE.sub("", "\x1f".join("" if part is None else str(part) for part in parts))
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
