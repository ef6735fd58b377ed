"""What formats for build logs share: no value of a person, and a place that a log can point to.

A log is read by more people than the file is. A message there names the rule, the field
and the line, and what the format and the rule's page ask: codes, limits. What stands in the
file, and whom it is about, is shown as ‹…›.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from json import JSONEncoder
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Severity
from kpr_validator.report.facts import nothing
from kpr_validator.report.names import code_lists
from kpr_validator.report.phrase import Phrases, file_name, phrases, visible
from kpr_validator.report.requirement import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.model import Finding, Report, Rule, Tally, Text, Value
    from kpr_validator.report.listing import Listing

HIDDEN = "‹…›"
TOOL = "kpr-validator"

_ALLOWED = frozenset({"maks", "godtatt"})
_PLACEHOLDER = re.compile(r"\{\w+(?::\w+)?\}")
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")

encode = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Told(NamedTuple):
    """How a report is to be told: in which language, of which file, and how much of it.

    `place` is the file as a path from where the user stands. At most `most` findings
    are listed, None for as many as the format takes. Findings from `level` on fail the run.
    """

    language: str
    place: str
    most: int | None = None
    level: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Discreet(Phrases):
    """The messages of one report in one language without any value from the file."""

    def field_name(self, name: str | None) -> str:
        """Return a field's name if it is one of the format's; others are the file's own words."""
        if name is None or name not in self.names.fields:
            return self.words("ci.unknown_field")
        return self.names.field_in_full(name)

    def value(self, value: Value, style: str = "") -> str:  # noqa: ARG002
        """Return what stands for any value."""
        return HIDDEN

    def expected(self, value: Value, style: str = "") -> str:  # noqa: ARG002
        """Return a requirement: ours in words, or all codes; anything else may be another row's."""
        shown = visible(str(value))
        said = in_words(shown, self.words, self.names)
        return HIDDEN if said == shown and not _are_codes(shown) else said

    def _named(self, placeholder: str, finding: Finding) -> str:
        name, _, style = placeholder.partition(":")
        value = finding.values.get(name)
        if value is not None and _is_limit(self.rules[finding.rule], name, value):
            return Phrases.value(self, value, style)
        return Phrases._named(self, placeholder, finding)  # noqa: SLF001  slots leave no super()

    def reason(self, reason: str) -> str:
        """Return why a rule did not run, as far as our own words say it."""
        entries = self.words.entries
        return ", ".join(entries.get(f"reason.{word}", HIDDEN) for word in reason.split(", "))

    def in_general(self, text: Text) -> str:
        """Return a rule's text when it is about no finding in particular."""
        return _PLACEHOLDER.sub(HIDDEN, text.in_language(self.words.language))

    def title(self, rule: Rule) -> str:
        """Return what a rule is called."""
        return rule.title.in_language(self.words.language)

    def totals(self, report: Report) -> str:
        """Return the number of findings of each severity, and those that are counted apart."""
        words = self.words
        counts = ", ".join(
            f"{words(f'severity.{severity}')} {words.number(n)}"
            for severity in Severity
            if (n := report.counts.get(severity, 0))
        )
        total = words.number(sum(report.counts.values()))
        told = words("ci.totals", total=total, counts=counts) if counts else ""
        said = [told or nothing(report, words)]
        apart = ", ".join(words(f"ci.{name}", n=words.number(n)) for name, n in _apart(report) if n)
        if apart:
            said.append(words("ci.apart", said=apart))
        return " ".join(said)

    def listed(self, listing: Listing) -> str:
        """Return how much of all that was found is listed; nothing where all is."""
        if not listing.left_out:
            return ""
        number = self.words.number
        return self.words("ci.listed", listed=number(listing.listed), total=number(listing.total))


def _are_codes(shown: str) -> bool:
    """Tell whether this lists codes of one code list; one alone may be what a row holds."""
    codes = frozenset(shown.split(", "))
    return len(codes) > 1 and any(codes <= known for known in code_lists())


def _is_limit(rule: Rule, name: str, value: Value) -> bool:
    """Tell whether a value is the page's own parameter, or what reading and the schema allow."""
    if rule.sql is None:
        return name in _ALLOWED
    return value in rule.parameters.get(name, {}).values()


def _apart(report: Report) -> Iterator[tuple[str, int]]:
    yield "following", sum(report.following.values())
    for name, part in (("explained", report.explained), ("known", report.baseline)):
        yield name, sum(part.counts.values()) if part else 0


def discreet(report: Report, language: str) -> Discreet:
    """Return the phrases of a report for a log."""
    said = phrases(report.rules, language)
    return Discreet(said.rules, said.words, said.names, {})


def field_of(told: Finding | Tally, said: Discreet) -> str | None:
    """Return the field that is told of, if it is one of the format's."""
    return told.field if told.field in said.names.fields else None


def place_of(path: str, shown: str) -> str:
    """Return a path as a log may show it: from where the user stands, or just the name.

    A path elsewhere would tell of the machine, and differ from one machine to the next.
    """
    if path == "-":
        return file_name(shown)
    try:
        inside = Path(path).resolve().relative_to(Path.cwd().resolve())
    except (OSError, ValueError):
        return file_name(shown)
    return file_name(inside.as_posix())


def as_uri(place: str) -> str:
    """Return a relative path as a URI reference (RFC 3986)."""
    return "".join(chr(c) if c in _PLAIN else f"%{c:02X}" for c in place.encode("utf-8", "replace"))


def by_severity(counts: Mapping[Severity, int]) -> dict[str, int]:
    """Return counts by the severities' words, zeros and all."""
    return {severity.value: counts.get(severity, 0) for severity in Severity}


def numbers(report: Report, listing: Listing, said: Discreet) -> dict[str, object]:
    """Return every total of a report, which no limit on the listing touches."""
    explained, baseline = report.explained, report.baseline
    return {
        "verdict": report.verdict.value,
        "counts": by_severity(report.counts),
        "following": by_severity(report.following),
        "explained": by_severity(explained.counts) if explained else None,
        "known": by_severity(baseline.counts) if baseline else None,
        "total": listing.total,
        "listed": listing.listed,
        "left_out": dict(listing.left_out),
        "rules": [
            {
                "id": tally.rule,
                "field": field_of(tally, said),
                "status": tally.status.value,
                "population": tally.population,
                "violations": tally.violations,
            }
            for tally in report.tallies
        ],
    }
