"""Bokmål, nynorsk and English: every text is there in all three, and none shows in another."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook
from pypdf import PdfReader
from typer.testing import CliRunner

from kpr_validator import assets, receipt
from kpr_validator import explain as judging
from kpr_validator.barnehabilitering import indicator
from kpr_validator.cli import app
from kpr_validator.compare import compare
from kpr_validator.explained import explain, read_ledger
from kpr_validator.feedback import Wish, write_feedback
from kpr_validator.model import LANGUAGES
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report import as_comparison, as_contacts, as_figures
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_pdf import as_pdf
from kpr_validator.report.as_rules import as_list
from kpr_validator.report.as_text import as_text
from kpr_validator.report.compared import said
from kpr_validator.report.phrase import phrases
from kpr_validator.rules import all_rules, load_page, rule_files
from kpr_validator.snapshots import of_report
from tests import report_samples as samples
from tests.examples import report_of
from tests.languages import bokmal_in, every_text, foreign_in, norwegian_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpr_validator.model import Report
    from kpr_validator.rules import Page

EXAMPLES = assets.schemas().parent / "examples"
FOREIGN = ["nn", "en"]  # bokmål is what they are held against
LETTERS = sorted(path for path in (EXAMPLES / "brev-2015").glob("*.xml"))
CHECKED = [EXAMPLES / f"{name}.xml" for name in ("ugyldig-xsd", "fjoraaret", "aar-2018")]
# What people read in JSON; the rest is ids, numbers and what is quoted.
READ = {"message", "fix", "title", "definition", "name", "note", "of", "text", "markdown"}
READ |= {"description", "content"}
NOT_READ = {"Id"}  # the column of ids in the shared CSV
LONG = 4  # letters; in a PDF a line may break a value anywhere, and leave shorter pieces


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    """Own texts, rules, indicators, tables, checklist, codes and fields."""
    told = [(item.where, item.text.in_language(language)) for item in every_text()]
    assert [where for where, text in told if not text.strip()] == []


def test_no_english_text_is_norwegian() -> None:
    """Not even in part."""
    told = [(item.where, norwegian_in(item.text.en)) for item in every_text()]
    assert [(where, words) for where, words in told if words] == []


def test_no_nynorsk_text_is_bokmal() -> None:
    """Not even in part."""
    told = [(item.where, bokmal_in(item.text.nn)) for item in every_text()]
    assert [(where, words) for where, words in told if words] == []


def test_what_is_foreign_is_known() -> None:
    """The measure measures."""
    assert norwegian_in("The øre is not på plass, but TJENESTE in Bodø is") == ["øre", "på"]
    assert bokmal_in("Meldinga mangler ikkje ei linje fra kommunen") == ["mangler", "fra"]
    assert foreign_in("Age: manglende registrering", "en") == ["manglende", "registrering"]
    assert foreign_in("Norge 2019: 4", "en") == foreign_in("Norge 2019: 4", "nn") == ["Norge"]


def _texts(path: Path) -> Iterator[str]:
    """Yield what a person reads in a file of any form."""
    read = {
        ".html": _page,
        ".json": _json,
        ".sarif": _json,
        ".xlsx": _book,
        ".pdf": _pdf,
        ".csv": _lines,
    }
    yield from read.get(path.suffix, _lines)(path)


def _lines(path: Path) -> Iterator[str]:
    """Yield lines; of CSV without the columns that hold ids."""
    lines = path.read_text("utf-8-sig").splitlines()
    heads = lines[0].split(";") if path.suffix == ".csv" else []
    hidden = [heads.index(name) for name in NOT_READ if name in heads]
    for line in lines:
        cells = line.split(";") if hidden else [line]
        yield from (cell for at, cell in enumerate(cells) if at not in hidden)


def _page(path: Path) -> Iterator[str]:
    """Yield the texts of a page and of what is read aloud; not what is marked as bokmål."""
    tree = lxml_html.parse(str(path)).getroot()
    quoted = "ancestor-or-self::*[@lang='nb'] or ancestor::style"
    yield from map(str, tree.xpath(f"//text()[not({quoted})]"))
    yield from map(str, tree.xpath("//@aria-label | //@data-label | //@title | //@alt"))


def _json(path: Path) -> Iterator[str]:
    yield from _strings(json.loads(path.read_text("utf-8")))


def _strings(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, str) and key in READ:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one, key)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _strings(one, name)


def _book(path: Path) -> Iterator[str]:
    book = load_workbook(path, read_only=True)
    yield from book.sheetnames
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str))


def _pdf(path: Path) -> Iterator[str]:
    pdf = PdfReader(path)
    yield str(pdf.metadata.title if pdf.metadata else "")
    for page in pdf.pages:
        yield " ".join(word for word in page.extract_text().split() if len(word) > LONG)


def _quoted(paths: list[Path]) -> set[str]:
    """Return every word of files that are quoted, as it is written."""
    return {word for path in paths for word in re.findall(r"[^\W\d_]+", path.read_text("utf-8"))}


def _foreign(path: Path, language: str, quoted: set[str]) -> list[tuple[str, str]]:
    """Return each word of another language, and where it stands."""
    return [
        (word, text[:200])
        for text in {*_texts(path)}
        for word in foreign_in(text, language)
        if word not in quoted
    ]


def _run(words: list[str]) -> None:
    done = CliRunner().invoke(app, words)
    assert (done.exit_code in {0, 1}, done.stderr) == (True, "")


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize(
    ("files", "forms"),
    [
        pytest.param(CHECKED, "text,json,html,csv,xlsx", id="examples"),
        pytest.param(LETTERS, "text,json,html", id="letter", marks=pytest.mark.slow),
    ],
)
def test_a_report_is_in_one_language(
    files: list[Path], forms: str, language: str, tmp_path: Path
) -> None:
    """As text, page, JSON, work list: nothing but what is quoted is another's."""
    names = [str(file) for file in files]
    form = ["--lang", language, "--format", forms, "--output", str(tmp_path)]
    _run(["check", *names, *form])
    quoted = _quoted(files) | {word for file in files for word in re.findall("[a-z]+", file.name)}
    told = {path.name: _foreign(path, language, quoted) for path in tmp_path.iterdir()}
    assert len(told) == len(forms.split(",")) * len(files)
    assert {name: words for name, words in told.items() if words} == {}


