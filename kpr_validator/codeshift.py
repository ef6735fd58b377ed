"""Lines of two years that are the same thing, though the codes changed: `sammenligning.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kpr_validator import assets, toml
from kpr_validator.model import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_X = "{x}"


@dataclass(frozen=True, slots=True)
class Same:
    """Lines that are one and the same across a shift; `name` is what they are called together."""

    name: Text
    lines: tuple[str, ...]

    def groups(self, addresses: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Yield the addresses that belong together, one group for each x that is there."""
        patterns = [re.escape(line).replace(re.escape(_X), "(?P<x>[^:]+)") for line in self.lines]
        found = [re.fullmatch(pattern, one) for pattern in patterns for one in addresses]
        for x in dict.fromkeys(m.groupdict().get("x", "") for m in found if m):
            yield tuple(line.replace(_X, x) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Shift:
    """What changed its code from the data year `since`, in words and by its lines."""

    since: int
    note: Text
    same: tuple[Same, ...]


def shifts(old: int | None, new: int | None) -> tuple[Shift, ...]:
    """Return the shifts between two data years, whichever comes first."""
    if old is None or new is None:
        return ()
    first, last = sorted((old, new))
    return tuple(shift for shift in _written() if first < shift.since <= last)


@cache
def _written() -> tuple[Shift, ...]:
    path = assets.rules() / "sammenligning.toml"
    told = toml.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Shift(
            one["fra"],
            _text(one["merknad"]),
            tuple(Same(_text(same), tuple(same["linjer"])) for same in one["samme"]),
        )
        for one in told["skifte"]
    )


def _text(names: Mapping[str, Any]) -> Text:
    return Text(*(names[language] for language in LANGUAGES))
