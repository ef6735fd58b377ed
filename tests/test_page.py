"""The coordinator's page as she meets it: from a local server, and as one file."""

from __future__ import annotations

import io
import json
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from kpr_validator.feedback import Wish, write_feedback
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_json import as_json
from tests.bench.writer import Wish as Bench
from tests.bench.writer import write
from tests.browser import AXE, VIOLATIONS, chromium
from tests.browser_page import built
from tests.served import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TYPICAL, CLEAN = EXAMPLES / "typiske-feil.xml", EXAMPLES / "feilfri.xml"
LAST_YEAR, UNITS = EXAMPLES / "fjoraaret.xml", EXAMPLES / "enheter.csv"
ACCEPTED = "Meldingen kan sendes"
PATIENCE = 90_000  # milliseconds: other work is done on the machine too
expect.set_options(timeout=PATIENCE)
SECONDS = re.compile(r'"seconds": [0-9.e-]+')
DROP = """(named) => {
  const data = new DataTransfer();
  for (const [name, text] of named) data.items.add(new File([text], name));
  const event = { dataTransfer: data, bubbles: true, cancelable: true };
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", event));
}"""
SCRIPT = '"><script>document.title="owned"</script><img src=x onerror=document.title="owned">'
HOSTILE = {
    "markup": SCRIPT,
    "address": "javascript:document.title='owned'",
    "formula": "=HYPERLINK(1)",
    "bidi": "\u202egnort\u2066",
}


