"""Which rules judge an inbox, also changed ones that are tried before they are adopted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator import concepts
from kpr_validator.config import Config, read_config, rules_by
from kpr_validator.lint import lint, lint_concept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.model import Rule


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Which rules judge: a kpr.toml, folders with more pages, and one whose pages replace ours.

    Where concepts replace ours too, the rules are read in a process that is theirs alone.
    """

    config: Path | None = None
    folders: tuple[str, ...] = ()
    instead: str | None = None
    test_data: bool = False

    def concepts(self) -> list[Path]:
        """Return the concepts that stand in for ours."""
        return sorted(Path(self.instead).resolve().rglob("*.sql")) if self.instead else []

    def read(self) -> tuple[Mapping[str, Rule], tuple[str, ...], tuple[str, ...]]:
        """Return the rules, and the ids that are selected and ignored; raises ConfigError."""
        config = read_config(self.config) if self.config else Config()
        rules = dict(rules_by(config, map(Path, self.folders)))
        if self.instead:
            if instead := self.concepts():
                concepts.stand_in(instead)
            for concept in instead:
                lint_concept(concept)
            pages = sorted(Path(self.instead).resolve().rglob("[A-Z]*-[0-9][0-9].md"))
            rules |= {rule.id: rule for rule in map(lint, pages)}
        return dict(sorted(rules.items())), config.select, config.ignore


def readable(rules: RuleSet) -> None:
    """Read the rules; raises PageError for a page or a concept that can't be used."""
    rules.read()
