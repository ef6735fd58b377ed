"""The situations of life that persons are drawn from, solved so that the published figures hold.

Each situation has services that everybody in it has, and services that are more or less
likely. How likely is found for each service alone: the level at which the sum over the
situations is the published share of recipients.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

BANDS = ((2, 17), (18, 49), (50, 66), (67, 79), (80, 89), (90, 102))
LONG_STAY = 21


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
        """Return how likely a person is to have one of the services at least in the year."""
        stays = dict.fromkeys(codes, 1.0)
        return self.keeps_any(stays, left=1.0, before=self.ends)

    def keeps_any(
        self, stays: Mapping[int, float], *, left: float | None = None, before: float = 0.0
    ) -> float:
        """Return how likely a person is to have one of the services still on 31 December.

        `stays` gives for each how likely it is to go on; what is sure goes on with the person.
        """
        none = 1.0 - sum(self.one_of.get(code, 0.0) for code in stays)
        if not stays.keys().isdisjoint(self.always):
            none = 0.0
        none_before = 1.0
        for code, share_of in stays.items():
            none *= 1 - self.likely.get(code, 0.0) * share_of
            none_before *= 1 - self.before.get(code, 0.0)
        none *= 1 - before * (1 - none_before)
        return (1 - none) * (1 - self.ends if left is None else left)


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
