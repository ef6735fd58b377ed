"""What is left unanswered, old or unscored in real submissions, as far as it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.generate.chance import Deal
from kpr_validator.generate.targets import numbers, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kpr_validator.generate.chance import Chance

DENTIST, DOCTOR = "tannlege", "lege"
RECENT, OLD, MISSING = "siste", "eldre", "mangler"
BOTH_ENDS = (True, True)
_ENDS = ((False, False), (True, False), (False, True), BOTH_ENDS)
_BREAK = 2019


class Gaps:
    """Draws what is missing in a data year."""

    def __init__(self, year: int, chance: Chance, place: float) -> None:
        """Read the published shares; `place` is the municipality's among all, 0..1."""
        told: Mapping[str, Any] = numbers()["hull"]
        self._chance = chance
        self._seen = {kind: _parts(told[kind], year) for kind in (DENTIST, DOCTOR)}
        self._seen_deals: dict[object, Deal] = {}
        self._rest = {place: _parts(told[place], year) for place in ("sykehjem", "hjemme")}
        self._ends = Deal(chance, _whole([share(one, year) for one in told["skaar_ved_opphold"]]))
        self.reports_rehabilitation = place >= _unreported(year)

    def seen(self, kind: str, group: object) -> str:
        """Return when a resident was last seen by a dentist or doctor: one of the three words."""
        shares = self._seen[kind]
        recent = shares[RECENT]
        rest = _whole([shares[OLD], shares[MISSING]])
        dealt = [recent, *(one * (1 - recent) for one in rest)]
        return (RECENT, OLD, MISSING)[self._deal((kind, group), dealt)]

    def unmapped(self, place: str, group: object) -> str:
        """Return what stands for nutrition that is not mapped: nei, ikke_relevant or mangler."""
        shares = self._rest[place]
        return list(shares)[self._deal((place, group), _whole(list(shares.values())))]

    def ends(self) -> tuple[bool, bool]:
        """Return whether a stay has scores near its start, and near its end."""
        return _ENDS[self._ends.next()]

    def _deal(self, key: object, shares: Sequence[float]) -> int:
        if key not in self._seen_deals:
            self._seen_deals[key] = Deal(self._chance, shares)
        return self._seen_deals[key].next()


def _parts(told: Mapping[str, Any], year: int) -> dict[str, float]:
    return {name: share(one, year) for name, one in told.items()}


def _whole(shares: Sequence[float]) -> list[float]:
    total = sum(shares)
    return [one / total for one in shares]


def _unreported(year: int) -> float:
    """Return the share of the country that did not report (re)habilitering as it was to be."""
    if year != _BREAK:
        return 0.0
    told = numbers()["hull"]["rehabilitering_2019"]
    usual = share({**told, "uten_brudd": True}, year)
    return 1 - share(told, year) / usual
