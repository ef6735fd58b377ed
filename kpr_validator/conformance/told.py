"""A report card in words, as rows of tables, and as text, JSON and one self-contained page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kpr_validator import __version__
from kpr_validator.report.names import names
from kpr_validator.report.page import written
from kpr_validator.report.phrase import file_name, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpr_validator.conformance.card import Card, Score
    from kpr_validator.conformance.difference import Difference
    from kpr_validator.report.texts import Texts

SCHEMA_VERSION = "1.0"
SCORES = ("expected", "right", "lost", "changed", "added")
ROWS = ("class", *SCORES)
FIELDS = ("field", *SCORES)
LIKELY = ("count", "likely")
FAULTS = ("person", "record", "field", "kind", "wanted", "observed", "likely", "line")
REMARKS = ("person", "field", "likely")
IN_WORDS = frozenset({"class", "field", "likely", "person", "record", "kind", "wanted", "observed"})
_SHOWN = 30
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Said:
    """A report card in the words of one language."""

    card: Card
    words: Texts

    def verdict(self) -> str:
        """Return whether the extraction is right."""
        if self.card.passes:
            return self.words("conformance.passes")
        faults = self.words.count("faults", len(self.card.faults))
        return self.words("conformance.fails", faults=faults)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what was compared."""
        card, words = self.card, self.words
        files = (card.file, card.ident or "")
        yield words("label.file"), ", ".join(file_name(name) for name in files if name)
        yield words("label.year"), str(card.fasit.year)
        yield words("label.municipality"), visible(card.fasit.municipality)

    def notes(self) -> Iterator[str]:
        """Yield what else is worth knowing."""
        card, words = self.card, self.words
        if card.others:
            yield words("conformance.others", n=words.count("persons", card.others))
        if card.findings:
            told = (f"{rule} ({words.number(n)})" for rule, n in card.findings.items())
            yield words("conformance.findings_note", rules=", ".join(told))

    def likely(self) -> list[tuple[str, ...]]:
        """Return how often each probable cause is met."""
        return [
            (self.words.number(n), self.words(f"conformance.why.{why}"))
            for why, n in self.card.likely
        ]

    def rows(self) -> list[tuple[str, ...]]:
        """Return the score of each class that has rows."""
        return [(name, *self._score(score)) for name, score in self.card.rows.items() if any(score)]

    def fields(self, *, all_of_them: bool) -> list[tuple[str, ...]]:
        """Return the score of each field, or only of those that are not all right."""
        known = names(self.words.language)
        return [
            (known.field_in_full(field), *self._score(score))
            for (_, field), score in self.card.fields.items()
            if all_of_them or score.lost or score.changed or score.added
        ]

    def _score(self, score: Score) -> Iterator[str]:
        return (self.words.number(n) for n in score)

    def faults(self) -> list[tuple[str, ...]]:
        """Return every fault."""
        return [self._fault(fault) for fault in self.card.faults]

    def _fault(self, fault: Difference) -> tuple[str, ...]:
        words = self.words
        return (
            fault.person,
            fault.record or fault.element,
            fault.field or words("conformance.row"),
            words(f"conformance.kind.{fault.kind}"),
            self._value(fault.expected),
            self._value(fault.observed),
            words(f"conformance.why.{fault.likely}"),
            str(fault.line or ""),
        )

    def _value(self, value: str | None) -> str:
        if value is None:
            return self.words("conformance.nothing")
        return visible(value) if value.strip() else self.words("conformance.empty")

    def remarks(self) -> list[tuple[str, ...]]:
        """Return what is accepted but worth knowing: each kind once per field and person."""
        told = (
            (one.person, one.field or one.element, self.words(f"conformance.why.{one.likely}"))
            for one in self.card.remarks
        )
        return list(dict.fromkeys(told))


def as_text(said: Said, width: int = 80) -> Iterator[str]:
    """Yield the report card block by block for a terminal."""
    words = said.words
    yield f"{words('conformance.title')}\n\n"
    yield from (f"{_INDENT}{label}: {value}\n" for label, value in said.facts())
    yield f"\n{_wrapped(said.verdict(), width)}"
    yield from (f"\n{_wrapped(note, width)}" for note in said.notes())
    yield from _block("likely", LIKELY, said.likely(), words, width)
    yield from _block("rows", ROWS, said.rows(), words, width)
    yield from _block("fields", FIELDS, said.fields(all_of_them=False), words, width)
    yield from _each(said, width)
    told = said.remarks()
    yield from _block("remarks", REMARKS, told[:_SHOWN], words, width)
    yield from _more(len(told), words)
    if said.card.faults:
        yield f"\n{_wrapped(words('conformance.guess'), width)}"


