"""A comparison as it may leave the municipality, in words: no file, no day, no small number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from kpr_validator.model import Severity
from kpr_validator.report.compared import SERIOUS, Bar, Block, Said, listed, remarks, title
from kpr_validator.report.share_words import ShareWords
from kpr_validator.report.shared import total
from kpr_validator.report.shared_comparison import (
    MUNICIPALITY,
    SharedComparison,
    shared_comparison,
)
from kpr_validator.report.texts import texts
from kpr_validator.succession import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.compare import Comparison
    from kpr_validator.model import Rule
    from kpr_validator.report.compared import Row
    from kpr_validator.report.shared_comparison import Stage

CHANGES = ("rule", "title", "severity", "added", "fixed", "remaining")
SILENT = ("rule", "title", "old", "new")
SERIES = ("number", "place", "year", *Severity, "explained", "added", "fixed")
RECORDS = ("name", "old", "new")


@dataclass(frozen=True, slots=True)
class SharedSaid(Said):
    """What may be told of a comparison, in the words of one language."""

    shared: SharedComparison
    say: ShareWords

    @property
    def mark(self) -> str:
        """Return who may see it."""
        return self.words("mark.shareable")

    @property
    def is_shareable(self) -> bool:
        """Tell whether it may leave the municipality."""
        return True

    def notes(self) -> Iterator[str]:
        """Yield what is hidden and what is rounded."""
        yield f"{self.say.legend} {self.say.rounding}"
        if self.shared.moved is not None:
            yield self.words("compare.shared_numbers")

    def totals(self) -> str:
        """Return how many findings are new, fixed and remaining: the sums of what is told."""
        rows = self.shared.rows
        return self.words(
            "compare.totals",
            **{
                name: self.say.number(total(getattr(row, name) for row in rows))
                for name in ("added", "fixed", "remaining")
            },
        )

    def subjects(self) -> Iterator[tuple[str, str]]:
        """Yield what is compared with what."""
        for label, stage in zip(("old", "new"), self.shared.stages[-2:], strict=True):
            parts = (
                self._place(stage),
                str(stage.year or ""),
                self.words(f"verdict.word.{stage.verdict}"),
            )
            yield self.words(f"compare.column.{label}"), ", ".join(filter(None, parts))

    def _place(self, stage: Stage) -> str:
        return listed(map(named, stage.municipalities), self.words)

    def remarks(self) -> Iterator[str]:
        """Yield why the two may not be comparable, worst first."""
        if self.comparison.is_undecided:
            yield self.words("compare.undecided")
        yield from remarks(self.comparison, self.shared.remarks, self.words)

    def tables(self) -> tuple[Block, ...]:
        """Return the tables in the order shown; those of numbers are apart."""
        shared, number = self.shared, self.say.number
        records = ((name, number(old), number(new)) for name, old, new in shared.records)
        return (
            Block("rules", CHANGES, tuple(self._shared_rows())),
            Block("silent", SILENT, tuple(self._shared_silent())),
            Block("series", SERIES, tuple(self._stages())),
            Block("records", RECORDS, tuple(records)),
        )

    def _shared_rows(self) -> Iterator[Row]:
        for row in self.shared.rows:
            severity = self.words(f"severity.{row.severity}")
            counts = map(self.say.number, (row.added, row.fixed, row.remaining))
            yield (row.rule, title(row.rule, self), severity, *counts)

    def _shared_silent(self) -> Iterator[Row]:
        for one in self.shared.silent:
            counts = (
                self.words("compare.not_run") if n is None else self.say.number(n)
                for n in (one.old, one.new)
            )
            yield (one.rule, title(one.rule, self), *counts)

    def _stages(self) -> Iterator[Row]:
        for number, stage in enumerate(self.shared.stages, 1):
            moves = (stage.added, stage.fixed) if number > 1 else ()
            counts = [*(stage.counts[severity] for severity in Severity), stage.explained, *moves]
            row = (str(number), ", ".join(stage.municipalities), str(stage.year or ""))
            yield (*row, *map(self.say.number, counts), *([""] * (2 - len(moves))))

    def bars(self) -> tuple[Bar, ...]:
        """Return the burn-down: findings of at least warning, report by report."""
        counts = (
            total(stage.counts[severity] for severity in SERIOUS) for stage in self.shared.stages
        )
        return tuple(
            Bar(number, count if isinstance(count, int) else 0, self.say.number(count), str(year))
            for number, (count, year) in enumerate(
                zip(counts, (stage.year or "" for stage in self.shared.stages), strict=True), 1
            )
        )

    def moved(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield each table and indicator with the numbers of it that differ or are hidden."""
        for of, group in groupby(self.shared.moved or (), lambda shift: shift.of):
            rows: list[Row] = [
                (
                    shift.name.in_language(self.words.language),
                    self.say.number(shift.old),
                    self.say.number(shift.new),
                    self._signed(shift.change),
                )
                for shift in group
            ]
            yield of.in_language(self.words.language), rows

    def _signed(self, change: int | str | None) -> str:
        if isinstance(change, int):
            return self.words.signed(change)
        return change or ""


def said_for_sharing(
    comparison: Comparison, rules: Mapping[str, Rule], language: str, limit: int
) -> SharedSaid:
    """Return what may be told of a comparison, in words.

    Raises ValueError for a limit other than the two that are documented.
    """
    words = texts(language)
    shared = shared_comparison(comparison, limit)
    place = comparison.place.only(MUNICIPALITY.fullmatch)
    told = replace(comparison, place=place)
    return SharedSaid(told, rules, words, shared, ShareWords(words, limit))
