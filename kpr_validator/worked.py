"""The worked examples of an indicator page: a fragment of a message, and what it must count."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpr_validator.rules import EXTRA_KINDS, PageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from kpr_validator.pages import Fence

FEWEST = 2
_ANSWER = re.compile(r"(\w+)( \(KPR\))? = ([0-9]+)")
Refusal = Callable[[int, str], PageError]


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a page: the rows of each part, as sent and as received, that it must give.

    `options` and `extra` are as in the examples of rule pages.
    """

    text: str
    options: Mapping[str, str]
    extra: dict[str, tuple[str, Mapping[str, str]]]
    sent: Mapping[str, int]
    received: Mapping[str, int]
    line: int


def examples(fences: Iterable[Fence], parts: AbstractSet[str], refusal: Refusal) -> list[Example]:
    """Return a page's examples, each with its answer; raises what `refusal` makes of a fault."""
    found: list[Example] = []
    given: Fence | None = None
    extra: dict[str, tuple[str, Mapping[str, str]]] = {}
    for fence in fences:
        block, kind = (*fence.words, "", "")[:2]
        if block == "svar" and given:
            found.append(_example(given, extra, fence, parts, refusal))
            given = None
        elif (block, kind) == ("xml", "eksempel") and not given:
            given, extra = fence, {}
        elif block in {"xml", "csv"} and kind in EXTRA_KINDS and given:
            extra[kind] = (fence.text, _options(fence))
        elif block not in {"toml", "sql"}:
            raise refusal(fence.line, f"ventet ikke «{' '.join(fence.words)}» her")
    if given:
        raise refusal(given.line, "eksempelet mangler svar")
    if len(found) < FEWEST:
        raise refusal(1, f"siden må ha minst {FEWEST} eksempler")
    return found


def _example(
    given: Fence,
    extra: dict[str, tuple[str, Mapping[str, str]]],
    answer: Fence,
    parts: AbstractSet[str],
    refusal: Refusal,
) -> Example:
    sent: dict[str, int] = {}
    received: dict[str, int] = {}
    for number, line in enumerate(answer.text.splitlines(), answer.line + 1):
        told = _ANSWER.fullmatch(line.strip())
        if not told or told[1] not in parts:
            raise refusal(number, f"ventet «<del> = <antall>», ikke «{line}»")
        counts = received if told[2] else sent
        if told[1] in counts:
            raise refusal(number, f"{told[1]} står to ganger")
        counts[told[1]] = int(told[3])
    return Example(given.text, _options(given), extra, sent, {**sent, **received}, given.line)


def _options(fence: Fence) -> dict[str, str]:
    parts = (word.partition("=") for word in fence.words[2:])
    return {name: value for name, _, value in parts}
