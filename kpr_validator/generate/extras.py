"""Draws what a life has besides its services: rehabilitation, decisions, waiting list, alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.days import new_year
from kpr_validator.generate.life import Answer, Spell
from kpr_validator.generate.services import REHABILITATION
from kpr_validator.generate.situations import BANDS, LONG_STAY, Population, Situation
from kpr_validator.generate.targets import count, numbers, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.life import Life
    from kpr_validator.generate.services import Services

ALARM, HOUSING = 6, 29
HOME_STAYS = (18, 20)
FORMAT_WITH_FLAGS = 2019  # the first data year with venteliste, heldøgn and (re)habilitering
_OLD = 67
_SHORTEST = 40  # days of a rehabilitation that is over
_OLD_BANDS = range(3, len(BANDS))
_ROUNDS = 50  # of fitting a table to its sums, far more than needed


class Extras:
    """Adds to lives of one data year what the published figures and our own say."""

    def __init__(self, people: Population, services: Services, chance: Chance) -> None:
        """Work out how likely each thing is for those that it can happen to."""
        told: Mapping[str, Any] = numbers()
        self.people, self.services, self.chance = people, services, chance
        self.year = people.year
        self.first, self.last = new_year(self.year), new_year(self.year + 1) - 1
        self.decisions: Mapping[str, float] = told["vedtak"]
        self.refused: Sequence[int] = told["om_tjenestene"]["avslaas"]
        self.technology = frozenset(told["om_tjenestene"]["teknologi"])
        self._owed = 0
        self._told = told
        self.alarm_beside = self._alarm_beside()
        self.rehabilitation_situations = frozenset(told["rehabilitering"]["situasjoner"])
        self.rehabilitation = self._rehabilitation()
        self.over = float(told["rehabilitering"]["slutt"])
        self.waiting_situations = frozenset(told["venteliste"]["situasjoner"])
        self.waits_on_stay, self.waits_at_home = self._waiting()
        self.round_the_clock = self._round_the_clock()

    def _share(self, told: float | Mapping[str, Any]) -> float:
        return share(told, self.year)

    def _alarm_beside(self) -> float:
        """Return how likely one with other technology and no alarm is to get one as well."""
        with_technology = self.people.share_of(lambda one: one.has_any(self.technology))
        alarms = self.people.share_of(lambda one: one.probability(ALARM))
        alone = self.people.share_of(
            lambda one: one.has_any(self.technology) * (1 - one.probability(ALARM))
        )
        wanted = self._share(self._told["velferdsteknologi"]["minst_en"]) - alarms
        return 1 - min(max(wanted, 0.0) / alone, 1.0) if with_technology else 0.0

    def with_alarm(self, situation: Situation, codes: list[int]) -> list[int]:
        """Return the services with an alarm moved to those with other technology."""
        has_technology = not self.technology.isdisjoint(codes)
        if has_technology and ALARM not in codes and self.chance.yes(self.alarm_beside):
            self._owed += 1
            return [*codes, ALARM]
        is_loose = ALARM in codes and ALARM not in situation.always and len(codes) > 1
        if self._owed and is_loose and not has_technology:
            self._owed -= 1
            return [code for code in codes if code != ALARM]
        return codes

    def _rehabilitation(self) -> list[list[float]]:
        """Return how likely (re)habilitering is by age band and need in the chosen situations."""
        told = self._told["rehabilitering"]
        wanted = self._share(told["aaret"])
        ages = [self._part(told["aaret"]["maal"], group) for group in told["alder"]]
        needs = [self._part(f"{told['aaret']['maal']}_andel", group) for group in told["behov"]]
        chosen = [
            one for one in self.people.situations if one.name in self.rehabilitation_situations
        ]
        persons = [
            [
                sum(one.share * one.ages[age] * one.needs[need] for one in chosen)
                for need in range(len(needs))
            ]
            for age in range(len(ages))
        ]
        given = raked(
            persons,
            [wanted * of_age / sum(ages) for of_age in ages],
            [wanted * of_need / sum(needs) for of_need in needs],
        )
        self.usual_rehabilitation = [
            sum(row) / sum(every) for row, every in zip(given, persons, strict=True)
        ]
        return [
            [part / every for part, every in zip(row, whole, strict=True)]
            for row, whole in zip(given, persons, strict=True)
        ]

    def _part(self, measure: str, group: str) -> float:
        return count({"maal": measure, "gruppe": group}, self.year)

    def _waiting(self) -> tuple[float, float]:
        """Return how likely one is to be on the list: on a stay, and at home."""
        told = self._told["venteliste"]
        all_waiting = self._share(told["alle"])
        on_stay = self._share(told["opphold"])
        stays = sum(
            self.people.stays_on[code]
            * self.people.share_of(
                lambda one, code=code: _old(one) * (1 - one.ends) * _on_stay(one, code)  # type: ignore[misc]
            )
            for code in HOME_STAYS
        )
        at_home = sum(
            one.share * _old(one) * (1 - one.ends) * (1 - one.needs[0])
            for one in self.people.situations
            if one.name in self.waiting_situations
        )
        return all_waiting * on_stay / stays, all_waiting * (1 - on_stay) / at_home

    def _round_the_clock(self) -> float:
        """Return how likely one in bolig with a middle need or more is to have it."""
        residents = self.people.share_of(lambda one: one.probability(LONG_STAY))
        housed = self.people.share_of(lambda one: one.probability(HOUSING) * (1 - one.needs[0]))
        wanted = self._share(self._told["heldoegn"]["aaret"]) - residents
        return min(max(wanted, 0.0) / housed, 1.0)

    def add(self, life: Life) -> None:
        """Add to a life whatever falls on it."""
        self._rehabilitate(life)
        if self.year >= FORMAT_WITH_FLAGS:
            self._wait(life)
            self._look_after(life)
        if self.chance.evenly("avslag", self.decisions["avslag"]):
            self.refuse(life)
        if not life.ended and self.chance.evenly("ikke startet", self.decisions["ikke_startet"]):
            self._promise(life)

    def _rehabilitate(self, life: Life) -> None:
        if life.situation.name not in self.rehabilitation_situations:
            return
        band = _band(life.age)
        usual = self.usual_rehabilitation[band]
        pull = self.rehabilitation[band][life.need] / usual
        if not self.chance.evenly(("rehabilitering", band), usual, pull):
            return
        first, last = max(life.first_day(), self.first), life.last_day() or self.last
        life.rehabilitation = self.chance.between(first, max(first, last - 20))
        if last - life.rehabilitation > _SHORTEST and self.chance.yes(self.over):
            life.rehabilitated = self.chance.between(life.rehabilitation + 20, last - 10)
        if self.year < FORMAT_WITH_FLAGS:
            stop = life.rehabilitated or life.ended or None
            spell = Spell(REHABILITATION, life.rehabilitation, stop)
            self.services.decide(life, spell)
            life.spells.append(spell)

    def _wait(self, life: Life) -> None:
        if life.ended or LONG_STAY in life.codes() or life.age < _OLD:
            return
        active = life.active(self.last)
        if not active.isdisjoint(HOME_STAYS):
            is_waiting = self.chance.evenly("venter på opphold", self.waits_on_stay)
        elif life.situation.name in self.waiting_situations and life.need:
            is_waiting = self.chance.evenly("venter hjemme", self.waits_at_home)
        else:
            return
        if is_waiting:
            life.waiting = self.last - self.chance.between(1, 75)
            life.answers.append(self._decided(LONG_STAY, life.waiting, is_refusal=False))

    def _look_after(self, life: Life) -> None:
        codes = life.codes()
        if LONG_STAY in codes:
            life.has_round_the_clock = True
        elif HOUSING in codes and life.need:
            life.has_round_the_clock = self.chance.evenly("heldøgn", self.round_the_clock)

    def refuse(self, life: Life) -> None:
        """Give the person a refusal in the year, of something that the person does not have."""
        last = life.ended or self.last
        decided = self.chance.between(min(self.first + 10, last), last)
        taken = life.codes() | ({LONG_STAY, HOUSING} if life.waiting else set())
        code = self.chance.one_of([code for code in self.refused if code not in taken])
        answer = self._decided(code, decided, is_refusal=True)
        if not life.died and self.chance.yes(self.decisions["klage_avslag"]):
            latest = max(decided, self.last - 2)
            answer.complained = min(decided + self.chance.between(3, 40), latest)
            answer.answered = min(answer.complained + self.chance.between(5, 60), latest)
        life.answers.append(answer)

    def _promise(self, life: Life) -> None:
        """Let the person be granted something that has not begun."""
        taken = life.codes() | {answer.code for answer in life.answers} | {18, 29}
        open_to = [code for code in self.refused if code not in taken]
        day = self.last - self.chance.between(0, 50)
        promised = self._decided(self.chance.one_of(open_to), day, is_refusal=False)
        promised.quarters = self.services.quarters(promised.code, life.need)
        life.answers.append(promised)

    def _decided(self, code: int, day: int, *, is_refusal: bool) -> Answer:
        self.services.decision += 1
        asked = day - self.chance.between(1, 40)
        return Answer(code, asked, day, is_refusal, self.services.decision)


def raked(
    start: Sequence[Sequence[float]], rows: Sequence[float], columns: Sequence[float]
) -> list[list[float]]:
    """Return a table in proportion to `start` whose rows and columns add up to what is given.

    Iterative proportional fitting; the sums of `rows` and `columns` are the same.
    """
    table = [list(row) for row in start]
    for _ in range(_ROUNDS):
        table = [
            [part * wanted / sum(row) for part in row]
            for row, wanted in zip(table, rows, strict=True)
        ]
        sums = [sum(column) for column in zip(*table, strict=True)]
        table = [
            [part * wanted / whole for part, wanted, whole in zip(row, columns, sums, strict=True)]
            for row in table
        ]
    return table


def _old(situation: Situation) -> float:
    return sum(situation.ages[at] for at in _OLD_BANDS)


def _on_stay(situation: Situation, code: int) -> float:
    return situation.one_of.get(code, 0.0) + situation.likely.get(code, 0.0)


def _band(age: int) -> int:
    return next(at for at, (_, last) in enumerate(BANDS) if age <= last)
