"""Refuses rule pages that would go wrong, or be misread, later: each fault with file and line."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from kpr_validator import catalogue, concepts, database, gather, reference, sql
from kpr_validator.check import MEANT_FOR_ENGINE, Year
from kpr_validator.indicators import load_indicator
from kpr_validator.model import LANGUAGES
from kpr_validator.rules import PageError, load_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kpr_validator.indicators import Indicator
    from kpr_validator.model import Rule, Value

ALWAYS_THERE = frozenset({"observert", "forventet", "felt"})
TOLD_BY_ENGINE = frozenset(
    [
        "forelder",
        "linje",
        "koding",
        "tegn",
        "navn",
        "godtatt",
        "antall",
        "maks",
        "aar",
        "regelaar",
        "grunn",
        "ventet",
    ]
)
_GROUPED = re.compile(r"\bGROUP\s+BY\s+([\w., ]+)", re.IGNORECASE)
_AGGREGATE = re.compile(r"\b(?:count|total|sum|min|max|avg|group_concat)\s*\(", re.IGNORECASE)
STYLES = frozenset({"", "dato", "måned", "tall", "tjeneste", "felt"})
_COUNTED = frozenset({"person_rad", "rad", "del"})
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}(?![0-9]{1,3}\b)")
_ARGUED = r"^Alvorlighet: \w"
_MESSAGE_COLUMN = r"\b(?:\w+\.)?(?:pe|po|fn|tj|di|dg|ii)[A-Z]\w*"
_REFUSED = (
    (re.compile(r'"'), "dobbelt anførselstegn er tvetydig; bruk enkle for tekst"),
    (
        re.compile(r"\bLIKE\b", re.IGNORECASE),
        "LIKE skiller ikke store og små bokstaver; bruk = eller GLOB",
    ),
    (re.compile(r"\bRECURSIVE\b", re.IGNORECASE), "rekursive spørringer er ikke tillatt"),
    (re.compile(r"\[\^"), "[^…] i GLOB er ikke nektelse i SQLite sin forstand; skriv det om"),
    (
        re.compile(_MESSAGE_COLUMN + r"\s+IS\s+(?:NOT\s+)?NULL", re.IGNORECASE),
        "IS NULL på en kolonne i meldingen; bruk begrepets …_besvart",
    ),
    (
        re.compile(
            r"\b(?:tjTjenType|type|type_talt)\s*(?:=|<>|!=|\bIN\b)\s*\(?\s*'?\d", re.IGNORECASE
        ),
        "tjenestekoden hører hjemme i et begrep",
    ),
    (
        re.compile(r"^(?!.*\d\.\d).*/", re.MULTILINE),
        "heltallsdeling; skriv 1.0 * a / b",
    ),
)


def lint(path: Path) -> Rule:
    """Return the rule of a page that is sound.

    Raises PageError with file and line for the first thing that is not.
    """
    page = load_page(path)
    rule, text = page.rule, path.read_text(encoding="utf-8")
    if not re.search(_ARGUED, rule.why, re.MULTILINE):
        raise _error(path, _line(text, "## Hvorfor"), "«Hvorfor» mangler «Alvorlighet: … fordi …»")
    known = known_fields()
    for name in rule.fields:
        if name not in known:
            raise _error(path, _line(text, name), f"ukjent felt {name}")
    columns = TOLD_BY_ENGINE
    if rule.sql is not None:
        _check_words(path, rule.sql, page.sql_line)
        columns = frozenset(_columns(path, rule, page.sql_line))
    for name, style, language in _placeholders(rule):
        if name not in columns | ALWAYS_THERE or style not in STYLES:
            raise _error(
                path, _line(text, "{" + name), f"{language}: ukjent plassholder {{{name}}}"
            )
    return rule


def lint_indicator(path: Path) -> Indicator:
    """Return the indicator of a page that is sound.

    Raises PageError with file and line for the first thing that is not.
    """
    page = load_indicator(path)
    indicator, line = page.indicator, page.sql_line
    _check_words(path, indicator.sql, line)
    if year := _YEAR.search(indicator.sql):
        at = line + 1 + indicator.sql.count("\n", 0, year.start())
        raise _error(path, at, f"årstallet {year[0]} hører hjemme i et begrep eller i parametre")
    columns = _tried(path, indicator.sql, indicator.parameters, line)
    if not columns >= _COUNTED:
        raise _error(path, line, f"SELECT må gi {', '.join(sorted(_COUNTED))}")
    if indicator.published and not gather.published(indicator.published):
        text = path.read_text(encoding="utf-8")
        raise _error(path, _line(text, "publisert"), "publisert viser til tall som ikke finnes")
    return indicator


def known_fields() -> frozenset[str]:
    """Return every field of the documents that we judge."""
    return frozenset(
        name
        for document in catalogue.documents()
        if document.kind in {"annual", "ident"}
        for element in document.plan.elements.values()
        for name in element.fields
    )


def _placeholders(rule: Rule) -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for text in (rule.message, rule.fix):
            for _, name, style, _ in string.Formatter().parse(text.in_language(language)):
                if name is not None:
                    yield name, style or "", language


def _check_words(path: Path, statement: str, first_line: int) -> None:
    """Refuse what SQLite would take but a reader would misunderstand."""
    bare = re.sub(r"--[^\n]*", "", statement)
    for pattern, why in _REFUSED:
        if found := pattern.search(bare):
            raise _error(path, first_line + 1 + bare.count("\n", 0, found.start()), why)

    for found in _GROUPED.finditer(bare):
        if loose := _bare_columns(bare[: found.start()], found[1]):
            line = first_line + 1 + bare.count("\n", 0, found.start())
            raise _error(path, line, f"{loose} er verken gruppert eller samlet under GROUP BY")


def _bare_columns(before: str, grouped: str) -> str:
    """Return the first selected column that is neither grouped by nor aggregated, or ''."""
    start = max(found.end() for found in re.finditer(r"\bSELECT\b", before, re.IGNORECASE))
    selected = re.split(r"\bFROM\b", before[start:], maxsplit=1, flags=re.IGNORECASE)[0]
    groups = {name.strip() for name in grouped.split(",")}
    items, depth, item = [], 0, ""
    for letter in selected + ",":
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            items.append(item.strip())
            item = ""
        else:
            item += letter
    plain = (re.split(r"\s+AS\s+", text, flags=re.IGNORECASE)[0] for text in items)
    return next((text for text in plain if text not in groups and not _AGGREGATE.search(text)), "")


def lint_concept(path: Path) -> None:
    """Try a concept out on empty tables; raises PageError for one that can't be used."""
    if not re.fullmatch(r"[a-zæøå_]+", path.stem):
        raise _error(path, 1, "navnet kan bare ha små bokstaver og _")
    _tried(path, f"SELECT * FROM {path.stem}", {}, 1)  # noqa: S608  a name and nothing else


