"""Individuell plan i barnehabiliteringen as text and as JSON: numbers only, never a patient."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.barnehabilitering import CHOICES, FIRST_YEAR
from kpr_validator.contacts import KNOWN_STATUSES, LEAVES_OUT, MISSING
from kpr_validator.identity import mask
from kpr_validator.report import formats
from kpr_validator.report.phrase import file_name, visible
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.table import Table

    from kpr_validator.barnehabilitering import Measures, Result, Row, Share
    from kpr_validator.contacts import Contacts, ContactsError, Problem
    from kpr_validator.report.texts import Texts

SCHEMA_VERSION = "1.0"
PROBLEMS_SHOWN = 5
MEASURES = tuple(range(1, 9))


def as_json(told: Result, language: str) -> Iterator[str]:
    """Yield the whole result; each problem has its line and its sentence."""
    words = texts(language)
    read = told.contacts
    yield json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "kpr-validator", "version": __version__},
            "indicator": "barnehabilitering",
            "file": file_name(told.file),
            "sha256": told.sha256,
            "year": told.year,
            "published": told.is_published,
            "lines": read.lines,
            "contacts": read.used,
            "other_contacts": read.others,
            "left_out": _left_out(read),
            "rows": [_json_row(row) for row in told.rows],
            "problems": [
                {"line": problem.line, "problem": problem.why, "message": _said(problem, words)}
                for problem in read.problems
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
    yield "\n"


def refusal(error: ContactsError, language: str) -> str:
    """Return why a table can't be used."""
    names = ", ".join(error.names)
    return texts(language)(f"contacts.unusable.{error.why}", line=error.line, names=names)


def _json_row(row: Row) -> dict[str, object]:
    shares = enumerate(row.measures.shares, 1)
    counts = enumerate(row.measures.counts, 4)
    return {
        "period": row.period,
        "choice": row.choice,
        "level": row.level,
        "place": _clean(row.place),
        "shares": {str(n): {"teller": s.teller, "nevner": s.nevner} for n, s in shares},
        "counts": {str(n): count for n, count in counts},
        "unknown": row.measures.unknown,
        "statuses": {
            _clean(code) or "missing": n for code, n in sorted(row.measures.statuses.items())
        },
    }


def as_text(told: Result, language: str, width: int = 80) -> Iterator[str]:
    """Yield the result for a terminal: a table for each period, then what to know of it."""
    words = texts(language)
    heading = [words("contacts.title"), *([str(told.year)] if told.year else [])]
    yield f"{', '.join(heading)}\n\n"
    yield from _indented(_about(told, words), width)
    if not told.is_published:
        yield from _indented([words("contacts.unpublished", first=FIRST_YEAR)], width)
    for period in dict.fromkeys(row.period for row in told.rows):
        rows = [row for row in told.rows if row.period == period]
        name = period[5:] or "year"
        yield f"\n{words(f'contacts.{name}')} {told.year}\n"
        yield _written(_table([row for row in rows if row.choice == CHOICES[0]], words), width)
        yield "\n"
        yield _written(_choices([row for row in rows if row.level == "country"], words), width)
    if told.rows:
        yield f"\n{words('contacts.measures')}\n"
        yield from _indented((f"{n} {words(f'contacts.measure.{n}')}" for n in MEASURES), width)
    notes = (words(f"contacts.{note}") for note in ("chosen", "seen", "small", "ended"))
    yield "\n"
    yield from _indented(notes, width)
    yield from _problems(told.contacts.problems, words, width)


def _about(told: Result, words: Texts) -> Iterator[str]:
    read = told.contacts
    yield f"{words('label.file')}: {file_name(told.file)}"
    yield words(
        "contacts.lines",
        lines=words.number(read.lines),
        used=words.number(read.used),
        others=words.number(read.others),
        out=words.number(_left_out(read)),
    )
    if not told.rows:
        yield words("contacts.nobody")
    absent = [words(f"contacts.{name}") for name in ("rhf", "hf") if name not in read.levels]
    if absent:
        yield words("contacts.no_levels", levels=", ".join(absent))


