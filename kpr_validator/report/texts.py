"""The program's own texts, one TOML file per language, looked up by dotted key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kpr_validator import toml
from kpr_validator.report import formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


COUNTRY = "Norge"  # as schemas/nasjonale-tall.csv writes it
_HIDDEN = re.compile("‹personnummer, linje ([0-9]+)›")


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. An unknown key raises KeyError: it is a fault in the program."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its placeholders filled."""
        return self.entries[key].format(**values)

    def or_word(self, family: str, word: str) -> str:
        """Return the text of `word` in `family`, or the word itself when it has none."""
        return self.entries.get(f"{family}.{word}", word)

    def place(self, name: str) -> str:
        """Return a place's name: only the country's differs between languages."""
        return self("country") if name == COUNTRY else name

    def marked(self, value: str) -> str:
        """Return a value with the mark of a hidden person number in the language."""
        if "‹" not in value:
            return value
        return _HIDDEN.sub(lambda mark: self("hidden_number", line=mark[1]), value)

    def count(self, noun: str, n: int) -> str:
        """Return «1 person», «1 234 personer» for a noun of the table `count`."""
        form = "one" if n == 1 else "other"
        return self(f"count.{noun}.{form}", n=self.number(n))

    def number(self, n: int) -> str:
        """Return `n` with the language's thousands separator."""
        return formats.number(n, self.language)

    def signed(self, n: int) -> str:
        """Return a difference with its sign, a real minus for what is less."""
        return f"+{self.number(n)}" if n > 0 else self.number(n).replace("-", "\u2212")

    def decimal(self, value: str) -> str:
        """Return a number with a decimal point as the language writes it."""
        return formats.decimal(value, self.language)

    def share(self, violations: int, population: int) -> str:
        """Return «37 av 412», or «37 funn» where a share would mean nothing."""
        if violations > population:
            return self.count("findings", violations)
        return self("of", n=self.number(violations), total=self.number(population))

    def percent(self, violations: int, population: int) -> str:
        """Return the share in whole percent, never rounded to none or to all."""
        if violations > population or not population:
            return ""
        whole = (200 * violations + population) // (2 * population)
        if violations and not whole:
            return self("percent_below")
        if whole == 100 and violations < population:  # noqa: PLR2004  all of them
            return self("percent_above")
        return self("percent", n=whole)

    def date(self, value: str | None) -> str:
        """Return a YYYYMMDD as the language writes dates, anything else as it is."""
        if value is None:
            return self("missing")
        return self("open_date") if value == formats.OPEN else formats.date(value, self.language)

    def day(self, value: str) -> str:
        """Return a YYYYMMDD or a YYYYMM as the language writes it."""
        is_day = len(value) == len(formats.OPEN)
        return self.date(value) if is_day else formats.month(value, self.language)


@cache
def texts(language: str) -> Texts:
    """Return the texts of `language`, one of `model.LANGUAGES`."""
    source = files("kpr_validator").joinpath("texts", f"{language}.toml")
    return Texts(language, dict(_flat("", toml.loads(source.read_text("utf-8")))))


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{key}.", value)
        else:
            yield prefix + key, str(value)
