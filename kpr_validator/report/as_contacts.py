"""Individuell plan i barnehabiliteringen as text and as JSON: numbers only, never a patient."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.barnehabilitering import CHOICES, FIRST_YEAR
from kpr_validator.contacts import KNOWN_STATUSES, LEAVES_OUT, MISSING
from kpr_validator.identity import mask
from kpr_validator.report.contact_lines import clean, lines, number, percent
from kpr_validator.report.phrase import file_name
from kpr_validator.report.shared import rounded
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.table import Table

    from kpr_validator.barnehabilitering import Result
    from kpr_validator.contacts import Contacts, ContactsError, Problem
    from kpr_validator.report.contact_lines import Line
    from kpr_validator.report.shared import Number
    from kpr_validator.report.texts import Texts

SCHEMA_VERSION = "1.1"
PROBLEMS_SHOWN = 5
MEASURES = tuple(range(1, 9))


def as_json(told: Result, language: str, limit: int | None = None) -> Iterator[str]:
    """Yield the whole result, each problem with its line; or with a limit what may be shared."""
    words, told_as = texts(language), _rounding(limit)
    read = told.contacts
    yield json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "kpr-validator", "version": __version__},
            "mark": _mark(limit, words),
            "limit": limit,
            "indicator": "barnehabilitering",
            "file": None if limit else file_name(told.file),
            "sha256": None if limit else told.sha256,
            "year": told.year,
            "published": told.is_published,
            "lines": told_as(read.lines),
            "contacts": told_as(read.used),
            "other_contacts": told_as(read.others),
            "left_out": told_as(_left_out(read)),
            "rows": [_json_line(line) for line in lines(told, limit)],
            "problems": [
                {"line": problem.line, "problem": problem.why, "message": _said(problem, words)}
                for problem in (() if limit else read.problems)
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
    yield "\n"


def _mark(limit: int | None, words: Texts) -> str:
    return words("contacts.small") if limit is None else words("mark.shareable")


def _rounding(limit: int | None) -> Callable[[int], Number]:
    """Return how numbers of lines are told: as they are, or rounded when they are shared."""
    return (lambda n: n) if limit is None else (lambda n: rounded(n, limit))


def refusal(error: ContactsError, language: str) -> str:
    """Return why a table can't be used."""
    names = ", ".join(error.names)
    return texts(language)(f"contacts.unusable.{error.why}", line=error.line, names=names)


def _json_line(line: Line) -> dict[str, object]:
    shares = enumerate(line.shares, 1)
    statuses = {code or "missing": n for code, n in line.statuses.items()}
    return {
        "period": line.period,
        "choice": line.choice,
        "level": line.level,
        "place": line.place,
        "merged": line.is_merged,
        "shares": {str(n): {"teller": teller, "nevner": nevner} for n, (teller, nevner) in shares},
        "counts": {str(n): count for n, count in enumerate(line.counts, 4)},
        "unknown": line.unknown,
        "statuses": {**{code: n for code, n in statuses.items() if n}, **line.others},
    }


def as_text(
    told: Result, language: str, width: int = 80, limit: int | None = None
) -> Iterator[str]:
    """Yield the result for a terminal: a table for each period, then what to know of it."""
    words = texts(language)
    heading = [words("contacts.title"), *([str(told.year)] if told.year else [])]
    yield f"{', '.join(heading)}\n"
    yield from _indented(_first(limit, words), width)
    yield "\n"
    yield from _indented(_about(told, words, limit), width)
    if not told.is_published:
        yield from _indented([words("contacts.unpublished", first=FIRST_YEAR)], width)
    found = list(lines(told, limit))
    for period in dict.fromkeys(line.period for line in found):
        here = [line for line in found if line.period == period]
        name = period[5:] or "year"
        yield f"\n{words(f'contacts.{name}')} {told.year}\n"
        yield _written(_table([line for line in here if line.choice == CHOICES[0]], words), width)
        yield "\n"
        yield _written(_choices([line for line in here if line.level == "country"], words), width)
    if found:
        yield f"\n{words('contacts.measures')}\n"
        yield from _indented((f"{n} {words(f'contacts.measure.{n}')}" for n in MEASURES), width)
    notes = ("chosen_shared" if limit else "chosen", "seen", "ended")
    yield "\n"
    yield from _indented((words(f"contacts.{note}") for note in notes), width)
    if not limit:
        yield from _problems(told.contacts.problems, words, width)


