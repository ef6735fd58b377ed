"""A changed rule set over the inbox, before it is adopted: what would be different."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.triage.run import Order, go_through, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.report.texts import Texts
    from kpr_validator.triage.model import Settled


class Change(NamedTuple):
    """One rule: municipalities with findings, and findings, before and after."""

    rule: str
    municipalities: tuple[int, int]
    findings: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a changed rule set changes; `verdicts` is for how many deliveries."""

    changes: tuple[Change, ...]
    verdicts: int


def what_if(order: Order, folder: str) -> Difference:
    """Judge the inbox by both rule sets; the pages of `folder` stand in for those of their ids."""
    changed = replace(order, rules=replace(order.rules, instead=folder), wish=None)
    with opened(order) as state:
        return difference(go_through(order, state).settled, go_through(changed, state).settled)


def difference(before: Settled, after: Settled) -> Difference:
    """Return what differs between the deliveries that stand."""
    old, new = _counted(before), _counted(after)
    changes = (
        Change(rule, (len(old[rule]), len(new[rule])), (old[rule].total(), new[rule].total()))
        for rule in sorted(old.keys() | new.keys())
        if old[rule] != new[rule]
    )
    verdicts = {one.found.name: one.result and one.result.verdict for one in before.standing}
    turned = sum(
        verdicts.get(one.found.name) != (one.result and one.result.verdict)
        for one in after.standing
    )
    return Difference(tuple(changes), turned)


def _counted(settled: Settled) -> defaultdict[str, Counter[str]]:
    """Return the findings of each rule by municipality."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in settled.standing:
        for hit in one.result.hits if one.result else ():
            if hit.violations:
                found[hit.rule][one.place.municipality] += hit.violations
    return found


def as_text(found: Difference, words: Texts) -> Iterator[str]:
    """Yield what differs, a line each."""
    yield words("triage.if.title")
    for one in found.changes:
        yield "  " + words(
            "triage.if.rule",
            rule=one.rule,
            municipalities=words.number(one.municipalities[1]),
            municipalities_before=words.number(one.municipalities[0]),
            findings=words.number(one.findings[1]),
            findings_before=words.number(one.findings[0]),
        )
    if found.verdicts:
        yield words("triage.if.verdicts", n=words.number(found.verdicts))
    if not found.changes and not found.verdicts:
        yield words("triage.if.same")
