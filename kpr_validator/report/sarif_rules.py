"""The rules as SARIF's driver tells them: what is asked, how it is mended, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.model import Severity
from kpr_validator.report.phrase import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpr_validator.model import Rule
    from kpr_validator.report.discreet import Discreet

LEVELS = {
    Severity.FATAL: "error",
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
LONGEST = 1024  # characters of a description that GitHub takes

_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}


def rules_told(rules: Iterable[Rule], said: Discreet) -> list[dict[str, object]]:
    """Return the descriptors of rules."""
    return [_rule(rule, said) for rule in rules]


def _rule(rule: Rule, said: Discreet) -> dict[str, object]:
    level = LEVELS[rule.severity or Severity.ERROR]
    parts = list(_help(rule, said))
    return {
        "id": rule.id,
        "shortDescription": {"text": said.title(rule)[:LONGEST]},
        "fullDescription": {"text": said.in_general(rule.message)[:LONGEST]},
        "defaultConfiguration": {"level": level},
        "help": {
            "text": "\n\n".join(f"{heading}: {plain(text)}" for heading, text in parts),
            "markdown": "\n\n".join(f"**{heading}**\n\n{text}" for heading, text in parts),
        },
        "properties": {
            "tags": [rule.theme, rule.origin.value, rule.cause.value],
            "problem.severity": _PROBLEM[level],
        },
    }


def _help(rule: Rule, said: Discreet) -> Iterator[tuple[str, str]]:
    words = said.words
    if words.language == "en":  # the rest of a page is in Norwegian
        yield words("label.fix"), said.in_general(rule.fix)
        return
    yield words("ci.requirement"), rule.sentence
    yield words("label.fix"), said.in_general(rule.fix)
    yield words("label.why"), rule.why
    yield words("label.sources"), "; ".join(rule.sources)