@pytest.fixture(scope="module", params=["server", "file"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return where the page is."""
    if request.param == "file":
        yield built().as_uri()
        return
    with served() as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@dataclass
class Desk:
    """The page in a window: what a user does there, and every request that it makes."""

    page: Page
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def heard(self, text: str) -> None:
        """Take what the console says, but not the answer «no» of the server itself."""
        if not text.startswith("Failed to load resource"):
            self.faults.append(text)

    def add(self, *files: Path) -> None:
        """Choose files, and wait until each has a line."""
        before = self.page.locator("#file-rows tr").count()
        self.page.set_input_files("#pick", files)
        self.page.locator("#file-rows tr").nth(before + len(files) - 1).wait_for()

    def check(self) -> None:
        """Press «Kontroller» and wait for the answer."""
        self.page.click("#run")
        self.page.locator("#result:not([hidden])").wait_for()
        expect(self.page.locator("#result-heading")).to_be_focused()

    def open(self, tab: str) -> None:
        """Open a tab of the answer."""
        self.page.click(f"#tab-{tab}")
        self.page.locator(f"#panel-{tab} > *").first.wait_for()

    def download(self, name: str) -> Path:
        """Fetch a file."""
        button = self.page.locator("#panel-downloads button", has_text=name)
        with self.page.expect_download() as told:
            button.click()
        return Path(told.value.path())

    def is_harmless(self) -> bool:
        """Tell whether nothing of what stands in a file has become a part of the page."""
        parts = "script:not([src]):not([type]), img, iframe, [onerror], a[href^='javascript']"
        made = "(css) => [document, document.querySelector('#report')?.shadowRoot]"
        within = ".flatMap((one) => [...(one?.querySelectorAll(css) ?? [])])"
        strange = ".filter((one) => one.textContent.includes('owned') || one.tagName !== 'SCRIPT')"
        found = self.page.evaluate(f"{made}{within}{strange}.length", parts)
        return (found, self.page.title().startswith("kpr-validator")) == (0, True)


@contextmanager
def _window(browser: Browser, address: str, **options: Any) -> Iterator[Desk]:  # noqa: ANN401
    """Open the page in a window of its own."""
    context = browser.new_context(accept_downloads=True, **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    desk = Desk(page)
    context.on("request", lambda request: desk.requests.append(request.url))
    page.on("pageerror", lambda error: desk.faults.append(str(error)))
    page.on("console", lambda said: desk.heard(said.text))
    try:
        page.goto(address)
        page.locator("#pick:not([disabled])").wait_for()
        yield desk
    finally:
        context.close()


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """Return the page; whatever is done, it asks only itself, and its console stays silent."""
    with _window(browser, address) as opened:
        yield opened
        own = ("blob:", "data:", address.partition("#")[0])
        assert [url for url in opened.requests if not url.startswith(own)] == []
        assert opened.faults == []


def _rows(path: Path) -> list[list[tuple[object, ...]]]:
    """Return what stands in a work list."""
    book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    try:
        return [[*sheet.values] for sheet in book.worksheets[1:]]
    finally:
        book.close()


def test_what_is_downloaded_is_what_the_command_writes(desk: Desk, tmp_path: Path) -> None:
    options = Options(last_year=str(LAST_YEAR), units=str(UNITS))
    with check_file(str(TYPICAL), options) as report:
        wish = Wish("nb", with_letter=True, share_limit=10)
        written = {path.name: path for path in write_feedback(report, tmp_path, wish)}
    desk.add(TYPICAL, LAST_YEAR, UNITS)
    roles = [one.input_value() for one in desk.page.locator("#file-rows select").all()]
    assert roles == ["submission", "last_year", "units"]
    desk.check()
    desk.open("downloads")
    names = desk.page.locator("#panel-downloads button .file").all_inner_texts()
    assert {*written} == {name for name in names[1:] if not name.endswith(".pdf")}
    fetched = {name: desk.download(name) for name in written}
    for name, path in written.items():
        if name.endswith(".xlsx"):
            assert _rows(path) == _rows(fetched[name])
        elif "-kvittering." not in name:  # it holds the time
            told, said = (
                SECONDS.sub("", one.read_bytes().decode()) for one in (fetched[name], path)
            )
            assert (name, told) == (name, said)
    if {*written} == {*names[1:]}:  # a PDF takes too long
        with zipfile.ZipFile(desk.download(names[0])) as archive:
            packed = {name: archive.read(name) for name in archive.namelist()}
        assert packed == {name: path.read_bytes() for name, path in fetched.items()}


def test_files_are_dropped_and_what_can_not_be_used_is_said(desk: Desk) -> None:
    ident = EXAMPLES / "feilfri-ident.xml"
    named = [(path.name, path.read_text("utf-8")) for path in (CLEAN, ident)]
    desk.page.evaluate(DROP, [("brev.txt", "Hei! Dette er ikke en innsending."), *named])
    expect(desk.page.locator("#file-rows tr")).to_have_count(3)
    roles = [one.input_value() for one in desk.page.locator("#file-rows select").all()]
    assert roles == ["none", "submission", "ident"]
    expect(desk.page.locator("#file-rows td").first).to_contain_text("Ukjent fil")
    desk.check()
    expect(desk.page.locator("#result-heading")).to_contain_text("tatt imot")

    desk.page.get_by_role("button", name="Fjern feilfri.xml").click()
    expect(desk.page.locator("#result")).to_be_hidden()
    desk.page.get_by_role("button", name="Fjern brev.txt").click()
    desk.page.get_by_role("button", name="Fjern feilfri-ident.xml").click()
    expect(desk.page.locator("#file-rows tr")).to_have_count(0)
    expect(desk.page.locator("#run")).to_be_disabled()
    desk.page.evaluate(DROP, [("brev.txt", "Hei! Dette er ikke en innsending.")])
    desk.page.locator("#file-rows tr").first.wait_for()
    desk.check()
    expect(desk.page.locator("#result-heading")).to_contain_text("ikke tatt imot")


def test_findings_are_filtered_sorted_searched_and_explained(desk: Desk) -> None:
    desk.add(TYPICAL)
    desk.check()
    desk.open("findings")
    table, count = desk.page.locator("#findings-table tbody"), desk.page.locator("#findings-count")
    table.locator("tr").first.wait_for()
    everything = count.inner_text()
    desk.page.select_option("#filter-theme", "IP")
    expect(count).not_to_have_text(everything)
    assert {one[:3] for one in table.locator("td.rule").all_inner_texts()} == {"IP-"}
    theirs = count.inner_text()

    person = table.locator("td.person button").last
    number = person.inner_text()
    person.click()
    expect(desk.page.locator("#person-heading")).to_contain_text(number)
    with check_file(str(TYPICAL), Options()) as report:
        own = [one for one in report.findings() if one.person == number]
    shown = table.locator("td.rule").all_inner_texts()
    assert sorted(shown) == sorted(one.rule for one in own)

    rule = table.locator("td.rule button").first
    rule.click()
    expect(desk.page.locator("dialog[open] h2")).to_contain_text(rule.inner_text())
    expect(desk.page.locator("dialog[open] h2")).to_be_focused()
    expect(desk.page.locator("dialog[open]")).to_contain_text("Slik retter du")
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator("dialog")).to_have_count(0)

    desk.page.get_by_role("button", name="Tilbake til utvalget").click()
    expect(count).to_have_text(theirs)
    desk.page.select_option("#filter-theme", "")
    expect(count).to_have_text(everything)
    desk.page.get_by_role("button", name="Linje").click()
    expect(desk.page.locator("th[aria-sort=ascending]")).to_have_text("Linje")
    lines = [int(re.sub(r"\D", "", one)) for one in table.locator("td.line").all_inner_texts()]
    assert lines == sorted(lines)
    desk.page.fill("#filter-text", "finnesikke")
    expect(count).to_have_text("Ingen funn.")


def test_it_can_be_used_with_the_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    for _ in range(8):  # the link past the head, the languages, the colours, how to see it
        page.keyboard.press("Tab")
        if page.locator("#pick").evaluate("one => one === document.activeElement"):
            break
    expect(page.locator("#pick")).to_be_focused()
    page.set_input_files("#pick", TYPICAL)
    expect(page.locator("#run")).to_be_enabled()
    for _ in range(3):  # what it is used for, remove, check
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#result-heading")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#tab-answer")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-findings")).to_be_focused()
    page.locator("#findings-table tbody tr").first.wait_for()
    page.locator("#findings-table td.person button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#person-heading")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#findings-count")).to_be_focused()
    page.locator("#tab-findings").focus()
    page.keyboard.press("End")
    expect(page.locator("#panel-downloads")).to_be_visible()


def test_the_language_changes_without_another_run_and_keeps_the_selection(desk: Desk) -> None:
    desk.add(TYPICAL)
    desk.check()
    desk.open("findings")
    desk.page.select_option("#filter-theme", "IP")
    for language, title, sentence in (
        ("nn", "Kontroller IPLOS-fila", "blir teken imot"),
        ("en", "Check the IPLOS file", "will be received"),
    ):
        desk.page.locator(f"#languages [lang={language}]").click()
        expect(desk.page.locator("h1").first).to_contain_text(title)
        expect(desk.page.locator("#result-heading")).to_contain_text(sentence)
        expect(desk.page.locator("#filter-theme")).to_have_value("IP")
        assert desk.page.locator("html").get_attribute("lang") == language


def test_a_run_is_stopped_and_begun_again_with_the_files_as_they_were(
    desk: Desk, tmp_path: Path
) -> None:
    large = tmp_path / "stor.xml"
    write(large, Bench(3_000))
    desk.add(large, LAST_YEAR)
    desk.page.locator("#file-rows select").last.select_option("submission")
    expect(desk.page.locator("#file-rows select").first).not_to_have_value("submission")
    desk.page.locator("#file-rows select").first.select_option("submission")
    expect(desk.page.locator("#file-rows select").last).not_to_have_value("submission")
    desk.page.locator("#file-rows select").last.select_option("none")
    desk.page.click("#run")
    desk.page.locator("#cancel").click()
    expect(desk.page.locator("#status")).to_contain_text("Avbrutt")
    expect(desk.page.locator("#run")).to_be_enabled()
    expect(desk.page.locator("#result")).to_be_hidden()
    roles = [one.input_value() for one in desk.page.locator("#file-rows select").all()]
    assert roles == ["submission", "none"]
    desk.page.get_by_role("button", name="Fjern stor.xml").click()
    expect(desk.page.locator("#file-rows tr")).to_have_count(1)
    desk.page.locator("#file-rows select").select_option("submission")
    desk.check()


def test_what_stands_in_a_file_is_shown_as_it_stands_and_never_run(
    desk: Desk, tmp_path: Path
) -> None:
    text = TYPICAL.read_text(encoding="utf-8")
    ids = re.findall(r'pePeID="(20\d\d)"', text)[: len(HOSTILE)]
    for id, hostile in zip(ids, HOSTILE.values(), strict=True):
        shown = hostile.replace("<", "&lt;").replace('"', "&quot;")
        text = text.replace(f'"{id}"', f'"{shown}"').replace(f">{id}<", f">{shown}<")
        text = re.sub(r"(<poIndPlan>)\d", rf"\g<1>{shown}".replace("\\", ""), text, count=1)
    hostile_file = tmp_path / 'javascript;alert(1) <img src=x onerror=document.title="owned">.xml'
    hostile_file.write_text(text, encoding="utf-8")
    desk.add(hostile_file)
    expect(desk.page.locator("#file-rows th")).to_contain_text("<img src=x")
    desk.check()
    assert desk.is_harmless()
    desk.open("findings")
    desk.page.locator("#findings-table tbody tr").first.wait_for()
    seen = ""
    while True:
        seen += desk.page.locator("#findings-table").inner_text()
        further = desk.page.get_by_role("button", name="Neste")
        if not further.is_visible() or further.is_disabled():
            break
        before = desk.page.locator("#findings-count").inner_text()
        further.click()
        expect(desk.page.locator("#findings-count")).not_to_have_text(before)
    assert "<script>" in seen
    assert "javascript:" in seen
    assert "=HYPERLINK" in seen
    assert not {"\u202e", "\u2066"} & {*seen}
    person = desk.page.locator("#findings-table td.person button").last
    person.click()
    desk.page.locator("#person-heading").wait_for()
    desk.page.locator("#findings-table td.rule button").first.click()
    desk.page.locator("dialog[open]").wait_for()
    assert desk.is_harmless()


def test_a_refreshed_page_keeps_nothing_and_two_windows_have_a_desk_each(
    browser: Browser, address: str, desk: Desk
) -> None:
    with _window(browser, address) as other:
        desk.add(TYPICAL)
        other.add(CLEAN)
        other.check()
        desk.check()
        expect(other.page.locator("#result-heading")).to_contain_text(ACCEPTED)
        expect(desk.page.locator("#result-heading")).not_to_contain_text(ACCEPTED)
        desk.page.reload()
        desk.page.locator("#pick:not([disabled])").wait_for()
        assert desk.page.locator("#file-rows tr").count() == 0
        expect(desk.page.locator("#result")).to_be_hidden()
        other.open("findings")
        expect(other.page.locator("#findings-count")).to_be_visible()


def test_it_is_held_against_an_earlier_report_and_an_earlier_sending(
    desk: Desk, tmp_path: Path
) -> None:
    earlier = tmp_path / "rapport.json"
    with check_file(str(CLEAN), Options()) as report:
        earlier.write_text("".join(as_json(report, "nb")), encoding="utf-8")
    desk.add(TYPICAL, earlier, LAST_YEAR)
    desk.check()
    desk.open("compare")
    for name in ("rapport.json", "fjoraaret.xml"):
        desk.page.locator("#panel-compare button", has_text=name).click()
        expect(desk.page.locator("#status")).to_have_text(f"Sammenlignet med {name}.")
        expect(desk.page.locator("#comparison")).to_contain_text("Nye funn")


def test_a_file_too_large_is_told_in_words_and_the_next_is_judged(desk: Desk) -> None:
    """Three gigabytes that the page never has to hold: the same block many times."""
    desk.page.evaluate("""() => {
      const block = new Blob([new Uint8Array(1e8)]);
      const file = new File(Array(31).fill(block), "enorm.xml");
      const data = new DataTransfer();
      data.items.add(file);
      const event = { dataTransfer: data, bubbles: true, cancelable: true };
      document.getElementById("drop").dispatchEvent(new DragEvent("drop", event));
    }""")
    expect(desk.page.locator("#status")).to_contain_text("kpr-validator check")
    desk.add(CLEAN)
    desk.check()
    expect(desk.page.locator("#result-heading")).to_contain_text(ACCEPTED)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 400)])
def test_axe_finds_nothing_on_any_view(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    """Nor is any view wider than its window."""
    found: dict[str, object] = {}
    size = {"width": width, "height": 900}
    with _window(browser, address, color_scheme=scheme, viewport=size) as desk:
        desk.page.evaluate(AXE)

        def look(view: str) -> None:
            wide = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found[view] = (_faults(desk.page), max(wide, 0))

        look("begin")
        desk.add(TYPICAL, LAST_YEAR)
        desk.check()
        look("answer")
        desk.open("findings")
        desk.page.locator("#findings-table tbody tr").first.wait_for()
        look("findings")
        desk.page.locator("#findings-table td.person button").first.click()
        desk.page.locator("#person-heading").wait_for()
        look("person")
        desk.page.locator("#findings-table td.rule button").first.click()
        desk.page.locator("dialog[open]").wait_for()
        desk.page.wait_for_timeout(400)  # it fades in
        look("rule")
        desk.page.keyboard.press("Escape")
        desk.open("compare")
        desk.page.locator("#panel-compare button").first.click()
        expect(desk.page.locator("#comparison")).to_contain_text("Nye funn")
        look("compare")
        desk.open("downloads")
        look("downloads")
    assert {view: told for view, told in found.items() if told != ([], 0)} == {}


def _faults(page: Page) -> list[str]:
    told = page.evaluate(f"axe.run({json.dumps(VIOLATIONS)})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in told["violations"]]
