"""Every id that a rule has ever had, with its theme's folder: rules/ider.txt. It only grows."""

from __future__ import annotations

from pathlib import Path

from kpr_validator.rules import all_rules

LIST = Path(__file__).parents[2] / "rules" / "ider.txt"


def with_new(text: str) -> str:
    """Return the list with the rules that it lacks."""
    folders = (rule.path.split("/")[-2] for rule in all_rules().values())
    now = (f"{rule} {folder}" for rule, folder in zip(all_rules(), folders, strict=True))
    return "".join(f"{line}\n" for line in sorted({*text.split("\n"), *now} - {""}))
