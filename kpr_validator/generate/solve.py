"""Finds the shares and levels of the situations at which the published figures hold."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from kpr_validator.generate.situations import Population, Situation
from kpr_validator.generate.targets import NumbersError, numbers, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_LIKELY = 0.96
_EXACT = 1e-9
_FIRST, _LAST = 2018, 2021  # the years that the situations are fitted to
_STAYS, _TRAINING_STAY = "opphold", 19
_ROUNDS, _FELT = 60, 0.9  # how much of a change in one of our numbers is felt in a group


@cache
def population(year: int) -> Population:
    """Return what the persons of a data year are drawn from; the nearest fitted year's shares.

    Raises NumbersError when the numbers can't be met together.
    """
    solver = Solver(min(max(year, _FIRST), _LAST))
    people = solver.population()
    for _ in range(_ROUNDS):
        solver.give_way(people)
        people = solver.population()
    return replace(people, year=year)


class Solver:
    """Finds the shares of the situations, then the level of each service."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.more: dict[str, float] = {}
        self.more_stays = 0.0
        self.kept: Mapping[int, float] = {}
        self.told: Mapping[str, Any] = numbers()
        self.services: dict[int, Mapping[str, Any]] = {
            int(code): facts
            for code, facts in self.told["tjeneste"].items()
            if facts.get("fra_aar", year) <= year
        }
        self.stays = frozenset(self.told["om_tjenestene"]["opphold"])
        self.rows: Sequence[Mapping[str, Any]] = self.told["situasjon"]

    def population(self) -> Population:
        """Return the solved population."""
        shares = self._shares()
        men = self._men(shares)
        levels = {code: self._level(code, shares) for code in self.services}
        situations = tuple(
            Situation(
                name=row["navn"],
                share=of_all,
                ages=_weights(row["alder"]),
                men=min(row["menn"] * men, 1.0),
                needs=_weights(row["behov"]),
                ends=row["slutter"],
                always=tuple(row.get("alltid", ())),
                one_of=_one_of(row),
                likely=self._likely(row, levels),
                before=_coded(row.get("foer", {})),
                has_dementia=row.get("demens", False),
            )
            for row, of_all in zip(self.rows, shares, strict=True)
        )
        began = sum(one.share * one.ends for one in situations if not one.before)
        return Population(
            year=self.year,
            situations=situations,
            stays_on={code: self._stays_on(code, situations) for code in self.services},
            new=min(self._share(self.told["mottakere"]["nye"]) / began, 1.0),
        )

    def give_way(self, people: Population) -> None:
        """Change three numbers of ours towards three published groups, and learn what is kept."""
        self.kept = people.stays_on
        told = self.told["grupper"]
        at_home, inside, helped = (
            told[name] for name in ("hjemmeboende", "institusjon", "hjemmetjeneste")
        )
        too_many = people.share_of(lambda one: one.has_any(at_home["koder"])) - self._share(at_home)
        self._move(at_home["retter"], too_many)
        too_many = people.share_of(lambda one: one.has_any(inside["koder"])) - self._share(inside)
        self.more_stays -= too_many * _FELT
        stays = {code: people.stays_on[code] for code in helped["koder"]}
        too_many = people.share_of(lambda one: one.keeps_any(stays)) - self._share(helped)
        self._move(helped["retter"], -too_many)

    def _move(self, situation: str, by: float) -> None:
        self.more[situation] = self.more.get(situation, 0.0) + by

    def _share(self, told: float | Mapping[str, Any]) -> float:
        return share(told, self.year)

    def _target(self, code: int) -> float:
        target = float(self._share(self.services[code]["aaret"]))
        gives_way = bool(code == self.told["grupper"]["institusjon"]["retter"])
        return target + self.more_stays * gives_way

    def _shares(self) -> list[float]:
        """Return the share of each situation: the locked ones, the children, then the rest."""
        children = self._share(self.told["mottakere"]["barn"])
        shares = [
            self._locked(row) if "laast" in row else children * row.get("barn", 0.0)
            for row in self.rows
        ]
        weights = [row.get("andel", 0.0) + self.more.get(row["navn"], 0.0) for row in self.rows]
        left = 1 - sum(shares)
        free = sum(weights)
        return [
            given or left * weight / free for given, weight in zip(shares, weights, strict=True)
        ]

    def _locked(self, row: Mapping[str, Any]) -> float:
        told = row["laast"]
        if "maal" in told:  # counted on 31 December, when some have left
            return self._share(told) / float(1 - row["slutter"])
        return self._target(told["tjeneste"])

    def _men(self, shares: Sequence[float]) -> float:
        """Return what the situations' shares of men are multiplied by."""
        men = (float(row["menn"]) for row in self.rows)
        drawn = sum(of_all * own for of_all, own in zip(shares, men, strict=True))
        return self._share(self.told["mottakere"]["menn"]) / drawn

    def _level(self, code: int, shares: Sequence[float]) -> float:
        """Return the level of a service: what the situations' weights are multiplied by."""
        left, drawn = self._target(code), []
        for row, of_all in zip(self.rows, shares, strict=True):
            chosen = 1.0 if code in row.get("alltid", ()) else _one_of(row).get(code, 0.0)
            fixed = self._fixed(row).get(code)
            before = _coded(row.get("foer", {})).get(code, 0.0) * row["slutter"]
            left -= of_all * (chosen + (1 - chosen) * (fixed or 0.0) + before)
            if fixed is None and (weight := _coded(row.get("vekt", {})).get(code)):
                drawn.append((weight, of_all * (1 - chosen)))
        for weight, of_all in sorted(
            drawn, reverse=True
        ):  # those that can't be likelier come first
            level = left / sum(one * part for one, part in drawn)
            if level * weight <= _MOST_LIKELY:
                break
            left -= _MOST_LIKELY * of_all
            drawn.remove((weight, of_all))
        if left < 0 or (left > _EXACT and not drawn):
            msg = f"tjeneste {code}: andelen i {self.year} kan ikke nås"
            raise NumbersError(msg)
        return left / sum(one * part for one, part in drawn) if drawn else 0.0

    def _fixed(self, row: Mapping[str, Any]) -> dict[int, float]:
        """Return how likely the services are in the year that so many have on 31 December."""
        return {
            code: self._share(told) / self.kept.get(code, 1.0)
            for code, told in _coded(row.get("fast", {})).items()
        }

    def _likely(self, row: Mapping[str, Any], levels: Mapping[int, float]) -> dict[int, float]:
        likely = {
            code: min(weight * levels[code], _MOST_LIKELY)
            for code, weight in _coded(row.get("vekt", {})).items()
            if code in levels
        }
        fixed = {code: told for code, told in self._fixed(row).items() if code in levels}
        return {**likely, **fixed}

    def _still(self, code: int) -> float:
        """Return the share of those with a service in the year who have it on 31 December."""
        told = self.services[code]["igjen"]
        if told != _STAYS:
            return self._share(told)
        stays = {other for other, facts in self.services.items() if facts["igjen"] == _STAYS}
        training = self._still(_TRAINING_STAY) * self._target(_TRAINING_STAY)
        every = self._share(self.told["grupper"][_STAYS]) - training
        return every / sum(self._target(other) for other in stays)

    def _stays_on(self, code: int, situations: Sequence[Situation]) -> float:
        """Return the share that has a service still, of those who have not left."""
        wanted = self._still(code) * self._target(code)
        sure = loose = 0.0
        for one in situations:
            left = one.share * (1 - one.ends)
            chosen = 1.0 if code in one.always else one.one_of.get(code, 0.0)
            sure += 0.0 if code in self.stays else left * chosen
            loose += left * (1 - chosen) * one.likely.get(code, 0.0)
            loose += left * chosen if code in self.stays else 0.0
        return min(max(wanted - sure, 0.0) / loose, 1.0) if loose else 1.0


def _weights(values: Sequence[float]) -> tuple[float, ...]:
    total = sum(values)
    return tuple(value / total for value in values)


def _one_of(row: Mapping[str, Any]) -> dict[int, float]:
    given = _coded(row.get("en_av", {}))
    total = sum(given.values())
    return {code: weight / total for code, weight in given.items()}


def _coded(given: Mapping[str, Any]) -> dict[int, Any]:
    return {int(code): value for code, value in given.items()}
