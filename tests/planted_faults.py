"""What is planted in a generated delivery, beside what is found in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.generate.delivery import Delivery, Extras
from kpr_validator.generate.files import IDENT, LAST_YEAR, PREVIOUS, SENDING, UNITS
from kpr_validator.pipeline import Options, check_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpr_validator.generate.faults.plan import Chosen
    from kpr_validator.generate.submission import Wish
    from kpr_validator.model import Finding

_TABLES = frozenset(["PERSONOPPL", "FUNKSJON", "TJENESTE", "DIAGNOSE", "DOGNTILBUD"])


class Place(NamedTuple):
    """Where a finding stands; what is no person's has no person and no element."""

    rule: str
    person: str | None
    element: str | None
    record: str | None
    field: str | None


class Outcome(NamedTuple):
    """What was planted and not found, what was found and not planted, and what it followed."""

    missing: list[Place]
    unplanted: list[Place]


def outcome(folder: Path, wish: Wish, chosen: Sequence[Chosen], extras: Extras) -> Outcome:
    """Write a delivery with faults, judge it, and compare what was planted with what is found."""
    delivery = Delivery(wish, folder, chosen)
    files = {made.kind: str(folder / made.name) for made in delivery.write(extras)}
    faults = [one.fault for one in chosen]
    checked = next((one.checked for one in faults if one.checked != SENDING), SENDING)
    options = Options(
        ident=files.get(IDENT) if checked == SENDING else None,
        last_year=files.get(LAST_YEAR),
        previous=files.get(PREVIOUS),
        units=files[UNITS],
        test_data=all(one.is_seen_in_tests for one in faults),
    )
    planted = Counter(
        Place(one.rule, one.person, one.element, one.record, one.field)
        for one in delivery.planting.findings
    )
    follows = frozenset().union(*(one.follows for one in faults))
    with check_file(files[checked], options) as report:
        found = Counter(
            _place(one)
            for one in report.findings()
            if not (one.cause and one.rule in follows and _place(one) not in planted)
        )
    return Outcome(list((planted - found).elements()), list((found - planted).elements()))


def _place(finding: Finding) -> Place:
    if finding.person is None:
        return Place(finding.rule, None, None, None, finding.field)
    element = finding.element if finding.element in _TABLES else "PERSON"
    record = finding.record if element in _TABLES else None
    return Place(finding.rule, finding.person, element, record, finding.field)
