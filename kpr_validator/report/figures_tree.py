"""The figures as JSON: indicators with their parts, and tables with their lines and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpr_validator.layouts import layouts
from kpr_validator.sharing import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpr_validator.figures import Cell, Count, Figure, Figures, Line, Published, Table

Json = dict[str, object]


def figures_tree(figures: Figures, language: str) -> Json:
    """Return all indicators and tables, last year's numbers beside this year's."""
    last_year = figures.last_year.indicators if figures.last_year else ()
    before = {figure.id: figure for figure in last_year}
    return {
        "indicators": [
            _indicator(figure, before.get(figure.id), language) for figure in figures.indicators
        ],
        "tables": [_table(table, language) for table in figures.tables if columns(table)],
    }


def _indicator(figure: Figure, before: Figure | None, language: str) -> Json:
    return {
        "id": figure.id,
        "title": figure.title.in_language(language),
        "definition": figure.definition.in_language(language),
        "unit": figure.unit,
        "is_ours": figure.is_ours,
        "levels": list(figure.levels),
        "smallest": figure.smallest,
        "sources": list(figure.sources),
        "this_year": counted(figure, language),
        "last_year": before and counted(before, language),
        "published": [published(value) for value in figure.published],
    }


def counted(figure: Figure, language: str) -> Json:
    """Return what was counted for an indicator in one year."""
    return {
        "year": figure.year,
        "total": _count(figure.total),
        "share": {"sent": figure.share(), "received": figure.share(received=True)},
        "span": {"sent": figure.span(), "received": figure.span(received=True)},
        "parts": [
            {
                "id": part.id,
                "name": part.name.in_language(language),
                "is_teller": part.is_teller,
                "is_missing": part.is_missing,
                **_count(part.count),
            }
            for part in figure.parts
        ],
    }


def published(value: Published) -> Json:
    """Return one published value."""
    return {
        "year": value.year,
        "place": value.place,
        "value": value.value,
        "unit": value.unit,
        "source": value.source,
    }


def _table(table: Table, language: str) -> Json:
    places = columns(table)
    layout = next(layout for layout in layouts() if layout.id == table.id)
    return {
        "id": table.id,
        "title": table.title.in_language(language),
        "note": table.note.in_language(language),
        "columns": [
            {"id": column, "name": table.columns[place].in_language(language)}
            for column, place in places.items()
        ],
        "lines": [
            {
                "id": line.id,
                "name": line.name.in_language(language),
                "cells": list(_cells(line, places.values(), with_last_year=layout.with_last_year)),
                "published": [published(value) for value in table.national.get(line.id, ())],
            }
            for line in table.lines
        ],
    }


def _cells(line: Line, places: Iterable[int], *, with_last_year: bool) -> Iterator[Json]:
    for place in places:
        before = _cell(line.cells[place + 1]) if with_last_year else None
        yield {"this_year": _cell(line.cells[place]), "last_year": before}


def _cell(cell: Cell) -> Json | None:
    """Return a number, and what it is a share of; null was not counted."""
    if cell.count is None:
        return None
    return {**_count(cell.count), "of": cell.of and _count(cell.of)}


def _count(count: Count) -> Json:
    return {"sent": count.sent, "received": count.received}
