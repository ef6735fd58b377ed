"""What rules, indicators, services and counties are called in a language and a data year."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from kpr_validator import assets
from kpr_validator.gather import published
from kpr_validator.indicators import all_indicators
from kpr_validator.layouts import layouts
from kpr_validator.report.names import names
from kpr_validator.report.shown import COUNTRY
from kpr_validator.triage.numbers import SERVICES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.model import Rule
    from kpr_validator.report.texts import Texts
    from kpr_validator.triage.outliers import Funnel


class Titles:
    """Names and published values for the board of one year."""

    def __init__(self, words: Texts, rules: Mapping[str, Rule], year: int) -> None:
        self._words = words
        self._rules = rules
        self._year = year

    def rule(self, rule: str) -> str:
        """Return a rule's id and title."""
        return f"{rule} {self.rule_title(rule)}"

    def rule_title(self, rule: str) -> str:
        """Return a rule's title."""
        return self._rules[rule].title.in_language(self._words.language)

    def percent(self, share: float) -> str:
        """Return a share (0..1) in percent, with at most one decimal."""
        return self._words(
            "percent", n=self._words.decimal(f"{100 * share:.1f}".removesuffix(".0"))
        )

    def measure(self, funnel: Funnel) -> str:
        """Return what a funnel is about."""
        if funnel.is_change:
            return self._words("triage.change")
        if funnel.of == SERVICES:
            return self.line(funnel.part)
        return self.part(funnel.of, funnel.part)

    def indicator(self, name: str) -> str:
        """Return an indicator's title."""
        return all_indicators()[name].title.in_language(self._words.language)

    def part(self, name: str, part: str) -> str:
        """Return an indicator's title and the name of one of its parts."""
        parts = all_indicators()[name].parts(self._year)
        told = next(one.name for one in parts if one.id == part)
        return f"{self.indicator(name)}: {told.in_language(self._words.language)}"

    def line(self, name: str) -> str:
        """Return what a line of the table of services is called: a service, or its own name."""
        layout = next(one for one in layouts() if one.id == SERVICES)
        told = [
            line.name for line in layout.names if line.id == name and line.is_computed(self._year)
        ]
        if told:
            return told[0].in_language(self._words.language)
        return f"{name} {names(self._words.language).service(name)}"

    def county(self, number: str) -> str:
        """Return a county's name in the year, the number when there is none."""
        return _counties(self._year).get(number, number)

    def published(self, name: str, place: str = COUNTRY) -> str:
        """Return a place's share of the nearest year, nothing when none is published."""
        indicator = all_indicators()[name]
        told = published(indicator.published) if indicator.published else ()
        shares = [one for one in told if one.place == place and one.unit == "percent"]
        if not shares or self._year in indicator.unpublished:
            return ""
        one = min(shares, key=lambda value: (abs(value.year - self._year), -value.year))
        share = self.percent(one.value / 100)
        return self._words("triage.published", value=share, year=one.year)


@cache
def _counties(year: int) -> Mapping[str, str]:
    path = assets.schemas() / "regions" / "fylker.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["fylkesnr"]: row["navn"]
            for row in csv.DictReader(file, delimiter=";")
            if int(row["gyldig_fra_aar"] or 0) <= year <= int(row["gyldig_til_aar"] or year)
        }
