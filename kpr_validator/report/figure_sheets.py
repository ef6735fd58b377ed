"""The authority's tables and the indicators as two sheets of a workbook: numbers, no person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.report import sheets
from kpr_validator.report.sheets import Column
from kpr_validator.report.summary_sheet import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.figures import Cell, Count, Figure, Figures, Table
    from kpr_validator.report.sheets import Book
    from kpr_validator.report.texts import Texts

COLOUR = "#5B3A7E"
_NAME, _NUMBER = 60, 18
_NOT_COUNTED = "–"


class FigureSheets:
    """Writes the figures of a submission into a workbook."""

    def __init__(self, book: Book, words: Texts) -> None:
        self.book = book
        self.words = words

    def write(self, figures: Figures) -> Iterator[Placed]:
        """Write both sheets; yield what they are called, and how many lines they hold."""
        yield self._tables(figures)
        yield self._indicators(figures)

    def _tables(self, figures: Figures) -> Placed:
        """Write the tables under each other: title, what it counts, headings and lines."""
        sheet = self.book.sheet(self.words("figure_sheets.tables"), COLOUR)
        sheet.set_column(0, 0, _NAME)
        sheet.set_column(1, max(len(one.columns) for one in figures.tables), _NUMBER)
        rows = [row for table in figures.tables for row in self._table(table)]
        for at, row in enumerate(rows):
            if row:
                self.book.row(sheet, at, row)
        lines = sum(len(table.lines) for table in figures.tables)
        return Placed(sheet.get_name(), 1, lines, lines)

    def _table(self, table: Table) -> Iterator[list[tuple[int, str]]]:
        language = self.words.language
        yield [(sheets.STRONG, table.title.in_language(language))]
        yield [(sheets.WRAPPED, table.note.in_language(language))]
        names = [self.words("figures.line"), *(one.in_language(language) for one in table.columns)]
        yield [(sheets.HEADING, name) for name in names]
        for line in table.lines:
            yield [
                (sheets.WRAPPED, line.name.in_language(language)),
                *((sheets.NUMBER, self._cell(cell)) for cell in line.cells),
            ]
        yield []

    def _cell(self, cell: Cell) -> str:
        words, count = self.words, cell.count
        if count is None:
            return _NOT_COUNTED
        if cell.is_change:
            return words.signed(count.sent)
        if cell.of is None:
            return self._count(count)
        sent = words("of", n=words.number(count.sent), total=words.number(cell.of.sent))
        if share := words.percent(count.sent, cell.of.sent):
            sent += f", {share}"
        if (count.received, cell.of.received) == (count.sent, cell.of.sent):
            return sent
        n, total = words.number(count.received), words.number(cell.of.received)
        return f"{sent} ({words('figures.received', n=words('of', n=n, total=total))})"

    def _count(self, count: Count) -> str:
        """Return a number that a workbook can add up, where it is only one."""
        if count.sent == count.received:
            return str(count.sent)
        received = self.words("figures.received", n=self.words.number(count.received))
        return f"{self.words.number(count.sent)} ({received})"

    def _indicators(self, figures: Figures) -> Placed:
        words = self.words
        columns = [
            Column(words("indicators.title"), _NAME, sheets.WRAPPED),
            Column(words("figures.part"), _NAME, sheets.WRAPPED),
            *(
                Column(name, _NUMBER, sheets.NUMBER)
                for name in (words("indicators.number"), words("figures.as_received"))
            ),
            Column(words("figure_sheets.share"), _NUMBER, sheets.COMMON),
            Column(words("figure_sheets.last_year"), _NUMBER, sheets.NUMBER),
            Column(words("label.sources"), _NAME, sheets.WRAPPED),
        ]
        kinds = [column.kind for column in columns]
        before = {one.id: one for one in figures.last_year.indicators} if figures.last_year else {}
        lines = [
            self.book.made(kinds, row)
            for figure in figures.indicators
            for row in self._indicator(figure, before.get(figure.id))
        ]
        sheet = self.book.sheet(words("heading.indicators"), COLOUR)
        count = self.book.table(sheet, columns, lines)
        return Placed(sheet.get_name(), 1, count, count)

    def _indicator(self, figure: Figure, before: Figure | None) -> Iterator[tuple[str, ...]]:
        """Yield a row for each part, and one for all of them."""
        words, total = self.words, figure.total
        title = figure.title.in_language(words.language)
        last = {part.id: part.count.sent for part in before.parts} if before else {}
        for part in figure.parts:
            count = part.count
            yield (
                title,
                part.name.in_language(words.language),
                str(count.sent),
                str(count.received),
                words.percent(count.sent, total.sent),
                str(last.get(part.id, "")),
                "",
            )
        yield (
            title,
            words("indicators.total"),
            str(total.sent),
            str(total.received),
            "",
            str(before.total.sent) if before else "",
            self._sources(figure),
        )

    def _sources(self, figure: Figure) -> str:
        """Return the sources, or where they are in other languages: they are named in bokmål."""
        if self.words.language == "nb":
            return "; ".join(figure.sources)
        return self.words("figures.sources", id=figure.id)
