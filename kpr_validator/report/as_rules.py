"""The rules themselves: as a list for people, as JSON for programs, one page in the terminal."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING

from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.model import Rule
    from kpr_validator.report.texts import Texts

_TOML = re.compile(r"^```toml$.*?^```$", re.DOTALL | re.MULTILINE)


def as_list(rules: Sequence[Rule], language: str, format_: str) -> Iterator[str]:
    """Yield the rules as text grouped by theme, or as one JSON array."""
    if format_ == "json":
        told = [_facts(rule, language) for rule in rules]
        yield json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        return
    words = texts(language)
    for theme, group in groupby(rules, lambda rule: rule.theme):
        yield f"{words.or_word('theme', theme)}\n"
        for rule in group:
            severity = words(f"severity.{rule.severity.value}") if rule.severity else "–"
            yield f"  {rule.id}  {severity:<11} {rule.title.in_language(language)}\n"
        yield "\n"


def as_page(  # noqa: PLR0913  what is shown, in which language and where
    rule: Rule,
    page: str,
    reads: Mapping[str, Sequence[str]],
    language: str,
    width: int,
    *,
    colour: bool,
) -> Iterator[str]:
    """Yield a rule's page, laid out for a terminal `width` columns wide.

    The pages are written in bokmål; title, message and advice come in the
    language that was asked for. `reads` are the fields that the rule reads, by class.
    """
    from rich.console import Console  # noqa: PLC0415  slow to import
    from rich.markdown import Markdown  # noqa: PLC0415

    console = Console(
        width=width,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(Markdown(_TOML.sub(lambda _: _summary(rule, reads, language), page, count=1)))
    yield "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def in_words(reads: Mapping[str, Sequence[str]], words: Texts) -> str:
    """Return «PERSON: peAlder, peDodDato; TJENESTE: tjFraDato»; «alle felter» stands alone."""
    return "; ".join(
        f"{words.or_word('table', name)}: {', '.join(fields)}"
        if fields
        else words.or_word("table", name)
        for name, fields in reads.items()
    )


def _summary(rule: Rule, reads: Mapping[str, Sequence[str]], language: str) -> str:
    """Return what the page's TOML says, in words and in the language asked for."""
    words = texts(language)
    severity = words(f"severity.{rule.severity.value}") if rule.severity else "–"
    effect = words(f"consequence.{rule.consequence.value}")
    told = (
        ("column.title", rule.title.in_language(language)),
        ("column.severity", severity),
        ("label.consequence", f"{effect} ({words(f'certainty.{rule.certainty.value}')})"),
        ("label.cause", words(f"cause.{rule.cause.name.lower()}")),
        ("label.origin", words(f"origin.{rule.origin.name.lower()}")),
        ("column.message", rule.message.in_language(language)),
        ("label.fix", rule.fix.in_language(language)),
        ("label.sources", "; ".join(rule.sources)),
        *((("label.reads", in_words(reads, words)),) if reads else ()),
    )
    note = "" if language == "nb" else f"\n\n*{words('note.why_language')}*"
    return "\n".join(f"- **{words(key)}:** {value}" for key, value in told) + note


def _facts(rule: Rule, language: str) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title.in_language(language),
        "theme": rule.theme,
        "severity": rule.severity.value if rule.severity else None,
        "consequence": rule.consequence.value,
        "consequence_certainty": rule.certainty.value,
        "fields": list(rule.fields),
        "since": rule.since,
        "until": rule.until,
        "origin": rule.origin.value,
        "cause": rule.cause.value,
        "sources": list(rule.sources),
        "needs": list(rule.needs),
        "message": rule.message.in_language(language),
        "fix": rule.fix.in_language(language),
    }
