"""A finding in words: the rule's message and fix with the finding's values filled in.

Values come from the file and are hostile until shown: every one passes through
`visible`. Nothing here raises on an odd value; it is shown as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpr_validator.model import Consequence
from kpr_validator.report import formats
from kpr_validator.report.names import Names, names
from kpr_validator.report.requirement import in_words
from kpr_validator.report.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kpr_validator.model import Certainty, Finding, Rule, Text, Value

LONGEST = 200

_PLACEHOLDER = re.compile(r"\{(\w+(?::\w+)?)\}")
_MARKDOWN = re.compile(r"\*\*|`")


def visible(value: str) -> str:
    """Return `value` with every invisible or directing character spelled out, cut to 200.

    Control characters, terminal escapes, marks of writing direction, zero-width
    and other odd spaces show as ‹U+001B›: they can then neither act nor deceive.
    """
    if len(value) <= LONGEST and value.isprintable():
        return value
    shown = _printable(value[: LONGEST + 1])
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def in_full(value: str) -> str:
    """Return `value` as `visible` shows it, but uncut."""
    return _printable(value)


def file_name(value: str) -> str:
    """Return a file name in full: it identifies what was judged."""
    return _printable(value)


def plain(text: str) -> str:
    """Return a paragraph of a rule page without its Markdown marks and line breaks."""
    return " ".join(_MARKDOWN.sub("", text).split())


def _printable(value: str) -> str:
    if value.isprintable():
        return value
    return "".join(c if c.isprintable() else f"‹U+{ord(c):04X}›" for c in value)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The messages and fixes of one report in one language.

    Each rule's text is taken apart once, into literals and placeholders in turn,
    so that a million findings cost no more than their values.
    """

    rules: Mapping[str, Rule]
    words: Texts
    names: Names
    _styles: Mapping[str, Callable[[str], str]]
    _parts: dict[Text, list[str]] = field(default_factory=dict)

    def message(self, finding: Finding) -> str:
        """Return what is wrong, in one or two sentences."""
        return self._fill(self.rules[finding.rule].message, finding)

    def fix(self, finding: Finding) -> str:
        """Return what to do about it."""
        return self._fill(self.rules[finding.rule].fix, finding)

    def field_name(self, name: str | None) -> str:
        """Return a field's name and element, or that it is missing."""
        return self.words("missing") if name is None else self.names.field_in_full(visible(name))

    def value(self, value: Value, style: str = "") -> str:
        """Return a value in one of the styles that rule pages may ask for, safe to show."""
        if value is None:
            return self.words("missing")
        if value == "":
            return self.words("empty")
        shown = self.words.marked(visible(str(value)))
        return self._styles[style](shown) if style in self._styles else shown

    def expected(self, value: Value, style: str = "") -> str:
        """Return what would have been right: in words where the engine names a requirement."""
        shown = self.value(value, style)
        return in_words(shown, self.words, self.names) if value else shown

    def reason(self, reason: str) -> str:
        """Return why a rule did not run: our own words for codes, anything else as it is."""
        words = (self.words.or_word("reason", word) for word in visible(reason).split(", "))
        return ", ".join(words)

    def harm(self, kinds: Iterable[tuple[Consequence, Certainty]]) -> str:
        """Return «raden slettes (dokumentert)» for what the receiver does; nothing if nothing."""
        return ", ".join(
            f"{self.words(f'consequence_short.{what}')} ({self.words(f'certainty.{sure}')})"
            for what, sure in kinds
            if what != Consequence.NONE
        )

    def effect(self, counts: Mapping[Certainty, int]) -> str:
        """Return «2 funn (dokumentert), 1 funn (omstridt)» for numbers of findings."""
        return ", ".join(
            f"{self.words.count('findings', n)} ({self.words(f'certainty.{sure}')})"
            for sure, n in counts.items()
            if n
        )

    def _fill(self, text: Text, finding: Finding) -> str:
        parts = self._parts.get(text)
        if parts is None:
            parts = _PLACEHOLDER.split(text.in_language(self.words.language))
            self._parts[text] = parts
        if len(parts) == 1:
            return parts[0]
        filled = list(parts)
        for place in range(1, len(parts), 2):
            filled[place] = self._named(parts[place], finding)
        return "".join(filled)

    def _named(self, placeholder: str, finding: Finding) -> str:
        name, _, style = placeholder.partition(":")
        if name == "felt":
            return self.field_name(finding.field)
        if name == "observert":
            return self.value(finding.observed, style)
        if name == "forventet":
            return self.expected(finding.expected, style)
        return self.value(finding.values.get(name), style)


def phrases(rules: Mapping[str, Rule], language: str) -> Phrases:
    """Return the phrases of a report's rules in `language`."""
    words, called = texts(language), names(language)
    styles: dict[str, Callable[[str], str]] = {
        "dato": words.date,
        "måned": lambda value: formats.month(value, language),
        "tall": lambda value: formats.decimal(value, language),
        "tjeneste": called.service,
        "felt": called.field,
    }
    return Phrases(rules, words, called, styles)
