"""The pages as people meet them: heard, narrow, enlarged, dark and on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from kpr_validator import receipt
from kpr_validator.compare import compare
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report import as_comparison
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_share import share
from kpr_validator.report.compared import said
from kpr_validator.rules import all_rules
from kpr_validator.snapshots import of_report
from tests.bench.writer import Wish, write
from tests.browser import chromium, meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from kpr_validator.model import Report
    from tests.browser import Scheme

EXAMPLES = Path(__file__).parent.parent / "examples"
LAST_YEAR = str(EXAMPLES / "fjoraaret.xml")
UNITS = str(EXAMPLES / "enheter.csv")
SLOW = pytest.mark.slow
SIZES = [*product((400, 1200), (16, 32))]  # of the window and of text, in pixels
CONTRAST = "color-contrast"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"  # in milliseconds
# What stands outside the window, and in no box that can be scrolled; and text that is cut.
CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    const at = one.getBoundingClientRect();
    const box = one.closest('.wide');
    if (one.closest('.skip') || at.width <= 1 || !one.checkVisibility()) return false;
    const reached = box && (getComputedStyle(box).overflowX === 'auto');
    const hidden = getComputedStyle(one).overflowX === 'hidden' && one.scrollWidth > at.width + 1;
    return hidden || (!reached && (at.right > innerWidth + 1 || at.left < -1));
}).map(one => one.outerHTML.slice(0, 120))"""


def _feedback(report: Report, language: str) -> str:
    return "".join(as_html(report, language, report.figures()))


def _check(report: Report, language: str) -> str:
    return "".join(as_html(report, language))


def _shared(report: Report, language: str) -> str:
    files = share(report, report.figures(), language)
    return next("".join(pieces) for name, pieces in files.items() if name.endswith(".html"))


def _compared(report: Report, language: str) -> str:
    with check_file(LAST_YEAR, Options()) as before:
        found = compare([of_report(before), of_report(report)])
    return "".join(as_comparison.as_html(said(found, all_rules(), language)))


def _receipt(report: Report, language: str) -> str:
    return "".join(receipt.as_html(report, datetime(2020, 1, 9, tzinfo=UTC), language))


COMPARED = Options(last_year=LAST_YEAR, units=UNITS)
PAGES: dict[str, tuple[str, Options, Callable[[Report, str], str]]] = {
    "feedback": ("typiske-feil", COMPARED, _feedback),
    "feedback of one year": ("typiske-feil", Options(), _feedback),
    "share": ("typiske-feil", COMPARED, _shared),
    "comparison": ("typiske-feil", Options(), _compared),
    "receipt": ("typiske-feil", Options(), _receipt),
    "check of what is fine": ("feilfri", Options(), _check),
    "check of what is refused": ("ugyldig-xsd", Options(), _check),
}


@cache
def _page(name: str, language: str) -> str:
    example, options, written = PAGES[name]
    with check_file(str(EXAMPLES / f"{example}.xml"), options) as report:
        return written(report, language)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return one browser for all pages."""
    with chromium() as started:
        yield started


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return what puts a page into a file."""

    def write(name: str, language: str) -> Path:
        file = tmp_path / "side.html"
        file.write_text(_page(name, language), encoding="utf-8")
        return file

    return write


LATER = {"feedback of one year", "comparison", "receipt", "en"}
SOONER = ("check of what is fine", "check of what is refused")
ALL = [
    pytest.param(name, language, marks=() if name in SOONER and language == "nb" else SLOW)
    for name, language in product(PAGES, ("nb", "en"))
]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param(name, language, marks=SLOW if LATER & {name, language} else ())
        for name, language in product(PAGES, ("nb", "en"))
    ],
)
def test_nothing_is_cut_and_no_page_is_wider_than_the_window(
    name: str, language: str, browser: Browser, written: Callable[[str, str], Path]
) -> None:
    """On a telephone and with twice as large text too; only tables scroll, in their own box."""
    with meeting(browser, written(name, language)) as met:
        for width, text in SIZES:
            met.resize(width, text)
            shown = met.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
            wide = met.page.evaluate("document.documentElement.scrollWidth")
            assert (shown, wide, met.page.evaluate(CUT)) == (text, width, [])


