"""The FUNKSJON rows of a life: 18 variables scored at the start, now and then, and at stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.days import OPEN, new_year, text_of
from kpr_validator.generate.gaps import BOTH_ENDS
from kpr_validator.generate.targets import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.gaps import Gaps
    from kpr_validator.generate.life import Life, Spell
    from kpr_validator.generate.situations import Population

Fields = dict[str, str]

VARIABLES = range(1, 19)
_SENSES = (13, 14)  # sight and hearing do not follow the need
_UNSCORED = frozenset((5, 6, 9, 11, 25, 26, 27, 28, 29))
_TRAINING_STAY = 19
_NEAR = 8  # days: a score further from a stay's start or end says nothing about it
_YEARS_BACK = 3 * 365
# service -> a variable that shows a need for it: housework, cooking, own health
_HELPED = {1: 6, 2: 9, 15: 4}
_PERSONAL_HELP, _MOST = 3, 5


class Scores:
    """Draws the scores for lives of one data year."""

    def __init__(self, people: Population, chance: Chance, gaps: Gaps | None) -> None:
        """Read the levels of the needs."""
        told: Mapping[str, Any] = numbers()["behov"]
        self.levels = told["skaar"]
        self.chance = chance
        self.gaps = gaps
        self.first, self.last = new_year(people.year), new_year(people.year + 1) - 1

    def rows(self, life: Life) -> list[Fields]:
        """Return the rows in order of time; none where no service builds on function."""
        if not life.codes() - _UNSCORED and not life.rehabilitation:
            return []
        rounds = self._rounds(life)
        last_day = life.died or None
        low, high = self.levels[life.need]
        level = self.chance.between(low, high)
        senses = [self.chance.between(1, 3) for _ in _SENSES]
        rows: list[Fields] = []
        for at, day in enumerate(rounds):
            until = rounds[at + 1] - 1 if at + 1 < len(rounds) else last_day
            rows += self._round(life, level, senses, day, until)
            level += self._change(life, day)
            level = max(1, min(level, _MOST))
        return rows

    def _rounds(self, life: Life) -> list[int]:
        """Return the days when the person was scored, in order, the last still in force."""
        end = min(life.ended or self.last, self.last - 2)
        start = max(life.first_day(), self.first - self.chance.between(1, _YEARS_BACK))
        days = {min(start, end)}
        soonest = max(start, self.first) + 60
        if self.chance.yes(0.28) and soonest < end:
            days.add(self.chance.between(soonest, end))
        for spell in life.spells:
            if spell.code == _TRAINING_STAY:
                days = self._around(spell, days)
        return sorted(days)

    def _around(self, spell: Spell, days: set[int]) -> set[int]:
        """Return the days with those of a stay: at its start and its end, or as is published."""
        stop = spell.stop or spell.start
        at_start, at_end = self.gaps.ends() if self.gaps else BOTH_ENDS
        if (at_start, at_end) != BOTH_ENDS:
            earliest, latest = spell.start - _NEAR, stop + _NEAR
            days = {day for day in days if not earliest <= day <= latest} or {earliest - 1}
        return days | {
            day for day, is_scored in ((spell.start, at_start), (stop, at_end)) if is_scored
        }

    def _change(self, life: Life, day: int) -> int:
        """Return how the level moves until next time: training helps, age does not."""
        in_training = any(
            spell.code == _TRAINING_STAY and spell.start == day for spell in life.spells
        )
        if in_training:
            return -1 if self.chance.yes(0.4) else 0
        return 1 if self.chance.yes(0.2) else 0

    def _round(
        self, life: Life, level: int, senses: list[int], day: int, until: int | None
    ) -> list[Fields]:
        draw = self.chance.next
        scores = [min(_MOST, max(1, level - 1 + int(draw() * 3))) for _ in VARIABLES]
        for at, variable in enumerate(_SENSES):
            scores[variable - 1] = senses[at]
        for code in life.codes() & _HELPED.keys():
            variable = _HELPED[code]
            scores[variable - 1] = max(scores[variable - 1], _PERSONAL_HELP)
        since, until_text = text_of(day), text_of(until) if until else OPEN
        return [
            {
                "fnFunkType": str(variable),
                "fnFunkVerdi": str(scores[variable - 1]),
                "fnFraDato": since,
                "fnTilDato": until_text,
            }
            for variable in VARIABLES
        ]
