"""Which faults a delivery gets, in whom, and what will be found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpr_validator.generate.faults.table import Fault, faults
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EVERY = "alle"


class PlanError(ValueError):
    """A wish for faults that can't be met: the reason (a text's key) and what to put in it."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class Chosen:
    """One fault and how many times it is planted."""

    fault: Fault
    times: int

    @property
    def persons(self) -> int:
        """Return how many persons are planted for it."""
        return self.times * self.fault.count if self.fault.person else 0


def chosen(words: str, year: int, persons: int) -> tuple[Chosen, ...]:
    """Return the faults of «IP-01,LMG-03:0.05,nesbyen-bpa»; a rate is a share of the persons.

    Raises PlanError for a name that is none, a rate that is none, and faults that can't be
    in the same file or in so small a one.
    """
    picked = tuple(_picked(words, year, persons))
    alone = [one.fault.id for one in picked if one.fault.is_alone]
    if alone and len(picked) > 1:
        raise PlanError("alone", name=alone[0])
    needed = sum(one.persons for one in picked)
    fewest = max((one.fault.fewest for one in picked), default=0)
    if persons < max(needed, fewest):
        raise PlanError("persons", n=max(needed, fewest))
    return picked


def _picked(words: str, year: int, persons: int) -> Iterator[Chosen]:
    for word in filter(None, (part.strip() for part in words.split(","))):
        name, _, rate = word.partition(":")
        if name == EVERY:
            yield from (Chosen(fault, 1) for fault in together(year))
            continue
        fault = faults().get(name)
        if fault is None or not (fault.is_of(year) and _may_be(fault, year)):
            raise PlanError("year" if fault else "unknown", name=name, year=year)
        yield Chosen(fault, _times(word, rate, persons))


def _times(word: str, rate: str, persons: int) -> int:
    if not rate:
        return 1
    try:
        share = float(rate)
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise PlanError("rate", word=word)
    return max(1, round(share * persons))


def together(year: int) -> Sequence[Fault]:
    """Return the faults of rules that can stand in one file of a year."""
    return [
        fault
        for fault in faults().values()
        if fault.is_of(year) and not fault.is_alone and _is_asked(fault, year)
    ]


def apart(year: int) -> Sequence[Fault]:
    """Return the faults of rules that need a file of their own."""
    return [
        fault
        for fault in faults().values()
        if fault.is_of(year) and fault.is_alone and _is_asked(fault, year)
    ]


def documented(year: int) -> Sequence[Fault]:
    """Return the documented errors that can be made in a year."""
    return [fault for fault in faults().values() if fault.is_of(year) and not fault.is_rule]


def _may_be(fault: Fault, year: int) -> bool:
    return not fault.is_rule or _is_asked(fault, year)


def _is_asked(fault: Fault, year: int) -> bool:
    """Tell whether the fault is that of a rule, and the rule is about the year."""
    rule = all_rules().get(fault.id)
    return rule is not None and (rule.since or 0) <= year <= (rule.until or 9999)
