"""A scrubbed file shows the same faults, and nothing of the file that it was made from."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kpr_validator import assets, identity
from kpr_validator.cli import app
from kpr_validator.model import LANGUAGES
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.texts import texts
from kpr_validator.rules import all_rules, load_page, rule_files
from kpr_validator.scrub import days, leaks, shape
from kpr_validator.scrub.begin import READING, TOGETHER, WHOLE, NothingError
from kpr_validator.scrub.cut import read
from kpr_validator.scrub.places import Places
from kpr_validator.scrub.renumber import Renumber
from kpr_validator.scrub.told import remarks
from kpr_validator.scrub.tree import parse, written
from kpr_validator.scrub.work import scrub
from tests.documents import document, numbered
from tests.wrapper import example_bytes, wrapped, wrapped_ident

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kpr_validator.rules import Page
    from kpr_validator.scrub.finish import Scrubbed

EXAMPLES = assets.rules().parent / "examples"
TYPICAL, IDENT = EXAMPLES / "typiske-feil.xml", EXAMPLES / "typiske-feil-ident.xml"
INVALID = EXAMPLES / "ugyldig-xsd.xml"
RULES = (
    "BOL-01", "DAT-05", "IDT-01", "IDT-04", "IDT-05", "INN-05", "INN-09", "INN-10", "INN-11",
    "INN-13", "KOD-02", "KTR-04", "LMG-07", "VEN-06",
)  # fmt: skip
FIXED = {"20190101", "20191231", "99991231"}
_TOKEN = re.compile(rb"[0-9A-Za-z\x80-\xff]+")
_DAY = re.compile(r">((?:19|20)[0-9]{6})<")
_ID = re.compile(r'\w+ID="([^"]*)"')
_PERSON = re.compile(r"<PERSON\b.*?</PERSON>|<PERSON[^>]*/>", re.DOTALL)


def _scrubbed(path: Path, select: Sequence[str] = (), ident: Path | None = None) -> Scrubbed:
    options = Options(select=tuple(select), ident=str(ident) if ident else None)
    words = texts("nb")
    with check_file(str(path), options) as report:
        return scrub(report, str(path), options, select, remarks(report.rules, words))


def _found(text: str, ident: str | None, folder: Path) -> set[str]:
    """Return the rules that find something in a new file, judged from its beginning."""
    path = folder / "ny.xml"
    path.write_text(text, encoding="utf-8")
    beside = folder / "ny-ident.xml"
    if ident:
        beside.write_text(ident, encoding="utf-8")
    with check_file(str(path), Options(ident=str(beside) if ident else None)) as report:
        return {finding.rule for finding in report.findings()}


def _person_at(text: str, line: int) -> str:
    """Return the person that stands on a line, or what stands before all."""
    for person in _PERSON.finditer(text):
        first = text.count("\n", 0, person.start()) + 1
        if first <= line <= first + person[0].count("\n"):
            return person[0]
    return text.partition("<PERSON")[0]


@pytest.fixture(scope="module")
def typical() -> Scrubbed:
    """Return what is made of a file with every class and its ident message."""
    return _scrubbed(TYPICAL, RULES, IDENT)


@pytest.fixture(scope="module")
def invalid() -> Scrubbed:
    """Return what is made of a file that breaks the schema in many ways."""
    return _scrubbed(INVALID, ("XSD",))


def test_every_chosen_finding_is_still_there(typical: Scrubbed, tmp_path: Path) -> None:
    """Judged as a stranger would: from the new files alone."""
    assert {} == typical.left_out
    assert set(RULES) <= _found(typical.text, typical.ident, tmp_path)


def test_it_tells_on_which_line_each_finding_stands(typical: Scrubbed, tmp_path: Path) -> None:
    (tmp_path / "ny.xml").write_text(typical.text, encoding="utf-8")
    (tmp_path / "ident.xml").write_text(typical.ident or "", encoding="utf-8")
    options = Options(ident=str(tmp_path / "ident.xml"))
    with check_file(str(tmp_path / "ny.xml"), options) as report:
        found = {(finding.rule, finding.line) for finding in report.findings()}
    assert {(shown.rule, shown.line) for shown in typical.shown} <= found


def test_no_id_of_the_original_is_left(typical: Scrubbed) -> None:
    """Searched in the bytes of both files: no id of four signs or more, and no id as an id.

    2018 to 2020 are also years, which stand in dates and in the names of rules.
    """
    original = TYPICAL.read_text("utf-8")
    ids = set(_ID.findall(original)) - {"2018", "2019", "2020"}
    tokens = set(_TOKEN.findall(f"{typical.text}{typical.ident}".encode()))
    assert len({value for value in ids if len(value) > 3}) > 90
    assert set() == {value for value in ids if len(value) > 3 and value.encode() in tokens}
    new = {value for value in _ID.findall(typical.text) if len(value) > 1}
    assert set() == ids & new


def test_no_day_of_a_person_is_left(typical: Scrubbed) -> None:
    """Only the first and last day of the year and the open date may be the same."""
    original = TYPICAL.read_text("utf-8")
    compared = 0
    for shown in typical.shown:
        old = set(_DAY.findall(_person_at(original, shown.original)))
        new = set(_DAY.findall(_person_at(typical.text, shown.line)))
        assert set() == old & new - FIXED, shown
        compared += bool(new - FIXED)
    assert compared > len(RULES) / 3


def test_no_identity_of_the_original_is_left(typical: Scrubbed) -> None:
    """All numbers of the new ident message are of the series that is never given to people."""
    assert typical.ident is not None
    theirs = set(re.findall('fid="([^"]*)"', IDENT.read_text("utf-8")))
    ours = re.findall('fid="([^"]*)"', typical.ident)
    assert set() == theirs & set(ours)
    numbers = [number for number in ours if number.isdecimal() and len(number) == 11]
    assert len(numbers) > len(RULES) / 2
    assert {80} == {identity.shift_of(number) for number in numbers}


def test_no_text_of_the_original_is_left(tmp_path: Path) -> None:
    """Neither the header's, nor comments, nor those of unknown elements and attributes."""
    secret = (
        "Ola Nordmann", "22225555", "ola@kommunen.no", "GERICA", "9.8.7", "Vigdis",
        "hemmelig", "eget_felt", "egenting", "urn:leverandoren", "Drammensveien",
    )  # fmt: skip
    numbers = {"44", "4601"}  # by chance their digits stand inside a longer one that is invented
    text = document(
        '<!-- hemmelig merknad -->\n<PERSON pePeID="7001" egenting="Vigdis"><peAlder>44</peAlder>'
        "<peKomnr>4601</peKomnr>Drammensveien 1<eget_felt>Vigdis</eget_felt>"
        '<x:y xmlns:x="urn:leverandoren">Vigdis</x:y></PERSON>'
    )
    text = text.replace("Testperson A", "Ola Nordmann").replace("00000000", "22225555")
    text = text.replace("a@example.invalid", "ola@kommunen.no").replace("TEST<", "GERICA<")
    text = text.replace("1.0<", "9.8.7<").replace("1820", "4601")
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    assert all(word in text for word in (*secret, *numbers))
    made = _scrubbed(tmp_path / "a.xml", ("XSD",))
    assert (
        {"XSD-01", "XSD-07", "XSD-10", "XSD-12"} >= {one.rule for one in made.shown} >= {"XSD-01"}
    )
    assert [] == [word for word in secret if word in made.text]
    assert set() == numbers & set(re.findall("[0-9]+", made.text))


