"""The whole feedback on one submission: everything that the municipality needs, as files."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from kpr_validator import receipt
from kpr_validator.letter import letter
from kpr_validator.rendering import whole, write_whole
from kpr_validator.report.as_csv import as_csv
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_pdf import as_pdf
from kpr_validator.report.as_share import share, share_name
from kpr_validator.report.as_xlsx import write_xlsx
from kpr_validator.report.carried import Carried, read_carried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kpr_validator.model import Case, Finding, Report

MOST_HELD = 20_000  # findings that are held in memory
LETTER_FORMS = ("nb", "nn")
SHARED = (".html", ".json", ".csv")
_MUNICIPALITY, _YEAR, _SENDING = (
    re.compile(form) for form in ("[0-9]{4}", "[0-9]{4}", "[0-9]{1,9}")
)


@dataclass(frozen=True)
class Wish:
    """What the set shall hold besides the internal report.

    `worklists` are earlier work lists whose notes are carried over. `with_letter`
    adds the letter that a register would send, in both forms of Norwegian and in `language`.
    `share_limit` (5 or 10) adds the files that may leave the municipality, where
    smaller numbers are hidden; None leaves them out. `with_pdf` needs the extra `pdf`.
    """

    language: str = "nb"
    worklists: tuple[Path, ...] = ()
    with_letter: bool = False
    share_limit: int | None = None
    with_pdf: bool = False


def write_feedback(report: Report, folder: Path, wish: Wish) -> Iterator[Path]:
    """Write the set into `folder`, each file whole or not at all, and yield its files.

    Raises WorklistError when an earlier work list can't be read.
    """
    made = writers(report, wish)
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in made.items():
        write(folder / name)
        yield folder / name


def writers(report: Report, wish: Wish) -> dict[str, Callable[[Path], None]]:
    """Return what writes each file of the set, whole or not at all, by the file's name.

    Raises WorklistError when an earlier work list can't be read.
    """
    report = held(report)
    stem, language = name_of(report), wish.language
    carried, now = read_carried(wish.worklists), datetime.now(UTC).astimezone()

    def text(pieces: Callable[[], Iterator[str]]) -> Callable[[Path], None]:
        return lambda path: write_whole(path, pieces())

    made = {
        f"{stem}.html": text(lambda: as_html(report, language, report.figures())),
        f"{stem}.xlsx": lambda path: _workbook(path, report, language, carried),
        f"{stem}.csv": text(lambda: as_csv(report, language, carried.anew())),
        f"{stem}.json": text(lambda: as_json(report, language, report.figures())),
        f"{stem}-kvittering.json": text(lambda: receipt.as_json(report, now)),
        f"{stem}-kvittering.html": text(lambda: receipt.as_html(report, now, language)),
    }
    if wish.share_limit is not None:
        made |= _shared(report, language, wish.share_limit)
    if wish.with_letter:
        for form in dict.fromkeys((*LETTER_FORMS, language)):
            made[f"{stem}-brev-{form}.txt"] = text(partial(letter, report, form))
    if wish.with_pdf:  # takes the longest, so the others are there meanwhile
        made[f"{stem}.pdf"] = lambda path: _document(path, report, language)
    return made


def held(report: Report) -> Report:
    """Return the report with its findings found again once for all files, where they are few."""
    if report.total > MOST_HELD:
        return report

    @cache
    def cases() -> tuple[tuple[Finding, Case], ...]:
        return tuple(report.cases())

    return replace(
        report,
        findings=lambda: (finding for finding, _ in cases()),
        cases=lambda: iter(cases()),
    )


def _shared(report: Report, language: str, limit: int) -> dict[str, Callable[[Path], None]]:
    """Return what writes the files that may leave the municipality; all are made at once."""

    @cache
    def made() -> dict[str, str]:
        files = share(report, report.figures(), language, limit)
        return {name: "".join(pieces) for name, pieces in files.items()}

    def write(name: str, path: Path) -> None:
        write_whole(path, iter([made()[name]]))

    names = (f"{share_name(report)}{ending}" for ending in SHARED)
    return {name: partial(write, name) for name in names}


def _workbook(path: Path, report: Report, language: str, carried: Carried) -> None:
    with whole(path) as temporary:
        write_xlsx(temporary, report, language, carried, report.figures())


def _document(path: Path, report: Report, language: str) -> None:
    with whole(path) as temporary:
        temporary.write_bytes(as_pdf(report, language, report.figures()))


def name_of(report: Report) -> str:
    """Return tilbakemelding-<kommunenr>-<aar>-<lopenr>; what is no such number is «ukjent»."""
    told = report.submission
    parts = ((_MUNICIPALITY, told.municipality), (_YEAR, told.year), (_SENDING, told.sending))
    shown = (str(part) if form.fullmatch(str(part)) else "ukjent" for form, part in parts)
    return "-".join(("tilbakemelding", *shown))
