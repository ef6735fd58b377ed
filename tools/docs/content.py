"""What the pages of the site tell, gathered from rules, concepts and code lists."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from kpr_validator import assets, catalogue, concepts
from kpr_validator.model import Cause
from kpr_validator.reads import fields_of_concepts, fields_read
from kpr_validator.report.texts import texts
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kpr_validator.model import Rule

WORDS = texts("nb")
_MENDS = {
    Cause.REGISTRATION: "kommunen",
    Cause.SERVICE_CODE: "kommunen",
    Cause.EXTRACTION: "leverandøren",
}

_ENDED = re.compile(r"(?<=\.)\n|\n(?=\d\. )")

Fields = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class RulePage:
    """A rule, and what the site tells of it beyond its own page."""

    rule: Rule
    page: str
    reads: Fields
    concepts: Sequence[str]
    effects: Sequence[Rule]

    @property
    def severity(self) -> str:
        """Return its severity in words."""
        return severity(self.rule)

    @property
    def years(self) -> str:
        """Return the data years that it applies to, in words."""
        return years(self.rule)

    @property
    def mends(self) -> str:
        """Return who as a rule can mend it."""
        return _MENDS[self.rule.cause]

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """Return the code lists of the fields that it reads or names, with those fields."""
        fields = {*self.rule.fields, *(name for names in self.reads.values() for name in names)}
        return {
            number: tuple(field for field in users if field in fields)
            for number, users in list_users().items()
            if fields.intersection(users)
        }


@dataclass(frozen=True)
class ConceptPage:
    """A concept: what its head says, its SELECT, and who builds on it."""

    name: str
    head: str
    statement: str
    reads: Fields
    concepts: Sequence[str]
    rules: Sequence[Rule]
    users: Sequence[str]

    @property
    def paragraphs(self) -> list[str]:
        """Return the head's paragraphs: a sentence that ends a line ends one, as does a number."""
        return [" ".join(part.split()) for part in _ENDED.split(self.head)]

    @property
    def summary(self) -> str:
        """Return the first sentence of the head."""
        return self.paragraphs[0]


@dataclass(frozen=True)
class ListPage:
    """A code list: its rows, and the fields that hold its codes."""

    number: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]
    fields: Sequence[str]
    rules: Sequence[Rule]


def severity(rule: Rule) -> str:
    """Return a rule's severity in words."""
    return WORDS(f"severity.{rule.severity.value}") if rule.severity else "varierer"


def years(rule: Rule) -> str:
    """Return the data years of a rule in words."""
    if rule.since and rule.until:
        return str(rule.since) if rule.since == rule.until else f"{rule.since}–{rule.until}"
    if rule.since:
        return f"fra {rule.since}"
    return f"til {rule.until}" if rule.until else "alle"


def concepts_in(statement: str | None) -> list[str]:
    """Return the concepts that a statement names."""
    return sorted(concepts.sources(statement or "") & concepts.selects().keys())


def rule_pages() -> list[RulePage]:
    """Return every rule, in the order of the ids."""
    rules = list(all_rules().values())
    return [
        RulePage(
            rule=rule,
            page=(assets.rules().parent / rule.path).read_text(encoding="utf-8"),
            reads=reads,
            concepts=concepts_in(rule.sql),
            effects=[other for other in rules if rule.id in other.follows_from],
        )
        for rule, reads in zip(rules, fields_read(rules), strict=True)
    ]


def themes() -> dict[str, list[Rule]]:
    """Return the rules by theme, in the order of the themes' names in the texts."""
    order = [key.partition(".")[2] for key in WORDS.entries if key.startswith("theme.")]
    grouped = {
        theme: list(group) for theme, group in groupby(all_rules().values(), lambda r: r.theme)
    }
    return {theme: grouped[theme] for theme in order if theme in grouped}


def concept_pages() -> list[ConceptPage]:
    """Return every concept, by name."""
    names = sorted(concepts.selects())
    rules = all_rules().values()
    return [
        ConceptPage(
            name=name,
            head=_head(name),
            statement=concepts.selects()[name].strip(),
            reads=reads,
            concepts=concepts_in(concepts.selects()[name]),
            rules=[rule for rule in rules if name in concepts_in(rule.sql)],
            users=[other for other in names if name in concepts_in(concepts.selects()[other])],
        )
        for name, reads in zip(names, fields_of_concepts(names), strict=True)
    ]


def _head(name: str) -> str:
    """Return the comment that a concept begins with."""
    text = (assets.rules() / "begreper" / f"{name}.sql").read_text(encoding="utf-8")
    lines = takewhile(lambda line: line.startswith("--"), text.splitlines())
    return "\n".join(line.removeprefix("--").strip() for line in lines)


def list_pages(rules: Sequence[RulePage]) -> list[ListPage]:
    """Return every code list, by number."""
    pages = []
    for path in _list_files():
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter=";")
            rows = list(reader)
        pages.append(
            ListPage(
                number=path.stem,
                columns=reader.fieldnames or (),
                rows=rows,
                fields=list_users().get(path.stem, ()),
                rules=[page.rule for page in rules if path.stem in page.lists],
            )
        )
    return pages


def _list_files() -> list[Path]:
    return sorted((assets.schemas() / "codelists").glob("*.csv"))


@cache
def list_users() -> Mapping[str, tuple[str, ...]]:
    """Return the fields that hold codes of each list."""
    users: dict[str, dict[str, None]] = {}
    for document in catalogue.annual():
        for row in document.fields:
            for number in row["kodeverk"].split():
                users.setdefault(number, {})[row["felt"]] = None
    return {number: tuple(users[number]) for number in sorted(users)}
