"""What is shared, in words: the numbers with their mark, and what the mark means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpr_validator.report.shared import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpr_validator.figures import Published
    from kpr_validator.report.shared import Effect, Number, Row, Shared
    from kpr_validator.report.shared_figures import SharedCell, SharedFigure, SharedTable, Told
    from kpr_validator.report.texts import Texts

_NONE = "–"
_WHOLE = 100
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class ShareWords:
    """The words of one language, under one limit."""

    words: Texts
    limit: int

    @property
    def legend(self) -> str:
        """Return what the mark means."""
        return self.words("share.legend", most=self.limit - 1)

    @property
    def rounding(self) -> str:
        """Return what is rounded."""
        return self.words("share.rounded", limit=self.limit)

    def number(self, n: Number | float) -> str:
        """Return a number as the language writes it, the mark, or a dash for none."""
        if n is None:
            return _NONE
        if isinstance(n, str):
            return n
        if isinstance(n, float):
            return self.words.decimal(f"{n:.1f}".removesuffix(".0"))
        return self.words.number(n)

    def percent(self, n: float | str | None) -> str:
        """Return a share in percent."""
        return self.number(n) if not isinstance(n, float) else self._percent(n)

    def part(self, n: Number, total: Number) -> str:
        """Return a whole percentage, and nothing where either number is hidden."""
        if isinstance(n, int) and isinstance(total, int) and total:
            return self.words.percent(n, total)
        return ""

    def facts(self, told: Shared) -> Iterator[tuple[str, str]]:
        """Yield what was judged: only what has the form that it should have."""
        words = self.words
        place = " ".join(filter(None, (told.municipality, told.municipality_name)))
        yield words("label.municipality"), place or words("share.municipality_unknown")
        yield words("label.year"), str(told.year or _NONE)
        yield words("label.format"), told.format or words("note.format_unknown")
        yield words("label.persons"), self.number(told.persons)
        yield words("label.tool"), f"kpr-validator {told.tool_version}"

    def severity(self, row: Row) -> str:
        """Return how serious what was found is, or what else became of the rule."""
        if row.severity:
            return self.words(f"severity.{row.severity}")
        return self.words(f"share.status_word.{row.status}")

    def subject(self, told: Shared) -> str:
        """Return «1820 Alstahaug, 2019», as much of it as is known."""
        place = " ".join(filter(None, (told.municipality, told.municipality_name)))
        return ", ".join(filter(None, (place, str(told.year or ""))))

    def effects(self, effect: Effect | None) -> Iterator[tuple[str, str, Number]]:
        """Yield label, column and number of everything that the receiver does."""
        for loss in effect.losses if effect else ():
            yield loss.element, self.words("share.sent"), loss.sent
            yield loss.element, self.words("share.lost"), loss.lost
        for label, n in self.others(effect) if effect else ():
            yield label, "", n

    def others(self, effect: Effect) -> Iterator[tuple[str, Number]]:
        """Yield label and number of what is not counted by class."""
        words = self.words
        yield words("share.values"), effect.values
        yield words("share.without_info"), effect.persons_without_info
        yield words("share.without_services"), effect.persons_without_services
        yield words("share.disputed_rows"), effect.disputed_rows
        yield words("share.disputed_values"), effect.disputed_values

    def headings(self, table: SharedTable) -> list[str]:
        """Return a table's headings: each column, last year's after this year's, the change."""
        language = self.words.language
        texts = [text for _, *both in table.columns for text in both if text]
        change = [self.words("share.change")] if table.with_change else []
        return [text.in_language(language) for text in texts] + change

    def cells(self, table: SharedTable, line: Sequence[SharedCell | None]) -> list[str]:
        """Return what stands in a line, under the headings."""
        shown: list[str] = []
        for (_, _, before), cell in zip(table.columns, line, strict=True):
            shown.append(self._now(cell))
            if before:
                shown.append(self._before(cell))
        if table.with_change:
            shown.append(self._change(line[0].count) if line[0] else _NONE)
        return shown

    def told(self, told: Told) -> str:
        """Return a number, with the receiver's beside it where that differs."""
        said = self.number(told.sent)
        if isinstance(told.received, int) and told.received != told.sent:
            said += f" ({self.words('share.kpr', n=self.number(told.received))})"
        return said

    def published(self, value: Published) -> str:
        """Return what was published."""
        n = self._percent(value.value) if value.unit == "percent" else self.number(value.value)
        place = self.words.place(value.place)
        return self.words("figures.published", place=place, year=value.year, value=n)

    def shares(self, shown: SharedFigure) -> Iterator[str]:
        """Yield the headline share of this year and of last year."""
        if shown.share is None:
            return
        year = shown.figure.year
        for one, share in ((year, shown.share.sent), (year - 1, shown.share.before)):
            if share is not None:
                yield self.words("share.share", year=one, share=self.percent(share))

    def _percent(self, n: float) -> str:
        return self.words("percent", n=self.number(n))

    def _now(self, cell: SharedCell | None) -> str:
        if cell is None or cell.count.sent is None:
            return _NONE
        if cell.of is None:
            return self.told(cell.count)
        said = self.words("of", n=self.number(cell.count.sent), total=self.number(cell.of.sent))
        percent = self.part(cell.count.sent, cell.of.sent)
        return f"{said} ({percent})" if percent else said

    def _before(self, cell: SharedCell | None) -> str:
        if cell is None or cell.count.before is None:
            return _NONE
        if cell.of is None:
            return self.number(cell.count.before)
        n, total = cell.count.before, cell.of.before
        said = self.words("of", n=self.number(n), total=self.number(total))
        percent = self.part(n, total)
        return f"{said} ({percent})" if percent else said

    def _change(self, told: Told) -> str:
        """Return the change, hidden when either number is."""
        if told.sent is None or told.before is None:
            return _NONE
        if isinstance(told.sent, str) or isinstance(told.before, str):
            return HIDDEN
        change = told.sent - told.before
        said = self.words.signed(change)
        if not told.before:
            return said
        percent = self._percent(round(_WHOLE * change / told.before, 1))
        return f"{said} ({percent.replace('-', _MINUS)})"
