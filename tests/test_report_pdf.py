"""The PDF: tagged, told in the reader's language, whole as text, bounded, and closed to the net."""

from __future__ import annotations

import sys
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.model import LANGUAGES, Severity, Status, Tally
from kpr_validator.report import as_pdf as module
from kpr_validator.report.as_pdf import as_pdf
from tests import report_samples as samples
from tests.report_samples import PLAN, finding, report
from tests.test_report_figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpr_validator.model import Report

FINE = str(assets.schemas().parent / "examples" / "feilfri.xml")
SPOTLESS = ["--select", "INN-01"]  # one rule: what is tested is not what it finds
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
# Says that it looks for Pango, and finds none, as WeasyPrint does.
WITHOUT_PANGO = "print('could not import some external libraries'); raise OSError('no pango')"


def _read(made: Report, language: str = "nb") -> PdfReader:
    return PdfReader(BytesIO(as_pdf(made, language, FIGURES)))


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    """Return the report with something of everything, read back."""
    return _read(samples.typical())


def _text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def _elements(node: Any) -> Iterator[Any]:  # noqa: ANN401  an object of the PDF
    """Yield the elements of the tree of tags, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def _titles(outline: Any, level: int = 1) -> Iterator[tuple[int, str]]:  # noqa: ANN401  nested
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one, level + 1)
        else:
            yield level, one.title


def test_headings_tables_lists_and_charts_are_tagged(pdf: PdfReader) -> None:
    """So that a screen reader knows what is what, and a chart is read as its numbers."""
    root: Any = pdf.trailer["/Root"]
    elements = [*_elements(root["/StructTreeRoot"]["/K"])]
    tags = {element["/S"] for element in elements}
    assert root["/MarkInfo"]["/Marked"]
    assert tags >= {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Link"}
    told = [element.get("/Alt") for element in elements if element["/S"] == "/Figure"]
    said = "2019: 40 %; Slik KPR ser det: 38 %; 2018: 1,6 %; Norge 2018: 35,4 %"
    assert f"Individuell plan: {said}" in [str(alt).replace("\u00a0", " ") for alt in told]


def test_it_says_that_it_is_made_for_everybody(pdf: PdfReader) -> None:
    """PDF/UA-1, and a title that the reader shows instead of the file's name."""
    root: Any = pdf.trailer["/Root"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Godkjent med funn: innsending-2019.xml"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_language_and_is_told_in_it(language: str) -> None:
    """The marks of the margins too."""
    made = _read(report([finding(PLAN, 1)]), language)
    root: Any = made.trailer["/Root"]
    mark = {"nb": "enkeltpersoner", "nn": "enkeltpersonar", "en": "individual persons"}[language]
    assert root["/Lang"] == language
    assert [page for page in made.pages if mark not in page.extract_text()] == []


def test_bookmarks_lead_to_every_part(pdf: PdfReader) -> None:
    """Parts, and the rules and tables in them."""
    titles = [*_titles(pdf.outline)]
    assert [title for level, title in titles if level == 1] == [
        "Kontroll av innsending til KPR 1820 Alstahaug, 2019"
    ]
    assert (2, "Rett dette først") in titles
    assert (3, "▲ advarsel IP-01 Mangler status for individuell plan") in titles
    assert (3, "Brukere per tjeneste") in titles


def test_what_the_page_tells_can_be_read_back(pdf: PdfReader) -> None:
    """Verdict, numbers of tables and indicators, findings, and how to correct them."""
    told = _text(pdf).replace("\u00a0", " ")
    expected = [
        "Godkjent med funn Meldingen blir tatt imot, men den har funn",
        "Helsetjenester i hjemmet 1 234 (KPR: 1 230)",
        "Mangler rapportering 30 (KPR: 32) 30 %",
        "37 av 412",
        "Slik retter du: Registrer status for individuell plan på personen",
        "140 1140 R140",
        "Inneholder opplysninger om enkeltpersoner",
    ]
    assert [sentence for sentence in expected if sentence not in told] == []


def test_what_is_left_out_is_said(pdf: PdfReader) -> None:
    """The persons behind the indicators, and all findings but the first."""
    told = _text(pdf)
    assert "97, 98, 99" not in told
    assert "Viser de 10 første av 37." in told
    assert "viser de første 10 funnene for hver regel" in told


def test_a_long_report_is_no_long_document() -> None:
    """Of a hundred thousand findings it shows ten, and counts the rest."""
    n = 100_000
    tally = Tally("IP-01", "poIndPlan", Status.VIOLATIONS, None, 2 * n, n)
    one = finding(PLAN, 7)
    made = replace(
        report((), [tally]), findings=lambda: repeat(one, n), counts={Severity.WARNING: n}
    )
    pdf = PdfReader(BytesIO(as_pdf(made, "nb")))
    assert len(pdf.pages) < 6
    assert "Viser de 10 første av 100 000." in _text(pdf).replace("\u00a0", " ")


def test_a_hostile_file_makes_no_other_document() -> None:
    """Its values are text, and nothing in it is run or opened."""
    made = PdfReader(BytesIO(as_pdf(samples.hostile(), "nb")))
    kinds = {
        action["/S"]
        for page in made.pages
        for link in page.get("/Annots", [])
        if (action := link.get_object().get("/A"))
    }
    assert "<script>alert(1)</script>" in _text(made).replace(" ", "")
    assert kinds <= {"/GoTo"}
    root: Any = made.trailer["/Root"]
    assert {"/OpenAction", "/AA", "/AcroForm"} & {*root} == set()


def test_nothing_is_fetched_whatever_the_page_asks_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither from the net nor from the disk: a picture that is there does not get in."""
    picture = tmp_path / "dot.png"
    picture.write_bytes(b64decode(DOT))
    sources = [picture.as_uri(), f"data:image/png;base64,{DOT}", "http://127.0.0.1:9/dot.png"]
    pictures = "".join(f'<img alt="x" src="{source}">' for source in sources)
    page = f'<html lang="nb"><title>x</title><body><p>her</p>{pictures}</body></html>'
    monkeypatch.setattr(module, "as_html", lambda *_: iter([page]))
    made = PdfReader(BytesIO(as_pdf(report(), "nb")))
    assert (_text(made)[:3], [*made.pages[0].images]) == ("her", [])


def test_check_writes_it_into_the_folder(tmp_path: Path) -> None:
    """Alone or among others."""
    words = ["check", FINE, *SPOTLESS, "--format", "pdf,json", "--output", str(tmp_path)]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "feilfri.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["feilfri.json", "feilfri.pdf"]


def test_it_is_not_put_on_the_screen() -> None:
    """It is no text."""
    done = CliRunner().invoke(app, ["check", FINE, "--format", "pdf"])
    assert (done.exit_code, "--output" in done.stderr) == (2, True)


@pytest.fixture(params=["no engine", "no Pango"])
def without(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> dict[str, str]:
    """Take the engine away, or what it needs; return what is said of it in each language."""
    if request.param == "no engine":
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        return {"nb": "pip install weasyprint", "nn": "ikkje er installert", "en": "not installed"}
    (tmp_path / "weasyprint.py").write_text(WITHOUT_PANGO, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    return {"nb": "finner ikke Pango", "nn": "finn ikkje Pango", "en": "does not find Pango"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_says_in_one_line_what_is_missing(
    without: dict[str, str], language: str, tmp_path: Path
) -> None:
    """It is wrong usage, and nothing is written."""
    folder = tmp_path / "ut"
    words = ["check", FINE, "--format", "html,pdf", "--output", str(folder), "--lang", language]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout, folder.exists()) == (2, "", False)
    assert (done.stderr.count("\n"), without[language] in done.stderr) == (1, True)


def test_feedback_says_that_the_html_prints_and_goes_on(
    without: dict[str, str], tmp_path: Path
) -> None:
    """The rest of the set is there."""
    folder = tmp_path / "ut"
    done = CliRunner().invoke(app, ["feedback", FINE, "--output", str(folder)])
    assert done.exit_code == 0
    assert (done.stderr.count("\n"), without["nb"] in done.stderr) == (1, True)
    assert "HTML-filen kan skrives ut i stedet" in done.stderr
    endings = {path.suffix for path in folder.iterdir()}
    assert (".html" in endings, ".pdf" in endings) == (True, False)


def test_feedback_has_it_in_the_set(tmp_path: Path) -> None:
    """With tables and indicators, which `check` has not."""
    done = CliRunner().invoke(app, ["feedback", FINE, "--output", str(tmp_path)])
    (made,) = tmp_path.glob("tilbakemelding-*.pdf")
    assert (done.exit_code, done.stderr, str(made) in done.stdout) == (0, "", True)
    titles = [title for _, title in _titles(PdfReader(made).outline)]
    assert [title for title in ("Indikatorer", "Tallene myndighetene viser") if title in titles]
