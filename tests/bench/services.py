"""One synthetic service as it is written in the message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.chance import OPEN, orgnr, text_of

if TYPE_CHECKING:
    from tests.bench.chance import Chance

Fields = dict[str, str]

NEED_ORGNR = frozenset((1, 2, 3, 4, 8, 15, 17, 18, 19, 20, 21, 22, 25))
NEED_HOURS = frozenset((1, 2, 3, 4, 7, 9, 11, 15, 17, 22))
NEED_DECISION = frozenset((1, 2, 3, 4, 5, 7, 8, 9, 11, 15, 17, 18, 19, 20, 21, 22, 29))
RESPITE = 8
# Three kinds of help at home at once still fit in the 168 hours of a week.
MANY_QUARTERS = 220


def service(code: int, start: int, stop: int | None, chance: Chance) -> Fields:
    """Return a granted service with everything its type asks for; no `stop` means open."""
    row = {"tjTjenType": str(code)}
    decided = start - chance.between(0, 20)
    if code in NEED_DECISION:
        row["tjSoknadDato"] = text_of(decided - chance.between(1, 40))
        row["tjVedtDato"] = text_of(decided)
        row["tjVedtak"] = "2"
    if code in NEED_HOURS:
        quarters = chance.between(1, 24) if chance.yes(0.93) else chance.between(25, MANY_QUARTERS)
        row["tjTimerUke"] = _hours(quarters)
        if chance.yes(0.1):
            row["tjResTimerUke"] = _hours(quarters * 2)
    if code == RESPITE:
        row["tjRullerende"] = "1" if chance.yes(0.5) else "2"
    if code in NEED_ORGNR:
        row["tjInstOrgnr"] = orgnr(chance.below(12) * 10)
    row["tjFraDato"] = text_of(start)
    row["tjTilDato"] = text_of(stop) if stop else OPEN
    return row


def _hours(quarters: int) -> str:
    return f"{quarters // 4}.{quarters % 4 * 25:02}"