def _columns(path: Path, rule: Rule, line: int) -> set[str]:
    """Return the columns that a rule's SELECT gives for placeholders."""
    columns = _tried(path, rule.sql or "", rule.parameters, line)
    needed = {"brudd", "alvorlighet"} if rule.severity is None else {"brudd"}
    if not needed <= columns or not ({"rad"} <= columns or {"tabell", "felt", "verdi"} <= columns):
        wanted = f"{', '.join(sorted(needed))} og rad, eller tabell, felt og verdi"
        raise _error(path, line, f"SELECT må gi {wanted}")
    return columns - (MEANT_FOR_ENGINE - {"felt", "verdi"})


def _tried(
    path: Path, statement: str, parameters: Mapping[str, Mapping[int, Value]], line: int
) -> set[str]:
    """Return the columns that a SELECT gives, tried out on empty tables."""
    con = database.connect()
    try:
        document = catalogue.annual()[0]
        reference.fill_format(con, document)
        year = Year(2019, "20190101", "20191231", "20191231")
        for name in concepts.needed([statement]):
            concepts.materialise(con, name, year._asdict())
        own = {name: next(iter(values.values())) for name, values in parameters.items()}
        with sql.guarded(con):
            return set(sql.columns(con, statement, {**year._asdict(), **own}))
    except Exception as error:  # whatever the page makes SQLite or a function of ours raise
        raise _error(path, line, f"sql: {error}") from error
    finally:
        con.close()


def _line(text: str, word: str) -> int:
    at = text.find(word)
    return text.count("\n", 0, max(at, 0)) + 1


def _error(path: Path, line: int, why: str) -> PageError:
    return PageError(f"{path.parent.name}/{path.name}:{line}: {why}")
