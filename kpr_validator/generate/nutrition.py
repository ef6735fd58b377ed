"""Answers about nutrition: mapped, at risk, and a plan for those who are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.days import text_of
from kpr_validator.generate.situations import LONG_STAY
from kpr_validator.generate.targets import numbers, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.gaps import Gaps
    from kpr_validator.generate.life import Life
    from kpr_validator.generate.situations import Population

Fields = dict[str, str]

_MAPPED = frozenset((15, 18, 19, 20, 21))
_ADULT, _OLD = 18, 67
YES, NO = "1", "2"


class Nutrition:
    """Draws the answers for lives of one data year."""

    def __init__(self, people: Population, chance: Chance, gaps: Gaps | None) -> None:
        """Read the published shares of the year."""
        told: Mapping[str, Any] = numbers()["ernaering"]
        self.chance = chance
        self.gaps = gaps
        self.shares = {
            place: [share(told[f"{place}_{step}"], people.year) for step in _STEPS]
            for place in ("sykehjem", "hjemme")
        }

    def answers(self, life: Life, first: int, last: int) -> Fields:
        """Return the six fields, dated from the first day to the last; none for those outside."""
        codes = life.codes()
        if life.age < _ADULT or codes.isdisjoint(_MAPPED):
            return {}
        place = "sykehjem" if LONG_STAY in codes else "hjemme"
        group = (place, life.age >= _OLD and not life.ended)
        mapped, at_risk, with_plan = self.shares[place]
        if not self.chance.evenly(("kartlagt", group), mapped):
            answer = _ANSWERS[self.gaps.unmapped(place, group)] if self.gaps else NO
            return {"poErnKartlagt": answer} if answer else {}
        day = text_of(self.chance.between(first, last))
        row = {"poErnKartlagt": YES, "poErnKartlagtDato": day, "poErnRisiko": NO}
        if self.chance.evenly(("risiko", group), at_risk):
            row["poErnRisiko"] = YES
            row["poErnPlan"] = NO
            if self.chance.evenly(("plan", group), with_plan):
                row |= {"poErnPlan": YES, "poErnPlanDato": day}
        return row | {"poErnRisikoDato": day}


_STEPS = ("vurdert", "risiko", "plan")
_ANSWERS = {"nei": NO, "ikke_relevant": "9", "mangler": ""}