def test_faults_of_the_schema_are_kept_with_other_values(invalid: Scrubbed, tmp_path: Path) -> None:
    """Every kind of schema fault of the file is shown, and none is added."""
    with check_file(str(INVALID), Options()) as report:
        before = {f.rule for f in report.findings() if f.rule.startswith("XSD")}
    after = {rule for rule in _found(invalid.text, None, tmp_path) if rule.startswith("XSD")}
    assert len(before) > 8
    assert before == after == {shown.rule for shown in invalid.shown}
    assert "80 år" in INVALID.read_text("utf-8")
    assert re.search("<peAlder>[0-9]{2} xx</peAlder>", invalid.text)


def test_little_is_left(typical: Scrubbed) -> None:
    """A finding about one answer keeps the person, the row and the answer."""
    people = _PERSON.findall(typical.text)
    assert len(typical.text) < len(TYPICAL.read_text("utf-8")) / 40
    housing = next(person for person in people if ">12<" in person)
    assert ["tjTjenType"] == re.findall(r"<(\w+)>", housing)


def test_what_is_about_the_file_or_the_municipality_is_left_out_and_said(tmp_path: Path) -> None:
    text = document(*(numbered(n) for n in range(9))).replace("Testperson A", "Testperson Ã¥")
    path = tmp_path / "a.xml"
    path.write_text(f'<?xml version="1.0" encoding="windows-1252"?>\n{text}', encoding="utf-8")
    with check_file(str(path), Options()) as report:
        found = {finding.rule for finding in report.findings()}
    made = _scrubbed(path)
    reasons = dict(made.left_out)
    assert "LES-12" in found
    assert READING == reasons.pop("LES-12")
    assert {WHOLE} >= set(reasons.values())
    assert set(made.left_out) | {shown.rule for shown in made.shown} == found