def test_what_build_machines_read_is_in_english_too(tmp_path: Path) -> None:
    """Also what they show of a rule."""
    file = CHECKED[0]
    form = ["--format", "sarif,gitlab,junit", "--output", str(tmp_path), "--lang", "en"]
    _run(["check", str(file), *form])
    quoted = _quoted([file]) | {*re.findall("[a-z]+", file.name)}
    told = {path.name: _foreign(path, "en", quoted) for path in tmp_path.iterdir()}
    assert (len(told), {name: words for name, words in told.items() if words}) == (3, {})


@pytest.mark.parametrize("language", FOREIGN)
def test_the_pdf_is_in_one_language(language: str, tmp_path: Path) -> None:
    """With what only it says; in nynorsk it tells in bokmål why there is a rule, and says so."""
    made = tmp_path / "funn.pdf"
    made.write_bytes(as_pdf(samples.report([samples.finding(samples.PLAN, 1)]), language))
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(made).pages)
    if language == "en":
        assert _foreign(made, language, {"innsending"}) == []
    assert {"en": "shows the first", "nn": "viser dei første"}[language] in text


@pytest.fixture(scope="module")
def judged() -> Iterator[tuple[Report, Report]]:
    """Judge the typical faults with all that belongs to them, and last year's submission."""
    options = Options(
        ident=str(EXAMPLES / "typiske-feil-ident.xml"),
        last_year=str(EXAMPLES / "fjoraaret.xml"),
        units=str(EXAMPLES / "enheter.csv"),
    )
    with (
        check_file(str(EXAMPLES / "typiske-feil.xml"), options) as report,
        check_file(str(EXAMPLES / "fjoraaret.xml"), Options()) as before,
    ):
        yield explain(report, read_ledger(EXAMPLES / "forklart.toml")), before


