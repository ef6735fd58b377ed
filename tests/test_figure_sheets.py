"""The tables and indicators in the workbook, read back, and their words in every form."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kpr_validator.model import LANGUAGES
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_share import share
from kpr_validator.report.as_xlsx import write_xlsx
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from kpr_validator.figures import Figures

LANGUAGE = ["nb", *(pytest.param(one, marks=pytest.mark.slow) for one in LANGUAGES[1:])]
EXAMPLES = Path(__file__).parent.parent / "examples"
FAULTY = EXAMPLES / "typiske-feil.xml"
OPTIONS = Options(last_year=str(EXAMPLES / "fjoraaret.xml"), select=("FUN",))
# What is never left out where these are shown: why nothing is computed, or can't be compared.
SAID = {
    "nb": ("samlemål er ikke regnet ut", "Fem av de seksten", "finner også diagnosen P70"),
    "nn": ("samlemål er ikkje rekna ut", "Fem av dei seksten", "finn òg diagnosen P70"),
    "en": ("are not computed", "Five of the sixteen steps", "also finds the diagnosis P70"),
}


@cache
def _figures() -> Figures:
    with check_file(str(FAULTY), OPTIONS) as report:
        figures = report.figures()
    assert figures
    return figures


@cache
def _shared() -> dict[str, str]:
    """Return the files that may be shared, by their ending."""
    with check_file(str(FAULTY), OPTIONS) as report:
        files = share(report, report.figures(), "nb", 10)
        return {name.rpartition(".")[2]: "".join(pieces) for name, pieces in files.items()}


def _workbook(tmp_path: Path, language: str) -> openpyxl.Workbook:
    path = tmp_path / "tall.xlsx"
    with check_file(str(FAULTY), OPTIONS) as report:
        write_xlsx(path, report, language, figures=report.figures())
    return openpyxl.load_workbook(path)


def _rows(book: openpyxl.Workbook, name: str) -> list[list[object]]:
    return [
        [cell for cell in row if cell is not None] for row in book[name].iter_rows(values_only=True)
    ]


@pytest.mark.parametrize("language", LANGUAGE)
def test_every_number_of_every_table_is_in_the_workbook(tmp_path: Path, language: str) -> None:
    """As a number, or with what the receiver will see beside it."""
    figures = _figures()
    rows = _rows(_workbook(tmp_path, language), texts(language)("figure_sheets.tables"))
    named = {(row[0], len(row)): row for row in rows if row}
    for table in figures.tables:
        assert [table.title.in_language(language)] in rows
        assert [table.note.in_language(language)] in rows
    scores = next(table for table in figures.tables if table.id == "funksjon")
    for line in scores.lines:
        row = named[line.name.in_language(language), len(line.cells) + 1]
        told = [str(cell).partition(" (")[0] for cell in row[1:]]
        assert told == [str(cell.count.sent) for cell in line.cells if cell.count]


def test_every_part_of_every_indicator_is_in_the_workbook(tmp_path: Path) -> None:
    figures = _figures()
    rows = _rows(_workbook(tmp_path, "nb"), "Indikatorer")[1:]
    parts = [
        (figure.title.nb, part.name.nb, part.count.sent, part.count.received)
        for figure in figures.indicators
        for part in figure.parts
    ]
    assert [tuple(row[:4]) for row in rows if row[1] != "I alt"] == parts
    totals = [(figure.title.nb, figure.total.sent) for figure in figures.indicators]
    assert [(row[0], row[2]) for row in rows if row[1] == "I alt"] == totals


def test_without_figures_there_are_no_such_sheets(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    with check_file(str(EXAMPLES / "feilfri.xml"), Options(select=("IP",))) as report:
        write_xlsx(path, report, "nb")
    assert "Indikatorer" not in openpyxl.load_workbook(path).sheetnames


@pytest.mark.parametrize("language", LANGUAGE)
def test_composites_steps_and_dementia_say_what_they_are_not(tmp_path: Path, language: str) -> None:
    """On the page, in the workbook, in JSON, and in all that is shared."""
    with check_file(str(FAULTY), OPTIONS) as report:
        figures = report.figures()
        forms = ["".join(as_html(report, language, figures))]
        forms += ["".join(as_json(report, language, figures))]
    if language == "nb":
        forms += _shared().values()
    sheet = _rows(_workbook(tmp_path, language), texts(language)("figure_sheets.tables"))
    for form in (*forms, " ".join(str(cell) for row in sheet for cell in row)):
        assert [said for said in SAID[language] if said not in " ".join(form.split())] == []


def test_scores_are_shared_with_small_numbers_hidden() -> None:
    """Line by line for each function variable."""
    lines = list(csv.reader(io.StringIO(_shared()["csv"]), delimiter=";"))
    title = "Skårer per funksjonsvariabel per 31.12"
    told = [line for line in lines if line[0] == title and line[1]]
    assert {line[1] for line in told} == {str(number) for number in range(1, 19)}
    numbers = [line[4] for line in told]
    assert {"*"} < set(numbers)
    assert [n for n in numbers if n != "*" and 0 < int(n) < 10] == []