def _first(limit: int | None, words: Texts) -> Iterator[str]:
    """Yield who may see it, and what is hidden."""
    yield _mark(limit, words)
    if limit:
        yield words("share.legend", most=limit - 1)


def _about(told: Result, words: Texts, limit: int | None) -> Iterator[str]:
    read, told_as = told.contacts, _rounding(limit)
    if not limit:
        yield f"{words('label.file')}: {file_name(told.file)}"
    yield words(
        "contacts.lines",
        lines=number(told_as(read.lines), words),
        used=number(told_as(read.used), words),
        others=number(told_as(read.others), words),
        out=number(told_as(_left_out(read)), words),
    )
    if limit:
        yield words("contacts.rounded", limit=limit)
        yield words("contacts.few", limit=limit)
    if not told.rows:
        yield words("contacts.nobody")
    absent = [words(f"contacts.{name}") for name in ("rhf", "hf") if name not in read.levels]
    if absent:
        yield words("contacts.no_levels", levels=", ".join(absent))


def _table(found: Iterable[Line], words: Texts) -> Table:
    from rich.table import Table  # noqa: PLC0415  slow to import
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("  " + words("contacts.place"), overflow="fold")
    for measure in MEASURES:
        table.add_column(str(measure), justify="right", no_wrap=True)
    for line in found:
        level = words(f"contacts.{line.level}")
        unnamed = words("contacts.merged") if line.is_merged else words("contacts.unstated")
        place = line.place or unnamed
        called = level if line.level == "country" else f"{level} {place}"
        shares = (percent(*share, words) for share in line.shares)
        counts = (number(count, words) for count in line.counts)
        table.add_row(Text(f"  {called}"), *shares, *counts)
    return table


def _choices(found: Sequence[Line], words: Texts) -> Table:
    """Return the statuses of the country by each way to choose which of several counts."""
    from rich.table import Table  # noqa: PLC0415  slow to import
    from rich.text import Text  # noqa: PLC0415

    codes = [MISSING, *KNOWN_STATUSES]
    table = Table(box=None, padding=(0, 1), pad_edge=False)
    table.add_column("  " + words("contacts.status"), overflow="fold")
    for code in codes:
        table.add_column(code or words("contacts.none"), justify="right", no_wrap=True)
    table.add_column(words("contacts.unknown"), justify="right", no_wrap=True)
    for line in found:
        table.add_row(
            Text("  " + words(f"contacts.choice.{line.choice}")),
            *(number(line.statuses[code], words) for code in codes),
            _unknown(line, words),
        )
    return table


def _unknown(line: Line, words: Texts) -> str:
    first = list(line.others.items())[:PROBLEMS_SHOWN]
    listed = ", ".join(f"{code}: {n}" for code, n in first)
    shown = number(line.unknown, words)
    return f"{shown} ({listed})" if listed else shown


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
    value = clean(mask(problem.value, problem.line) or "")
    return words(f"contacts.problem.{problem.why}", value=value)


def _left_out(contacts: Contacts) -> int:
    return sum(problem.why in LEAVES_OUT for problem in contacts.problems)


def _indented(paragraphs: Iterable[str], width: int) -> Iterator[str]:
    import textwrap  # noqa: PLC0415

    for line in paragraphs:
        yield textwrap.fill(line, width, initial_indent="  ", subsequent_indent="    ") + "\n"


def _written(table: Table, width: int) -> str:
    from rich.console import Console  # noqa: PLC0415  slow to import

    console = Console(width=width, color_system=None, highlight=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(table)
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines())
