"""A comparison of reports as text, JSON and one self-contained page."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Literal

from kpr_validator.report.compared import COUNTED, IN_WORDS, Block
from kpr_validator.report.compared_share import SharedSaid
from kpr_validator.report.comparison_tree import shared_tree, tree
from kpr_validator.report.page import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from kpr_validator.report.compared import Bar, Said
    from kpr_validator.report.texts import Texts

_INDENT, _HANG = "  ", "    "
_MAY_WRAP = ("title", "name", "place")
_BAR = 30
NUMBERS_SHOWN = 20


def as_text(told: Said, width: int = 80) -> Iterator[str]:
    """Yield the comparison block by block for a terminal."""
    words = told.words
    yield words("compare.title") + "\n"
    yield from _lines([told.mark, *told.notes()], width)
    yield "\n"
    yield from _lines((f"{label}: {value}" for label, value in told.subjects()), width)
    yield from _lines(told.remarks(), width)
    yield f"\n{told.totals()}\n"
    for block in told.tables():
        yield from _block(words(f"compare.{block.name}"), _narrow(block), words, width)
        if block.name == "series":
            yield from _bars(told.bars(), words, width)
    for of, rows in told.moved():
        shown = Block("numbers", COUNTED, tuple(rows[:NUMBERS_SHOWN]))
        yield from _block(of, shown, words, width)
        if (rest := len(rows) - NUMBERS_SHOWN) > 0:
            yield from _lines([words("compare.more", n=rest)], width)


def _narrow(block: Block) -> Block:
    """Return a table without the names of files, which stand beside the bars."""
    if block.columns[-1] != "file":
        return block
    return block._replace(columns=block.columns[:-1], rows=tuple(row[:-1] for row in block.rows))


def _lines(lines: Iterable[str], width: int) -> Iterator[str]:
    for line in lines:
        yield textwrap.fill(line, width, initial_indent=_INDENT, subsequent_indent=_HANG) + "\n"


def _block(heading: str, block: Block, words: Texts, width: int) -> Iterator[str]:
    from rich.table import Table  # noqa: PLC0415  slow to import
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 1), pad_edge=False)
    for name in block.columns:
        side: Literal["left", "right"] = "left" if name in IN_WORDS else "right"
        label = Text(words(f"compare.column.{name}"))
        table.add_column(label, justify=side, no_wrap=name not in _MAY_WRAP, overflow="fold")
    for row in block.rows:
        table.add_row(*(Text(cell) for cell in row))
    if table.row_count:
        yield f"\n{heading}\n"
        yield _written(table, width - len(_INDENT))


def _bars(bars: Iterable[Bar], words: Texts, width: int) -> Iterator[str]:
    """Yield a bar for each report: its findings of at least warning."""
    told = list(bars)
    most = max(bar.length for bar in told)
    longest = max(len(bar.shown) for bar in told)
    yield f"\n{_INDENT}{words('compare.burn_down')}\n"
    for bar in told:
        length = -(-_BAR * bar.length // most) if most else 0
        drawn = f"{_INDENT}{bar.number:>2} {bar.shown:>{longest}} {'█' * length:<{_BAR}}  "
        room = max(width - len(drawn), _BAR // 2)
        name = bar.name if len(bar.name) <= room else bar.name[: room - 1] + "…"
        yield f"{drawn}{name}".rstrip() + "\n"


def _written(table: RenderableType, width: int) -> str:
    from rich.console import Console  # noqa: PLC0415  slow to import

    console = Console(width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(table)
    return "".join(f"{_INDENT}{line}".rstrip() + "\n" for line in captured.get().splitlines())


def as_html(told: Said) -> Iterator[str]:
    """Yield the comparison as one page, with the burn-down as a picture."""
    bars = told.bars()
    most = max(1, *(bar.length for bar in bars))
    shown = {
        "told": told,
        "words": told.words,
        "tables": told.tables(),
        "moved": list(told.moved()),
        "counted": COUNTED,
        "bars": [(bar, round(100 * bar.length / most)) for bar in bars],
        "in_words": IN_WORDS,
    }
    yield from written("comparison.html", shown)


def as_json(told: Said) -> Iterator[str]:
    """Yield the comparison after schemas/comparison.schema.json."""
    made = shared_tree(told) if isinstance(told, SharedSaid) else tree(told)
    yield json.dumps(made, ensure_ascii=False, indent=2)
    yield "\n"
