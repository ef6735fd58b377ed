"""The whole feedback on one submission: everything that the municipality needs, as files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kpr_validator import receipt
from kpr_validator.letter import letter
from kpr_validator.rendering import whole, write_whole
from kpr_validator.report.as_csv import as_csv
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_pdf import as_pdf
from kpr_validator.report.as_share import share
from kpr_validator.report.as_xlsx import write_xlsx
from kpr_validator.report.carried import Carried, read_carried

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpr_validator.model import Report

LETTER_FORMS = ("nb", "nn")
_MUNICIPALITY, _YEAR, _SENDING = (
    re.compile(form) for form in ("[0-9]{4}", "[0-9]{4}", "[0-9]{1,9}")
)


@dataclass(frozen=True)
class Wish:
    """What the set shall hold besides the internal report.

    `worklists` are earlier work lists whose notes are carried over. `with_letter`
    adds the letter that a register would send, in both forms of Norwegian.
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
    carried = read_carried(wish.worklists)
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / name_of(report)
    figures = report.figures()
    yield _whole(stem, ".html", as_html(report, wish.language, figures))
    yield _workbook(stem, report, wish.language, carried)
    yield _whole(stem, ".csv", as_csv(report, wish.language, read_carried(wish.worklists)))
    yield _whole(stem, ".json", as_json(report, wish.language, figures))
    now = datetime.now(UTC).astimezone()
    yield _whole(stem, "-kvittering.json", receipt.as_json(report, now))
    if wish.share_limit is not None:
        files = share(report, figures, wish.language, wish.share_limit)
        for name, pieces in files.items():
            write_whole(folder / name, pieces)
            yield folder / name
    if wish.with_letter:
        for form in LETTER_FORMS:
            yield _whole(stem, f"-brev-{form}.txt", iter(letter(report, form)))
    if wish.with_pdf:  # takes the longest, so the others are there meanwhile
        path = stem.with_name(f"{stem.name}.pdf")
        with whole(path) as temporary:
            temporary.write_bytes(as_pdf(report, wish.language, figures))
        yield path


def name_of(report: Report) -> str:
    """Return tilbakemelding-<kommunenr>-<aar>-<lopenr>; what is no such number is «ukjent»."""
    told = report.submission
    parts = ((_MUNICIPALITY, told.municipality), (_YEAR, told.year), (_SENDING, told.sending))
    shown = (str(part) if form.fullmatch(str(part)) else "ukjent" for form, part in parts)
    return "-".join(("tilbakemelding", *shown))


def _whole(stem: Path, ending: str, pieces: Iterator[str]) -> Path:
    path = stem.with_name(stem.name + ending)
    write_whole(path, pieces)
    return path


def _workbook(stem: Path, report: Report, language: str, carried: Carried) -> Path:
    path = stem.with_name(stem.name + ".xlsx")
    with whole(path) as temporary:
        write_xlsx(temporary, report, language, carried)
    return path
