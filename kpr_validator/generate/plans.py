"""Answers about individuell plan and koordinator that agree with each other and the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.targets import numbers, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.generate.chance import Chance
    from kpr_validator.generate.life import Life
    from kpr_validator.generate.situations import Population

_HOME = frozenset((1, 2, 3, 7, 11, 15))  # KOSTRA's home services
_TRAINING, _NURSING, _TRAINING_STAY = 2, 15, 19
_COORDINATED = frozenset((1, 2, 3, 4, 7, 8, 9, 11, 15, 17, 22))  # langvarige_tjenester.sql
_LONG, _MANY = 89, 3  # days, and kinds of services
_NEW_CODES = 2019
YES, NOT_MADE, NOT_WANTED = "1", "2", "3"


class Plans:
    """Draws the two answers for lives of one data year."""

    def __init__(self, people: Population, chance: Chance) -> None:
        """Read the published shares of the year."""
        told: Mapping[str, Any] = numbers()["plan"]
        year = people.year
        self.chance = chance
        self.has_new_codes = year >= _NEW_CODES
        self.no_right = "4" if self.has_new_codes else "9"
        self.in_rehabilitation = share(told["rehabilitering"], year)
        self.in_institution = share(told["institusjon"], year)
        self.at_home = share(told["alle"], year)
        self.declines = float(told["oensker_ikke"])
        by_need = [share({**told["alle"], "gruppe": group}, year) for group in told["etter_behov"]]
        self.pull = [one / self.at_home for one in by_need]

    def answers(self, life: Life, last: int) -> tuple[str, str]:
        """Return the codes of poIndPlan and poHarKoordinator; `last` is 31 December."""
        active = life.active(last)
        is_counted = not active.isdisjoint(_HOME)
        own = self._own(life)
        if own is not None:
            has_plan = own
            if is_counted:
                self.chance.count("plan", self.at_home, is_chosen=has_plan)
        else:
            name = "plan" if is_counted else "plan utenom"
            has_plan = self.chance.evenly(name, self.at_home, self.pull[life.need])
        return self._with_plan() if has_plan else self._without_plan(life, last)

    def _own(self, life: Life) -> bool | None:
        """Tell whether one has a plan whose group has a figure of its own, None for the others."""
        if life.rehabilitation:
            return self.chance.evenly("plan i rehabilitering", self.in_rehabilitation)
        if _TRAINING_STAY in life.codes():
            has_plan = self.chance.evenly("plan på opphold", self.in_institution)
            return has_plan and not _is_package(life)
        return False if _is_package(life) else None

    def _with_plan(self) -> tuple[str, str]:
        declines = self.has_new_codes and self.chance.yes(0.1)
        return YES, NOT_WANTED if declines else YES

    def _without_plan(self, life: Life, last: int) -> tuple[str, str]:
        has_right = self._has_right(life, last)
        is_package = _is_package(life) and not life.rehabilitation
        if not has_right and (life.rehabilitation or self.chance.yes(0.7)):
            return self.no_right, self.no_right
        can_decline = self.has_new_codes or not is_package
        if can_decline and (life.rehabilitation or self.chance.yes(self.declines)):
            if is_package or (self.has_new_codes and self.chance.yes(0.4)):
                return NOT_WANTED, NOT_WANTED
            return NOT_WANTED, YES
        return NOT_MADE, NOT_MADE

    def _has_right(self, life: Life, last: int) -> bool:
        long = {
            spell.code
            for spell in life.spells
            if spell.code in _COORDINATED
            and spell.start <= last - _LONG
            and (spell.stop is None or spell.stop >= last)
        }
        return len(long) >= _MANY


def _is_package(life: Life) -> bool:
    """Tell whether the services look like a package of rehabilitation that is not reported."""
    return life.codes() >= {_TRAINING, _NURSING} and not life.rehabilitation
