"""The table of all rules in rules/README.md, between two marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator.report.texts import texts
from tools.docs.content import severity, themes, years

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Rule

README = Path(__file__).parents[2] / "rules" / "README.md"
BEGIN, END = "<!-- regler: laget av make docs -->", "<!-- slutt på regler -->"
_BETWEEN = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)


def with_table(text: str) -> str:
    """Return the page with the rules as they are now; raise ValueError when a mark is missing."""
    if not _BETWEEN.search(text):
        message = f"rules/README.md must hold the lines {BEGIN} and {END}"
        raise ValueError(message)
    return _BETWEEN.sub(lambda _: "".join(_lines()), text)


def _lines() -> Iterator[str]:
    words = texts("nb")
    for theme, rules in themes().items():
        yield f"\n### {theme} {words.or_word('theme', theme)}\n\n"
        yield "| regel | hva den finner | alvorlighet | dataår |\n|---|---|---|---|\n"
        yield from map(_row, rules)
    yield "\n"


def _row(rule: Rule) -> str:
    place = rule.path.removeprefix("rules/")
    title = rule.title.nb.replace("|", "\\|")
    return f"| [{rule.id}]({place}) | {title} | {severity(rule)} | {years(rule)} |\n"
