"""The same municipality a year before: who went on, who had left, and who is new since then.

Those with services at the turn of the year had them then too. Each service that began in
the year stands for one that was over before it: of the same person, or, when the person
is new or has moved to langtidsopphold, of somebody who has left. So both years have as many
of each service, and nobody with a service on 31 December is missing the year after.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.generate.days import new_year
from kpr_validator.generate.life import Answer, Life, Spell
from kpr_validator.generate.services import REHABILITATION
from kpr_validator.generate.situations import LONG_STAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.generate.chance import Chance

LEFT = 1_000_000  # added to the number of one who is new, for one who has left
_YEAR = 365
_SHORTEST = 20  # days of a service that was to go on
_NEW_TECHNOLOGY, _TECHNOLOGY_SINCE = frozenset((27, 28)), 2019
_OLD, _DEADLY = 67, 0.25  # ours


class LastYear:
    """Tells of lives as they were the year before."""

    def __init__(self, year: int, chance: Chance) -> None:
        """Prepare for lives of a data year."""
        self.first = new_year(year)
        self.chance = chance
        self.has_technology = year > _TECHNOLOGY_SINCE
        self.has_service = year <= _TECHNOLOGY_SINCE  # (re)habilitering was a service

    def lives(self, life: Life) -> Iterator[Life]:
        """Yield the lives of the year before that a life of the year stands for."""
        spells = [spell for spell in life.spells if self._was_known(spell)]
        going_on = [replace(one, stop=None) for one in spells if one.start < self.first]
        over = [self._over(one) for one in spells if one.start >= self.first and one.link == 1]
        has_left = life.is_new or any(spell.code == LONG_STAY for spell in over)
        if not has_left:
            yield self._before(life, [*going_on, *over], life.answers)
            return
        if going_on:
            yield self._before(life, going_on, [])
        if over or life.answers:
            yield self._who_left(life, over)

    def _was_known(self, spell: Spell) -> bool:
        return self.has_technology or spell.code not in _NEW_TECHNOLOGY

    def _over(self, spell: Spell) -> Spell:
        """Return the service a year earlier, ended before 31 December."""
        latest = self.first - 2 - self.chance.between(0, 15)
        stop = min(spell.stop - _YEAR, latest) if spell.stop else latest
        lasted = min((spell.stop or self.first + _YEAR) - spell.start, _SHORTEST)
        start = min(spell.start - _YEAR, stop - lasted)
        return replace(
            spell,
            start=start,
            stop=stop,
            asked=spell.asked - _YEAR,
            decided=spell.decided - _YEAR,
            complained=spell.complained and spell.complained - _YEAR,
            answered=spell.answered and spell.answered - _YEAR,
        )

    def _before(self, life: Life, spells: list[Spell], answers: list[Answer]) -> Life:
        """Return the life itself, a year younger."""
        before = replace(
            life,
            year=life.year - 1,
            age=life.age - 1,
            began=0,
            ended=0,
            died=0,
            is_new=False,
            rehabilitation=life.rehabilitation and life.rehabilitation - _YEAR,
            rehabilitated=life.rehabilitated and life.rehabilitated - _YEAR,
            waiting=life.waiting and life.waiting - _YEAR,
            spells=spells,
            answers=[_year_earlier(answer) for answer in answers],
        )
        before.ended = before.last_day() or 0
        self._rehabilitate(before)
        return before

    def _who_left(self, life: Life, spells: list[Spell]) -> Life:
        """Return somebody like the one who came, who had left before 31 December."""
        left = self._before(life, spells, life.answers)
        left.number, left.age = life.number + LEFT, life.age
        if life.age >= _OLD and left.ended and not left.answers and self.chance.yes(_DEADLY):
            left.died = left.ended
        return left

    def _rehabilitate(self, life: Life) -> None:
        """Let (re)habilitering fall on days with services, and be a service when it was one."""
        if not life.rehabilitation or not life.spells:
            life.rehabilitation = life.rehabilitated = 0
            return
        last = life.last_day()
        day = max(life.rehabilitation, life.first_day())
        life.rehabilitation = min(day, last) if last else day
        if not life.rehabilitation < life.rehabilitated <= (last or self.first):
            life.rehabilitated = 0
        if self.has_service:
            asked, decided = life.rehabilitation - 20, life.rehabilitation - 10
            stop = life.rehabilitated or last
            spell = Spell(REHABILITATION, life.rehabilitation, stop, asked, decided)
            life.spells.append(replace(spell, decision=LEFT + life.number))


def _year_earlier(answer: Answer) -> Answer:
    return replace(
        answer,
        asked=answer.asked - _YEAR,
        decided=answer.decided - _YEAR,
        complained=answer.complained and answer.complained - _YEAR,
        answered=answer.answered and answer.answered - _YEAR,
    )
