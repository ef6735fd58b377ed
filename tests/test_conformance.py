"""A correct export passes, and each fault that extractions have is found and named."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from kpr_validator import assets, identity
from kpr_validator.cli import app
from kpr_validator.conformance import likely
from kpr_validator.conformance.card import CLASSES
from kpr_validator.conformance.differ import differences
from kpr_validator.conformance.difference import REMARKS
from kpr_validator.conformance.export import ExportError, find, people
from kpr_validator.conformance.fasit import ABSENT, FasitError, as_json, load, shipped
from kpr_validator.conformance.kit import FASIT, page, write_kit
from kpr_validator.conformance.match import match
from kpr_validator.conformance.moving import moved
from kpr_validator.conformance.told import Said, as_html, as_text
from kpr_validator.conformance.told import as_json as as_card
from kpr_validator.conformance.work import judge
from kpr_validator.model import LANGUAGES
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.texts import texts
from tests import exports

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpr_validator.conformance.card import Card
    from kpr_validator.conformance.difference import Difference
    from kpr_validator.conformance.fasit import Fasit
    from tests.exports import One

SCHEMAS = {
    name: json.loads((assets.schemas() / f"{name}.schema.json").read_text("utf-8"))
    for name in ("fasit", "conformance")
}
OPEN = "99991231"


def _compared(made: list[One], folder: Path, *, with_ident: bool = False) -> list[Difference]:
    (folder / "a.xml").write_text(exports.xml(made), encoding="utf-8")
    if with_ident:
        (folder / "i.xml").write_text(exports.ident(made), encoding="utf-8")
    matches, _ = match(shipped(), people(find(folder)))
    return differences(matches, shipped().last)


def _card(made: list[One], folder: Path) -> Card:
    (folder / "a.xml").write_text(exports.xml(made), encoding="utf-8")
    (folder / FASIT).write_text("".join(as_json(shipped())), encoding="utf-8")
    return judge(folder)


def test_the_shipped_persons_follow_the_schema() -> None:
    told = json.loads("".join(as_json(shipped())))
    assert [] == [*Draft202012Validator(SCHEMAS["fasit"]).iter_errors(told)]
    assert shipped() == load(json.dumps(told))


def test_the_persons_show_what_is_said_of_them() -> None:
    """History, death, refusal, complaint, chain, leap day, leftover 16, before 2005, empty."""
    fasit = shipped()
    rows = [(person, record) for person in fasit.persons for record in person.records]
    assert len(fasit.persons) >= 15
    assert {element for element in CLASSES if element != "PERSON"} == {r.element for _, r in rows}
    for name, is_shown in {
        "historie": any(r.fields.get("poTilDato", OPEN) != OPEN for _, r in rows),
        "død": any("peDodDato" in person.fields for person in fasit.persons),
        "avslag": any(r.fields.get("tjVedtak") == "1" for _, r in rows),
        "klage": any("tjKlageBesvart" in r.fields for _, r in rows),
        "kjede": any(r.link == 3 for _, r in rows),
        "skuddår": any("20160229" in r.fields.values() for _, r in rows),
        "16": any(r.expect == ABSENT and r.fields.get("tjTjenType") == "16" for _, r in rows),
        "før 2005": any(r.fields.get("tjFraDato", OPEN) < "2005" for _, r in rows),
        "tomt": any(len(r.fields) < 4 for _, r in rows if r.element == "PERSONOPPL"),
        "null foran": any(person.fields["peKomnr"][0] == "0" for person in fasit.persons),
    }.items():
        assert is_shown, name


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_a_correct_export_passes_and_is_a_good_submission(year: int, tmp_path: Path) -> None:
    """Every rule may look at it; the few that find something are named in the fasit."""
    fasit = moved(shipped(), year, "1820")
    made = exports.correct(fasit)
    (tmp_path / "a.xml").write_text(exports.xml(made, fasit), encoding="utf-8")
    (tmp_path / "i.xml").write_text(exports.ident(made, fasit), encoding="utf-8")
    options = Options(ident=str(tmp_path / "i.xml"), test_data=True)
    with check_file(str(tmp_path / "a.xml"), options) as report:
        found = {finding.rule for finding in report.findings()}
    assert set(fasit.findings) == found
    (tmp_path / FASIT).write_text("".join(as_json(fasit)), encoding="utf-8")
    card = judge(tmp_path)
    assert card.passes
    assert () == card.remarks
    assert {} == card.findings
    assert all(score.expected == score.right > 0 for score in card.rows.values())


@pytest.mark.parametrize("with_ident", [True, False])
def test_persons_are_known_again_with_and_without_identities(
    tmp_path: Path, *, with_ident: bool
) -> None:
    assert [] == _compared(exports.correct()[::-1], tmp_path, with_ident=with_ident)


def test_what_may_be_there_may_be_lacking(tmp_path: Path) -> None:
    assert [] == _compared(exports.correct(optional=False), tmp_path)


def test_an_open_end_and_hours_may_be_written_in_several_ways(tmp_path: Path) -> None:
    def change(one: One) -> None:
        for row in one.rows:
            row.fields = {n: v for n, v in row.fields.items() if v != OPEN}
            if row.fields.get("tjTimerUke") == "12.00":
                row.fields["tjTimerUke"] = "12"
            if "tjTjenType" in row.fields:
                row.fields["tjTjenType"] = row.fields["tjTjenType"].zfill(2)

    made = exports.changed(change)
    assert [] == [d for d in _compared(made, tmp_path) if d.element != "FUNKSJON"]


def _rows(one: One, keep: Callable[[exports.Row], bool]) -> None:
    one.rows = [row for row in one.rows if keep(row)]


def _no_closed(one: One) -> None:
    _rows(one, lambda row: row.fields.get("poTilDato", OPEN) == OPEN)


def _no_refusals(one: One) -> None:
    _rows(one, lambda row: row.fields.get("tjVedtak") != "1")


def _no_ended(one: One) -> None:
    if one.id == "grense":
        _rows(one, lambda row: row.fields.get("tjTilDato", OPEN) == OPEN)


def _not_started(one: One) -> None:
    _rows(one, lambda row: row.fields.get("tjVedtak") != "2" or "tjFraDato" in row.fields)


def _collapsed(one: One) -> None:
    """Keep the last row, from the day on which the first began."""
    infos = one.of("PERSONOPPL")
    infos[-1].fields["poFraDato"] = infos[0].fields["poFraDato"]
    for row in infos[:-1]:
        one.rows.remove(row)


def _day_before(one: One) -> None:
    for row in one.rows:
        if row.fields.get("tjFraDato") == "20190101":
            row.fields["tjFraDato"] = "20181231"


def _swapped(one: One) -> None:
    for row in one.rows:
        if row.fields.get("tjSoknadDato") == "20190212":
            row.fields["tjSoknadDato"] = "20191202"


def _no_zeros(one: One) -> None:
    one.fields["peKomnr"] = one.fields["peKomnr"].lstrip("0")


def _value(field: str, old: str | None, new: str | None) -> Callable[[One], None]:
    """Return a change of every such value; None is a value that is not there."""

    def change(one: One) -> None:
        for fields in (one.fields, *(row.fields for row in one.rows)):
            if fields.get(field) == old and (old is not None or field[:2] + "FraDato" in fields):
                fields.pop(field, None)
                if new is not None:
                    fields[field] = new

    return change


def _empty(one: One) -> None:
    for row in one.of("PERSONOPPL"):
        row.fields.setdefault("poVurdTann", "")


def _double(one: One) -> None:
    if one.id == "koder":
        one.rows.append(exports.Row("TJENESTE", dict(one.of("TJENESTE")[0].fields)))


def _leftover(one: One) -> None:
    if one.id == "seksten":
        one.rows.append(
            exports.Row(
                "TJENESTE",
                {"tjTjenType": "16", "tjVedtDato": "20180502", "tjVedtak": "2"}
                | {"tjFraDato": "20180516", "tjTilDato": OPEN, "tjSoknadDato": "20180320"},
            )
        )


def _january(one: One) -> None:
    if one.id == "januar":
        service = dict(one.of("TJENESTE")[0].fields)
        one.rows.append(
            exports.Row("TJENESTE", service | {"tjFraDato": "20200102", "tjTjenType": "4"})
        )


def _closed_at_year_end(one: One) -> None:
    for row in one.of("TJENESTE"):
        if row.fields.get("tjTilDato") == OPEN:
            row.fields["tjTilDato"] = "20191231"


def _dead_lost(one: One) -> None:
    if one.id == "dod":
        one.fields["peKjonn"] = "gone"


def _today_everywhere(one: One) -> None:
    if one.id == "historie":
        for row in one.of("PERSONOPPL"):
            row.fields["poIndPlan"] = "1"


def _one_row(one: One) -> None:
    if one.id == "historie":
        for row in one.of("PERSONOPPL")[:2]:
            del row.fields["poHusstand"]


def _chain(one: One) -> None:
    for row in one.rows:
        if row.decision and row.link:
            row.decision = "ABC"[row.link - 1]


def _no_early(one: One) -> None:
    _rows(one, lambda row: row.fields.get("tjFraDato", OPEN) > "2005")


def _only_last_decision(one: One) -> None:
    if one.id == "kjede":
        _rows(one, lambda row: row.link in {None, 3})


def _own_units(one: One) -> None:
    own = {"318200017": "318200068", "318200025": "318200076", "318200033": "318200084"}
    for row in one.rows:
        for field in ("tjInstOrgnr", "dgInstOrgnr"):
            if field in row.fields:
                row.fields[field] = own.get(row.fields[field], row.fields[field])


def _only_changes(one: One) -> None:
    """Later rows of a history hold only what has changed."""
    infos = one.of("PERSONOPPL")
    for before, row in list(pairwise(infos))[::-1]:
        row.fields = {
            n: v for n, v in row.fields.items() if before.fields.get(n) != v or n.endswith("Dato")
        }


def _no_chain(one: One) -> None:
    for row in one.rows:
        row.decision = None


FAULTS = {
    "closed": (_no_closed, "closed"),
    "refusals": (_no_refusals, "refusal"),
    "ended": (_no_ended, "ended"),
    "not-started": (_not_started, "not_started"),
    "collapsed": (_collapsed, "collapsed"),
    "time-zone": (_day_before, "day"),
    "day-and-month": (_swapped, "swapped"),
    "leading-zero": (_no_zeros, "zeros"),
    "zero-of-a-district": (_value("peBydelsnr", "03", "3"), "zeros"),
    "old-code-of-a-plan": (_value("poIndPlan", "4", "9"), "old_code"),
    "old-code-of-a-koordinator": (_value("poHarKoordinator", "1", "11"), "old_code"),
    "old-code-of-housing": (_value("tjTjenType", "29", "12"), "old_code"),
    "iso-dates": (_value("tjFraDato", "20190107", "2019-01-07"), "form"),
    "norwegian-dates": (_value("tjFraDato", "20190107", "07.01.2019"), "form"),
    "comma": (_value("tjTimerUke", "3.25", "3,25"), "comma"),
    "lost-decimals": (_value("tjTimerUke", "37.50", "37"), "decimals"),
    "hundredths": (_value("tjTimerUke", "7.75", "775"), "decimals"),
    "ten-digits": (_value("tjInstOrgnr", "318200041", "3182000410"), "unit_zero"),
    "other-open-end": (_value("tjTilDato", OPEN, "20991231"), "open_end"),
    "closed-at-year-end": (_closed_at_year_end, "closed_at_year_end"),
    "end-not-written": (_value("tjTilDato", "20191027", OPEN), "opened"),
    "field-not-extracted": (_value("poBoligTilr", "1", None), "field"),
    "default": (_value("poErnKartlagt", None, "2"), "default"),
    "double": (_double, "double"),
    "leftover-16": (_leftover, "leftover"),
    "january": (_january, "after"),
    "today-on-old-rows": (_today_everywhere, "other_row"),
    "one-row": (_one_row, "one_row"),
    "broken-chain": (_chain, "chain_broken"),
    "early": (_no_early, "early"),
    "only-the-last-decision": (_only_last_decision, "chain"),
    "spaces": (_value("diDiagKode", "F00.1", "F00.1 "), "spaces"),
    "cut": (_value("diDiagKode", "F00.1", "F00"), "cut"),
    "age": (_value("peAlder", "82", "81"), "age"),
    "empty-date": (_value("poVentelisteDato", None, ""), "empty_refused"),
    "unknown": (_value("tjSoknadDato", "20190212", "20190401"), "unknown"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_typical_fault_is_found_and_named(name: str, tmp_path: Path) -> None:
    """All differences have the one cause, and what is untouched has none."""
    change, why = FAULTS[name]
    found = _compared(exports.changed(change), tmp_path)
    assert {why} == {difference.likely for difference in found}


def test_all_words_for_causes_are_met_here() -> None:
    """A cause that no test meets may be one that is never told."""
    words = {
        key.rpartition(".")[2] for key in texts("nb").entries if key.startswith("conformance.why.")
    }
    elsewhere = {"dead", "person", "expected_absent"}
    assert words == {why for _, why in FAULTS.values()} | REMARKS | elsewhere


def test_lost_persons_are_told_and_the_dead_by_themselves(tmp_path: Path) -> None:
    made = [one for one in exports.correct() if one.id not in {"dod", "avslag"}]
    found = {(d.person, d.kind, d.likely) for d in _compared(made, tmp_path)}
    assert {("dod", "lost", "dead"), ("avslag", "lost", "person")} == found
    card = _card(made, tmp_path)
    assert (19, 17, 2) == card.rows["PERSON"][:3]
    assert card.rows["PERSONOPPL"].lost == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_empty, "empty"),
        (_own_units, "own_unit"),
        (_only_changes, "carried"),
        (_no_chain, "no_chain"),
    ],
)
def test_what_the_sources_leave_open_is_remarked_and_no_fault(
    change: Callable[[One], None], why: str, tmp_path: Path
) -> None:
    card = _card(exports.changed(change), tmp_path)
    assert card.passes
    assert {why} == {remark.likely for remark in card.remarks}


def test_a_unit_that_is_one_time_this_and_one_time_that_is_a_fault(tmp_path: Path) -> None:
    def change(one: One) -> None:
        if one.id == "timer":
            one.of("TJENESTE")[0].fields["tjInstOrgnr"] = "318200068"

    assert not _card(exports.changed(change), tmp_path).passes


def test_strangers_in_the_file_are_counted_and_not_compared(tmp_path: Path) -> None:
    stranger = exports.One("x", "", {"peAlder": "51", "peKjonn": "M", "peKomnr": "1101"})
    card = _card([*exports.correct(), stranger], tmp_path)
    assert card.passes
    assert 1 == card.others


def test_findings_that_a_correct_file_does_not_give_are_told(tmp_path: Path) -> None:
    card = _card(exports.changed(_value("poHusstand", "1", "7")), tmp_path)
    assert "KOD-01" in card.findings
    assert not set(shipped().findings) & set(card.findings)


def test_the_card_counts_by_class_and_field(tmp_path: Path) -> None:
    card = _card(exports.changed(_value("poIndPlan", "4", "9")), tmp_path)
    plans = card.fields["PERSONOPPL", "poIndPlan"]
    assert plans.changed > 5
    assert plans.right == plans.expected - plans.changed > 0
    assert card.rows["PERSONOPPL"].changed == plans.changed
    assert card.rows["TJENESTE"].right == card.rows["TJENESTE"].expected
    assert (("old_code", plans.changed),) == card.likely


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_as_text_json_and_page(language: str, tmp_path: Path) -> None:
    """The same faults in all, and never a value of the file as mark-up."""
    change = _value("diDiagKode", "F00.1", "<b>\x07</b>".replace("\x07", "&"))
    said = Said(_card(exports.changed(change), tmp_path), texts(language))
    told = json.loads("".join(as_card(said)))
    assert [] == [*Draft202012Validator(SCHEMAS["conformance"]).iter_errors(told)]
    assert ["<b>&</b>"] == [fault["observed"] for fault in told["faults"]]
    text = "".join(as_text(said, 80))
    assert max(map(len, text.splitlines())) <= 80
    html = "".join(as_html(said))
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    for word in (told["faults"][0]["message"], "diDiagKode"):
        assert word in " ".join(text.split())
        assert word in html


def test_the_page_tells_everything_that_is_to_be_entered() -> None:
    """Every unit, identity and date of a record, in every language."""
    fasit = shipped()
    for language in LANGUAGES:
        words = texts(language)
        told = re.sub(r"\s+", " ", "".join(page(fasit, words, "mappe")))
        for person in fasit.persons:
            assert person.identity in told
            assert person.enter.in_language(language) in told.replace("&#39;", "'")
            for record in person.records:
                days = [v for n, v in record.fields.items() if n.endswith("Dato")]
                assert all(words.date(day) in told for day in days)
        assert all(orgnr in told for orgnr, _ in fasit.units)
        assert words("conformance.kit.absent") in told


def _leap(fasit: Fasit) -> set[str]:
    services = (record for person in fasit.persons for record in person.records)
    return {v for record in services for v in record.fields.values() if v.endswith("0229")}


@pytest.mark.parametrize("year", [2020, 2023, 2031])
def test_moved_to_another_year_all_still_fits(year: int) -> None:
    """Ages and identities agree, 29 February exists, and 2018 and 1991 stay where they must."""
    fasit = moved(shipped(), year, "4601")
    assert {"2016"} <= {day[:4] for day in _leap(shipped())}
    assert all(int(day[:4]) % 4 == 0 for day in _leap(fasit))
    seen = set()
    for person in fasit.persons:
        assert person.born == identity.born(person.identity, f"{year}1231")
        assert person.fields["peKjonn"] == identity.sex(person.identity, f"{year}1231")
        assert identity.shift_of(person.identity) == 80
        assert int(person.fields["peAlder"]) == year - int(person.born[:4])
        seen.add(person.identity)
    assert len(seen) == len(fasit.persons)
    by_id = {record.id: record for person in fasit.persons for record in person.records}
    assert "20180516" == by_id["seksten-1"].fields["poHabDato"]
    assert by_id["foer2005-2"].fields["tjFraDato"] < "2005"
    assert "4601" in {person.fields["peKomnr"] for person in fasit.persons}
    assert "0301" in {person.fields["peKomnr"] for person in fasit.persons}


def _run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["conformance", *words], env={"COLUMNS": "80"})
    return done.exit_code, done.stdout, done.stderr


def test_the_command_from_kit_to_card(tmp_path: Path) -> None:
    folder = tmp_path / "prøve"
    code, told, _ = _run(str(folder), "--init", "--year", "2020", "--municipality", "1816")
    assert 0 == code
    assert sorted(told.split("\n\n")[0].split()) == sorted(str(path) for path in folder.iterdir())
    assert 2 == _run(str(folder), "--init")[0]
    assert 2 == _run(str(folder))[0]
    fasit = load((folder / FASIT).read_text("utf-8"))
    right, wrong = exports.correct(fasit), exports.changed(_no_refusals, exports.correct(fasit))
    (folder / "ut.xml").write_text(exports.xml(right, fasit), encoding="utf-8")
    assert 0 == _run(str(folder))[0]
    (folder / "ut.xml").write_text(exports.xml(wrong, fasit), encoding="utf-8")
    code, told, _ = _run(str(folder), "--lang", "nn")
    assert 1 == code
    assert "Avslag er ikkje med" in told
    out = tmp_path / "svar.html"
    assert (1, "", "") == _run(str(folder), "--format", "html", "--output", str(out))
    assert "Avslag er ikke med" in out.read_text("utf-8")
    code, told, _ = _run(str(folder), "--format", "json")
    assert json.loads(told)["likely"] == [{"why": "refusal", "count": 3}]


def test_folders_that_can_not_be_judged_are_told_so(tmp_path: Path) -> None:
    code, _, said = _run(str(tmp_path))
    assert (2, True) == (code, "--init" in said)
    (tmp_path / FASIT).write_text('{"schema_version": "9.0"}', encoding="utf-8")
    assert 2 == _run(str(tmp_path))[0]
    for text in ("[]", "{", '{"schema_version": "1.0"}', "\udcff"):
        (tmp_path / FASIT).write_bytes(text.encode("utf-8", "surrogateescape"))
        assert 2 == _run(str(tmp_path))[0]
    write_kit(shipped(), tmp_path / "b")
    one, two = tmp_path / "b" / "a.xml", tmp_path / "b" / "b.xml"
    one.write_text("ikke xml", encoding="utf-8")
    code, _, said = _run(str(tmp_path / "b"))
    assert (2, True) == (code, "finner ingen" in said)
    one.write_text(exports.xml(exports.correct()), encoding="utf-8")
    two.write_text(exports.xml(exports.correct()), encoding="utf-8")
    code, _, said = _run(str(tmp_path / "b"))
    assert (2, True) == (code, "a.xml, b.xml" in said)
    two.unlink()
    one.write_text(one.read_text("utf-8").replace("</IPLOS>", "</IPLAS>"), encoding="utf-8")
    assert 2 == _run(str(tmp_path / "b"))[0]
    assert 2 == _run(str(tmp_path / "c"), "--init", "--municipality", "x")[0]
    assert 2 == _run(str(tmp_path / "c"), "--init", "--year", "2018")[0]


def test_errors_have_names_of_their_own(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as told:
        find(tmp_path)
    assert "none" == told.value.why
    with pytest.raises(FasitError):
        load("{}")
    assert likely.UNKNOWN in {key.rpartition(".")[2] for key in texts("en").entries}
