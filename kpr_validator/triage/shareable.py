"""A board as it may be shared: no contact, no identity, no file, and no number of few.

A reader is taken to have the shared feedback on every delivery too. So persons and findings
are rounded as they are there, delivery by delivery, and a sum is of what is shown there. What
would tell more is left out: losses, shares of a rule, outliers, indicators, and the order of
those that lose most.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.report.shared import HIDDEN, rounded, total
from kpr_validator.triage.model import Warn
from kpr_validator.triage.numbers import SERVICES
from kpr_validator.triage.services import RECIPIENTS, zero_reporters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.report.shared import Number
    from kpr_validator.triage.board import Board, Row
    from kpr_validator.triage.model import Delivery
    from kpr_validator.triage.summed import Summed


def shareable(board: Board, limit: int) -> Board:
    """Return a board without what may not be shared; of numbers see `persons` and `findings`."""
    return replace(
        board,
        missing=tuple(one._replace(contacts=()) for one in board.missing),
        rows=tuple(sorted(map(_row, board.rows), key=lambda row: row.municipality)),
        services=tuple(zero_reporters([_coarse(one, limit) for one in board.country])),
        funnels=(),
        levels=(),
        suspects=(),
        fetched=None,
    )


def _row(row: Row) -> Row:
    """Return what is told of a municipality; how many persons it had before is not."""
    kept = tuple(warning for warning in row.warnings if warning is not Warn.FEWER)
    return row._replace(lost_rows=0, lost_values=0, counts={}, warnings=kept, fetched=None)


def _coarse(one: Summed, limit: int) -> Summed:
    """Return the recipients of each service, rounded; where the whole is small, none at all.

    A small number counts as 1, so that a service is rather not told of than told of wrongly.
    Of a small whole not even a zero is told: it would tell what all of those few have in common.
    """
    parts = {key: told for key, told in one.parts.items() if key[0] == SERVICES}
    every = parts.get((SERVICES, RECIPIENTS))
    if every is None or every.sent < limit:
        return replace(one, parts={})
    told = {key: rounded(part.sent, limit) for key, part in parts.items()}
    least = {key: 1 if n == HIDDEN else int(n or 0) for key, n in told.items()}
    return replace(one, parts={key: part._replace(sent=least[key]) for key, part in parts.items()})


def persons(deliveries: Iterable[Delivery], limit: int) -> Number:
    """Return how many persons were reported, as the sum of what each delivery shows."""
    return total(rounded(one.result.persons, limit) for one in deliveries if one.result)


def findings(deliveries: Iterable[Delivery], limit: int) -> dict[str, Number]:
    """Return the findings of each rule, as the sums of what each delivery shows."""
    shown: dict[str, list[Number]] = {}
    for one in deliveries:
        counts: dict[str, int] = {}
        for hit in one.result.hits if one.result else ():
            counts[hit.rule] = counts.get(hit.rule, 0) + hit.violations
        for rule, n in counts.items():
            shown.setdefault(rule, []).append(rounded(n, limit))
    return {rule: total(them) for rule, them in shown.items()}
