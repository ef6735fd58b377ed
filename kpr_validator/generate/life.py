"""One synthetic person's life with the municipality, before it is written as any year's message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpr_validator.generate.situations import Situation

NEEDS = ("noe", "middels", "omfattende")


@dataclass(slots=True)
class Spell:
    """One service for a time: days are ordinals, both inclusive; no `stop` means open.

    `quarters` are the hours a week times four, 0 when the service has none; `decision`
    and `link` number the vedtak and its place in a chain.
    """

    code: int
    start: int
    stop: int | None
    asked: int = 0
    decided: int = 0
    quarters: int = 0
    two_helpers: bool = False
    rolling: bool = False
    unit: str = ""
    decision: int = 0
    link: int = 1
    complained: int = 0
    answered: int = 0


@dataclass(slots=True)
class Answer:
    """A decision that no service follows from yet: a refusal, or a grant that waits."""

    code: int
    asked: int
    decided: int
    is_refusal: bool
    decision: int = 0
    quarters: int = 0
    complained: int = 0
    answered: int = 0


@dataclass(slots=True)
class Life:
    """One person as seen from one data year; `age` is per 31 December of it.

    `began` and `ended` are days in the year, or 0: when all services came, and when all went.
    `rehabilitation` is the day that (re)habilitering outside an institution was decided, 0 for
    none; `rehabilitated` the day it was over. `waiting` is the day on the waiting list. The
    services in `sure` go on as long as the person does.
    """

    number: int
    year: int
    situation: Situation
    age: int
    is_man: bool
    need: int
    settled: int
    district: str = "00"
    began: int = 0
    ended: int = 0
    died: int = 0
    is_new: bool = False
    rehabilitation: int = 0
    rehabilitated: int = 0
    waiting: int = 0
    sure: frozenset[int] = frozenset()
    has_round_the_clock: bool = False
    spells: list[Spell] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def codes(self) -> set[int]:
        """Return the services of the person in the year."""
        return {spell.code for spell in self.spells}

    def active(self, day: int) -> set[int]:
        """Return the services that go on on a day."""
        return {
            spell.code
            for spell in self.spells
            if spell.start <= day and (spell.stop is None or spell.stop >= day)
        }

    def first_day(self) -> int:
        """Return the day the first service began, or a decision was asked for."""
        return min(
            (spell.start for spell in self.spells),
            default=min((answer.asked for answer in self.answers), default=0),
        )

    def last_day(self) -> int | None:
        """Return the day the last service stopped, None when one is open or there is none."""
        stops = [spell.stop for spell in self.spells]
        if not stops or None in stops:
            return None
        return max(stop for stop in stops if stop is not None)
