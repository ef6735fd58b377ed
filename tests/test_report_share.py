"""What may leave the municipality: nothing of any person, and no number of few."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from lxml import html as lxml_html

from kpr_validator import assets
from kpr_validator.figures import Count, Figure, Figures, Part
from kpr_validator.model import LANGUAGES, Status, Tally, Text
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_share import share, share_name
from kpr_validator.report.shared import HIDDEN, rounded, total
from tests import report_samples as samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

    from kpr_validator.model import Report

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.xml"))
LAST_YEAR = ROOT / "examples" / "fjoraaret.xml"
SCHEMA = json.loads((assets.schemas() / "share.schema.json").read_text("utf-8"))
SAMPLES: list[Callable[[], Report]] = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]

_PERSON = re.compile(r'\b(\w\wPeID)="([0-9]+)"')
_RECORD = re.compile(r'\b(poPoID|fnFnID|tjTjID|diDiID|dgDgID)="([0-9]+)"')
_VALUE = re.compile(r">([^<>]+)<|=\"([^\"]*)\"")
_DAY = re.compile(r"\b[0-3][0-9]\.[01][0-9]\.(?:19|20)[0-9]{2}\b")
_SHORTEST = 6
# Code lists that our tables name, and the version in the name of a format.
_OURS = {"ICPC-2", "ICD-10", "53.1.3"}


def _marked(text: str) -> str:
    """Give every person and record an id that can be told from every number that we write."""
    text = _PERSON.sub(r'\1="98765\2"', text)
    return _RECORD.sub(r'\1="87654\2"', text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_of_any_person_is_shared(path: Path, tmp_path: Path) -> None:
    """No id of a person or a record, no unit, no day, and no other value of either file."""
    texts: list[str] = []
    for name, source in (("fil.xml", path), ("fjor.xml", LAST_YEAR)):
        texts.append(_marked(source.read_text("utf-8")))
        (tmp_path / name).write_text(texts[-1], encoding="utf-8")
    languages = LANGUAGES if path.stem == "typiske-feil" else ("nb",)
    options = Options(last_year=str(tmp_path / "fjor.xml"))
    with check_file(str(tmp_path / "fil.xml"), options) as report:
        figures = report.figures()
        files = [share(report, figures, language) for language in languages]
        out = "".join("".join(pieces) for made in files for pieces in made.values())
    written = {(a or b).strip() for text in texts for a, b in _VALUE.findall(text)}
    words = {word for value in written for word in re.findall(r"\w+", value)}
    secrets = {word for word in words if len(word) >= _SHORTEST and any(map(str.isdigit, word))}
    assert len(secrets) > 100
    assert secrets & set(re.findall(r"\w+", out)) == set()
    assert {text for text in written if len(text) >= _SHORTEST and text in out} <= _OURS
    assert re.findall(r"98765|87654", out) == []
    assert set(_DAY.findall(out)) <= _known_days()


@cache
def _known_days() -> set[str]:
    """Return the days that our own pages write, and the last days of the years."""
    pages = "".join(page.read_text("utf-8") for page in assets.rules().rglob("*.md"))
    return set(_DAY.findall(pages)) | {f"31.12.{year}" for year in (2017, 2018, 2019)}


def test_a_line_number_and_a_fingerprint_are_not_shared() -> None:
    made = samples.typical()
    found = [one._replace(line=7_770_000 + one.line) for one in made.findings()]
    made = replace(made, findings=lambda: iter(found))
    out = "".join("".join(pieces) for pieces in share(made, None, "nb").values())
    assert "777" not in out
    assert [one.fingerprint for one in found if one.fingerprint in out] == []
    assert made.submission.sha256
    assert made.submission.sha256 not in out
    assert made.submission.file not in out


def _files(made: Report, language: str = "nb", limit: int = 10) -> dict[str, str]:
    """Return the files by the end of their names."""
    files = share(made, FIGURES, language, limit)
    return {Path(name).suffix: "".join(pieces) for name, pieces in files.items()}


def _json(made: Report, language: str = "nb", limit: int = 10) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_files(made, language, limit)[".json"])
    return read


def _tree(made: Report, language: str = "nb") -> HtmlElement:
    return lxml_html.document_fromstring(_files(made, language)[".html"])


def _text(text: str) -> Text:
    return Text(text, text, text)


FIGURES = Figures(
    indicators=(
        Figure(
            id="lege",
            title=_text("Lege"),
            definition=_text("Vurdert av lege."),
            unit="persons",
            year=2019,
            parts=(
                Part("siste_12", _text("Siste 12"), Count(40, 40), is_teller=True),
                Part("eldre", _text("Eldre"), Count(30, 30)),
                Part("mangler", _text("Mangler"), Count(4, 4), is_missing=True),
            ),
            published=(),
            sources=("kilde",),
            is_ours=False,
            smallest=10,
        ),
    ),
    tables=(),
    last_year=None,
    persons={("lege", "mangler"): ("424242",)},
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_file_follows_the_schema(sample: Callable[[], Report], language: str) -> None:
    found = Draft202012Validator(SCHEMA).iter_errors(_json(sample(), language))
    assert [error.message for error in found] == []


def test_a_real_file_follows_the_schema() -> None:
    example = str(ROOT / "examples" / "typiske-feil.xml")
    with check_file(example, Options(last_year=str(LAST_YEAR))) as report:
        files = share(report, report.figures(), "en", 5)
        read = json.loads("".join(files["tilbakemelding-1820-2019-1-deling.json"]))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(read)] == []
    lines = [cell for table in read["tables"] for line in table["lines"] for cell in line["cells"]]
    assert [len(read["tables"]) > 5, len(read["indicators"]) > 25, len(lines) > 300] == [True] * 3


def _objects(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema.get("type"), str):
            yield schema
        for part in schema.values():
            yield from _objects(part)


def test_every_object_of_the_schema_is_closed_whole_and_described() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    objects = list(_objects(SCHEMA))
    assert [part for part in objects if part["additionalProperties"] is not False] == []
    assert [part for part in objects if {*part["properties"]} != {*part["required"]}] == []
    silent = [name for part in objects for name, told in part["properties"].items()
              if not told.get("description")]  # fmt: skip
    assert silent == []


MARKS = {
    "nb": "Kan deles: bare samlede tall, små tall er skjult",
    "nn": "Kan delast: berre samla tal, små tal er skjulte",
    "en": "May be shared: totals only, small numbers are hidden",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_marked_and_named_as_one_to_share(language: str) -> None:
    files = share(samples.typical(), FIGURES, language)
    stem = "tilbakemelding-1820-2019-ukjent-deling"
    assert list(files) == [f"{stem}{end}" for end in (".html", ".json", ".csv")]
    page, data, table = ("".join(pieces) for pieces in files.values())
    marked = lxml_html.document_fromstring(page).xpath("//p[@class='mark shareable']")
    assert [mark.text for mark in marked] == [MARKS[language]]
    assert json.loads(data)["shareable"] is True
    assert MARKS[language] in table.splitlines()[1]


def test_small_numbers_are_stars_in_every_file_and_the_star_is_explained() -> None:
    files = _files(samples.typical())
    parts = {
        part["id"]: part["count"]["sent"]
        for part in _json(samples.typical())["indicators"][0]["parts"]
    }
    assert parts == {"siste_12": 40, "eldre": HIDDEN, "mangler": HIDDEN}
    assert "* betyr et tall fra 1 til 9" in files[".html"]
    assert "* betyr et tall fra 1 til 9" in files[".csv"]
    assert "Lege: Mangler;2019;*" in files[".csv"]
    assert "424242" not in "".join(files.values())


def test_rules_are_told_with_rounded_numbers() -> None:
    rules = {rule["id"]: rule for rule in _json(samples.typical())["rules"]}
    told = {
        name: (rule["severity"], rule["violations"], rule["population"])
        for name, rule in rules.items()
    }
    assert told == {
        "IP-01": ("warning", 40, 410),
        "KTR-03": ("error", HIDDEN, 5810),
        "LMG-01": (None, None, None),
        "XSD-01": (None, 0, HIDDEN),
    }


@pytest.mark.parametrize("number", ["<b>1820</b>", "18 20", "11111111111", "", None, "١٨٢٠"])
def test_a_municipality_number_of_another_form_is_not_told(number: str | None) -> None:
    made = samples.typical()
    made = replace(made, submission=replace(made.submission, municipality=number))
    assert _json(made)["municipality"] is None
    assert share_name(made) == "tilbakemelding-ukjent-2019-ukjent-deling"
    assert not number or number not in _files(made)[".html"]


def test_an_unknown_municipality_is_told_by_its_number() -> None:
    made = samples.typical()
    told = replace(made.submission, municipality="9999", municipality_name=None)
    assert "9999, 2019" in _tree(replace(made, submission=told)).xpath("string(//h1)")


def test_what_the_file_says_is_text_and_nothing_else() -> None:
    files = _files(samples.hostile())
    assert "script" not in "".join(files.values())
    assert {c for c in files[".html"] if not c.isprintable()} <= {"\n", "\u00a0"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reason_of_a_failed_rule_is_told(language: str) -> None:
    """It can hold what a parser said of a value."""
    made = samples.report((), [Tally("IP-01", "x", Status.FAILED, "ValueError: 20190401", 0, 0)])
    assert "20190401" not in "".join(_files(made, language).values())


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_page_is_whole_for_those_who_hear_it(sample: Callable[[], Report]) -> None:
    tree = _tree(sample())
    assert tree.xpath("//script | //iframe | //link | //img | //@style | //@src") == []
    assert [t for t in tree.xpath("//table") if not t.xpath("string(caption)").strip()] == []
    rows = [row for t in tree.xpath("//table") for row in t.xpath("tbody/tr")]
    widths = {(len(row.xpath("td|th")), len(row.xpath("../../thead/tr/th"))) for row in rows}
    assert {(a, b) for a, b in widths if a != b} == set()
    ids = tree.xpath("//@id")
    assert sorted(ids) == sorted(set(ids))
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)
    levels = [int(h.tag[1]) for h in tree.xpath("//h1 | //h2 | //h3")]
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_the_csv_file_is_a_table_without_formulas() -> None:
    text = _files(samples.typical())[".csv"]
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert {len(row) for row in rows} == {5}
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("limit", [0, 1, 3, 7, 100])
def test_no_other_limit_is_taken(limit: int) -> None:
    with pytest.raises(ValueError, match="5, 10"):
        share(samples.report(), None, "nb", limit)


@pytest.mark.parametrize(
    ("n", "limit", "shown"),
    [
        (0, 10, 0),
        (1, 10, HIDDEN),
        (9, 10, HIDDEN),
        (10, 10, 10),
        (14, 10, 10),
        (15, 10, 20),
        (1234, 10, 1230),
        (4, 5, HIDDEN),
        (5, 5, 5),
        (7, 5, 5),
        (8, 5, 10),
    ],
)
def test_a_number_of_findings_is_rounded_or_hidden(n: int, limit: int, shown: int | str) -> None:
    assert rounded(n, limit) == shown


@pytest.mark.parametrize(
    ("shown", "expected"),
    [((), 0), ((0, None), 0), ((HIDDEN, 0), HIDDEN), ((HIDDEN, 20), 20), ((10, 20), 30)],
)
def test_a_sum_is_of_the_numbers_shown(
    shown: tuple[int | str | None, ...], expected: object
) -> None:
    """So that it tells nothing of what is hidden."""
    assert total(shown) == expected
