"""Draws the lives of a municipality's recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.chance import Chance, Deal
from kpr_validator.generate.days import new_year
from kpr_validator.generate.extras import Extras
from kpr_validator.generate.life import Life
from kpr_validator.generate.services import Services
from kpr_validator.generate.situations import BANDS, LONG_STAY, Situation
from kpr_validator.generate.targets import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.generate.situations import Population
    from kpr_validator.generate.units import Units

ADULT = 18


class People:
    """Draws one life after another; the same seed gives the same lives."""

    def __init__(
        self, people: Population, units: Units, districts: Sequence[str], chance: Chance
    ) -> None:
        """Begin with nobody drawn; `districts` are those of the municipality, none in most."""
        told: Mapping[str, Any] = numbers()
        self.people = people
        self.chance = chance
        self.districts = districts
        self.services = Services(people, units, chance)
        self.extras = Extras(people, self.services, chance)
        self.only_refused = float(told["mottakere"]["bare_avslag"])
        self.deaths: Sequence[float] = told["livet"]["dode"]
        self.deaths_of_residents = float(told["livet"]["dode_langtid"])
        self.known_district = float(told["livet"]["bydel"])
        self.first, self.last = new_year(people.year), new_year(people.year + 1) - 1
        self._situations = Deal(chance, [one.share for one in people.situations])
        self._ages = {one.name: Deal(chance, one.ages) for one in people.situations}
        self._needs = {one.name: Deal(chance, one.needs) for one in people.situations}
        self._one_of = {
            one.name: Deal(chance, list(one.one_of.values())) for one in people.situations
        }

    def life(self, number: int) -> Life:
        """Return the life of the next person."""
        is_only_refused = self.chance.evenly("bare avslag", self.only_refused)
        situation = self.people.situations[self._situations.next()]
        life = self._person(number, situation)
        if is_only_refused:
            self.extras.refuse(life)
            return life
        self._involvement(life)
        for code in self._codes(life):
            self.services.add(life, code)
        if life.began:
            for code, of_all in situation.before.items():
                if self.chance.evenly((situation.name, "før", code), of_all):
                    self.services.add_before(life, code)
        self.extras.add(life)
        return life

    def person_in(self, number: int, situation: Situation) -> Life:
        """Return a life in a situation that somebody asks for, outside what is dealt."""
        life = self._person(number, situation)
        life.sure = frozenset([*situation.always, *list(situation.one_of)[:1]])
        for code in sorted(life.sure):
            self.services.add(life, code)
        return life

    def _person(self, number: int, situation: Situation) -> Life:
        chance = self.chance
        band = self._ages[situation.name].next()
        age = chance.between(*BANDS[band])
        if age > BANDS[-1][0]:  # fewer for each year after ninety
            age = min(age, chance.between(*BANDS[-1]))
        born = self.people.year - age
        oldest = new_year(max(born + 1, self.people.year - 60))
        settled = min(chance.between(oldest, self.first - 400), self.first - 1)
        return Life(
            number=number,
            year=self.people.year,
            situation=situation,
            age=age,
            is_man=chance.evenly(("menn", situation.name), situation.men),
            need=self._needs[situation.name].next(),
            settled=max(settled, new_year(born + 1)),
            district=self._district(),
        )

    def _district(self) -> str:
        if not self.districts or not self.chance.yes(self.known_district):
            return "00"
        return self.chance.one_of(self.districts)

    def _involvement(self, life: Life) -> None:
        """Decide when the person came and left, if it was in the year, and who is new or died."""
        chance, situation = self.chance, life.situation
        if chance.evenly(("begynte", situation.name), situation.ends):
            life.began = chance.between(self.first + 1, self.last - 45)
            life.is_new = not situation.before and chance.evenly("nye", self.people.new)
        if chance.evenly(("sluttet", situation.name), situation.ends):
            life.ended = chance.between((life.began or self.first) + 25, self.last - 1)
            is_resident = LONG_STAY in situation.always
            deadly = self.deaths_of_residents if is_resident else self.deaths[_band(life.age)]
            life.died = life.ended if chance.evenly("døde", deadly) else 0

    def _codes(self, life: Life) -> list[int]:
        situation = life.situation
        codes = list(situation.always)
        if situation.one_of:
            codes.append(list(situation.one_of)[self._one_of[situation.name].next()])
        life.sure = frozenset(codes)
        codes += [
            code
            for code, of_all in situation.likely.items()
            if code not in codes and self.chance.evenly((situation.name, code), of_all)
        ]
        return self.extras.with_alarm(situation, codes)


def _band(age: int) -> int:
    return next(at for at, (_, last) in enumerate(BANDS) if age <= last)
