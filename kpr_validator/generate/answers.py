"""The PERSONOPPL rows of a life in one year: who answers what, and on which row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.days import OPEN, new_year, text_of
from kpr_validator.generate.gaps import DENTIST, DOCTOR, MISSING, RECENT
from kpr_validator.generate.nutrition import Nutrition
from kpr_validator.generate.plans import Plans
from kpr_validator.generate.situations import LONG_STAY
from kpr_validator.generate.targets import numbers, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.gaps import Gaps
    from kpr_validator.generate.life import Life
    from kpr_validator.generate.situations import Population

Fields = dict[str, str]

ADULT = 18
_YEARS_AGO = 500  # days from a visit in the year to one that is too old
_PARENT = range(22, 56)
_WORKING = range(16, 68)
_FLAGS_SINCE = 2019
_AREAS = ("poArbBist", "poArbTransp", "poFriBist", "poFriTransp")
_OUTSIDE = frozenset((5, 6, 25))  # such services alone ask for little


class Answers:
    """Draws the rows for lives of one data year."""

    def __init__(self, people: Population, chance: Chance, gaps: Gaps | None) -> None:
        """Read the published shares of the year."""
        told: Mapping[str, Any] = numbers()
        self.year = people.year
        self.chance = chance
        self.gaps = gaps
        self.plans = Plans(people, chance)
        self.nutrition = Nutrition(people, chance, gaps)
        self.reviewed = share(told["legemiddelgjennomgang"]["ja"], people.year)
        self.first, self.last = new_year(people.year), new_year(people.year + 1) - 1

    def rows(self, life: Life) -> list[Fields]:
        """Return the rows in order of time; the one in force has every answer."""
        since, until = self._period(life)
        answers = self._household(life)
        if life.codes() - _OUTSIDE:
            plan, coordinator = self.plans.answers(life, self.last)
            answers |= {"poIndPlan": plan, "poHarKoordinator": coordinator}
        answers |= self._participation(life)
        answers |= self._health(life, min(until or self.last, self.last))
        if self.year >= _FLAGS_SINCE:
            answers |= self._flags(life)
        return self._history(life, answers, since, until)

    def _period(self, life: Life) -> tuple[int, int | None]:
        """Return the first day of the rows, and the last or None."""
        since = life.first_day()
        latest = life.last_day()
        if latest is None:
            return since, life.died or None
        return since, latest if life.ended or self.chance.yes(0.5) else None

    def _household(self, life: Life) -> Fields:
        chance = self.chance
        if LONG_STAY in life.codes():
            household = "2"
        elif life.age < ADULT:
            household = "3"
        else:
            household = chance.one_of("1122" if life.age < ADULT + 60 else "11122")
        is_parent = life.age in _PARENT and chance.yes(0.12)
        return {
            "poHusstand": household,
            "poOmsorgBarn": "1" if is_parent else "2",
            "poPrivHjelp": chance.one_of("1122345666"),
            "poBoligTilr": "1" if chance.yes(0.8) else "2",
        }

    def _participation(self, life: Life) -> Fields:
        row: Fields = {}
        for area in _AREAS:
            is_work = area.startswith("poArb")
            kinds = "1222999" if life.age in _WORKING or not is_work else "2999999"
            need = self.chance.one_of(kinds)
            row[f"{area}Behov"] = need
            if need == "1":
                row[f"{area}Mottar"] = self.chance.one_of("112233")
        return row

    def _health(self, life: Life, last: int) -> Fields:
        """Return what is said of dentist, doctor, medication and nutrition until a day."""
        row: Fields = {}
        chance = self.chance
        is_resident = LONG_STAY in life.codes()
        if is_resident or chance.yes(0.3):
            row |= self._seen("poVurdTann", DENTIST, life, last)
            row |= self._seen("poVurdLege", DOCTOR, life, last)
        if is_resident and life.age >= ADULT:
            is_old = "67" if life.age >= 67 and not life.ended else "andre"  # noqa: PLR2004
            row["poLegeMiddGj"] = "2"
            if chance.evenly(("legemidler", is_old), self.reviewed):
                row["poLegeMiddGj"] = "1"
                row["poLegeMiddGjDato"] = text_of(chance.between(self.first, last))
        return row | self.nutrition.answers(life, self.first, last)

    def _seen(self, name: str, kind: str, life: Life, last: int) -> Fields:
        """Return the month when the person was last seen by a dentist or doctor."""
        is_counted = LONG_STAY in life.codes() and not life.ended
        seen = self.gaps.seen(kind, is_counted) if self.gaps else RECENT
        if seen == MISSING:
            return {}
        day = self.chance.between(self.first, last)
        return {name: text_of(day if seen == RECENT else day - _YEARS_AGO)[:6]}

    def _flags(self, life: Life) -> Fields:
        """Return what is answered from 2019: waiting list, round the clock, (re)habilitering."""
        row: Fields = {}
        if life.waiting:
            row |= {"poVenteliste": "1", "poVentelisteDato": text_of(life.waiting)}
        elif self.chance.yes(0.2):
            row["poVenteliste"] = "2"
        if life.has_round_the_clock:
            row["poHeldg"] = "1"
        if self.gaps and not self.gaps.reports_rehabilitation:
            return row
        if life.rehabilitation and not life.rehabilitated:
            row |= {"poHab": "1", "poHabDato": text_of(life.rehabilitation)}
        elif life.rehabilitated or self.chance.yes(0.3):
            row["poHab"] = "2"
        return row

    def _history(self, life: Life, answers: Fields, since: int, until: int | None) -> list[Fields]:
        """Return the answers as one row, or as two when something changed in the year."""
        whole = answers | _dates(since, until)
        if life.rehabilitated and answers.get("poHab"):
            day, earlier = life.rehabilitated, dict(answers)
            earlier |= {"poHab": "1", "poHabDato": text_of(life.rehabilitation)}
        else:
            latest = (life.last_day() or life.died or self.last) - 60
            soonest = max(since, self.first) + 20
            if latest <= soonest or life.waiting or not self.chance.yes(0.1):
                return [whole]
            day, earlier = self.chance.between(soonest, latest), self._household(life)
        return [earlier | _dates(since, day - 1), answers | _dates(day, until)]


def _dates(since: int, until: int | None) -> Fields:
    return {"poFraDato": text_of(since), "poTilDato": text_of(until) if until else OPEN}
