"""A comparison of reports in words, as rows of tables. No person is here."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kpr_validator.model import Severity
from kpr_validator.report.phrase import file_name, visible
from kpr_validator.report.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.compare import Change, Comparison, Moved, Snapshot
    from kpr_validator.figures import Count
    from kpr_validator.model import Rule

CHANGES = ("rule", "title", "severity", "old", "new", "added", "fixed", "remaining")
SILENT = ("rule", "title", "old", "new")
SERIES = ("number", "extracted", *Severity, "explained", "added", "fixed", "file")
COUNTED = ("name", "old", "new", "change")
IN_WORDS = ("rule", "title", "severity", "file", "extracted", "name")
MAY_WRAP = ("title", "file", "name")
_SERIOUS = (Severity.FATAL, Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Said:
    """A comparison in the words of one language, as rows of tables."""

    comparison: Comparison
    rules: Mapping[str, Rule]
    words: Texts

    def totals(self) -> str:
        """Return how many findings are new, fixed and remaining."""
        changes = self.comparison.changes
        return self.words(
            "compare.totals",
            **{
                name: self.words.number(sum(getattr(change, name) for change in changes))
                for name in ("added", "fixed", "remaining")
            },
        )

    def subjects(self) -> Iterator[tuple[str, str]]:
        """Yield what is compared with what."""
        yield self.words("compare.column.old"), self._about(self.comparison.old)
        yield self.words("compare.column.new"), self._about(self.comparison.new)

    def _about(self, at: Snapshot) -> str:
        words = self.words
        parts = (
            file_name(at.file),
            visible(at.municipality or ""),
            str(at.year or ""),
            words("compare.made", day=words.date(visible(at.extracted))) if at.extracted else "",
            words(f"verdict.word.{at.verdict}"),
        )
        return ", ".join(part for part in parts if part)

    def remarks(self) -> Iterator[str]:
        """Yield why the two may not be comparable, worst first."""
        if self.comparison.is_undecided:
            yield self.words("compare.undecided")
        for remark in self.comparison.remarks:
            yield self.words(f"compare.remark.{remark}")

    def changes(self) -> Iterator[tuple[str, ...]]:
        """Yield a row for each rule, by `CHANGES`."""
        for change in self.comparison.changes:
            yield (change.rule, self._title(change.rule), *self._change(change))

    def _change(self, change: Change) -> tuple[str, ...]:
        counts = (change.old, change.new, change.added, change.fixed, change.remaining)
        return (self.words(f"severity.{change.severity}"), *map(self.words.number, counts))

    def silent(self) -> Iterator[tuple[str, ...]]:
        """Yield a row for each rule that was not run on both."""
        for silent in self.comparison.silent:
            counts = (self._count(silent.old), self._count(silent.new))
            yield (silent.rule, self._title(silent.rule), *counts)

    def _count(self, count: int | None) -> str:
        return self.words("compare.not_run") if count is None else self.words.number(count)

    def series(self) -> Iterator[tuple[str, ...]]:
        """Yield a row for each report of the series, by `SERIES`."""
        for number, step in enumerate(self.comparison.series, 1):
            at, words = step.at, self.words
            moves = (step.added, step.fixed) if number > 1 else (None, None)
            yield (
                str(number),
                words.date(visible(at.extracted)) if at.extracted else "",
                *(words.number(at.counts.get(severity, 0)) for severity in Severity),
                words.number(at.explained),
                *("" if count is None else words.number(count) for count in moves),
                file_name(at.file),
            )

    def records(self) -> Iterator[tuple[str, ...]]:
        """Yield rows by class, where their number has changed."""
        for name, old, new in self.comparison.records:
            if old != new:
                yield (visible(name), *map(self.words.number, (old, new)), _signed(new - old))

    def moved(self) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
        """Yield each table and indicator with the numbers of it that have changed."""
        for of, group in groupby(self.comparison.moved or (), lambda moved: moved.of):
            rows: list[tuple[str, ...]] = [
                (
                    moved.name.in_language(self.words.language),
                    self._number(moved.old),
                    self._number(moved.new),
                    _difference(moved),
                )
                for moved in group
            ]
            yield of.in_language(self.words.language), rows

    def _number(self, count: Count | None) -> str:
        if count is None:
            return "–"
        sent = self.words.number(count.sent)
        if count.sent == count.received:
            return sent
        return f"{sent} ({self.words('compare.received', n=self.words.number(count.received))})"

    def _title(self, rule: str) -> str:
        known = self.rules.get(rule)
        return known.title.in_language(self.words.language) if known else ""


def said(comparison: Comparison, rules: Mapping[str, Rule], language: str) -> Said:
    """Return the comparison in words."""
    return Said(comparison, rules, texts(language))


def serious(at: Snapshot) -> int:
    """Return the number of findings of at least warning that are not explained."""
    return sum(at.counts.get(severity, 0) for severity in _SERIOUS)


def _difference(moved: Moved) -> str:
    if moved.old is None or moved.new is None:
        return ""
    return _signed(moved.new.sent - moved.old.sent)


def _signed(n: int) -> str:
    return f"{n:+d}" if n else "0"
