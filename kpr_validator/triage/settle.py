"""Which delivery stands for each municipality, and what every other file is. None is lost.

The last by number and day of extraction stands, as long as the receiver takes it: that is
our own inference (see docs/triage.md), and the user may choose another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Verdict
from kpr_validator.succession import in_use
from kpr_validator.triage.model import Delivery, Kind, Role, Settled, Warn
from kpr_validator.triage.pairing import order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.triage.model import Place, Result
    from kpr_validator.triage.pairing import Pair, Recognised

FEWER = 0.9  # of the persons of the delivery before it
_ROLES = {
    Kind.IDENT: Role.IDENT,
    Kind.UNITS: Role.UNITS,
    Kind.CORRUPT: Role.CORRUPT,
    Kind.UNKNOWN: Role.UNKNOWN,
    Kind.OTHER: Role.OTHER,
}
_MAY_BE_COPIES = (Kind.SENDING, Kind.IDENT, Kind.CORRUPT)
_CANDIDATE = Role.HISTORY  # until one of them stands


class Outcome(NamedTuple):
    """What came of a return that was to be judged: a result by its key, or why there is none."""

    pair: Pair
    key: str
    result: Result | None
    problem: str | None


def settle(
    files: Sequence[Recognised],
    outcomes: Sequence[Outcome],
    year: int,
    choices: Mapping[Place, str],
) -> Settled:
    """Give every file its role; `choices` are the beginnings of hashes, or names of files."""
    judged = {one.pair.found.name: one for one in outcomes}
    paired = {one.pair.ident.name for one in outcomes if one.pair.ident}
    seen: set[str] = set()
    deliveries = []
    for found, known in files:
        one = _delivery(Delivery(found, known, Role.OTHER), judged.get(found.name), year)
        if known.kind in _MAY_BE_COPIES and found.sha256 in seen:
            one = replace(one, role=Role.COPY, reason=None)
        elif known.kind is Kind.IDENT and found.name not in paired:
            one = replace(one, reason="unpaired")
        seen.add(found.sha256)
        deliveries.append(one)
    places: dict[Place, list[Delivery]] = defaultdict(list)
    for one in deliveries:
        if one.role is _CANDIDATE:
            places[one.place].append(one)
    standing = [_stands(several, choices.get(place)) for place, several in places.items()]
    by_name = {one.found.name: one for one in _with_parts(standing)}
    return Settled(
        year,
        tuple(by_name.get(one.found.name, one) for one in deliveries),
        tuple(sorted(in_use(year))),
    )


def _delivery(one: Delivery, outcome: Outcome | None, year: int) -> Delivery:
    known = one.known
    if known.kind is not Kind.SENDING:
        return replace(one, role=_ROLES[known.kind], reason=known.problem)
    if known.year != year:
        is_last = known.year == year - 1
        return replace(one, role=Role.LAST_YEAR if is_last else Role.WRONG_YEAR)
    if outcome is None or outcome.result is None:
        return replace(one, role=Role.UNFINISHED, reason=outcome.problem if outcome else None)
    pair, result = outcome.pair, outcome.result
    one = replace(
        one,
        result=result,
        key=outcome.key,
        ident=pair.ident.name if pair.ident else None,
        last_year=pair.last_year.name if pair.last_year else None,
    )
    if result.stopped_by:
        return replace(one, role=Role.CORRUPT, reason=result.stopped_by)
    if known.municipality not in in_use(year):
        return replace(one, role=Role.UNKNOWN, reason="municipality")
    is_trial = bool(known.extracted) and known.extracted < f"{year}1231"
    return replace(one, role=Role.TRIAL if is_trial else _CANDIDATE)


def _stands(several: Sequence[Delivery], choice: str | None) -> Delivery:
    """Return the delivery of a place that stands, with what is to be looked into."""
    ordered = sorted(several, key=lambda one: order((one.found, one.known)))
    received = [one for one in ordered if not _is_refused(one)] or ordered
    chosen = [one for one in ordered if choice and _is_meant(one, choice)]
    taken = (chosen or received)[-1]
    before = ordered[: ordered.index(taken)]
    warnings = []
    persons = before[-1].result.persons if before and before[-1].result else None
    if persons and taken.result and taken.result.persons < FEWER * persons:
        warnings.append(Warn.FEWER)
    if not chosen and taken is not ordered[-1]:
        warnings.append(Warn.LATER_REFUSED)
    if sum(one.known.sending == taken.known.sending for one in ordered) > 1:
        warnings.append(Warn.SAME_NUMBER)
    if chosen:
        warnings.append(Warn.CHOSEN)
    return replace(
        taken, role=Role.STANDS, warnings=tuple(warnings), previous_persons=persons or None
    )


def _is_refused(one: Delivery) -> bool:
    return one.result is not None and one.result.verdict == Verdict.REJECTED


def _is_meant(one: Delivery, choice: str) -> bool:
    return one.found.sha256.startswith(choice) or one.found.name == choice


def _with_parts(standing: Sequence[Delivery]) -> list[Delivery]:
    """Warn where both a municipality as a whole and districts of it stand."""
    districts: dict[str, set[str]] = defaultdict(set)
    for one in standing:
        districts[one.place.municipality].add(one.place.district)
    return [
        replace(one, warnings=(*one.warnings, Warn.PARTS_AND_WHOLE))
        if len(found := districts[one.place.municipality]) > 1 and "00" in found
        else one
        for one in standing
    ]
