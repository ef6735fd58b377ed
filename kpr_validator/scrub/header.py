"""New values around the persons, as far as the findings can live with them."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from kpr_validator.scrub import neutral
from kpr_validator.scrub.neutral import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.scrub.judge import Judge
    from kpr_validator.scrub.tree import Node

_MADE = "iiLagetDato"
_SHIFTS = 20
_FURTHEST = 60


def renew(judge: Judge, held: Callable[[], frozenset[int]]) -> None:
    """Put stand-ins into the judge's header, all at once or one by one.

    `held` tells which findings are there under the header as it is.
    """
    before = held()
    old = judge.header
    choices = [*neutral.choices(old.tree()), *_made(old.tree())]
    tree = old.tree()
    for choice in choices:
        tree = neutral.put(tree, choice.at, choice.values[0])
    judge.header = old.of(tree)
    if held() >= before:
        return
    judge.header = old
    for choice in choices:
        before = _one(judge, choice, held, before)


def _one(
    judge: Judge, choice: Choice, held: Callable[[], frozenset[int]], before: frozenset[int]
) -> frozenset[int]:
    """Put the first stand-in that loses nothing, or else the one that loses least."""
    old = judge.header
    best: tuple[frozenset[int], Node] | None = None
    for value in choice.values:
        tree = neutral.put(old.tree(), choice.at, value)
        judge.header = old.of(tree)
        now = held() & before
        if best is None or len(now) > len(best[0]):
            best = now, tree
        if now >= before:
            break
    if best is None:
        return before
    judge.header = old.of(best[1])
    return best[0]


def _made(tree: Node) -> list[Choice]:
    """Return the days that may stand for the day of the extraction; never the true one."""
    for at, node in tree.walk():
        day = node.text.strip()
        if node.name == _MADE and len(day) == len("YYYYMMDD") and day.isdecimal():
            return [Choice(frozenset({at}), tuple(_other_days(day, tree)))]
    return []


def _other_days(day: str, tree: Node) -> list[str]:
    year = next((n.text.strip()[:4] for _, n in tree.walk() if n.name == "iiFraDato"), "")
    usual = [f"{int(year) + 1}0108", f"{int(year) + 1}0109"] if year.isdecimal() else []
    return [other for other in usual if other != day][:1] + _shifted(day)


def _shifted(day: str) -> list[str]:
    try:
        true = dt.date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return [f"{day[:4]}{other}" for other in ("0230", "0431", "1301") if other != day[4:]]
    offsets = (n for n in range(-_FURTHEST, _FURTHEST + 1) if n)
    some = secrets.SystemRandom().sample([*offsets], _SHIFTS)
    return [f"{true + dt.timedelta(days=n):%Y%m%d}" for n in some]
