"""The register's board as people meet it: in its language, narrow, filtered, with hostile names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html
from openpyxl import load_workbook

from kpr_validator.indicators import all_indicators
from kpr_validator.rules import all_rules
from kpr_validator.succession import named
from kpr_validator.triage.as_book import write_book
from kpr_validator.triage.as_page import as_page
from kpr_validator.triage.board import board
from kpr_validator.triage.model import Hit, Part
from kpr_validator.triage.numbers import SERVICES
from kpr_validator.triage.services import RECIPIENTS
from kpr_validator.triage.supplied import Contact, Supplied
from kpr_validator.triage.told import Told, told
from kpr_validator.triage.told_shared import told_shared
from tests.browser import chromium, meeting
from tests.languages import foreign_in
from tests.triage_samples import PLACES, YEAR, delivery, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from kpr_validator.triage.model import Delivery

HOSTILE = '<img src=x onerror=alert(1)>"\u202e'
RULES = [rule for rule in all_rules() if all_rules()[rule].sql]
MEGABYTE = 1_000_000


def _country(language: str, places: int = len(PLACES) - 3) -> Told:
    """Return a board with something in every section, as wide and long as it gets."""
    several = [_one(at, number) for at, number in enumerate(PLACES[:places])]
    several.append(delivery(PLACES[0], name="b.xml", sending="2", persons=50, parts=_parts(0)))
    several.append(delivery("9999", name=f"{HOSTILE}.xml"))
    lists = Supplied(
        contacts={PLACES[-1]: (Contact("Kari Testperson", "00000000", "k@example.invalid"),)},
        fetched={PLACES[1]: "20200114"},
        groups=dict.fromkeys(PLACES[:100], "7"),
    )
    made = board(settled(several), lists)
    return told(made, language, all_rules(), "2020-01-15", lambda _one: "tilbakemelding/a/b.html")


def _one(at: int, number: str) -> Delivery:
    hits = [Hit(rule, None, "violations", 100, 9, 9, "warning") for rule in RULES[at % 5 :: 5]]
    if at < 10:
        hits.append(Hit("IP-01", "poIndPlan", "violations", 100, 40, 40, "warning"))
    return delivery(
        number,
        extracted=f"202001{2 + at % 13:02}",
        system=HOSTILE if at < 10 else "A",
        hits=hits,
        parts=_parts(at),
        identities=[("felles", "98765")] if at < 6 else [],
    )


def _parts(at: int) -> list[Part]:
    counts = {RECIPIENTS: 1000, "15": 600 + at % 9, "rehabilitering": 0 if at % 2 else 80}
    counts["3"] = 300 if at == 40 else 20 + at % 5
    made = [Part(SERVICES, line, False, count, count, 990) for line, count in counts.items()]  # noqa: FBT003
    for name, one in all_indicators().items():
        made += [Part(name, part.id, part.is_teller, 40 + at % 7, 40) for part in one.parts(YEAR)]
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the board in bokmål."""
    path = tmp_path_factory.mktemp("tavle") / "tavle.html"
    path.write_text("".join(as_page(_country("nb"))), "utf-8")
    return path


def test_every_section_has_rows_and_the_page_is_bounded(page: Path) -> None:
    """With every rule broken in 419 municipalities."""
    assert [one.id for one in _country("nb").sections() if not one.rows] == []
    assert page.stat().st_size < 2 * MEGABYTE


