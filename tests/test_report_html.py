"""The HTML report: complete, readable without script, closed to what a file may hold."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from kpr_validator.figures import Checklist, Figures, Mark, Published, Resident
from kpr_validator.model import LANGUAGES, Severity, Status, Tally, Text, Verdict
from kpr_validator.report.as_html import as_html
from kpr_validator.report.phrase import visible
from kpr_validator.rules import all_rules
from tests import report_samples as samples
from tests.report_samples import HOSTILE, PLAN, START, UNKNOWN, finding, report
from tests.test_report_figures import FIGURES
from tests.test_report_figures import PLAN as SHARE

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement
    from syrupy.assertion import SnapshotAssertion

    from kpr_validator.model import Report

SAMPLES: list[Callable[[], Report]] = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]
ALL = pytest.mark.parametrize("sample", SAMPLES)


def _page(made: Report, language: str = "nb") -> str:
    return "".join(as_html(made, language))


def _tree(made: Report, language: str = "nb") -> HtmlElement:
    return lxml_html.document_fromstring(_page(made, language))


def _text(made: Report, language: str = "nb") -> str:
    """Return what a reader sees, as one line."""
    return " ".join(_tree(made, language).xpath("string(//body)").split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", [s for s in SAMPLES if s is not samples.hostile])
def test_the_page_reads_as_before(
    sample: Callable[[], Report], language: str, snapshot: SnapshotAssertion
) -> None:
    assert _page(sample(), language).partition("<body>")[2] == snapshot


@ALL
def test_nothing_runs_and_nothing_is_fetched(sample: Callable[[], Report]) -> None:
    tree = _tree(sample())
    assert tree.xpath("//script | //iframe | //object | //embed | //link | //img | //form") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')] | //@src | //@style") == []
    assert [link for link in tree.xpath("//@href") if not link.startswith("#")] == []


@ALL
def test_only_our_own_style_is_allowed(sample: Callable[[], Report]) -> None:
    tree = _tree(sample())
    style = tree.xpath("string(//style)")
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    ]
    assert "url(" not in style
    assert "@import" not in style


@ALL
def test_headings_never_skip_a_level(sample: Callable[[], Report]) -> None:
    headings = _tree(sample()).xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@ALL
def test_every_table_has_a_caption_and_headed_columns(sample: Callable[[], Report]) -> None:
    tables = _tree(sample()).xpath("//table")
    assert [t for t in tables if not t.xpath("string(caption)").strip()] == []
    assert [t for t in tables if t.xpath(".//th[not(@scope='col')]")] == []
    rows = [row for t in tables for row in t.xpath("tbody/tr")]
    widths = {(len(row.xpath("td")), len(row.xpath("../../thead/tr/th"))) for row in rows}
    assert {(a, b) for a, b in widths if a != b} == set()


@ALL
def test_every_link_leads_somewhere_and_every_id_is_one(sample: Callable[[], Report]) -> None:
    tree = _tree(sample())
    ids = tree.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    named = [link.removeprefix("#") for link in tree.xpath("//@href")]
    assert set(named + tree.xpath("//@aria-labelledby")) - set(ids) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_marks_what_is_bokmal(language: str) -> None:
    tree = _tree(samples.typical(), language)
    assert tree.xpath("/html/@lang") == [language]
    marked = tree.xpath("//dd[p[contains(., 'nasjonal kvalitetsindikator')]]/@lang")
    assert set(marked) == ({"nb"} if language == "nn" else set())  # and English has none of it


def test_hostile_values_are_text_and_nothing_else() -> None:
    page = _page(samples.hostile())
    assert {c for c in page if not c.isprintable()} <= {"\n", "\u00a0"}
    assert "<script" not in page
    assert page.encode("utf-8").decode("utf-8") == page
    assert visible(HOSTILE).replace("\u00a0", " ") in _text(samples.hostile())


@pytest.mark.parametrize(
    ("verdict", "symbol", "word"),
    [
        (Verdict.ACCEPTED, "✓", "Godkjent"),
        (Verdict.ACCEPTED_WITH_FINDINGS, "!", "Godkjent med funn"),
        (Verdict.REJECTED, "✕", "Avvist"),
        (Verdict.UNDECIDED, "?", "Uavgjort"),
    ],
)
def test_the_answer_is_colour_symbol_and_word(verdict: Verdict, symbol: str, word: str) -> None:
    box = _tree(report(verdict=verdict)).xpath("//section[1]")[0]
    assert box.get("class") == f"verdict {verdict}"
    assert box.xpath("string(p[1])").split(maxsplit=1) == [symbol, word]


def test_the_cause_that_explains_most_is_first_and_leads_to_its_place() -> None:
    found = [
        finding(PLAN, 1),
        finding(PLAN, 2),
        finding(START, 3, field="tjFraDato", observed="1", expected="2"),
        finding(UNKNOWN, 4),
    ]
    links = _tree(report(found)).xpath("//table[@class='ranked']//a/@href")
    assert links == ["#IP-01", "#KTR-03", "#XSD-01"]


def test_a_rule_is_told_with_number_share_fix_and_cause() -> None:
    article = _tree(samples.typical()).xpath("//article[.//h3[@id='IP-01']]")[0]
    told = " ".join(" ".join(article.itertext()).split())
    expected = [
        "▲ advarsel IP-01 Mangler status for individuell plan 37 av 412 9 %",
        "men Individuell plan (poIndPlan) er ikke besvart. Slik retter du: Registrer status",
        "Årsak Registreringsfeil: rettes av dem som registrerer i fagsystemet.",
        "Hvorfor Tallet brukes i en nasjonal kvalitetsindikator. Uten svar teller personen ikke.",
        "Bygger på en nasjonal kvalitetsindikator",
        "Kilder kvalitetsindikator 360-13/10391, måltall 5; helse- og omsorgstjenesteloven § 7-1",
        "37 funn",
    ]
    assert [sentence for sentence in expected if sentence not in told] == []


def test_a_row_says_where_to_look() -> None:
    rows = _tree(samples.typical()).xpath("//article[.//h3[@id='KTR-03']]//tbody/tr")
    assert [cell.text_content() for cell in rows[0].xpath("td")] == [
        "140",
        "1140",
        "R140",
        "tjFraDato",
        "20190231",
        "20190101 eller senere",
        "Startdato (tjFraDato) er 20190231. KPR godtar 20190101 eller senere.",
    ]


def test_columns_that_say_nothing_are_left_out() -> None:
    heads = _tree(samples.typical()).xpath("(//article[.//h3[@id='IP-01']]//table)[1]//th")
    assert [head.text_content() for head in heads] == [
        "Linje",
        "Person (pePeID)",
        "Radens id",
        "Felt",
        "Følger av",
    ]


def _large(n: int) -> Report:
    tally = Tally("IP-01", "poIndPlan", Status.VIOLATIONS, None, 2 * n, n)
    made = report((), [tally], verdict=Verdict.ACCEPTED_WITH_FINDINGS)
    one = finding(PLAN, 7)
    return replace(made, findings=lambda: repeat(one, n), counts={Severity.WARNING: n})


@pytest.mark.parametrize(("n", "expected"), [(10, 10), (11, 11), (100, 100), (101, 100)])
def test_at_most_a_hundred_rows_are_listed_for_a_rule(n: int, expected: int) -> None:
    tree = _tree(_large(n))
    assert len(tree.xpath("//article//tbody/tr")) == expected
    assert tree.xpath("string(//article//p[@class='tally']/strong)") == f"{n} av {2 * n}"


def test_a_million_findings_are_counted_exactly_and_listed_briefly() -> None:
    begun = time.perf_counter()
    told = _text(_large(1_000_000))
    assert time.perf_counter() - begun < 30
    assert "1 000 000 av 2 000 000 50 %" in told
    assert "Viser de 100 første av 1 000 000." in told
    assert len(told) < 20_000


def test_a_chart_has_the_country_beside_it_in_the_year_that_lies_nearest() -> None:
    """And no county, which may be what was published last."""
    places = ((2012, "Norge"), (2018, "Norge"), (2023, "Norge"), (2023, "Vestland"))
    published = tuple(Published(year, place, 30.0, "percent", "kilde") for year, place in places)
    figures = replace(FIGURES, indicators=(replace(SHARE, published=published),), last_year=None)
    tree = lxml_html.document_fromstring("".join(as_html(samples.typical(), "nb", figures)))
    (said,) = tree.xpath("//*[local-name()='svg']/*[local-name()='desc']/text()")
    assert [bar.split(":")[0] for bar in said.split("; ")][-1] == "Norge 2018"


def _of_every_rule(n: int) -> Report:
    """Return a report in which every rule there is has found `n` faults."""
    rules = all_rules()
    date = {"observed": "20190231", "expected": "20190101 eller senere", "element": "PERSONOPPL"}
    found = [finding(rule, 123456, **date) for rule in rules.values()]
    tallies = [Tally(rule, None, Status.VIOLATIONS, None, 2 * n, n) for rule in rules]
    made = report((), tallies, rules=rules, verdict=Verdict.ACCEPTED_WITH_FINDINGS)
    return replace(made, findings=lambda: (one for one in found for _ in range(n)))


def _homes(n: int, residents: int) -> tuple[Checklist, ...]:
    text = Text("Legemiddelgjennomgang", "Legemiddelgjennomgang", "Review of medicines")
    mark = Mark("ja", text, "20190301", is_open=True)
    living = tuple(Resident(str(at), 84, "20180101", (mark,) * 5) for at in range(residents))
    return tuple(Checklist(str(310000000 + at), None, (text,) * 5, living) for at in range(n))


def test_the_page_stays_below_2_mb_whatever_is_found_and_wherever_people_live() -> None:
    """Rows are shared out among rules and institutions; the numbers are exact."""
    n, homes, residents = 4000, 60, 150
    figures = Figures((), (), None, {}, lambda: _homes(homes, residents))
    made = _of_every_rule(n)
    page = "".join(as_html(made, "nb", figures))
    assert len(page.encode()) < 2_000_000
    tree = lxml_html.document_fromstring(page)
    told = [said.text for said in tree.xpath("//p[@class='tally']/strong")]
    assert [said[:6] for said in told] == ["4\u00a0000 "] * len(made.rules)
    lists = [" ".join(home.text_content().split()) for home in tree.xpath("//details/summary")]
    assert [said for said in lists if ": 150 personer, gjenstår: 750" in said] == lists[:homes]
    listed = tree.xpath("//details[@class='checklist'][1]//tbody/tr")
    assert f"og {residents - len(listed)} til" in tree.xpath(
        "string(//details[@class='checklist'])"
    )


def test_a_cause_and_what_follows_from_it_point_at_each_other() -> None:
    tree = _tree(samples.typical())
    follower, cause = (
        tree.xpath(f"//article[.//h3[@id='{rule}']]//dt[.='{label}']/../dd")[0]
        for rule, label in (("IP-01", "Følger av"), ("KTR-03", "Fører også til"))
    )
    assert (follower.text_content(), follower.xpath("a/@href")) == ("KTR-03 (1 funn)", ["#KTR-03"])
    assert (cause.text_content(), cause.xpath("a/@href")) == ("IP-01 (1 funn)", ["#IP-01"])


def test_every_rule_is_told_in_one_place_whatever_became_of_it() -> None:
    tallies = [
        Tally("XSD-01", None, Status.PASS, None, 1, 0),
        Tally("LMG-01", None, Status.SKIPPED, "fjor", 0, 0),
        Tally("IP-01", "poIndPlan", Status.OUTSIDE, "year", 0, 0),
        Tally("KTR-03", "tjFraDato", Status.FAILED, "ValueError: x", 0, 0),
    ]
    tree = _tree(report((), tallies, verdict=Verdict.UNDECIDED))
    told = {
        " ".join(part.xpath("string(summary)").split()): [
            [cell.text_content() for cell in row] for row in part.xpath(".//tbody/tr")
        ]
        for part in tree.xpath("//details")
    }
    assert told == {
        "Kontrollert uten funn: 1 regel": [["XSD-01", "Ukjent element", "1"]],
        "Ikke aktuelt: 1 regel": [
            ["IP-01", "Mangler status for individuell plan", "gjelder ikke for dette dataåret"]
        ],
        "Ikke kontrollert: 1 regel": [["LMG-01", "A", "krever fjorårets fil"]],
    }
    failed = " ".join(tree.xpath("string(//section[@class='failed'])").split())
    assert failed.endswith("KTR-03 Dato utenfor perioden (tjFraDato): ValueError: x")


def _colours(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: str) -> None:
    light, dark = _tree(report()).xpath("string(//style)").split("* { box-sizing")[0].split("@")
    colours = _colours(light if scheme == "light" else dark)
    soft = [name for name in colours if name.endswith("-soft")]
    pairs = [(name.removesuffix("-soft"), name) for name in soft]
    pairs += [("ink", name) for name in [*soft, "soft", "page"]]
    pairs += [("muted", "page"), ("link", "page"), ("ink", "soft")]
    pairs += [(name.removesuffix("-soft"), "page") for name in soft]
    weak = [p for p in pairs if _contrast(colours[p[0]], colours[p[1]]) < 4.5]
    assert (len(soft), weak) == (6, [])
