"""Figures read back from a report that was written as JSON: what is compared and shared of them.

Names are those of the report's language, but for titles, which the pages still know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpr_validator.figures import Cell, Count, Figure, Figures, Line, Part, Table
from kpr_validator.indicators import all_indicators
from kpr_validator.layouts import layouts
from kpr_validator.model import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_EMPTY = Cell(None)

Told = dict[str, Any]


def retold(told: Mapping[str, Any]) -> Figures:
    """Return the figures of the year; raises LookupError or TypeError for what are none."""
    return Figures(
        indicators=tuple(_figure(one) for one in told["indicators"]),
        tables=tuple(_table(one) for one in told["tables"]),
        last_year=None,
        persons={},
    )


def _figure(told: Told) -> Figure:
    page = all_indicators().get(told["id"])
    year = told["this_year"]["year"]
    names = {part.id: part.name for part in page.parts(year)} if page else {}
    return Figure(
        id=told["id"],
        title=page.title if page else _text(told["title"]),
        definition=_text(told["definition"]),
        unit=told["unit"],
        year=year,
        parts=tuple(
            Part(
                id=part["id"],
                name=names.get(part["id"]) or _text(part["name"]),
                count=_count(part),
                is_teller=part["is_teller"],
                is_missing=part["is_missing"],
            )
            for part in told["this_year"]["parts"]
        ),
        published=(),
        sources=tuple(told["sources"]),
        is_ours=told["is_ours"],
        smallest=told["smallest"],
    )


def _table(told: Told) -> Table:
    """Return a table with its columns where its page has them; last year's are empty."""
    page = next((layout for layout in layouts() if layout.id == told["id"]), None)
    order = tuple(page.columns) if page else ()
    step = 2 if page and page.with_last_year else 1
    ids = [column["id"] for column in told["columns"]]
    return Table(
        id=told["id"],
        title=page.title if page else _text(told["title"]),
        note=_text(told["note"]),
        columns=(),
        lines=tuple(
            Line(
                line["id"],
                _text(line["name"]),
                tuple(_cells(dict(zip(ids, line["cells"], strict=True)), order, step)),
            )
            for line in told["lines"]
        ),
        national={},
    )


def _cells(told: Mapping[str, Told], order: tuple[str, ...], step: int) -> Iterator[Cell]:
    for column in order:
        cell = told.get(column, {}).get("this_year")
        yield Cell(_count(cell), cell["of"] and _count(cell["of"])) if cell else _EMPTY
        yield from [_EMPTY] * (step - 1)


def _count(told: Told) -> Count:
    return Count(int(told["sent"]), int(told["received"]))


def _text(told: str) -> Text:
    return Text(told, told, told)