@pytest.mark.parametrize("limit", [None, 10])
@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_board_is_in_one_language(language: str, limit: int | None, tmp_path: Path) -> None:
    """Page and workbook, also those that may be shared; names of places are names."""
    shown = told_shared(_country(language), limit) if limit else _country(language)
    tree = lxml_html.fromstring("".join(as_page(shown)))
    texts = {*map(str, tree.xpath("//text()[not(ancestor::style or ancestor::script)]"))}
    texts |= {*map(str, tree.xpath("//@aria-label | //@data-label"))}
    write_book(tmp_path / "tavle.xlsx", shown)
    for sheet in load_workbook(tmp_path / "tavle.xlsx"):
        texts |= {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    known = {word for text in map(named, PLACES) for word in text.split()}
    known |= {"og", "Kari", "Testperson", "Fjordane", "tilbakemelding"}
    found = {word for text in texts for word in foreign_in(text, language)} - known
    assert found == set()


def test_the_workbook_holds_every_row_of_every_section(tmp_path: Path) -> None:
    """Also those that the page leaves out."""
    shown = _country("nb")
    write_book(tmp_path / "tavle.xlsx", shown)
    sheets = list(load_workbook(tmp_path / "tavle.xlsx"))[1:]
    told_rows = [
        [[None if cell == "" else cell for cell in row] for row in section.rows]
        for section in shown.sections()
    ]
    kept = [[list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in sheets]
    assert [[list(map(str, row)) for row in rows] for rows in kept] == [
        [list(map(str, row)) for row in rows] for rows in told_rows
    ]


def test_no_contact_person_identity_or_file_is_shared(tmp_path: Path) -> None:
    """Nor a person's number in a return; the internal board has them all."""
    made = _country("nb")
    internal, shared = ("".join(as_page(shown)) for shown in (made, told_shared(made, 10)))
    secrets = ["Kari Testperson", "00000000", "k@example.invalid", "98765", ".xml", "sha-"]
    assert [one for one in secrets[:-1] if one not in internal] == []
    write_book(tmp_path / "tavle.xlsx", told_shared(made, 10))
    cells = [
        str(cell)
        for sheet in load_workbook(tmp_path / "tavle.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert [one for one in secrets if one in shared or one in "\n".join(cells)] == []
    assert [section.id for section in told_shared(made, 10).sections() if not section.rows] == []


def _few(**small: int) -> Told:
    """Return a board of twelve, with small numbers in each place that numbers come from."""
    own = small["own"]

    def one(at: int, recipients: int, some: int, **changed: object) -> Delivery:
        parts = [
            Part(SERVICES, RECIPIENTS, False, recipients, recipients, 100),  # noqa: FBT003
            Part(SERVICES, "15", False, some, some),  # noqa: FBT003
            Part("lege", "siste_12", True, some, some),  # noqa: FBT003
            Part("lege", "eldre", False, 50, 50),  # noqa: FBT003
        ]
        return delivery(PLACES[at], parts=parts, **changed)

    several = [one(at, 200, 20) for at in range(6, 12)]
    several.append(one(5, 200, 0))
    several.append(one(0, 200, 20, persons=small["persons"]))
    several.append(one(1, 200, 20, hits=[Hit("IP-01", None, "violations", 40, own, own, "error")]))
    several.append(one(2, 200, 20, hits=[Hit("IP-01", None, "violations", 40, 30, 30, "error")]))
    several.append(one(3, small["recipients"], small["within"]))
    several.append(one(4, 200, small["some"], persons=88))
    several.append(delivery(PLACES[4], name="first", sending="0", persons=90 + small["before"]))
    return told(board(settled(several), Supplied()), "nb", all_rules(), None, lambda _one: "")


@pytest.mark.parametrize("name", ["persons", "own", "recipients", "within", "some", "before"])
def test_a_small_number_may_be_any_for_all_that_the_shared_board_tells(name: str) -> None:
    """Every one of them gives the same page: nothing on it is a clue, be it sum or order."""
    base = dict.fromkeys(("persons", "own", "recipients", "some"), 5) | {"within": 0, "before": 2}
    least = 0 if name in {"within", "before"} else 1
    worlds = [_few(**base | {name: n}) for n in (least, 5, 9)]
    shared = {"".join(as_page(told_shared(world, 10))) for world in worlds}
    assert len(shared) == 1
    assert len({repr(world.board) for world in worlds}) == len(worlds)
    counted = {section.id: section.rows for section in told_shared(worlds[0], 10).sections()}
    assert [row[2:] for row in counted["spread"]] == [(2, 30)]
    assert [row[1:] for row in counted["services"]] == [(10, 1, named(PLACES[5]))]


def test_a_rare_service_is_not_told_of_as_surprisingly_silent() -> None:
    """Though it is rounded: where most have one or two, many have none by chance."""
    several = [
        delivery(number, parts=[
            Part(SERVICES, RECIPIENTS, False, 100, 100),  # noqa: FBT003
            Part(SERVICES, "15", False, count, count),  # noqa: FBT003
        ])
        for number, count in zip(PLACES, [1, 0, 2, 0, 1, 0, 1, 3] * 20, strict=False)
    ]  # fmt: skip
    made = told(board(settled(several), Supplied()), "nb", all_rules(), None, lambda _one: "")
    points = [point.section for point in told_shared(made, 10).attention()]
    assert "services" not in points
    (row,) = next(one for one in told_shared(made, 10).sections() if one.id == "services").rows
    assert row[1:] == (100, 60, "")


def test_what_a_file_says_is_never_more_than_text(page: Path, browser: Browser) -> None:
    """Names of systems and files: no element, no script, no turned writing."""
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("dialog", lambda dialog: said.append(dialog.message))
    opened.goto(page.as_uri())
    assert (said, opened.locator("img").count()) == ([], 0)
    assert "\u202e" not in opened.content()
    opened.close()


def test_a_table_is_filtered_by_what_is_written(page: Path, browser: Browser) -> None:
    """By every word, in any order; empty again, all rows are there."""
    opened = browser.new_page()
    opened.goto(page.as_uri())
    box = opened.locator("[data-filter=t-municipalities] input")
    rows = opened.locator("#t-municipalities tbody tr:visible")
    before = rows.count()
    box.fill("oslo 0301")
    assert [rows.count(), "0301 Oslo" in rows.first.inner_text()] == [1, True]
    box.fill("")
    assert (rows.count(), before) == (before, len(PLACES) - 3)
    opened.close()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "limit"), [(400, None), (1280, None), (400, 10)])
def test_the_board_fits_its_window_and_axe_finds_nothing(
    width: int, limit: int | None, tmp_path: Path, browser: Browser
) -> None:
    """Only tables scroll, in boxes of their own."""
    page, made = tmp_path / "tavle.html", _country("nb", 45)
    shown = told_shared(made, limit) if limit else made
    page.write_text("".join(as_page(shown)), "utf-8")
    with meeting(browser, page) as met:
        met.resize(width, 16)
        assert met.page.evaluate("document.documentElement.scrollWidth") == width
        assert met.faults() == []
