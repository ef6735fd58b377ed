"""A comparison of reports as text, JSON and one self-contained page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from kpr_validator import __version__
from kpr_validator.model import Severity
from kpr_validator.report.compared import (
    CHANGES,
    COUNTED,
    IN_WORDS,
    MAY_WRAP,
    SERIES,
    SILENT,
    serious,
)
from kpr_validator.report.page import environment, style
from kpr_validator.report.phrase import file_name, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from kpr_validator.compare import Change, Moved, Silent, Step
    from kpr_validator.report.compared import Said
    from kpr_validator.report.texts import Texts

SCHEMA_VERSION = "1.0"
_INDENT = "  "
_BAR = 30
NUMBERS_SHOWN = 20


def as_text(told: Said, width: int = 80) -> Iterator[str]:
    """Yield the comparison block by block for a terminal."""
    words, comparison = told.words, told.comparison
    yield words("compare.title") + "\n\n"
    yield from _lines(f"{label}: {value}" for label, value in told.subjects())
    yield from _lines(told.remarks())
    yield f"\n{told.totals()}\n"
    yield from _block(words("compare.rules"), CHANGES, told.changes(), words, width)
    yield from _block(words("compare.silent"), SILENT, told.silent(), words, width)
    without_names = (row[:-1] for row in told.series())
    yield from _block(words("compare.series"), SERIES[:-1], without_names, words, width)
    yield from _bars(comparison.series, words)
    yield from _block(words("compare.records"), COUNTED, told.records(), words, width)
    for of, rows in told.moved():
        yield from _block(of, COUNTED, rows[:NUMBERS_SHOWN], words, width)
        if (rest := len(rows) - NUMBERS_SHOWN) > 0:
            yield from _lines([words("compare.more", n=rest)])


def _tables(told: Said) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Yield the tables in the order shown: name, columns and rows."""
    yield "rules", CHANGES, list(told.changes())
    yield "silent", SILENT, list(told.silent())
    yield "series", SERIES, list(told.series())
    yield "records", COUNTED, list(told.records())


def _lines(lines: Iterable[str]) -> Iterator[str]:
    yield from (f"{_INDENT}{line}\n" for line in lines)


def _block(
    heading: str,
    columns: Iterable[str],
    rows: Iterable[tuple[str, ...]],
    words: Texts,
    width: int,
) -> Iterator[str]:
    from rich.table import Table  # noqa: PLC0415  slow to import
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 1), pad_edge=False)
    for name in columns:
        side: Literal["left", "right"] = "left" if name in IN_WORDS else "right"
        label = Text(words(f"compare.column.{name}"))
        table.add_column(label, justify=side, no_wrap=name not in MAY_WRAP, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if table.row_count:
        yield f"\n{heading}\n"
        yield _written(table, width - len(_INDENT))


def _bars(series: Iterable[Step], words: Texts) -> Iterator[str]:
    """Yield a bar for each report: its findings of at least warning."""
    steps = list(series)
    counts = [serious(step.at) for step in steps]
    most = max(counts)
    yield f"\n{_INDENT}{words('compare.burn_down')}\n"
    for number, count in enumerate(counts, 1):
        length = -(-_BAR * count // most) if most else 0
        bar = f"{'█' * length} {words.number(count)}"
        yield f"{_INDENT}{number:>2} {bar:<{_BAR + 5}} {file_name(steps[number - 1].at.file)}\n"


def _written(table: RenderableType, width: int) -> str:
    from rich.console import Console  # noqa: PLC0415  slow to import

    console = Console(width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(table)
    return "".join(f"{_INDENT}{line}".rstrip() + "\n" for line in captured.get().splitlines())


def as_html(told: Said) -> Iterator[str]:
    """Yield the comparison as one page, with the burn-down as a picture."""
    counts = [serious(step.at) for step in told.comparison.series]
    stream = (
        environment()
        .get_template("comparison.html")
        .stream(
            told=told,
            words=told.words,
            version=__version__,
            tables=_tables(told),
            moved=list(told.moved()),
            counted=COUNTED,
            bars=[
                (str(number), told.words.number(count), round(100 * count / max(*counts, 1)))
                for number, count in enumerate(counts, 1)
            ],
            in_words=IN_WORDS,
            **style(),
        )
    )
    stream.enable_buffering(64)
    yield from stream


def as_json(told: Said) -> Iterator[str]:
    """Yield the comparison after schemas/comparison.schema.json."""
    comparison, language = told.comparison, told.words.language
    moved = comparison.moved
    yield json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "kpr-validator", "version": __version__},
            "series": [_step(step) for step in comparison.series],
            "remarks": list(comparison.remarks),
            "undecided": comparison.is_undecided,
            "rules": [_json_change(change) for change in comparison.changes],
            "not_comparable": [_json_silent(silent) for silent in comparison.silent],
            "records": {
                visible(name): {"old": old, "new": new} for name, old, new in comparison.records
            },
            "numbers": None if moved is None else [_json_moved(one, language) for one in moved],
        },
        ensure_ascii=False,
        indent=2,
    )
    yield "\n"


def _step(step: Step) -> dict[str, object]:
    at = step.at
    return {
        "file": file_name(at.file),
        "sha256": at.sha256,
        "year": at.year,
        "municipality": None if at.municipality is None else visible(at.municipality),
        "extracted": None if at.extracted is None else visible(at.extracted),
        "verdict": at.verdict.value,
        "counts": {severity.value: at.counts.get(severity, 0) for severity in Severity},
        "explained": at.explained,
        "new": step.added,
        "fixed": step.fixed,
    }


def _json_change(change: Change) -> dict[str, object]:
    return {
        "rule": change.rule,
        "severity": change.severity.value,
        "old": change.old,
        "now": change.new,
        "new": change.added,
        "fixed": change.fixed,
        "remaining": change.remaining,
    }


def _json_silent(silent: Silent) -> dict[str, object]:
    return {"rule": silent.rule, "old": silent.old, "now": silent.new}


def _json_moved(moved: Moved, language: str) -> dict[str, object]:
    return {
        "of": moved.of.in_language(language),
        "name": moved.name.in_language(language),
        "old": moved.old and {"sent": moved.old.sent, "received": moved.old.received},
        "now": moved.new and {"sent": moved.new.sent, "received": moved.new.received},
    }
