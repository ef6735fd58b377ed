"""What is shared as JSON, after schemas/share.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpr_validator.report.shared import Effect, Row, Shared
    from kpr_validator.report.shared_figures import (
        SharedCell,
        SharedFigure,
        SharedFigures,
        SharedTable,
        Told,
    )

SCHEMA_VERSION = "1.0"

Json = dict[str, object]


def tree(told: Shared, figures: SharedFigures | None, language: str) -> Json:
    """Return everything that is shared; a number that is hidden is «*»."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "kpr-validator", "version": told.tool_version},
        "shareable": True,
        "language": language,
        "limit": told.limit,
        "rounded_to": told.limit,
        "municipality": told.municipality,
        "municipality_name": told.municipality_name,
        "year": told.year,
        "format": told.format,
        "verdict": told.verdict,
        "persons": told.persons,
        "findings": {severity.value: n for severity, n in told.totals.items()},
        "rules": [_row(row, language) for row in told.rows],
        "causes": [{"rule": cause.rule.id, "findings": cause.explains} for cause in told.causes],
        "outcome": _effect(told.effect) if told.effect else None,
        "indicators": [_figure(one, language) for one in figures.indicators] if figures else None,
        "tables": [_table(one, language) for one in figures.tables] if figures else None,
    }


def _row(row: Row, language: str) -> Json:
    return {
        "id": row.rule.id,
        "title": row.rule.title.in_language(language),
        "status": row.status.value,
        "severity": row.severity.value if row.severity else None,
        "violations": row.violations,
        "population": row.population,
    }


def _effect(effect: Effect) -> Json:
    return {
        "received": effect.received,
        "refused_by": list(effect.refused_by),
        "rows": [
            {"element": loss.element, "sent": loss.sent, "lost": loss.lost}
            for loss in effect.losses
        ],
        "values": effect.values,
        "persons_without_info": effect.persons_without_info,
        "persons_without_services": effect.persons_without_services,
        "disputed_rows": effect.disputed_rows,
        "disputed_values": effect.disputed_values,
    }


def _figure(shown: SharedFigure, language: str) -> Json:
    figure = shown.figure
    return {
        "id": figure.id,
        "title": figure.title.in_language(language),
        "definition": figure.definition.in_language(language),
        "unit": figure.unit,
        "year": figure.year,
        "is_ours": figure.is_ours,
        "total": _told(shown.total),
        "share": {"sent": shown.share.sent, "last_year": shown.share.before}
        if shown.share
        else None,
        "parts": [
            {
                "id": part.id,
                "name": part.name.in_language(language),
                "is_teller": part.is_teller,
                "is_missing": part.is_missing,
                "count": _told(told),
            }
            for part, told in shown.parts
        ],
        "published": [
            {
                "year": value.year,
                "place": value.place,
                "value": value.value,
                "unit": value.unit,
                "source": value.source,
            }
            for value in figure.published
        ],
        "sources": list(figure.sources),
    }


def _table(shown: SharedTable, language: str) -> Json:
    table = shown.table
    return {
        "id": table.id,
        "title": table.title.in_language(language),
        "note": table.note.in_language(language),
        "columns": [
            {"id": column, "name": text.in_language(language)} for column, text, _ in shown.columns
        ],
        "lines": [
            {
                "id": line.id,
                "name": line.name.in_language(language),
                "cells": [_cell(cell) for cell in cells],
            }
            for line, cells in shown.lines
        ],
    }


def _cell(cell: SharedCell | None) -> Json | None:
    if cell is None:
        return None
    return {"count": _told(cell.count), "of": _told(cell.of) if cell.of else None}


def _told(told: Told) -> Json:
    return {"sent": told.sent, "received": told.received, "last_year": told.before}
