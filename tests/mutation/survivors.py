"""The mutants that are known to get away, each with a reason: overlevende.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("overlevende.toml")


@dataclass(frozen=True)
class Known:
    """A mutant that no example catches: it means the same, or is accepted for another reason."""

    rule: str
    change: str
    equivalent: bool
    reason: str


def known() -> list[Known]:
    """Return the listed survivors."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return [
        Known(rule, entry["endring"], entry["likeverdig"], entry["grunn"])
        for rule, entries in listed.items()
        for entry in entries
    ]
