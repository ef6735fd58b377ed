"""Chains of decisions: the same id on every link, and numbers that rise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.conformance.difference import CHANGED, LOST, NO_CHAIN, Difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpr_validator.conformance.match import Match, Pair


def chains(match: Match) -> Iterator[Difference]:
    """Yield the chains of decisions whose numbers don't hang together."""
    found: dict[str, list[Pair]] = {}
    for pair in match.pairs:
        if pair.record and pair.row and pair.record.decision:
            found.setdefault(pair.record.decision, []).append(pair)
    for pairs in found.values():
        pairs.sort(key=lambda pair: (pair.record and pair.record.link) or 0)
        yield from _chain(match, pairs)


def _chain(match: Match, pairs: Sequence[Pair]) -> Iterator[Difference]:
    line = match.sent.line if match.sent else None
    told = [(pair.record, pair.row.fields) for pair in pairs if pair.record and pair.row]
    if not any(fields.get("tjVeID") for _, fields in told):
        for record, _ in told[:1]:
            yield Difference(
                LOST,
                record.element,
                "tjVeID",
                match.person.id,
                record.id,
                None,
                None,
                NO_CHAIN,
                line,
            )
        return
    first = told[0][1].get("tjVeID")
    links = [int(link) if (link := f.get("tjVeNrID", "")).isdecimal() else -1 for _, f in told]
    for n, (record, fields) in enumerate(told[1:], 1):
        for field, is_right, expected in (
            ("tjVeID", fields.get("tjVeID") == first, first),
            ("tjVeNrID", links[n] > links[n - 1], None),
        ):
            if not is_right:
                yield Difference(
                    CHANGED,
                    record.element,
                    field,
                    match.person.id,
                    record.id,
                    expected,
                    fields.get(field),
                    "chain_broken",
                    line,
                )
