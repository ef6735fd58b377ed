"""No identity leaves in any output: no number, no name, no telephone, no e-mail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from kpr_validator.identity import is_identity, mask
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_csv import as_csv
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_text import as_text
from kpr_validator.report.as_xlsx import write_xlsx

if TYPE_CHECKING:
    from kpr_validator.model import Report

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.xml"))
_CONTACT = re.compile(
    r"<(Navn|Telefon|Epost)>([^<]+)<|(?:kontPerson|meldEpost1|meldTelefon)=\"([^\"]+)\""
)
_ELEVEN = re.compile(r"(?<![0-9])[0-9]{11}(?![0-9])")


def _secrets(text: str) -> set[str]:
    """Return what must never be shown of a file: identity numbers and contact data."""
    contacts = {match[2] or match[3] for match in _CONTACT.finditer(text)}
    numbers = {number for number in _ELEVEN.findall(text) if is_identity(number)}
    return {secret for secret in contacts | numbers if len(secret) > 3}


def _outputs(report: Report, folder: Path) -> str:
    workbook = folder / "liste.xlsx"
    write_xlsx(workbook, report, "nb")
    with ZipFile(workbook) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist())
    return sheets + "".join(
        "".join(pieces)
        for language in ("nb", "nn", "en")
        for pieces in (
            as_json(report, language),
            as_html(report, language),
            as_text(report, language, 80),
            as_csv(report, language),
        )
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_output_of_an_example_shows_an_identity(path: Path, tmp_path: Path) -> None:
    """Every format in every language, with the ident message beside it."""
    ident = path.parent / "typiske-feil-ident.xml"
    secrets = _secrets(path.read_text("utf-8")) | _secrets(ident.read_text("utf-8"))
    assert secrets
    with check_file(str(path), Options(ident=str(ident))) as report:
        shown = _outputs(report, tmp_path)
    assert {secret for secret in secrets if secret in shown} == set()


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("02013299997", "fødselsnummer issued from 2032, remainder 0"),
        ("30108299920", "fødselsnummer issued from 2032"),
        ("30108299939", "fødselsnummer issued from 2032, remainder 1"),
        ("01888000050", "synthetic, month + 80"),
    ],
)
def test_a_number_of_any_series_is_known(number: str, kind: str) -> None:
    """Classic and coming control digits, real and synthetic series."""
    assert (is_identity(number), kind != "") == (True, True)


@pytest.mark.parametrize("number", ["12345678901", "00000000000", "99999999999", "01888000051"])
def test_eleven_digits_that_are_no_number_are_not_hidden(number: str) -> None:
    """A vendor must be able to see an ordinary id."""
    assert (is_identity(number), mask(number, 7)) == (False, number)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("01888000050", "‹personnummer, linje 7›"),
        ("fnr 018880 00050.", "fnr ‹personnummer, linje 7›."),
        ("x018880-00050y", "x‹personnummer, linje 7›y"),
        ("101888000050", "101888000050"),
        ("", ""),
    ],
)
def test_a_number_is_masked_wherever_it_stands_in_a_value(value: str, shown: str) -> None:
    """Also in the middle of a text, and written in two groups."""
    assert mask(value, 7) == shown
