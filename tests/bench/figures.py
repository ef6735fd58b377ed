"""Figures out of measured runs: times xmllint, memory, growth with size, and cost per stage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from math import log
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.cases import CLEAN, XMLLINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.bench.cases import Limit, Plan

SECONDS, TIMES, TIMES_CLEAN, MEGABYTES, GROWTH = "s", "x xmllint", "x clean", "MB", "growth"
PROCESSOR = "x xmllint, cpu"  # the same in the processor's time, which others' work disturbs less
REST = "start and report"  # what no stage tells


@dataclass(frozen=True, slots=True)
class Sample:
    """One measured run, of its round. `stages` are the seconds that the report tells.

    `file_mb` is the size of the file, `peak_mb` the most memory held, in MB (10^6 bytes);
    `cpu` is the processor's seconds.
    """

    case: str
    persons: int | None
    at: int
    file_mb: float
    seconds: float
    cpu: float
    peak_mb: float
    stages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside its limit; a figure without a limit only informs."""

    case: str
    persons: int | None
    unit: str
    value: float
    stage: str | None = None
    limit: float | None = None
    goal: float | None = None

    @property
    def file(self) -> str:
        """Return what was run, and its size."""
        return f"{self.persons:,} {self.case}" if self.persons else self.case

    @property
    def name(self) -> str:
        """Return what is measured, and in what."""
        return ", ".join(part for part in (self.file, self.stage, self.unit) if part)

    @property
    def over(self) -> bool:
        """Return whether the limit is broken."""
        return self.limit is not None and self.value > self.limit

    @property
    def judgement(self) -> str:
        """Return «ok», «over», «ok, over the goal», or nothing without a limit."""
        if self.limit is None:
            return ""
        if self.over:
            return "over"
        return "ok, over the goal" if self.goal is not None and self.value > self.goal else "ok"

    def held_to(self, limit: Limit | None) -> Figure:
        """Return the figure beside its limit."""
        return replace(self, limit=limit.limit, goal=limit.goal) if limit else self

    def as_dict(self) -> dict[str, object]:
        """Return the figure as it is written to the results."""
        return {"name": self.name} | asdict(self) | {"judgement": self.judgement}


Runs = dict[tuple[str, int | None], list[Sample]]


def figures(samples: Iterable[Sample], plan: Plan) -> list[Figure]:
    """Return every figure of the runs, with its limit."""
    runs: Runs = defaultdict(list)
    for sample in samples:
        runs[sample.case, sample.persons].append(sample)
    found = [*_of_cases(runs), *_growths(runs)]
    held = [one.held_to(plan.limit(one.unit, one.case, one.persons)) for one in found]
    return [*held, *_stages(runs)]


def busy(samples: Iterable[Sample]) -> float:
    """Return how many times longer xmllint took than the processor did: 1 on a quiet machine."""
    return median(one.seconds / one.cpu for one in samples if one.case == XMLLINT)


def growth(points: Sequence[tuple[float, float]]) -> float:
    """Return the steepest step between neighbours of (bytes, processor's seconds), as an exponent.

    1 is linear. What a start costs makes the first step less steep, and hides no later one.
    """
    steps = pairwise(sorted(points))
    return max(log(t2 / t1) / log(b2 / b1) for (b1, t1), (b2, t2) in steps)


def _of_cases(runs: Runs) -> Iterator[Figure]:
    for (case, persons), samples in runs.items():
        yield Figure(case, persons, SECONDS, median(one.seconds for one in samples))
        if case == XMLLINT:
            continue
        if persons:
            yield Figure(case, persons, TIMES, _times(samples, runs[XMLLINT, persons]))
            cpu = _times(_in_cpu(samples), _in_cpu(runs[XMLLINT, persons]))
            yield Figure(case, persons, PROCESSOR, cpu)
            if case != CLEAN and (CLEAN, persons) in runs:
                yield Figure(case, persons, TIMES_CLEAN, _times(samples, runs[CLEAN, persons]))
        yield Figure(case, persons, MEGABYTES, max(one.peak_mb for one in samples))


def _times(ours: Sequence[Sample], theirs: Sequence[Sample]) -> float:
    """Return the median of how many times longer ours took than theirs, round by round."""
    rounds = {one.at: one.seconds for one in theirs}
    return median(one.seconds / rounds[one.at] for one in ours)


def _in_cpu(samples: Iterable[Sample]) -> list[Sample]:
    return [replace(one, seconds=one.cpu) for one in samples]


def _growths(runs: Runs) -> Iterator[Figure]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for (case, persons), samples in runs.items():
        if persons:
            points[case].append((samples[0].file_mb, median(one.cpu for one in samples)))
    for case, sizes in points.items():
        if len(sizes) > 1:
            yield Figure(case, None, GROWTH, growth(sizes))


def _stages(runs: Runs) -> Iterator[Figure]:
    """Yield what each stage costs, times what xmllint takes of the same file."""
    for (case, persons), samples in runs.items():
        whole = median(one.seconds for one in runs[XMLLINT, persons]) if persons else 0
        names = list(samples[0].stages)
        costs = {name: median(one.stages[name] for one in samples) for name in names}
        if names:
            costs[REST] = median(one.seconds - sum(one.stages.values()) for one in samples)
        for name, seconds in costs.items():
            yield Figure(case, persons, TIMES, seconds / whole, stage=name)
