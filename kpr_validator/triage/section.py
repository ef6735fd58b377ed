"""One table of a board, and how a cell with many names is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpr_validator.report.texts import Texts

NAMES_SHOWN = 430  # as many as there have been municipalities

Cell = str | int


class Section(NamedTuple):
    """One part of the board; `columns` are keys of the column names, `lead` says what is shown."""

    id: str
    title: str
    lead: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def section(
    words: Texts,
    name: str,
    heads: tuple[str, ...],
    rows: Iterable[tuple[Cell, ...]],
    **values: object,
) -> Section:
    """Return a part of the board with its title and lead in a language."""
    title = words(f"triage.section.{name}")
    return Section(name, title, words(f"triage.lead.{name}", **values), heads, tuple(rows))


def listed(words: Texts, parts: Iterable[str]) -> str:
    """Return names in one cell; those that are too many are counted."""
    every = list(parts)
    more = len(every) - NAMES_SHOWN
    told = every[:NAMES_SHOWN]
    return ", ".join([*told, words("triage.names_more", n=more)] if more > 0 else told)