@pytest.mark.slow
def test_a_finding_about_the_whole_is_tried_when_it_is_named() -> None:
    """Fewer persons than there were, but all that it takes, and no day of any of them."""
    with pytest.raises(NothingError):
        _scrubbed(TYPICAL, ("KOM-1",))
    made = _scrubbed(TYPICAL, ("KOM-13",))
    assert ["KOM-13"] == [shown.rule for shown in made.shown]
    assert 9 < made.persons < made.persons_before
    assert () == made.leaks
    assert not re.search("<(FUNKSJON|DIAGNOSE|PERSONOPPL)", made.text)


def test_nothing_to_show_is_an_error_of_its_own(tmp_path: Path) -> None:
    for text in (document(), document().replace("</PERSON>", "")):
        (tmp_path / "a.xml").write_text(text, encoding="utf-8")
        with pytest.raises(NothingError):
            _scrubbed(tmp_path / "a.xml", ("LMG",))
    with pytest.raises(NothingError):
        _scrubbed(IDENT)


def test_the_last_look_finds_what_is_left() -> None:
    """Were a step to fail, the file would not be written."""
    original = read(str(TYPICAL), io.BytesIO(), [])
    assert original is not None
    assert () == leaks.leaks(["<a>91000001</a>"], original, set())
    for text, kind in (
        ('<a poPoID="1"/>', leaks.ID),
        ("<a>15</a><!-- -->", None),
        ("<a>x 01813900048</a>", leaks.NUMBER),
        ("<a>1820</a>", leaks.TEXT),
    ):
        found = leaks.leaks([text], original, {"01813900048"})
        assert found == ((kind,) if kind else ())


def test_days_keep_order_and_intervals_where_they_can() -> None:
    own = {"20190305", "20190320", "20181224"}
    limits = days.Limits("20190101", "20191231", "20191231")
    ways = [*days.ways(own, limits, 17, days.Secret(own, own))]
    assert {"20190305": "20190322", "20190320": "20190406", "20181224": "20190110"} in ways
    for way in ways:
        moved = [dt.date.fromisoformat(way[day]) for day in sorted(own)]
        assert sorted(moved) == moved
        assert (moved[2] - moved[1]).days == 15
        assert not own & set(way.values())


def test_an_impossible_day_becomes_another_impossible_day() -> None:
    limits = days.Limits("20190101", "20191231", "20191231")
    way = next(days.ways({"20190231"}, limits, 17, days.Secret({"20190231"}, frozenset())))
    with pytest.raises(ValueError, match="day"):
        dt.date.fromisoformat(way["20190231"])


def test_ids_keep_their_relations_and_their_order() -> None:
    tree = parse(
        ['<x><P pePeID="0012"><a poPeID="12" poPoID="90"/><b poPeID="13" poPoID="8"/></P></x>']
    )
    assert tree is not None
    new, people = Renumber({"91000001"}, Places("1820", 2019)).part(tree)
    person = new.children[0]
    (_, own), (first, second) = person.attributes[0], person.children
    assert own.lstrip("0") == first.attributes[0][1] == people["12"] != second.attributes[0][1]
    assert int(first.attributes[1][1]) > int(second.attributes[1][1])
    assert own.startswith("00")
    assert not people["12"].startswith("91")


@pytest.mark.parametrize(
    "number", ["01817500087", "41813800010", "01417500098", "200000000008", "05061900100"]
)
def test_an_invented_number_is_of_the_same_kind(number: str) -> None:
    for _ in range(20):
        made = shape.invented(number)
        wanted, found = identity.read(number), identity.read(made)
        assert made != number
        assert len(made) == len(number)
        assert (wanted.kind in (identity.STAND_IN, identity.DUF)) or found.shift == 80
        assert identity.is_valid(made, "20200101") == identity.is_valid(number, "20200101")


def test_text_keeps_its_shape_and_no_number_of_a_person() -> None:
    assert re.fullmatch("Xxxx xxx Xxxxx [1-9]{2}, xx!", shape.shape("Berg ved Sjøen 12, ås!"))
    made = shape.shape("Se 01817500087!")
    assert re.fullmatch(r"Xx [0-9]{11}!", made)
    assert "01817500087" not in made
    assert all(not identity.has_identity(shape.digits("12345678901")) for _ in range(300))


def test_written_and_parsed_again_a_tree_is_the_same() -> None:
    text = (
        '<a xmlns="urn:a" b="&lt;&quot;&#10;&amp;"><c>&lt; &amp; ]]&gt;</c><d xmlns="" e="1"/></a>'
    )
    tree = parse([text])
    assert tree is not None
    assert tree == parse([written(tree, "")])
    assert parse(["<a>"]) is None