@pytest.mark.parametrize(("name", "language"), ALL)
def test_axe_finds_nothing(
    name: str, language: str, browser: Browser, written: Callable[[str, str], Path]
) -> None:
    """Whatever is folded away is unfolded first; colours have a test of their own."""
    with meeting(browser, written(name, language)) as met:
        for size in SIZES:
            met.resize(*size)
            assert met.faults(rules={CONTRAST: {"enabled": False}}) == []


@SLOW
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [name for name in PAGES if name != "feedback of one year"])
def test_every_text_stands_out_where_it_stands(
    name: str, scheme: Scheme, browser: Browser, written: Callable[[str, str], Path]
) -> None:
    """The colours themselves are judged by a fast test; here are those that were drawn."""
    with meeting(browser, written(name, "nb"), scheme) as met:
        assert met.faults(runOnly=[CONTRAST]) == []
        ground = met.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")


@pytest.mark.parametrize("name", ["feedback", "share"])
def test_the_page_fetches_nothing_and_lets_its_own_style_in(
    name: str, browser: Browser, written: Callable[[str, str], Path]
) -> None:
    """As it is opened from a folder, with its own policy."""
    file = written(name, "nb")
    page = browser.new_page()
    fetched: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    edge = page.locator(".verdict").evaluate("one => getComputedStyle(one).borderLeftStyle")
    page.close()
    assert (fetched, said, edge) == ([file.as_uri()], [], "solid")


def test_a_box_that_scrolls_is_reached_with_the_keyboard(
    browser: Browser, written: Callable[[str, str], Path]
) -> None:
    """And says which table it holds."""
    with meeting(browser, written("feedback", "nb")) as met:
        met.resize(400, 16)
        wide = met.page.locator(".wide").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth)"
            ".map(one => [one.tabIndex, one.getAttribute('role'),"
            " !!(one.getAttribute('aria-label') || one.getAttribute('aria-labelledby'))])"
        )
    assert wide
    assert [one for one in wide if one != [0, "group", True]] == []


@SLOW
def test_on_paper_every_sheet_can_stand_alone(
    browser: Browser, written: Callable[[str, str], Path]
) -> None:
    """With who may see it, its number, and the heads of tables; nothing but persons is folded."""
    page = browser.new_page()
    page.goto(written("feedback", "nb").as_uri())
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert {tuple(map(round, sheet.mediabox[2:])) for sheet in pdf.pages} == {(595, 842)}
    sheets = [" ".join(sheet.extract_text().split()) for sheet in pdf.pages]
    mark = "Inneholder opplysninger om enkeltpersoner"
    assert [sheet for sheet in sheets if mark not in sheet] == []
    assert all(f"{n} / {len(sheets)}" in sheet for n, sheet in enumerate(sheets, 1))
    assert len([sheet for sheet in sheets if "Regel Tittel Kontrollert" in sheet]) > 1
    told = " ".join(sheets)
    assert ("De neste årsakene" in told, "Tannhelse" in told) == (True, True)
    assert "personene bak (" not in told


@SLOW
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_receipt_is_one_sheet(
    language: str, browser: Browser, written: Callable[[str, str], Path]
) -> None:
    page = browser.new_page()
    page.goto(written("receipt", language).as_uri())
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    assert [tuple(map(round, sheet.mediabox[2:])) for sheet in pdf.pages] == [(595, 842)]


@SLOW
def test_a_page_with_200_000_findings_behind_it_opens_within_a_second(
    browser: Browser, tmp_path: Path
) -> None:
    """The quickest of five: the machine may have other things to do."""
    source, file = tmp_path / "stor.xml", tmp_path / "stor.html"
    write(source, Wish(persons=20_000, faults=0.02, findings_per_person=10))
    with check_file(str(source), Options()) as report:
        found = report.total
        file.write_text(_feedback(report, "nb"), encoding="utf-8")
    assert (found > 200_000, file.stat().st_size < 2_000_000) == (True, True)
    loaded = []
    for _ in range(5):
        page = browser.new_page()
        page.goto(file.as_uri())
        loaded.append(page.evaluate(LOADED))
        page.close()
    assert min(loaded) < 1000, loaded
