"""The report card: how many rows and values came out right, by class and field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.conformance.difference import ADDED, CHANGED, LOST, PERSON, Difference
from kpr_validator.conformance.fasit import ABSENT, PRESENT
from kpr_validator.conformance.match import fields_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.conformance.fasit import Fasit
    from kpr_validator.conformance.match import Match

CLASSES = (PERSON, "PERSONOPPL", "FUNKSJON", "TJENESTE", "DIAGNOSE", "DOGNTILBUD")
CHAIN = ("tjVeID", "tjVeNrID")


class Score(NamedTuple):
    """How it went: what was to be there, what is right of it, and the rest by kind."""

    expected: int
    right: int
    lost: int
    changed: int
    added: int


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that a comparison found.

    `rows` scores rows by class, a row being right when all its values are; `fields` scores
    values by class and field, those of lost and added rows left out. `likely` counts faults
    by their likely cause, the most frequent first. `others` counts persons in the export
    who are nobody known. `findings` are rules that find something in the export and would
    not in a correct one, with their number.
    """

    fasit: Fasit
    file: str
    ident: str | None
    rows: Mapping[str, Score]
    fields: Mapping[tuple[str, str], Score]
    faults: tuple[Difference, ...]
    remarks: tuple[Difference, ...]
    likely: tuple[tuple[str, int], ...]
    others: int
    findings: Mapping[str, int]

    @property
    def passes(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.faults


class Export(NamedTuple):
    """The files that were compared, who in them is nobody known, and what rules find there."""

    annual: str
    ident: str | None
    others: int
    findings: Mapping[str, int]


def card(
    fasit: Fasit, matches: Sequence[Match], found: Sequence[Difference], export: Export
) -> Card:
    """Count what was found."""
    faults = tuple(difference for difference in found if not difference.is_remark)
    remarks = tuple(difference for difference in found if difference.is_remark)
    counted = Counter(fault.likely for fault in faults)
    usual = set(fasit.findings)
    return Card(
        fasit=fasit,
        file=export.annual,
        ident=export.ident,
        rows={element: _of_rows(element, matches, faults) for element in CLASSES},
        fields=dict(_of_fields(matches, faults)),
        faults=faults,
        remarks=remarks,
        likely=tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))),
        others=export.others,
        findings={rule: n for rule, n in sorted(export.findings.items()) if rule not in usual},
    )


def _of_rows(element: str, matches: Sequence[Match], faults: Sequence[Difference]) -> Score:
    own = [fault for fault in faults if fault.element == element]
    whole = Counter(fault.kind for fault in own if fault.field is None)
    changed = {(fault.person, fault.record) for fault in own if fault.field is not None}
    expected = (
        len(matches)
        if element == PERSON
        else sum(
            record.element == element and (record.expect == PRESENT or row is not None)
            for match in matches
            for record, row in match.pairs
            if record and record.expect != ABSENT
        )
    )
    lost = whole[LOST]
    if element != PERSON:
        lost += sum(
            record.element == element and record.expect == PRESENT
            for match in matches
            if match.sent is None
            for record in match.person.records
        )
    right = expected - lost - len(changed)
    return Score(expected, right, lost, len(changed), whole[ADDED])


def _of_fields(
    matches: Sequence[Match], faults: Sequence[Difference]
) -> Iterator[tuple[tuple[str, str], Score]]:
    """Yield the score of each field that was to be there or is wrong, in the message's order."""
    expected: Counter[tuple[str, str]] = Counter()
    for match in matches:
        for element, fields in _sent(match):
            expected.update(
                (element, name)
                for name in fields_of(element)
                if plain(name, fields.get(name)) is not None
            )
    kinds = Counter((f.element, f.field, f.kind) for f in faults if f.field is not None)
    for element in CLASSES:
        for field in (*fields_of(element), *(CHAIN if element == "TJENESTE" else ())):
            lost, changed, added = (kinds[element, field, kind] for kind in (LOST, CHANGED, ADDED))
            wanted = expected[element, field]
            if wanted or lost or changed or added:
                right = max(wanted - lost - changed, 0)
                yield (element, field), Score(wanted, right, lost, changed, added)


def _sent(match: Match) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the known rows that have a row in the export."""
    if match.sent is not None:
        yield PERSON, match.person.fields
        for record, row in match.pairs:
            if record and row and record.expect != ABSENT:
                yield record.element, record.fields