def _run(*words: str, given: bytes | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["scrub", *words], input=given, env={"COLUMNS": "80"})
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_both_files_and_tells_what_the_sender_must_do(tmp_path: Path) -> None:
    out = tmp_path / "mappe" / "vis.xml"
    words = ["--select", "IDT-05,INN-10", "--ident", str(IDENT), "--output", str(out)]
    code, told, _ = _run(str(TYPICAL), *words)
    assert 0 == code
    assert {"INN-10", "IDT-05"} <= _found(
        out.read_text("utf-8"), out.with_name("vis-ident.xml").read_text("utf-8"), tmp_path
    )
    assert "Se gjennom filen" in told
    assert "1820" not in out.read_text("utf-8")
    assert max(map(len, told.splitlines())) <= 80


def test_the_command_reads_standard_input_and_tells_what_it_can_not_show(tmp_path: Path) -> None:
    out = tmp_path / "vis.xml"
    data = TYPICAL.read_bytes()
    assert 0 == _run("-", "--select", "INN-10", "--output", str(out), given=data)[0]
    assert "INN-10" in _found(out.read_text("utf-8"), None, tmp_path)
    code, _, said = _run(str(EXAMPLES / "feilfri.xml"), "--output", str(tmp_path / "x.xml"))
    assert 1 == code
    assert "kan vises" in said
    assert not (tmp_path / "x.xml").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_needs_another_file_is_named_with_the_reason(
    language: str, tmp_path: Path
) -> None:
    out, why = tmp_path / "vis.xml", texts(language)
    words = [str(TYPICAL), "--output", str(out), "--lang", language]
    code, told, said = _run(*words, "--select", "KOM-01,ORG-08,IDT-05")
    assert 1 == code
    assert why("scrub.nothing") in " ".join(said.split())
    told = " ".join(told.split())
    assert f"KOM-01, ORG-08: {why('scrub.why.other_file')}" in told
    assert f"IDT-05: {why('scrub.why.ident')}" in told
    code, told, _ = _run(*words, "--select", "KOM-01,INN-10")
    assert (1, True) == (code, "KOM-01: " in told)
    assert "INN-10" in _found(out.read_text("utf-8"), None, tmp_path)


def test_the_original_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(document(), encoding="utf-8")
    assert 2 == _run(str(path), "--output", str(path))[0]
    assert document() == path.read_text("utf-8")
    assert 2 == _run(str(tmp_path / "mangler.xml"), "--output", str(tmp_path / "b.xml"))[0]


def test_many_persons_have_days_of_their_own_when_no_move_fits_them_all() -> None:
    """Days so dense that every move of all at once puts one person's day on another's."""
    limits = days.Limits("20190101", "20191231", "20191231")
    first = dt.date(2018, 6, 2)
    each = [{f"{first + dt.timedelta(days=n):%Y%m%d}"} for n in range(420)]
    every = frozenset().union(*each)
    assert [] == [*days.ways(every, limits, 17, days.Secret(every, every))]
    for own in each[:360:60]:
        ways = days.apart(own, limits, days.Secret(own, every))
        assert len(ways) == len(days.apart(set(), limits, days.Secret(own, every))) > 0
        assert not any(own & set(way.values()) for way in ways)


def _pages() -> list[Page]:
    return [load_page(path) for path in rule_files()]


# What can't be shown: real numbers are never used, and these are about the ident message whole.
IMPOSSIBLE = {
    "IDT-12",
    "IDT-14",
    "IDT-15",
    "IDT-16",
    "IDT-18",
    "XSD-13",
    "XSD-14",
    "XSD-15",
    "XSD-99",
}
_ELSEWHERE = {"fjor", "forrige", "enheter"}


@pytest.mark.slow
@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_each_rule_can_be_shown(rule: str, tmp_path: Path) -> None:
    """By the first example that breaks it and needs no more than the ident message."""
    page = next(page for page in _pages() if page.rule.id == rule)
    breaking = (example for example in page.examples if example.kind == "brudd")
    example = next((one for one in breaking if not _ELSEWHERE & one.extra.keys()), None)
    if rule.startswith(("LES", "KOM")) or rule in IMPOSSIBLE or example is None:
        return
    is_rule = page.rule.source == "regel"
    make = wrapped if is_rule else example_bytes
    (tmp_path / "a.xml").write_bytes(make(example.text, example.options))
    ident = None
    if "ident" in example.extra:
        ident = tmp_path / "i.xml"
        ident.write_bytes(wrapped_ident(example.extra["ident"][0]))
    made = _scrubbed(tmp_path / "a.xml", (rule,), ident)
    assert [rule] == [shown.rule for shown in made.shown]
    assert () == made.leaks
    assert TOGETHER not in made.left_out.values()
