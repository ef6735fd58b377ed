"""Count in generated submissions what is published of the country, and lay the two side by side."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kpr_validator.generate.targets import share
from kpr_validator.measure import Ask
from kpr_validator.pipeline import NO_RULE, Options, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.figures import Figures
    from kpr_validator.measure import Measure

RECIPIENTS = "SELECT count(*) FROM tjenestemottaker"
PLACES = 10_000  # a share is told with two decimals of a percent


@dataclass(frozen=True, slots=True)
class Goal:
    """One published figure: where it stands, and how the same is counted here."""

    name: str
    published: Mapping[str, Any]
    counted: str = ""
    of: str = RECIPIENTS
    indicator: str = ""
    parts: tuple[str, ...] = ()
    is_gap: bool = False
    needs_last_year: bool = False
    since: int = 0

    def target(self, year: int) -> float:
        """Return the published share, as it is for a year."""
        return share(self.published, year)


class Tally(NamedTuple):
    """How many there are, of how many."""

    counted: int
    of: int

    @property
    def share(self) -> float | None:
        """Return the share in 0..1."""
        return self.counted / self.of if self.of else None


class Counted(NamedTuple):
    """What a submission has of each goal, and how many findings are made in it."""

    tallies: Mapping[str, Tally]
    findings: int


class Compared(NamedTuple):
    """A goal, what it should be in the year, and what it is; `error` is one standard error."""

    goal: Goal
    target: float
    tally: Tally
    error: float

    @property
    def is_near(self) -> bool:
        """Tell whether they differ by no more than chance, or than the figures are told with."""
        away = abs((self.tally.share or 0.0) - self.target)
        return away <= max(3 * self.error, 1 / PLACES)


@cache
def goals() -> tuple[Goal, ...]:
    """Return every goal in the order it is shown."""
    text = Path(__file__).with_name("maal.toml").read_text(encoding="utf-8")
    return tuple(_goals(tomllib.loads(text)))


def _goals(told: Mapping[str, Any]) -> Iterator[Goal]:
    for row in told["maal"]:
        yield Goal(
            name=row["navn"],
            published={**row["publisert"], **({"av": row["av"]} if "av" in row else {})},
            counted=row.get("teller", ""),
            of=row.get("nevner", RECIPIENTS),
            indicator=row.get("indikator", ""),
            parts=tuple(row.get("deler", ())),
            is_gap=row.get("hull", False),
            needs_last_year=row.get("fjor", False),
            since=row.get("fra_aar", 0),
        )
    for row in told["tjenester"]:
        for code in row["koder"]:
            published = {"maal": "tjeneste", "tjeneste": code, "per": row["per"]}
            yield Goal(f"Tjeneste {code}, {row['per']}", published, row["teller"].format(kode=code))
    for row in told["grupper"]:
        for name, (first, last) in row["grupper"].items():
            yield Goal(
                f"{row['navn']}: {name}",
                {"maal": row["maal"], "gruppe": name, "av": {"maal": row["maal"], "aar": 2021}},
                row["teller"].format(fra=first, til=last),
                row["nevner"],
            )


def counts(
    path: str, units: str, last_year: str | None = None, select: tuple[str, ...] = (NO_RULE,)
) -> Counted:
    """Return what one submission has of each goal; the schema and the selected rules judge it."""
    run = Run(Options(units=units, last_year=last_year, select=select, test_data=True))
    try:
        findings = sum(run.report(path).counts.values())
        measure, figures = run.measure(), run.figures()
        if measure is None or figures is None:
            return Counted({}, findings)
        tallies = {
            goal.name: _tally(goal, measure, figures)
            for goal in goals()
            if goal.since <= measure.data_year and (last_year or not goal.needs_last_year)
        }
        return Counted(tallies, findings)
    finally:
        run.close()


def _tally(goal: Goal, measure: Measure, figures: Figures) -> Tally:
    if goal.indicator:
        figure = next((one for one in figures.indicators if one.id == goal.indicator), None)
        if figure is None:
            return Tally(0, 0)
        wanted = {part.id for part in figure.parts if part.is_teller or part.id in goal.parts}
        wanted = set(goal.parts) or wanted
        counted = sum(part.count.sent for part in figure.parts if part.id in wanted)
        return Tally(counted, figure.total.sent)
    asked = (measure.sent(Ask(text))[0][0] for text in (goal.counted, goal.of))
    counted, of = (int(value or 0) for value in asked)
    return Tally(counted, of)


def together(found: Iterable[Counted]) -> Counted:
    """Return the sums over submissions."""
    counted: Counter[str] = Counter()
    of: Counter[str] = Counter()
    findings = 0
    for one in found:
        findings += one.findings
        for name, tally in one.tallies.items():
            counted[name] += tally.counted
            of[name] += tally.of
    return Counted({name: Tally(counted[name], of[name]) for name in of}, findings)


def compared(found: Mapping[str, Tally], year: int) -> list[Compared]:
    """Return each goal with what was found; those that nobody is asked about are left out."""
    rows = []
    for goal in goals():
        tally = found.get(goal.name, Tally(0, 0))
        if tally.of:
            target = goal.target(year)
            error = sqrt(target * (1 - target) / tally.of)
            rows.append(Compared(goal, target, tally, error))
    return rows
