"""A comparison of reports in words, as rows of tables. No person is here."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.codeshift import shifts
from kpr_validator.model import Severity
from kpr_validator.report.phrase import file_name, visible
from kpr_validator.report.texts import Texts, texts
from kpr_validator.succession import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kpr_validator.compare import Change, Comparison, Snapshot
    from kpr_validator.figures import Count
    from kpr_validator.model import Rule
    from kpr_validator.moved import Moved
    from kpr_validator.place import Place

CHANGES = ("rule", "title", "severity", "old", "new", "added", "fixed", "remaining")
SILENT = ("rule", "title", "old", "new")
SERIES = ("number", "extracted", *Severity, "explained", "added", "fixed", "file")
COUNTED = ("name", "old", "new", "change")
IN_WORDS = ("rule", "title", "severity", "file", "extracted", "name", "place", "year")
SERIOUS = (Severity.FATAL, Severity.ERROR, Severity.WARNING)

Row = tuple[str, ...]


class Block(NamedTuple):
    """A table: its name, its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Bar(NamedTuple):
    """One report of the burn-down: its number, how many findings, in words too, and its name."""

    number: int
    length: int
    shown: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """A comparison in the words of one language, as rows of tables."""

    comparison: Comparison
    rules: Mapping[str, Rule]
    words: Texts

    @property
    def mark(self) -> str:
        """Return who may see it."""
        return self.words("compare.internal")

    @property
    def is_shareable(self) -> bool:
        """Tell whether it may leave the municipality."""
        return False

    def notes(self) -> Iterator[str]:
        """Yield what is to be known of the numbers."""
        yield from ()

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
        yield from remarks(self.comparison, self.comparison.remarks, self.words)

    def tables(self) -> tuple[Block, ...]:
        """Return the tables in the order shown; those of numbers are apart."""
        return (
            Block("rules", CHANGES, tuple(self._changes())),
            Block("silent", SILENT, tuple(self._silent())),
            Block("series", SERIES, tuple(self._series())),
            Block("records", COUNTED, tuple(self._records())),
        )

    def _changes(self) -> Iterator[Row]:
        for change in self.comparison.changes:
            yield (change.rule, title(change.rule, self), *self._change(change))

    def _change(self, change: Change) -> Row:
        counts = (change.old, change.new, change.added, change.fixed, change.remaining)
        return (self.words(f"severity.{change.severity}"), *map(self.words.number, counts))

    def _silent(self) -> Iterator[Row]:
        for silent in self.comparison.silent:
            counts = (self._count(silent.old), self._count(silent.new))
            yield (silent.rule, title(silent.rule, self), *counts)

    def _count(self, count: int | None) -> str:
        return self.words("compare.not_run") if count is None else self.words.number(count)

    def _series(self) -> Iterator[Row]:
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

    def bars(self) -> tuple[Bar, ...]:
        """Return the burn-down: findings of at least warning, report by report."""
        found = (
            (sum(step.at.counts.get(severity, 0) for severity in SERIOUS), step.at)
            for step in self.comparison.series
        )
        return tuple(
            Bar(number, count, self.words.number(count), file_name(at.file))
            for number, (count, at) in enumerate(found, 1)
        )

    def _records(self) -> Iterator[Row]:
        for name, old, new in self.comparison.records:
            if old != new:
                counts = map(self.words.number, (old, new))
                yield (visible(name), *counts, self.words.signed(new - old))

    def moved(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield each table and indicator with the numbers of it that have changed."""
        for of, group in groupby(self.comparison.moved or (), lambda moved: moved.of):
            rows: list[Row] = [
                (
                    moved.name.in_language(self.words.language),
                    self._number(moved.old),
                    self._number(moved.new),
                    self._difference(moved),
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

    def _difference(self, moved: Moved) -> str:
        if moved.old is None or moved.new is None:
            return ""
        return self.words.signed(moved.new.sent - moved.old.sent)


def said(comparison: Comparison, rules: Mapping[str, Rule], language: str) -> Said:
    """Return the comparison in words."""
    return Said(comparison, rules, texts(language))


def title(rule: str, told: Said) -> str:
    """Return what a rule is called; one that is not known has no name."""
    known = told.rules.get(rule)
    return known.title.in_language(told.words.language) if known else ""


def remarks(comparison: Comparison, codes: Iterable[str], words: Texts) -> Iterator[str]:
    """Yield remarks in words."""
    old, new = comparison.old, comparison.new
    for code in codes:
        if code == "codes":
            yield from (s.note.in_language(words.language) for s in shifts(old.year, new.year))
        else:
            place = comparison.place
            yield words(
                f"compare.remark.{code}",
                old=listed(map(named, sorted(place.old)), words),
                new=listed(map(named, sorted(place.new)), words),
                lacking=listed(_lacking(place, words), words),
            )


def _lacking(place: Place, words: Texts) -> Iterator[str]:
    """Yield what belongs to the place and is not there; of a divided one only a part does."""
    for number in sorted(place.lacking):
        name = named(number)
        yield words("compare.part_of", place=name) if number in place.partly else name


def listed(names: Iterable[str], words: Texts) -> str:
    """Return «a, b og c»; a number comes from the file."""
    told = [visible(name) for name in names]
    return f" {words('and')} ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))
