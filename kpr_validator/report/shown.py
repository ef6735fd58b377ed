"""Figures made ready to show: what a chart's bars say, the span, and what was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.figures import Figure, Figures, Published
    from kpr_validator.report.texts import Texts

PERSONS_SHOWN = 100
RESIDENTS_SHOWN = 2000  # on the whole page
COUNTRY = "Norge"


class Bar(NamedTuple):
    """One bar: percent that is certain, percent were all missing answers counted, and its words."""

    name: str
    said: str
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator as a page shows it."""

    id: str
    title: str
    figure: Figure
    rows: tuple[Bar, ...]
    span: str
    published: tuple[str, ...]
    persons: tuple[tuple[str, tuple[str, ...]], ...]


def shown(figures: Figures, words: Texts) -> Iterator[Shown]:
    """Yield the indicators that somebody is counted in, those with a published share first."""
    before = (
        {figure.id: figure for figure in figures.last_year.indicators} if figures.last_year else {}
    )
    for figure in sorted(figures.indicators, key=_last):
        total = figure.total
        if total.sent or total.received:
            yield Shown(
                id=f"f-{figure.id}",
                title=figure.title.in_language(words.language),
                figure=figure,
                rows=tuple(_bars(figure, before.get(figure.id), words)),
                span=_span(figure, words),
                published=tuple(_told(value, words) for value in figure.published),
                persons=tuple(_persons(figure, figures.persons, words)),
            )


def _last(figure: Figure) -> tuple[bool, bool]:
    return (figure.is_ours, all(value.unit != "percent" for value in figure.published))


def nearest(figure: Figure) -> Published | None:
    """Return the country's value of the year that lies nearest, the later one of two."""
    values = [value for value in figure.published if value.place == COUNTRY]
    return min(values, key=lambda v: (abs(v.year - figure.year), -v.year), default=None)


def _bars(figure: Figure, before: Figure | None, words: Texts) -> Iterator[Bar]:
    if not any(part.is_teller for part in figure.parts):
        return
    yield from _bar(words("figures.this_year", year=figure.year), figure, words, received=False)
    if any(part.count.sent != part.count.received for part in figure.parts):
        yield from _bar(words("figures.as_received"), figure, words, received=True)
    if before:
        yield from _bar(words("figures.this_year", year=before.year), before, words, received=False)
    value = nearest(figure)
    if value and value.unit == "percent":
        name = f"{words.place(value.place)} {value.year}"
        yield Bar(name, words("percent", n=_figure(value.value, words)), value.value, value.value)


def _bar(name: str, figure: Figure, words: Texts, *, received: bool) -> Iterator[Bar]:
    span = figure.span(received=received)
    if span:
        least, most = (100 * share for share in span)
        yield Bar(name, words("percent", n=_figure(least, words)), round(least, 1), round(most, 1))


def _span(figure: Figure, words: Texts) -> str:
    span = figure.span()
    if span is None or span[0] == span[1]:
        return ""
    low, high = (words("percent", n=_figure(100 * share, words)) for share in span)
    return words("figures.span", low=low, high=high)


def _told(value: Published, words: Texts) -> str:
    number = _figure(value.value, words)
    said = words("percent", n=number) if value.unit == "percent" else number
    return words("figures.published", place=words.place(value.place), year=value.year, value=said)


def _persons(
    figure: Figure, persons: Mapping[tuple[str, str], tuple[str, ...]], words: Texts
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in figure.parts:
        if behind := persons.get((figure.id, part.id)):
            yield part.name.in_language(words.language), behind


def _figure(value: float, words: Texts) -> str:
    """Return a number with at most one decimal, as the language writes it."""
    return words.decimal(f"{value:.1f}".removesuffix(".0"))
