"""Draws the services of a life: which, when, how much, by whom and on what decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.days import new_year
from kpr_validator.generate.life import Spell
from kpr_validator.generate.situations import LONG_STAY
from kpr_validator.generate.targets import numbers, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.life import Life
    from kpr_validator.generate.situations import Population
    from kpr_validator.generate.units import Units

REHABILITATION = 16  # a service until 2018
_TRAINING_STAY = 19
_SHORTEST, _LONGEST = 16, 35  # days of a stay
_ACUTE = 25
_DAY_AFTER = 1


class Services:
    """Draws services for lives of one data year."""

    def __init__(self, people: Population, units: Units, chance: Chance) -> None:
        """Read what is known of services."""
        told: Mapping[str, Any] = numbers()
        facts = told["om_tjenestene"]
        self.people = people
        self.units = units
        self.chance = chance
        self.first, self.last = new_year(people.year), new_year(people.year + 1) - 1
        self.hours = {int(code): ranges for code, ranges in told["timer"].items()}
        self.decided: frozenset[int] = frozenset(facts["vedtak"])
        self.stays: frozenset[int] = frozenset(facts["opphold"])
        self.rolling: frozenset[int] = frozenset(facts["rullerende"])
        self.chained: frozenset[int] = frozenset(facts["forlenges"])
        self.extended = float(told["vedtak"]["forlenget"])
        self.complained = float(told["vedtak"]["klage_innvilget"])
        self.prompt = share(told["ventetid"]["hoeyst_15"], people.year)
        self.prompt_rest = float(told["ventetid"]["hoeyst_30"])
        self.decision = 0

    def add(self, life: Life, code: int) -> None:
        """Give the person a service of the year."""
        if code in self.stays:
            self._add(life, self._stay(life, code))
            return
        start, stop = self._period(life, code)
        self._add(life, Spell(code, start, stop))

    def add_before(self, life: Life, code: int) -> None:
        """Give one who moved to langtidsopphold in the year a service until the day before."""
        moved = life.began
        if code in self.stays:
            start = max(moved - self.chance.between(_SHORTEST, _LONGEST), self.first - 10)
            self._add(life, Spell(code, start, moved - _DAY_AFTER))
            return
        years = self.chance.between(1, 3 * 365)
        self._add(life, Spell(code, self.first - years, moved - _DAY_AFTER))

    def _add(self, life: Life, spell: Spell) -> None:
        self.decide(life, spell)
        life.spells.append(spell)
        is_long = spell.stop is None and spell.start < self.first - 200
        if is_long and spell.code in self.chained and self.chance.yes(self.extended):
            self._extend(life, spell)

    def _extend(self, life: Life, spell: Spell) -> None:
        """Let a new decision in the same chain take over on a day of the year."""
        day = self.chance.between(self.first + 30, self.last - 30)
        later = Spell(spell.code, day, None, unit=spell.unit, rolling=spell.rolling)
        later.decision, later.link = spell.decision, 2
        later.decided = day - self.chance.between(1, 20)
        later.asked = later.decided - self.chance.between(1, 20)
        later.quarters = self.quarters(spell.code, life.need)
        spell.stop = day - _DAY_AFTER
        life.spells.append(later)

    def _stay(self, life: Life, code: int) -> Spell:
        """Return a stay in the year; some are not over on 31 December."""
        shortest, longest = (1, 4) if code == _ACUTE else (_SHORTEST, _LONGEST)
        days = self.chance.between(shortest, longest)
        first, last = life.began or self.first, life.ended or self.last - 1
        if not life.ended and self.chance.evenly(("igjen", code), self.people.stays_on[code]):
            return Spell(code, max(self.last - self.chance.between(1, days), first), None)
        start = self.chance.between(first, max(first, last - days))
        return Spell(code, start, min(start + days - 1, max(last, start)))

    def _period(self, life: Life, code: int) -> tuple[int, int | None]:
        """Return the first day of a service, and its last or None."""
        chance = self.chance
        is_sure = code in life.sure
        stays_on = is_sure or chance.evenly(("igjen", code), self.people.stays_on[code])
        if life.began:
            start = min(life.began + chance.between(0, 20), life.ended or self.last - 1)
            start = life.began if is_sure else start
        elif not is_sure and chance.yes(1 - self.people.stays_on[code]):
            start = chance.between(self.first + 1, (life.ended or self.last - 20) - 1)
        else:
            start = self._earlier(life)
        if life.ended:
            return start, life.ended
        if stays_on:
            return start, None
        soonest = max(start, self.first) + 15
        return start, min(chance.between(soonest, self.last - 1), self.last - 1)

    def _earlier(self, life: Life) -> int:
        """Return a day before the year: most are of the last years, few are old."""
        oldest = max(life.settled, new_year(int(numbers()["livet"]["begynte_tidligst"])))
        back = self.chance.next()
        return self.first - 1 - int(back * back * max(self.first - 1 - oldest, 0))

    def decide(self, life: Life, spell: Spell) -> None:
        """Put søknad, vedtak, hours and unit on a service."""
        chance, code = self.chance, spell.code
        self.decision += 1
        spell.decision = self.decision
        spell.decided = spell.start - self._waited(spell)
        spell.asked = spell.decided - chance.between(1, 40)
        spell.quarters = self.quarters(code, life.need)
        spell.two_helpers = spell.quarters > 0 and chance.yes(0.08)
        spell.rolling = code in self.rolling and chance.yes(0.5)
        if choices := self.units.doing(code):
            spell.unit = chance.one_of(choices)
        if code in self.decided and spell.decided >= self.first and chance.yes(self.complained):
            self._complain(spell)

    def _complain(self, spell: Spell) -> None:
        latest = self.last - 2
        spell.complained = min(spell.decided + self.chance.between(3, 40), latest)
        spell.answered = min(spell.complained + self.chance.between(5, 60), latest)

    def _waited(self, spell: Spell) -> int:
        """Return the days from vedtak to start."""
        if spell.code != LONG_STAY:
            return self.chance.between(0, 20)
        if self.chance.evenly(("ventetid", spell.start >= self.first), self.prompt):
            return self.chance.between(0, 15)
        is_next = self.chance.evenly("ventetid 2", self.prompt_rest)
        return self.chance.between(16, 30) if is_next else self.chance.between(31, 90)

    def quarters(self, code: int, need: int) -> int:
        """Return the hours a week, times four, that a service is granted with."""
        if code not in self.hours:
            return 0
        low, high = self.hours[code][need]
        return self.chance.between(low, high)
