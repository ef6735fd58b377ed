"""Figures made ready to show: what a chart's bars say, the span, and what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.report.phrase import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kpr_validator.figures import (
        Cell,
        Checklist,
        Count,
        Figure,
        Figures,
        Published,
        Resident,
        Table,
    )
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


class Number(NamedTuple):
    """A number in words, as received where that is another than was sent; both empty when none."""

    sent: str = ""
    received: str = ""


class Residents(NamedTuple):
    """One checklist as a page shows it: of `n` residents those there is room for.

    A resident is a person, an age, and of each point a word, a date and whether it is open.
    """

    name: str
    n: int
    still_open: int
    points: tuple[str, ...]
    residents: tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]


class Shown(NamedTuple):
    """One indicator as a page shows it.

    `parts` are name, number and share, `persons` a part's name, how many there are behind it,
    and the first of them.
    """

    id: str
    title: str
    figure: Figure
    rows: tuple[Bar, ...]
    span: str
    published: tuple[str, ...]
    parts: tuple[tuple[str, Number, str], ...]
    persons: tuple[tuple[str, int, str], ...]


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
                parts=tuple(_parts(figure, words)),
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


def _parts(figure: Figure, words: Texts) -> Iterator[tuple[str, Number, str]]:
    total = figure.total.sent
    for part in figure.parts:
        share = words.percent(part.count.sent, total)
        yield part.name.in_language(words.language), _number(part.count, words), share


def _persons(
    figure: Figure, persons: Mapping[tuple[str, str], tuple[str, ...]], words: Texts
) -> Iterator[tuple[str, int, str]]:
    for part in figure.parts:
        if behind := persons.get((figure.id, part.id)):
            named = ", ".join(words.marked(visible(one)) for one in behind[:PERSONS_SHOWN])
            yield part.name.in_language(words.language), len(behind), named


def shown_lines(table: Table, words: Texts) -> list[tuple[str, list[Number]]]:
    """Return the name and the cells of each line of a table."""
    return [
        (line.name.in_language(words.language), [_cell(cell, words) for cell in line.cells])
        for line in table.lines
    ]


def _cell(cell: Cell, words: Texts) -> Number:
    count, of = cell.count, cell.of
    if count is None:
        return Number()
    if of is None:
        return _number(count, words)
    if cell.is_change:
        change = words.signed(count.sent)
        if not of.sent:
            return Number(change)
        share = words("percent", n=words.signed(round(100 * count.sent / of.sent)))
        return Number(f"{change} ({share})")
    sent, received = (
        words("of", n=words.number(n), total=words.number(total))
        for n, total in ((count.sent, of.sent), (count.received, of.received))
    )
    share = words.percent(count.sent, of.sent)
    return Number(
        f"{sent} ({share})" if share else sent,
        words("figures.received", n=received) if received != sent else "",
    )


def _number(count: Count, words: Texts) -> Number:
    sent, received = words.number(count.sent), ""
    if count.received != count.sent:
        received = words("figures.received", n=words.number(count.received))
    return Number(sent, received)


def shown_lists(checklists: Sequence[Checklist], words: Texts) -> list[Residents]:
    """Return the checklists, with as many residents of each as there is room for."""
    most = RESIDENTS_SHOWN // max(1, len(checklists))
    return [
        Residents(
            name=_unit(one, words),
            n=len(one.residents),
            still_open=sum(one.still_open),
            points=tuple(point.in_language(words.language) for point in one.points),
            residents=tuple(_resident(resident, words) for resident in one.residents[:most]),
        )
        for one in checklists
    ]


def _unit(checklist: Checklist, words: Texts) -> str:
    if checklist.name:
        return visible(checklist.name)
    if checklist.unit:
        return words("checklist.unit", unit=visible(checklist.unit))
    return words("checklist.no_unit")


def _resident(
    resident: Resident, words: Texts
) -> tuple[str, str, tuple[tuple[str, str, bool], ...]]:
    marks = tuple(
        (
            mark.name.in_language(words.language),
            f" {words.day(visible(mark.date))}" if mark.date else "",
            mark.is_open,
        )
        for mark in resident.marks
    )
    age = "" if resident.age is None else str(resident.age)
    return words.marked(visible(resident.person)), age, marks


def _figure(value: float, words: Texts) -> str:
    """Return a number with at most one decimal, as the language writes it."""
    return words.decimal(f"{value:.1f}".removesuffix(".0"))
