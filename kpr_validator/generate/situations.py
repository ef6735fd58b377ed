"""The situations of life that persons are drawn from, solved so that the published figures hold.

Each situation has services that everybody in it has, and services that are more or less
likely. How likely is found for each service alone: the level at which the sum over the
situations is the published share of recipients.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kpr_validator.generate.targets import NumbersError, numbers, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

BANDS = ((2, 17), (18, 49), (50, 66), (67, 79), (80, 89), (90, 102))
LONG_STAY = 21
_MOST_LIKELY = 0.96
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation; all numbers are shares in 0..1.

    `share` is of the recipients, `ends` of its persons leave during the year and as many
    have come. `likely` gives how likely each service is, beside those in `always` and the
    one that is drawn from `one_of`; `before` how likely those who came in the year are to
    have had a service until then. `ages` are weights of `BANDS`, `needs` of three levels.
    """

    name: str
    share: float
    ages: tuple[float, ...]
    men: float
    needs: tuple[float, ...]
    ends: float
    always: tuple[int, ...]
    one_of: Mapping[int, float]
    likely: Mapping[int, float]
    before: Mapping[int, float]
    has_dementia: bool

    def probability(self, code: int) -> float:
        """Return how likely a person in the situation is to have a service in the year."""
        if code in self.always:
            return 1.0
        chosen = self.one_of.get(code, 0.0)
        others = self.likely.get(code, 0.0)
        return chosen + (1 - chosen) * others + self.before.get(code, 0.0) * self.ends

    def has_any(self, codes: Iterable[int]) -> float:
        """Return how likely a person is to have one of the services at least, if independent."""
        none = 1.0
        for code in codes:
            none *= 1 - self.probability(code)
        return 1 - none


@dataclass(frozen=True)
class Population:
    """What persons of one data year are drawn from.

    `stays_on` gives for each service the share that has it still on 31 December, of
    those whose owner has not left. `new` is the share of newcomers among those who
    began in the year.
    """

    year: int
    situations: tuple[Situation, ...]
    stays_on: Mapping[int, float]
    new: float

    def share_of(self, part: Callable[[Situation], float]) -> float:
        """Return the sum over the situations of their shares times a part of each."""
        return sum(situation.share * part(situation) for situation in self.situations)

    def ages(self) -> tuple[float, ...]:
        """Return the share of the recipients in each of `BANDS`."""
        return tuple(
            self.share_of(lambda one, at=at: one.ages[at])  # type: ignore[misc]
            for at in range(len(BANDS))
        )


@cache
def population(year: int) -> Population:
    """Return what the persons of a data year are drawn from.

    Raises NumbersError when the numbers can't be met together.
    """
    return _Solver(year).population()


class _Solver:
    """Finds the shares of the situations, then the level of each service."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.told: Mapping[str, Any] = numbers()
        self.services: dict[int, Mapping[str, Any]] = {
            int(code): facts
            for code, facts in self.told["tjeneste"].items()
            if facts.get("fra_aar", year) <= year
        }
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

    def _share(self, told: float | Mapping[str, Any]) -> float:
        return share(told, self.year)

    def _target(self, code: int) -> float:
        return self._share(self.services[code]["aaret"])

    def _shares(self) -> list[float]:
        """Return the share of each situation: the locked ones, the children, then the rest."""
        children = self._share(self.told["mottakere"]["barn"])
        shares = [
            self._locked(row) if "laast" in row else children * row.get("barn", 0.0)
            for row in self.rows
        ]
        free = sum(row.get("andel", 0.0) for row in self.rows)
        left = 1 - sum(shares)
        return [
            given or left * row.get("andel", 0.0) / free
            for row, given in zip(self.rows, shares, strict=True)
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
        target = self._target(code)
        low, high = 0.0, 1000.0
        if self._drawn(code, shares, low) > target or self._drawn(code, shares, high) < target:
            msg = f"tjeneste {code}: {target:.4f} av mottakerne kan ikke nås i {self.year}"
            raise NumbersError(msg)
        for _ in range(_STEPS):
            middle = (low + high) / 2
            if self._drawn(code, shares, middle) < target:
                low = middle
            else:
                high = middle
        return high

    def _drawn(self, code: int, shares: Sequence[float], level: float) -> float:
        total = 0.0
        for row, of_all in zip(self.rows, shares, strict=True):
            chosen = 1.0 if code in row.get("alltid", ()) else _one_of(row).get(code, 0.0)
            likely = self._likely(row, {code: level}).get(code, 0.0)
            before = _coded(row.get("foer", {})).get(code, 0.0) * row["slutter"]
            total += of_all * (chosen + (1 - chosen) * likely + before)
        return total

    def _likely(self, row: Mapping[str, Any], levels: Mapping[int, float]) -> dict[int, float]:
        likely = {
            code: min(weight * levels[code], _MOST_LIKELY)
            for code, weight in _coded(row.get("vekt", {})).items()
            if code in levels
        }
        fixed = {
            code: self._share(told)
            for code, told in _coded(row.get("fast", {})).items()
            if code in levels
        }
        return {**likely, **fixed}

    def _stays_on(self, code: int, situations: Sequence[Situation]) -> float:
        """Return the share that has a service still, of those who have not left."""
        wanted = self._share(self.services[code]["igjen"]) * self._target(code)
        sure = loose = 0.0
        for one in situations:
            left = one.share * (1 - one.ends)
            if code in one.always:
                sure += left
            else:
                loose += left * (one.one_of.get(code, 0.0) + one.likely.get(code, 0.0))
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
