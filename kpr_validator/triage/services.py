"""Who reports nobody with a service that others report: the list of zero-reporters."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.triage.numbers import SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.triage.summed import Summed

RECIPIENTS = "mottakere"  # the line that all others are a share of
_WORTH_NAMING = 3.0  # persons that a municipality in the middle should have had
_RISK = 0.05  # of telling of any service by chance alone
_MANY = 2.0  # times as many as expected: municipalities also differ for good reasons
_HALVINGS = 60


class Zero(NamedTuple):
    """A municipality without recipients, and how many its size would give."""

    municipality: str
    expected: float


class Service(NamedTuple):
    """One service: `silent` report nobody, where `expected` would by chance, and `reporters` do.

    `zeros` are the silent ones, those first that should have had most. Of a service that few
    have, they are named only where there are surprisingly many.
    """

    id: str
    reporters: int
    silent: int
    expected: float
    is_surprising: bool
    zeros: tuple[Zero, ...]


def zero_reporters(country: Sequence[Summed]) -> list[Service]:
    """Return the services that somebody reports and others don't."""
    counts = {
        one.municipality: {
            part: told.sent for (of, part), told in one.parts.items() if of == SERVICES
        }
        for one in country
    }
    counts = {number: told for number, told in counts.items() if told.get(RECIPIENTS)}
    lines = dict.fromkeys(line for told in counts.values() for line in told if line != RECIPIENTS)
    found = (_service(line, counts, _RISK / len(lines)) for line in lines)
    return [one for one in found if one and one.silent]


def _service(line: str, counts: Mapping[str, Mapping[str, int]], risk: float) -> Service | None:
    sizes = {number: told[RECIPIENTS] for number, told in counts.items()}
    reported = {number: told[line] for number, told in counts.items() if told.get(line)}
    if not reported:
        return None
    rate = _rate(reported, sizes)
    zeros = [Zero(number, rate * sizes[number]) for number in sizes if number not in reported]
    zeros.sort(key=lambda zero: (-zero.expected, zero.municipality))
    expected = sum(math.exp(-rate * size) for size in sizes.values())
    is_surprising = len(zeros) >= _MANY * expected and _at_least(len(zeros), expected) < risk
    is_common = rate * median(sizes.values()) >= _WORTH_NAMING
    named = tuple(zeros) if is_common or is_surprising else ()
    return Service(line, len(reported), len(zeros), expected, is_surprising, named)


def _rate(reported: Mapping[str, int], sizes: Mapping[str, int]) -> float:
    """Return how many of the recipients have it, judged by those alone that report anybody.

    That they report at least one is reckoned with: the most likely rate of a Poisson
    distribution that no zero is seen of.
    """
    total = sum(reported.values())
    low, high = 0.0, total / sum(sizes[number] for number in reported)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        told = sum(_of_reporters(middle * sizes[number]) for number in reported)
        low, high = (middle, high) if told < total else (low, middle)
    return high


def _of_reporters(mean: float) -> float:
    """Return the mean of those that are not 0."""
    return mean / -math.expm1(-mean) if mean else 1.0


def _at_least(count: int, mean: float) -> float:
    """Return how likely so many or more are (Poisson)."""
    term = below = math.exp(-mean)
    for at in range(1, count):
        term *= mean / at
        below += term
    return max(0.0, 1.0 - below) if count else 1.0
