"""The whole feedback: every file of the set, under a name that says whose it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook
from typer.testing import CliRunner

from kpr_validator import assets, feedback
from kpr_validator.cli import app
from kpr_validator.feedback import Wish, name_of, write_feedback
from tests import report_samples as samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpr_validator.model import Case, Finding

EXAMPLES = assets.rules().parent / "examples"
STEM = "tilbakemelding-1820-2019-1"


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the feedback on the typical example."""
    folder = tmp_path_factory.mktemp("tilbakemelding")
    done = CliRunner().invoke(
        app,
        [
            "feedback", str(EXAMPLES / "typiske-feil.xml"), "--output", str(folder),
            "--last-year", str(EXAMPLES / "fjoraaret.xml"),
            "--units", str(EXAMPLES / "enheter.csv"),
            "--letter", "--share", "10",
        ],
    )  # fmt: skip
    assert (done.exit_code, done.stderr) == (1, "")
    assert sorted(done.stdout.split()) == sorted(str(path) for path in folder.iterdir())
    return folder


def test_the_set_is_named_after_municipality_year_and_sending(folder: Path) -> None:
    """So that two sendings never take each other's place."""
    endings = {path.name.removeprefix(STEM) for path in folder.iterdir()}
    assert endings >= {
        ".html", ".xlsx", ".csv", ".json", "-kvittering.json", "-kvittering.html",
        "-brev-nb.txt", "-brev-nn.txt", "-deling.html", "-deling.json", "-deling.csv",
    }  # fmt: skip


def test_the_page_has_tables_indicators_and_checklists_beside_the_findings(folder: Path) -> None:
    """In the order: what happens, what to mend first, what is kept, figures, findings, method."""
    page = lxml_html.document_fromstring((folder / f"{STEM}.html").read_bytes())
    parts = [section.get("aria-labelledby") for section in page.xpath("//main/section")]
    known = ["h-consequences", "h-first", "h-kept", "h-tables", "h-indicators", "t-KOM"]
    known += ["h-checklists", "h-method"]
    assert [part for part in parts if part in known] == known
    assert (folder / f"{STEM}.html").stat().st_size < 2_000_000


def test_all_files_tell_of_the_same_findings(folder: Path) -> None:
    """By fingerprint: the report for programs and the work list for people."""
    report = json.loads((folder / f"{STEM}.json").read_text("utf-8"))
    book = load_workbook(folder / f"{STEM}.xlsx", read_only=True)
    rows = book["Arbeidsliste"].iter_rows(values_only=True)
    header = next(row for row in rows if row[-1] or len([cell for cell in row if cell]) > 5)
    listed = sum(1 for row in rows if any(row))
    assert len(report["findings"]) == listed
    assert "Melding" in header


def test_the_receipt_tells_the_same_verdict_and_hash(folder: Path) -> None:
    """Proof of what was checked."""
    report = json.loads((folder / f"{STEM}.json").read_text("utf-8"))
    receipt = json.loads((folder / f"{STEM}-kvittering.json").read_text("utf-8"))
    assert receipt["verdict"] == report["verdict"]
    assert receipt["sha256"] == report["submission"]["sha256"]
    page = (folder / f"{STEM}-kvittering.html").read_text("utf-8")
    assert receipt["sha256"] in page
    persons = {found["person"] for found in report["findings"]} - {"2018", "2019"}
    assert persons & set(re.findall(r">(\w+)<", page)) == set()


def test_what_the_municipality_has_explained_is_marked_in_the_whole_set(tmp_path: Path) -> None:
    """With its reason where it stands, and counted apart."""
    done = CliRunner().invoke(
        app,
        [
            "feedback", str(EXAMPLES / "typiske-feil.xml"), "--output", str(tmp_path),
            "--explain-ledger", str(EXAMPLES / "forklart.toml"),
        ],
    )  # fmt: skip
    assert done.exit_code == 1
    told = json.loads((tmp_path / f"{STEM}.json").read_text("utf-8"))
    marked = [found for found in told["findings"] if found["explained"]]
    assert marked
    receipt = json.loads((tmp_path / f"{STEM}-kvittering.json").read_text("utf-8"))
    assert sum(receipt["explained"].values()) == len(marked)
    reasons = {found["explained"] for found in marked}
    listed = (tmp_path / f"{STEM}.csv").read_text("utf-8")
    assert [why for why in reasons if why not in listed] == []


def test_the_files_tell_the_same_whether_the_findings_are_held_or_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held, the submission is read through once for the whole set."""
    readings: list[str] = []
    made = samples.typical()

    def cases() -> Iterator[tuple[Finding, Case]]:
        readings.append("lest")
        return made.cases()

    def written(name: str) -> dict[str, str]:
        files = write_feedback(replace(made, cases=cases), tmp_path / name, Wish(share_limit=5))
        plain = [path for path in files if path.suffix != ".xlsx" and "kvittering" not in path.name]
        return {path.name: path.read_text("utf-8") for path in plain}

    held = written("holdt")
    assert len(readings) == 1
    monkeypatch.setattr(feedback, "MOST_HELD", 0)
    assert held == written("lest")
    assert len(readings) > 1


@pytest.mark.parametrize(
    ("municipality", "sending", "name"),
    [
        ("1820", "3", "tilbakemelding-1820-2019-3"),
        ("../../x", "\x1b[2J", "tilbakemelding-ukjent-2019-ukjent"),
        ("01888000050", "01888000050", "tilbakemelding-ukjent-2019-ukjent"),
        (None, "", "tilbakemelding-ukjent-2019-ukjent"),
    ],
)
def test_nothing_in_the_file_leads_out_of_the_folder(
    municipality: str | None, sending: str, name: str
) -> None:
    """Nor shows a number of a person: only what has the form that it must have is taken."""
    told = replace(samples.SUBMISSION, municipality=municipality, sending=sending)
    assert name_of(samples.report(submission=told)) == name


def test_a_work_list_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    """And it is said which."""
    other = tmp_path / "annet.xlsx"
    other.write_bytes(b"PK")
    done = CliRunner().invoke(
        app,
        [
            "feedback", str(EXAMPLES / "feilfri.xml"), "--output", str(tmp_path / "ut"),
            "--worklist", str(other),
        ],
    )  # fmt: skip
    assert (done.exit_code, "annet.xlsx" in done.stderr) == (2, True)


def test_what_may_be_shared_names_nobody(folder: Path) -> None:
    """No number of a person who has a finding stands in any of its files."""
    report = json.loads((folder / f"{STEM}.json").read_text("utf-8"))
    years = {"2018", "2019"}  # two persons are numbered like them
    numbers = {found["person"] for found in report["findings"] if found["person"]} - years
    persons = {f">{number}<" for number in numbers}
    shared = "".join(path.read_text("utf-8") for path in folder.glob("*-deling.*"))
    assert shared
    assert {person for person in persons if person in shared} == set()


def test_only_documented_limits_are_taken(tmp_path: Path) -> None:
    """Any other number is wrong usage."""
    words = ["feedback", str(EXAMPLES / "feilfri.xml"), "--output", str(tmp_path), "--share", "3"]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, "5 eller 10" in done.stderr, list(tmp_path.iterdir())) == (2, True, [])
