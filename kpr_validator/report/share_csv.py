"""What is shared as CSV: one line for each number."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from kpr_validator.report.as_csv import BYTE_ORDER_MARK, guarded
from kpr_validator.report.share_words import ShareWords
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.report.shared import Number, Shared
    from kpr_validator.report.shared_figures import SharedFigure, SharedFigures, SharedTable

Line = tuple[str, ...]
_OF = " (N)"


def as_csv(told: Shared, numbers: SharedFigures | None, language: str) -> Iterator[str]:
    """Yield one line for each number, under a line of headings and one for each mark."""
    words = ShareWords(texts(language), told.limit)
    write = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow
    headings = ("section", "item", "title", "column", "number")
    yield BYTE_ORDER_MARK
    yield str(write([words.words(f"share.head.{name}") for name in headings]))
    for line in _lines(told, numbers, words):
        yield str(write([guarded(value) for value in line]))


def _lines(told: Shared, numbers: SharedFigures | None, say: ShareWords) -> Iterator[Line]:
    words = say.words
    for mark in (words("mark.shareable"), say.legend, say.rounding):
        yield words("share.title"), "", mark, "", ""
    message = words("share.part.message")
    for label, value in say.facts(told):
        yield message, "", label, "", value
    for severity, n in told.totals.items():
        yield message, "", words("share.findings"), words(f"severity.{severity}"), _plain(n)
    yield from _rule_lines(told, say)
    for label, column, n in say.effects(told.effect):
        yield words("share.effect"), "", label, column, _plain(n)
    for figure in numbers.indicators if numbers else ():
        yield from _figure_lines(figure, say)
    for table in numbers.tables if numbers else ():
        yield from _table_lines(table, say)


def _rule_lines(told: Shared, say: ShareWords) -> Iterator[Line]:
    words = say.words
    for row in told.rows:
        place = (words("share.rules"), row.rule.id, row.rule.title.in_language(words.language))
        yield *place, words("share.status"), say.severity(row)
        if row.violations is not None:
            yield *place, words("share.explains"), _plain(row.violations)
        if row.population is not None:
            yield *place, words("column.population"), _plain(row.population)
    for cause in told.causes:
        title = cause.rule.title.in_language(words.language)
        place = (words("share.causes"), cause.rule.id, title)
        yield *place, words("share.explains"), _plain(cause.explains)


def _figure_lines(shown: SharedFigure, say: ShareWords) -> Iterator[Line]:
    figure, language = shown.figure, say.words.language
    section = say.words("indicators.title")
    title = figure.title.in_language(language)
    named = [(part.name.in_language(language), told) for part, told in shown.parts]
    for name, told in [*named, (say.words("indicators.total"), shown.total)]:
        yield section, figure.id, f"{title}: {name}", str(figure.year), _plain(told.sent)
        if told.received is not None:
            kpr = f"{figure.year} {say.words('indicators.kpr')}"
            yield section, figure.id, f"{title}: {name}", kpr, _plain(told.received)
        if told.before is not None:
            year = str(figure.year - 1)
            yield section, figure.id, f"{title}: {name}", year, _plain(told.before)


def _table_lines(shown: SharedTable, say: ShareWords) -> Iterator[Line]:
    language = say.words.language
    section, kpr = shown.table.title.in_language(language), say.words("indicators.kpr")
    yield section, "", shown.table.note.in_language(language), "", ""
    for line, cells in shown.lines:
        place = (section, line.id, line.name.in_language(language))
        for (_, now, before), cell in zip(shown.columns, cells, strict=True):
            for name, told in (("", cell.count), (_OF, cell.of)) if cell else ():
                if told:
                    heading = f"{now.in_language(language)}{name}"
                    yield *place, heading, _plain(told.sent)
                    if told.received is not None:
                        yield *place, f"{heading} {kpr}", _plain(told.received)
                if told and before:
                    yield *place, f"{before.in_language(language)}{name}", _plain(told.before)


def _plain(n: Number) -> str:
    """Return a number as a program reads it; nothing is known of an empty one."""
    return "" if n is None else str(n)


class _Echo:
    """Hands back what csv writes, so that it can be yielded."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
