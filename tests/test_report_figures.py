"""Indicators and tables on the page: numbers, what KPR sees, spans, and charts with words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as lxml_html

from kpr_validator.figures import (
    Cell,
    Checklist,
    Count,
    Figure,
    Figures,
    Line,
    Mark,
    Part,
    Published,
    Resident,
    Table,
)
from kpr_validator.model import LANGUAGES, Text
from kpr_validator.report.as_html import as_html
from tests import report_samples as samples


def _same(text: str) -> Text:
    return Text(text, text, text)


def _changed(by: int, before: int) -> Cell:
    return Cell(Count(by, by), Count(before, before), is_change=True)


PLAN = Figure(
    id="individuell-plan-hjemme",
    title=_same("Individuell plan"),
    definition=_same("Andelen med plan."),
    unit="persons",
    year=2019,
    parts=(
        Part("1", _same("Har plan"), Count(40, 38), is_teller=True),
        Part("2", _same("Har ikke plan"), Count(30, 30)),
        Part("5", _same("Mangler rapportering"), Count(30, 32), is_missing=True),
    ),
    published=(Published(2018, "Norge", 35.4, "percent", "kilde"),),
    sources=("kvalitetsindikator",),
    is_ours=False,
    smallest=10,
)
SERVICES = Table(
    id="tjenester",
    title=_same("Brukere per tjeneste"),
    note=_same("I løpet av året."),
    columns=(_same("2019"), _same("Kartlagt"), _same("Endring")),
    lines=(
        Line(
            "15",
            _same("Helsetjenester i hjemmet"),
            (Cell(Count(1234, 1230)), Cell(None), _changed(-66, 1300)),
        ),
        Line(
            "21",
            _same("Langtid"),
            (Cell(Count(8, 8)), Cell(Count(2, 2), of=Count(8, 8)), _changed(8, 0)),
        ),
    ),
    national={},
)
LAST = replace(PLAN, year=2018, parts=(replace(PLAN.parts[0], count=Count(1, 1)), *PLAN.parts[1:]))
FIGURES = Figures(
    indicators=(PLAN,),
    tables=(SERVICES,),
    last_year=Figures((LAST,), (), None, {}),
    persons={("individuell-plan-hjemme", "5"): tuple(str(n) for n in range(130))},
)


def _tree(figures: Figures, language: str = "nb") -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring("".join(as_html(samples.typical(), language, figures)))


def _said(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_an_indicator_tells_parts_span_and_what_was_published() -> None:
    """As sent, with KPR's number where it differs."""
    article = _tree(FIGURES).xpath("//article[@aria-labelledby='i-individuell-plan-hjemme']")[0]
    rows = [[_said(cell) for cell in row] for row in article.xpath(".//tbody/tr")]
    assert rows == [
        ["Har plan", "40 (KPR: 38)", "40 %"],
        ["Har ikke plan", "30", "30 %"],
        ["Mangler rapportering", "30 (KPR: 32)", "30 %"],
    ]
    assert "ville andelen ligget mellom 40 % og 70 %" in _said(article)
    assert "Norge 2018: 35,4 %" in _said(article)


def test_a_chart_says_in_words_what_its_bars_show() -> None:
    """For those who do not see it; with last year's and the nation's beside."""
    chart = _tree(FIGURES).xpath("//*[local-name()='svg' and @role='img']")[0]
    title, described = chart.get("aria-labelledby").split()
    assert chart.xpath(f".//*[@id='{title}']")[0].text == "Individuell plan"
    told = _said(chart.xpath(f".//*[@id='{described}']")[0])
    assert told == ("2019: 40 %; Slik KPR ser det: 38 %; 2018: 1,6 %; Norge 2018: 35,4 %")


def test_a_table_tells_counts_shares_and_what_was_not_computed() -> None:
    """Line by line."""
    section = _tree(FIGURES).xpath("//section[@aria-labelledby='tab-tjenester']")[0]
    assert [[_said(cell) for cell in row] for row in section.xpath(".//tbody/tr")] == [
        ["Helsetjenester i hjemmet", "1 234 (KPR: 1 230)", "–", "\u221266 (\u22125 %)"],
        ["Langtid", "8", "2 av 8 (25 %)", "+8"],
    ]


def test_the_persons_behind_a_number_are_bounded() -> None:
    """The first hundred, and how many more."""
    (behind,) = _tree(FIGURES).xpath("//article//details[contains(., 'personene bak (130)')]")
    assert _said(behind).endswith("98, 99 og 30 til")


def test_a_checklist_names_residents_and_what_is_left_to_look_into() -> None:
    """One for each institution, with what is open in bold."""
    done = Mark("ja", _same("ja"), "20190301", is_open=False)
    asked = Mark("mangler", _same("ikke svart"), None, is_open=True)
    home = Checklist(
        unit="999999999",
        name=None,
        points=(_same("Lege"), _same("Tannhelse")),
        residents=(Resident("77", 84, "20180101", (done, asked)),),
    )
    (shown,) = _tree(replace(FIGURES, checklists=lambda: (home,))).xpath(
        "//details[@class='checklist']"
    )
    assert _said(shown.xpath("summary")[0]) == "Institusjon 999999999: 1 person, gjenstår: 1"
    cells = [_said(cell) for cell in shown.xpath(".//tbody/tr")[0]]
    assert cells == ["77", "84", "ja 01.03.2019", "ikke svart"]
    assert [_said(strong) for strong in shown.xpath(".//strong")] == ["ikke svart"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_hostile_names_are_escaped(language: str) -> None:
    """In every language."""
    bad = replace(PLAN, title=_same(samples.HOSTILE.replace("\ud800", "").replace("\x00", "")))
    tree = _tree(replace(FIGURES, indicators=(bad,)), language)
    ids = tree.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    assert tree.xpath("//script") == []