def _table(rows: Iterable[Row], words: Texts) -> Table:
    from rich.table import Table  # noqa: PLC0415  slow to import
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("  " + words("contacts.place"), overflow="fold")
    for number in MEASURES:
        table.add_column(str(number), justify="right", no_wrap=True)
    for row in rows:
        level = words(f"contacts.{row.level}")
        place = _clean(row.place) or words("contacts.unstated")
        called = level if row.level == "country" else f"{level} {place}"
        shares = (_percent(share, words) for share in row.measures.shares)
        counts = (words.number(count) for count in row.measures.counts)
        table.add_row(Text(f"  {called}"), *shares, *counts)
    return table


def _choices(rows: Sequence[Row], words: Texts) -> Table:
    """Return the statuses of the country by each way to choose which of several counts."""
    from rich.table import Table  # noqa: PLC0415  slow to import
    from rich.text import Text  # noqa: PLC0415

    codes = [MISSING, *KNOWN_STATUSES]
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("  " + words("contacts.status"), overflow="fold")
    for code in codes:
        table.add_column(code or words("contacts.none"), justify="right", no_wrap=True)
    table.add_column(words("contacts.unknown"), justify="right", no_wrap=True)
    for row in rows:
        counts = [row.measures.statuses.get(code, 0) for code in codes]
        table.add_row(
            Text("  " + words(f"contacts.choice.{row.choice}")),
            *map(words.number, counts),
            _unknown(row.measures, words),
        )
    return table


def _unknown(measures: Measures, words: Texts) -> str:
    known = {MISSING, *KNOWN_STATUSES}
    each = {_clean(code): n for code, n in measures.statuses.items() if code not in known}
    listed = ", ".join(f"{code}: {n}" for code, n in sorted(each.items())[:PROBLEMS_SHOWN])
    return f"{words.number(measures.unknown)} ({listed})" if listed else "0"


def _problems(problems: Sequence[Problem], words: Texts, width: int) -> Iterator[str]:
    if not problems:
        return
    yield f"\n{words('contacts.problems')}\n"
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.why] += 1
        if seen[problem.why] <= PROBLEMS_SHOWN:
            line = f"{words('lines', lines=problem.line)}: {_said(problem, words)}"
            yield from _indented([line], width)
    for why, count in seen.items():
        if count > PROBLEMS_SHOWN:
            rest = words.number(count - PROBLEMS_SHOWN)
            yield from _indented(
                [words("contacts.more", n=rest, what=words(f"contacts.short.{why}"))], width
            )


def _said(problem: Problem, words: Texts) -> str:
    value = _clean(mask(problem.value, problem.line) or "")
    return words(f"contacts.problem.{problem.why}", value=value)


def _left_out(contacts: Contacts) -> int:
    return sum(problem.why in LEAVES_OUT for problem in contacts.problems)


def _clean(value: str) -> str:
    return visible(mask(value, 0) or "")


def _percent(share: Share, words: Texts) -> str:
    """Return the share with one decimal, rounded half up; a dash of nobody."""
    if not share.nevner:
        return "–"
    tenths = (2000 * share.teller + share.nevner) // (2 * share.nevner)
    mark = formats.decimal("0.5", words.language)[1]
    return words("percent", n=f"{tenths // 10}{mark}{tenths % 10}")


def _indented(lines: Iterable[str], width: int) -> Iterator[str]:
    import textwrap  # noqa: PLC0415

    for line in lines:
        yield textwrap.fill(line, width, initial_indent="  ", subsequent_indent="    ") + "\n"


def _written(table: Table, width: int) -> str:
    from rich.console import Console  # noqa: PLC0415  slow to import

    console = Console(width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(table)
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())