@pytest.fixture(scope="module", params=FOREIGN)
def everything(
    request: pytest.FixtureRequest,
    judged: tuple[Report, Report],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, Path]:
    """Write all that can be said of them; the PDF is tested by itself."""
    language: str = request.param
    folder = tmp_path_factory.mktemp(language)
    report, before = judged
    for path in write_feedback(report, folder, Wish(language, with_letter=True, share_limit=5)):
        if "-brev-" in path.name and not path.stem.endswith(language):
            path.unlink()  # the letter is always written in both forms of Norwegian too
    figures = report.figures()
    compared = said(compare([of_report(before), of_report(report)]), all_rules(), language)
    contacts = indicator(str(EXAMPLES / "barnehabilitering.csv"), None)
    now = datetime.now(UTC)
    told = {
        "check.txt": as_text(report, language, 80, colour=False),
        "check.json": as_json(report, language),
        "kvittering.html": receipt.as_html(report, now, language),
        "indikatorer.txt": as_figures.as_text(report, figures, language, 80),
        "indikatorer.json": as_figures.as_json(report, figures, language),
        "barn.txt": as_contacts.as_text(contacts, language, 80),
        "barn.json": as_contacts.as_json(contacts, language),
        "sammenligning.txt": as_comparison.as_text(compared),
        "sammenligning.json": as_comparison.as_json(compared),
        "sammenligning.html": as_comparison.as_html(compared),
        "regler.txt": as_list([*all_rules().values()], language, "text"),
    }
    for name, pieces in told.items():
        (folder / name).write_text("".join(pieces), encoding="utf-8")
    return language, folder


def test_all_that_is_written_is_in_one_language(everything: tuple[str, Path]) -> None:
    """The whole feedback with what is shared, comparison, indicators, letter, receipt, rules."""
    language, folder = everything
    given = ["typiske-feil.xml", "typiske-feil-ident.xml", "fjoraaret.xml", "enheter.csv"]
    given += ["forklart.toml", "barnehabilitering.csv"]
    quoted = _quoted([EXAMPLES / name for name in given])
    quoted |= {word for name in given for word in re.findall("[a-z]+", name)}
    told = {path.name: _foreign(path, language, quoted) for path in folder.iterdir()}
    assert {name for name in told if name.startswith("tilbakemelding")} == {
        f"tilbakemelding-1820-2019-1{ending}"
        for ending in (
            ".html", ".xlsx", ".csv", ".json", "-kvittering.json", "-kvittering.html",
            f"-brev-{language}.txt", "-deling.html", "-deling.json", "-deling.csv",
        )
    }  # fmt: skip
    assert {name: words for name, words in told.items() if words} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [load_page(path) for path in rule_files()], ids=lambda page: page.rule.id
)
def test_a_finding_is_told_in_one_language(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Message, advice and what was expected, of the first finding that the page shows."""
    example = next(example for example in page.examples if example.kind == "brudd")
    if example.options.get("dommer") == "uenig":
        monkeypatch.setattr(judging, "judge_by", lambda _path: lambda _text: False)
    with report_of(page, example, tmp_path) as report:
        found = next(found for found in report.findings() if found.rule == page.rule.id)
        for language in FOREIGN:
            words = phrases(report.rules, language)
            told = [words.message(found), words.fix(found), words.expected(found.expected)]
            quoted = set(re.findall(r"[^\W\d_]+", f"{example.text} {found.observed}"))
            assert [w for t in told for w in foreign_in(t, language) if w not in quoted] == []