def _each(said: Said, width: int) -> Iterator[str]:
    """Yield every fault as a few lines, which a terminal has room for."""
    faults, words = said.faults(), said.words
    if faults:
        yield f"\n{words('conformance.differences')}\n"
    for person, record, field, kind, wanted, observed, why, line in faults[:_SHOWN]:
        where = f" ({words('conformance.column.line')} {line})" if line else ""
        yield _wrapped(f"{person}, {record}, {field}: {kind}{where}", width, _INDENT)
        yield _wrapped(f"{wanted} → {observed}. {why}", width, _INDENT * 3)
    yield from _more(len(faults), words)


def _more(count: int, words: Texts) -> Iterator[str]:
    if count > _SHOWN:
        yield f"{_INDENT}{words('conformance.more', n=words.number(count - _SHOWN))}\n"


def _wrapped(text: str, width: int, indent: str = "") -> str:
    import textwrap  # noqa: PLC0415  only text needs it

    lines = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
    return "".join(f"{line}\n" for line in lines)


def _block(
    name: str,
    columns: Sequence[str],
    rows: Iterable[tuple[str, ...]],
    words: Texts,
    width: int,
) -> Iterator[str]:
    from rich.console import Console  # noqa: PLC0415  slow to import
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 1), pad_edge=False)
    for column in columns:
        side: Literal["left", "right"] = "left" if column in IN_WORDS else "right"
        label = Text(words(f"conformance.column.{column}"))
        table.add_column(label, justify=side, no_wrap=column not in IN_WORDS, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if not table.row_count:
        return
    yield f"\n{words(f'conformance.{name}')}\n"
    console = Console(
        width=width - len(_INDENT), color_system=None, highlight=False, legacy_windows=False
    )
    with console.capture() as captured:
        console.print(table)
    yield "".join(f"{_INDENT}{line}".rstrip() + "\n" for line in captured.get().splitlines())


def as_html(said: Said) -> Iterator[str]:
    """Yield the report card as one page."""
    tables = (
        ("likely", LIKELY, said.likely()),
        ("rows", ROWS, said.rows()),
        ("fields", FIELDS, said.fields(all_of_them=True)),
        ("differences", FAULTS, said.faults()),
        ("remarks", REMARKS, said.remarks()),
    )
    shown = {
        "said": said,
        "words": said.words,
        "tables": [(name, columns, rows) for name, columns, rows in tables if rows],
        "in_words": IN_WORDS,
    }
    yield from written("conformance.html", shown)


def as_json(said: Said) -> Iterator[str]:
    """Yield the report card after schemas/conformance.schema.json."""
    card = said.card
    told = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "kpr-validator", "version": __version__},
        "file": file_name(card.file),
        "ident": None if card.ident is None else file_name(card.ident),
        "year": card.fasit.year,
        "municipality": card.fasit.municipality,
        "passes": card.passes,
        "classes": [{"class": name, **score._asdict()} for name, score in card.rows.items()],
        "fields": [
            {"class": element, "field": field, **score._asdict()}
            for (element, field), score in card.fields.items()
        ],
        "faults": [_difference(said, fault) for fault in card.faults],
        "remarks": [_difference(said, remark) for remark in card.remarks],
        "likely": [{"why": why, "count": n} for why, n in card.likely],
        "others": card.others,
        "findings": dict(card.findings),
    }
    yield json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _difference(said: Said, one: Difference) -> dict[str, object]:
    return {
        "kind": one.kind,
        "class": visible(one.element),
        "field": one.field,
        "person": one.person,
        "record": one.record,
        "expected": None if one.expected is None else visible(one.expected),
        "observed": None if one.observed is None else visible(one.observed),
        "why": one.likely,
        "message": said.words(f"conformance.why.{one.likely}"),
        "line": one.line,
    }
