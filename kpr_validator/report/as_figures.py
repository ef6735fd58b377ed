"""The indicators as text and as JSON: each with its parts, what KPR sees, and the span."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.model import Verdict
from kpr_validator.report import formats
from kpr_validator.report.facts import subject
from kpr_validator.report.figures_tree import counted, published
from kpr_validator.report.phrase import file_name, visible
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType
    from rich.table import Table

    from kpr_validator.figures import Figure, Figures, Published
    from kpr_validator.model import Report
    from kpr_validator.report.texts import Texts

SCHEMA_VERSION = "1.0"
COUNTRY = "Norge"
_NOT_LAST_YEAR = frozenset({"LES-15", "LES-25"})
_INDENT = 2
Json = dict[str, object]


def as_json(report: Report, figures: Figures | None, language: str) -> Iterator[str]:
    """Yield the indicators; `indicators` is null when the file was not read to its end."""
    told = report.submission
    before = _by_id(figures.last_year) if figures else {}
    shown = [_json_figure(one, before.get(one.id), language) for one in _indicators(figures)]
    yield json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "kpr-validator", "version": __version__},
            "file": file_name(told.file),
            "sha256": told.sha256,
            "municipality": told.municipality,
            "year": told.year,
            "verdict": report.verdict,
            "language": language,
            "indicators": shown if figures else None,
        },
        ensure_ascii=False,
        indent=2,
    )
    yield "\n"


def _indicators(figures: Figures | None) -> tuple[Figure, ...]:
    return figures.indicators if figures else ()


def _by_id(figures: Figures | None) -> dict[str, Figure]:
    return {figure.id: figure for figure in _indicators(figures)}


def _json_figure(figure: Figure, before: Figure | None, language: str) -> Json:
    return {
        "id": figure.id,
        "title": figure.title.in_language(language),
        "definition": figure.definition.in_language(language),
        "unit": figure.unit,
        "is_ours": figure.is_ours,
        "levels": list(figure.levels),
        "smallest": figure.smallest,
        "sources": list(figure.sources),
        **counted(figure, language),
        "published": [published(value) for value in figure.published],
        "last_year": counted(before, language) if before else None,
    }


def as_text(
    report: Report, figures: Figures | None, language: str, width: int = 80
) -> Iterator[str]:
    """Yield the indicators block by block, wrapped to `width` columns."""
    page = _Page(texts(language), width)
    yield page.head(report, figures)
    before = _by_id(figures.last_year) if figures else {}
    nobody: list[Figure] = []
    for figure in _indicators(figures):
        last = before.get(figure.id)
        if figure.total.sent or figure.total.received or (last and last.total.sent):
            yield page.figure(figure, last)
        else:
            nobody.append(figure)
    yield page.nobody(nobody)


class _Page:
    """The blocks of one listing; each method returns one block as text."""

    def __init__(self, words: Texts, width: int) -> None:
        self.words = words
        self.width = width

    def head(self, report: Report, figures: Figures | None) -> str:
        """Return what the numbers are of, and what to know of all of them."""
        about = visible(subject(report.submission)) or file_name(report.submission.file)
        lines = [f"{self.words('indicators.title')}: {about}"]
        if figures is None:
            lines.append(self.words("indicators.unread"))
        elif report.verdict is Verdict.REJECTED:
            lines.append(self.words("indicators.refused"))
        elif report.verdict is Verdict.UNDECIDED:
            lines.append(self.words("indicators.undecided"))
        if figures and figures.last_year:
            lines.append(self.words("indicators.unjudged"))
        elif any(tally.rule in _NOT_LAST_YEAR and tally.violations for tally in report.tallies):
            lines.append(self.words("indicators.unused"))
        if figures:
            lines.append(self.words("indicators.small"))
        return self._written(_text(line) for line in lines)

    def figure(self, figure: Figure, before: Figure | None) -> str:
        """Return one indicator: parts, shares, span, and what was published."""
        title = f"{figure.title.in_language(self.words.language)} [{figure.id}]"
        lines = [*self._shares(figure, before), *self._span(figure)]
        lines += [self._published(value) for value in nearest(figure)]
        if figure.is_ours:
            lines.append(self.words("figures.ours"))
        table = self._table(figure, before)
        return self._written([_text(title), table, *_indented(lines)])

    def nobody(self, figures: Iterable[Figure]) -> str:
        """Return the indicators that nobody is counted in."""
        titles = [figure.title.in_language(self.words.language) for figure in figures]
        if not titles:
            return ""
        heading = _text(f"{self.words('indicators.nobody')}:")
        return self._written([heading, *_indented(titles)])

    def _table(self, figure: Figure, before: Figure | None) -> Table:
        from rich.table import Table  # noqa: PLC0415  slow to import

        differs = any(part.count.sent != part.count.received for part in figure.parts)
        heads = ["", self.words("indicators.number"), self.words("indicators.percent")]
        heads += [self.words("indicators.kpr")] if differs else []
        heads += [str(before.year)] if before else []
        grid = Table.grid(padding=(0, 2))
        grid.add_column(ratio=1)
        for _ in heads[1:]:
            grid.add_column(justify="right", no_wrap=True)
        grid.expand = True
        grid.add_row(*heads)
        last = {part.id: part.count.sent for part in before.parts} if before else {}
        for part in figure.parts:
            number = self.words.number
            cells = [number(part.count.sent), self._part(part.count.sent, figure.total.sent)]
            cells += [number(part.count.received)] if differs else []
            cells += [number(last[part.id]) if part.id in last else "–"] if before else []
            name = " " * _INDENT + part.name.in_language(self.words.language)
            grid.add_row(_text(name), *cells)
        total = [self.words.number(figure.total.sent), ""]
        total += [self.words.number(figure.total.received)] if differs else []
        total += [self.words.number(before.total.sent)] if before else []
        grid.add_row(" " * _INDENT + self.words("indicators.total"), *total)
        return grid

    def _part(self, count: int, total: int) -> str:
        return self._percent(100 * count / total) if total else ""

    def _shares(self, figure: Figure, before: Figure | None) -> Iterator[str]:
        """Yield the headline shares: as sent, as KPR sees it when that differs, last year's."""
        if not any(part.is_teller for part in figure.parts):
            return
        sent, received = self._share(figure), self._share(figure, received=True)
        yield self.words("indicators.share_this", year=figure.year, share=sent)
        if received != sent:
            yield self.words("indicators.share_kpr", share=received)
        if before:
            share = self._share(before)
            yield self.words("indicators.share_this", year=before.year, share=share)

    def _share(self, figure: Figure, *, received: bool = False) -> str:
        share, total = figure.share(received=received), figure.total
        if share is None:
            return "–"
        every = total.received if received else total.sent
        return self.words(
            "indicators.share",
            share=self._percent(100 * share),
            n=self.words.number(round(share * every)),
            total=self.words.number(every),
        )

    def _span(self, figure: Figure) -> Iterator[str]:
        span = figure.span()
        if span and span[0] != span[1]:
            low, high = (self._percent(100 * share) for share in span)
            yield self.words("figures.span", low=low, high=high)

    def _published(self, value: Published) -> str:
        told = self._percent(value.value) if value.unit == "percent" else self._number(value.value)
        return self.words(
            "figures.published", place=self.words.place(value.place), year=value.year, value=told
        )

    def _percent(self, value: float) -> str:
        return self.words("percent", n=self._number(value))

    def _number(self, value: float) -> str:
        return formats.decimal(f"{value:.1f}".removesuffix(".0"), self.words.language)

    def _written(self, blocks: Iterable[RenderableType]) -> str:
        from rich.console import Console  # noqa: PLC0415  slow to import

        console = Console(width=self.width, color_system=None, highlight=False, markup=False)
        with console.capture() as captured:
            for block in blocks:
                console.print(block)
        return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n\n"


def nearest(figure: Figure) -> Iterator[Published]:
    """Yield the country's value of the year that lies nearest, the later one of two."""
    values = [value for value in figure.published if value.place == COUNTRY]
    if values:
        yield min(values, key=lambda value: (abs(value.year - figure.year), -value.year))


def _text(value: str) -> RenderableType:
    from rich.text import Text  # noqa: PLC0415  slow to import

    return Text(value)


def _indented(lines: Iterable[str]) -> list[RenderableType]:
    from rich.padding import Padding  # noqa: PLC0415  slow to import

    return [Padding(_text(line), (0, 0, 0, _INDENT)) for line in lines]
