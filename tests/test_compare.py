"""Comparing submissions: new, fixed and remaining, and what can't be compared."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.compare import Change, Silent, compare
from kpr_validator.figures import Count
from kpr_validator.joined import joined
from kpr_validator.model import (
    LANGUAGES,
    Baseline,
    Severity,
    Status,
    Tally,
    Text,
    Verdict,
)
from kpr_validator.moved import Moved, Number
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report import as_comparison
from kpr_validator.report.as_json import as_json
from kpr_validator.report.compared import said
from kpr_validator.sharing import counts
from kpr_validator.snapshots import SnapshotError, is_json, of_json, of_report
from tests import report_samples as samples
from tests.report_samples import HOSTILE, PLAN, RULES, START, finding, report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpr_validator.compare import Comparison, Snapshot
    from kpr_validator.model import Finding, Report

EXAMPLES = assets.rules().parent / "examples"
SCHEMA = json.loads((assets.schemas() / "comparison.schema.json").read_text("utf-8"))
RAN = [
    Tally("IP-01", "poIndPlan", Status.VIOLATIONS, None, 9, 1),
    Tally("KTR-03", "tjFraDato", Status.VIOLATIONS, None, 9, 1),
    Tally("LMG-01", None, Status.OUTSIDE, None, 0, 0),
]
MUCH = Text("Mye", "Mykje", "Much")


def _plan(name: str, **changes: Any) -> Finding:  # noqa: ANN401  any field
    return finding(PLAN, 1, fingerprint=name, **changes)


def _date(name: str) -> Finding:
    return finding(START, 1, fingerprint=name, field="tjFraDato", severity=Severity.ERROR)


def _shot(*found: Finding, **changes: Any) -> Snapshot:  # noqa: ANN401
    tallies = changes.pop("tallies", RAN)
    return replace(of_report(report(found, tallies)), **{"numbers": {}} | changes)


def _changes(old: Snapshot, new: Snapshot) -> list[tuple[str, int, int, int, int, int]]:
    return [
        (c.rule, c.old, c.new, c.added, c.fixed, c.remaining) for c in compare((old, new)).changes
    ]


def test_findings_are_followed_by_their_fingerprint() -> None:
    """New ones first, the worst of them before the milder."""
    old = _shot(_plan("a"), _plan("b"), _date("x"))
    new = _shot(_plan("b"), _plan("c"), _plan("d"), _date("y"))
    assert _changes(old, new) == [("KTR-03", 1, 1, 1, 1, 0), ("IP-01", 2, 3, 2, 1, 1)]


def test_a_fault_that_is_there_several_times_is_counted_each_time() -> None:
    old, new = _shot(*[_plan("a")] * 3), _shot(*[_plan("a")] * 5)
    assert _changes(old, new) == [("IP-01", 3, 5, 2, 0, 3)]
    assert _changes(new, old) == [("IP-01", 5, 3, 0, 2, 3)]


@pytest.mark.parametrize(
    ("status", "reason", "is_silent"),
    [
        (Status.SKIPPED, "fjor", True),
        (Status.FAILED, "OperationalError", True),
        (Status.OUTSIDE, "year", True),
        (Status.OUTSIDE, None, False),
        (Status.PASS, None, False),
    ],
)
def test_a_rule_that_did_not_run_has_neither_new_nor_fixed_findings(
    status: Status, reason: str | None, *, is_silent: bool
) -> None:
    """Nothing was corrected because the rule was left out."""
    quiet = [Tally("IP-01", None, status, reason, 0, 0), *RAN[1:]]
    without, having = _shot(tallies=quiet), _shot(_plan("a"))
    fixed, back = compare((having, without)), compare((without, having))
    assert fixed.silent == ((Silent("IP-01", 1, None),) if is_silent else ())
    assert back.silent == ((Silent("IP-01", None, 1),) if is_silent else ())
    assert back.has_new(Severity.INFO) is not is_silent
    assert bool(fixed.changes) is not is_silent


def test_one_field_that_did_not_run_makes_the_rule_silent() -> None:
    half = [*RAN, Tally("IP-01", "x", Status.SKIPPED, "ident", 0, 0)]
    assert compare((_shot(_plan("a")), _shot(tallies=half))).silent == (Silent("IP-01", 1, None),)


@pytest.mark.parametrize(
    ("change", "level", "fails"),
    [
        ({}, Severity.WARNING, True),
        ({}, Severity.ERROR, False),
        ({"severity": Severity.ERROR}, Severity.ERROR, True),
        ({"explained": "riktig (leder)"}, Severity.INFO, False),
    ],
)
def test_a_new_finding_fails_by_its_severity_unless_it_is_explained(
    change: dict[str, Any], level: Severity, *, fails: bool
) -> None:
    comparison = compare((_shot(_plan("a")), _shot(_plan("a"), _plan("b", **change))))
    assert comparison.has_new(level) is fails
    assert compare((_shot(_plan("a")), _shot(_plan("a")))).has_new(Severity.INFO) is False


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"verdict": Verdict.REJECTED}, "rejected"),
        ({"year": 2020}, "year"),
        ({"municipality": "1871"}, "municipality"),
        ({"municipality": None}, "municipality"),
        ({"district": "01"}, "municipality"),
        ({"tool": "2.0"}, "tool"),
        ({"sha256": "ab" * 32}, "same"),
        ({"extracted": "20200107"}, "order"),
        ({"numbers": None}, "numbers"),
    ],
)
def test_what_makes_two_hard_to_compare_is_told(changes: dict[str, Any], remark: str) -> None:
    alike = {"sha256": "cd" * 32} | changes
    assert compare((_shot(), _shot(**alike))).remarks == (remark,)


def _of(year: int, *numbers: str, **changes: Any) -> list[Snapshot]:  # noqa: ANN401
    """Return a return of each of some municipalities."""
    told = {"year": year, "extracted": f"{year + 1}0108", "sha256": None} | changes
    return [_shot(municipality=number, **told) for number in numbers]


def _remarks(*series: Snapshot, language: str = "nb") -> tuple[tuple[str, ...], str]:
    comparison = compare(joined(series))
    return comparison.remarks, " ".join(said(comparison, RULES, language).remarks())


def test_merged_municipalities_are_one_place() -> None:
    """Narvik was made of Narvik, Ballangen and a part of Tysfjord, which was divided."""
    codes, words = _remarks(*_of(2019, "1805", "1854"), *_of(2020, "1806"))
    assert codes == ("year", "joined", "lacking")
    assert "1805 Narvik og 1854 Ballangen har blitt 1806 Narvik." in words
    assert "en del av 1850 Hábmer" not in words
    assert "en del av 1850 " in words


def test_a_part_that_is_not_there_is_missed() -> None:
    codes, words = _remarks(*_of(2019, "1805"), *_of(2020, "1806"))
    assert codes == ("year", "renumbered", "lacking")
    assert "1854 Ballangen" in words


def test_a_new_number_of_the_same_place_is_told() -> None:
    """And a place that took in another under its old number misses that one."""
    halden, trondheim = _of(2020, "3001"), _of(2020, "5001")
    assert _remarks(*_of(2019, "0101"), *halden)[0] == ("year", "renumbered")
    assert _remarks(*_of(2019, "5001"), *trondheim)[0] == ("year", "lacking")
    assert _remarks(*_of(2019, "5001", "5030"), *trondheim)[0] == ("year", "joined")
    assert _remarks(*_of(2019, "1820"), *halden)[0] == ("year", "municipality")


def test_the_parts_of_one_that_was_divided_are_one_place() -> None:
    old = _of(2023, "1507")
    assert _remarks(*old, *_of(2024, "1508", "1580"))[0] == ("year", "joined")
    assert _remarks(*old, *_of(2024, "1508"))[0] == ("year", "renumbered", "lacking")


def test_what_is_joined_is_added_up() -> None:
    """Findings, rows and numbers; a rule must have run on all parts."""
    number = {"a": Number(MUCH, Text("a", "a", "a"), Count(3, 2))}
    without = [tally for tally in RAN if tally.rule != "KTR-03"]
    first, second = _of(2019, "1805", "1854", numbers=number)
    found = _shot(_plan("a"), _date("x")), _shot(_plan("a"), _plan("b"), tallies=without)
    series = [
        replace(
            first,
            findings=found[0].findings,
            records={"PERSON": 10},
            verdict=Verdict.REJECTED,
        ),
        replace(
            second,
            findings=found[1].findings,
            ran=found[1].ran,
            records={"PERSON": 5, "TJENESTE": 1},
        ),
        replace(
            *_of(2020, "1806", numbers=number, records={"PERSON": 10}),
            findings=_shot(_plan("a")).findings,
        ),
    ]
    comparison = compare(joined(series))
    assert [(c.rule, c.old, c.new, c.fixed) for c in comparison.changes] == [("IP-01", 3, 1, 2)]
    assert comparison.silent == (Silent("KTR-03", None, 0),)
    assert comparison.records == (("PERSON", 15, 10), ("TJENESTE", 1, 0))
    assert comparison.moved == (Moved("a", MUCH, number["a"].line, Count(6, 4), Count(3, 2)),)
    assert comparison.old.verdict is Verdict.REJECTED
    assert len(comparison.series) == 2


def test_a_series_of_one_municipality_stays_a_series() -> None:
    """Two sendings of the same year are not parts of a whole."""
    narvik = _of(2020, "1806")
    assert len(joined([*_of(2019, "1805", "1805"), *narvik])) == 3
    assert len(joined([*_of(2019, "1805", "1820"), *narvik])) == 3
    mixed = joined([*_of(2019, "1805", "1805", "1854"), *narvik])
    assert [shot.municipality for shot in mixed] == ["1805", "1805 + 1854", "1806"]


def test_a_code_that_changed_is_the_same_thing() -> None:
    """Housing was 12 and 13 until 2018 and is 29 from 2019, in two ways."""

    def number(place: str, value: int) -> tuple[str, Number]:
        column = Text("Meldt", "Melde", "Reported") if "koder" in place else None
        return place, Number(MUCH, Text(place, place, place), Count(value, value), column)

    old = dict(
        [
            number("tjenestekoder:12:meldt", 3),
            number("tjenestekoder:13:meldt", 2),
            number("omsorgstrappen:bolig", 7),
        ]
    )
    new = dict(
        [
            number("tjenestekoder:29:meldt", 6),
            number("omsorgstrappen:bolig", 4),
            number("omsorgstrappen:bolig_heldoegn", 3),
        ]
    )
    comparison = compare([*_of(2018, "1820", numbers=old), *_of(2019, "1820", numbers=new)])
    assert [(m.name.en, m.old, m.new) for m in comparison.moved or ()] == [
        (
            "29 Housing that the municipality provides, before 2019 12 and 13: Reported",
            Count(5, 5),
            Count(6, 6),
        )
    ]
    assert comparison.remarks == ("year", "codes")
    assert "poHab" in " ".join(said(comparison, RULES, "nb").remarks())
    within = compare([*_of(2020, "1820", numbers=old), *_of(2021, "1820", numbers=new)])
    assert ("codes" in within.remarks, len(within.moved or ())) == (False, 5)


def test_an_uncertain_answer_makes_the_comparison_uncertain() -> None:
    comparison = compare((_shot(verdict=Verdict.UNDECIDED), _shot()))
    assert comparison.is_undecided
    assert "ikke et sikkert svar" in "".join(as_comparison.as_text(said(comparison, RULES, "nb")))


def test_numbers_are_followed_by_their_id() -> None:
    """A line that is not there any more, one that is new, and one that has changed."""

    def numbers(**values: int) -> dict[str, Number]:
        return {n: Number(MUCH, Text(n, n, n), Count(v, v)) for n, v in values.items()}

    comparison = compare(
        (
            _shot(numbers=numbers(a=1, b=2, c=3, gone=0)),
            _shot(numbers=numbers(b=2, c=4, d=5, come=0)),
        )
    )
    name = {n: Text(n, n, n) for n in "abcd"}
    assert comparison.moved == (
        Moved("c", MUCH, name["c"], Count(3, 3), Count(4, 4)),
        Moved("d", MUCH, name["d"], None, Count(5, 5)),
        Moved("a", MUCH, name["a"], Count(1, 1), None),
    )
    text = "".join(as_comparison.as_text(said(comparison, RULES, "nn")))
    assert re.search(
        r"Mykje\n +Namn +Før +No +Endring\n +c +3 +4 +\+1\n +d +– +5\n +a +1 +–\n", text
    )


def test_a_long_table_is_cut_in_the_terminal_and_whole_on_the_page() -> None:
    old = {str(n): Number(MUCH, Text(*[f"<{n}>"] * 3), Count(1, 1)) for n in range(30)}
    new = {k: number._replace(value=Count(2, 1)) for k, number in old.items()}
    told = said(compare((_shot(numbers=old), _shot(numbers=new))), RULES, "nb")
    text = "".join(as_comparison.as_text(told))
    assert ("<19>" in text, "<20>" in text, "og 10 tall til" in text) == (True, False, True)
    assert "2 (1 hos KPR)" in text
    assert "&lt;29&gt;" in "".join(as_comparison.as_html(told))


def _series() -> Comparison:
    first = _shot(_plan("a"), _plan("b"), _plan("c"), file="1.xml")
    second = _shot(_plan("a"), _plan("d"), file="2.xml", records={"PERSON": 10})
    third = _shot(_plan("d"), file="3.xml", records={"PERSON": 7, "TJENESTE": 1})
    return compare((first, second, third))


def test_a_series_tells_what_happened_between_each() -> None:
    """The rules are about the last two."""
    comparison = _series()
    assert [(step.at.file, step.added, step.fixed) for step in comparison.series] == [
        ("1.xml", 0, 0),
        ("2.xml", 1, 2),
        ("3.xml", 0, 1),
    ]
    assert comparison.changes == (
        Change("IP-01", Severity.WARNING, 2, 1, 0, 1, 1, dict.fromkeys(Severity, 0)),
    )
    assert comparison.records == (("PERSON", 10, 7), ("TJENESTE", 0, 1))


def test_the_burn_down_is_drawn_and_told() -> None:
    """As bars in the terminal, as a picture with its numbers on the page."""
    text = "".join(as_comparison.as_text(said(_series(), RULES, "nb"), 100))
    assert f"   1 3 {'█' * 30}  1.xml\n" in text
    assert f"   2 2 {'█' * 20}" in text
    page = "".join(as_comparison.as_html(said(_series(), RULES, "nb")))
    assert "1: 3; 2: 2; 3: 1" in page
    assert 'width="201"' in page
    assert "<td" in page


SAMPLES: list[Callable[[], Report]] = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_whatever_is_compared_can_be_shown(sample: Callable[[], Report], language: str) -> None:
    """After the schema, without marks from the file, and without any person."""
    taken = of_report(sample())
    for pair in ((taken, _shot(_plan("a"))), (_shot(_plan("a")), taken)):
        told = said(compare(pair), RULES, language)
        made = json.loads("".join(as_comparison.as_json(told)))
        checker = Draft202012Validator(SCHEMA)
        assert [error.message for error in checker.iter_errors(made)] == []
        for shown in ("".join(as_comparison.as_text(told)), "".join(as_comparison.as_html(told))):
            assert "\x1b" not in shown
            assert "<script>" not in shown.partition("<body>")[2]
            assert not any(f">{person}<" in shown for person in range(1000, 2000))


def test_a_report_as_json_is_the_same_as_the_report(tmp_path: Path) -> None:
    for sample in (samples.typical, samples.unreadable, samples.undecided):
        path = tmp_path / "rapport.json"
        path.write_text("\ufeff" + "".join(as_json(sample(), "nn")), encoding="utf-8")
        assert is_json(str(path))
        assert of_json(path) == replace(of_report(sample()), numbers=None, figures=None)


def test_figures_in_json_are_the_same_as_in_the_report(tmp_path: Path) -> None:
    """Their numbers, and all that decides what may be shared of them."""
    path = tmp_path / "rapport.json"
    options = Options(last_year=str(EXAMPLES / "aar-2018.xml"), select=("DAT",))
    with check_file(str(EXAMPLES / "typiske-feil.xml"), options) as made:
        path.write_text("".join(as_json(made, "nb", made.figures())), encoding="utf-8")
        asked = of_report(made)
    told = of_json(path)
    assert told.numbers
    assert asked.numbers
    assert list(told.numbers) == list(asked.numbers)
    for place, number in asked.numbers.items():
        again = told.numbers[place]
        assert (again.value, again.of, again.of_years((2018, 2019)).nb) == (
            number.value,
            number.of,
            number.of_years((2018, 2019)).nb,
        )
    assert told.figures
    assert asked.figures
    assert dict(counts(told.figures)) == dict(counts(asked.figures))
    assert [one.smallest for one in told.figures.indicators] == [
        one.smallest for one in asked.figures.indicators
    ]


def test_a_rule_with_findings_that_are_not_listed_tells_nothing(tmp_path: Path) -> None:
    """A list that was bounded has not fixed the rest."""
    path = tmp_path / "rapport.json"
    made = report([_plan("a"), _plan("b"), _date("x")], RAN)
    path.write_text("".join(as_json(made, "nb", most=2)), encoding="utf-8")
    left_out = json.loads(path.read_text("utf-8"))["left_out"]
    assert of_json(path).ran == of_report(made).ran - {*left_out}
    assert len(left_out) == 1


def test_what_was_known_before_is_still_a_finding(tmp_path: Path) -> None:
    """A baseline is for the exit code: nothing is corrected by it."""
    plain = report([_plan("a")], RAN)
    baseline = Baseline({Severity.WARNING: 1}, 0)
    known = replace(plain, counts=Counter(), baseline=baseline)
    path = tmp_path / "rapport.json"
    path.write_text("".join(as_json(known, "nb")), encoding="utf-8")
    assert [shot.counts[Severity.WARNING] for shot in (of_json(path), of_report(known))] == [1, 1]


def test_an_older_report_is_read_too(tmp_path: Path) -> None:
    """Version 1.1 had nothing explained, nothing known before, and no figures."""
    told = json.loads("".join(as_json(samples.typical(), "nb")))
    told["schema_version"] = "1.1"
    for name in ("explained", "baseline", "left_out", "figures"):
        del told[name]
    for found in told["findings"]:
        del found["explained"]
    path = tmp_path / "rapport.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    assert of_json(path) == replace(of_report(samples.typical()), numbers=None, figures=None)


@pytest.mark.parametrize(
    "text",
    ["{", "{}", '{"tool": 1}', '{"tool": {"name": "x"}, "schema_version": "1.1"}',
     '{"tool": {"name": "kpr-validator"}, "schema_version": "2.0"}',
     '{"tool": {"name": "kpr-validator"}, "schema_version": "1.0"}', '{"a":' + "[" * 100_000],
)  # fmt: skip
def test_a_file_that_is_no_report_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "rapport.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SnapshotError):
        of_json(path)
    done = CliRunner().invoke(app, ["compare", str(path), str(path)])
    assert (done.exit_code, done.stdout, "rapport.json" in done.stderr) == (2, "", True)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return reports as JSON by the name of the example."""
    folder = tmp_path_factory.mktemp("rapporter")
    found = {}
    for name in ("feilfri", "typiske-feil"):
        with check_file(str(EXAMPLES / f"{name}.xml"), Options(select=("IP", "KTR"))) as made:
            path = folder / f"{name}.json"
            path.write_text("".join(as_json(made, "nb", made.figures())), encoding="utf-8")
            found[name] = str(path)
    return found


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["compare", *arguments])


def test_the_exit_code_says_whether_something_is_new(reports: dict[str, str]) -> None:
    clean, faulty = reports["feilfri"], reports["typiske-feil"]
    codes = {
        (clean, faulty): 1,
        (faulty, clean): 0,
        (faulty, faulty): 0,
        (clean, faulty, faulty): 0,
        (clean, faulty, "--fail-on", "avvist"): 0,
        (clean, "finnes-ikke.xml"): 2,
        (clean,): 2,
    }
    assert {arguments: _run(*arguments).exit_code for arguments in codes} == codes


def test_from_the_front_door(reports: dict[str, str], tmp_path: Path) -> None:
    """Submissions and reports may be mixed, and the comparison may be put into a file."""
    page = tmp_path / "ut" / "sammenligning.html"
    faulty = reports["typiske-feil"]
    wishes = ("--format", "html", "--output", str(page), "--lang", "nn", "--select", "IP,KTR")
    done = _run(str(EXAMPLES / "feilfri.xml"), faulty, *wishes)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Samanlikning av innsendingar" in page.read_text("utf-8")
    told = json.loads(_run(reports["feilfri"], faulty, "--format", "json").stdout)
    assert (told["remarks"], told["not_comparable"], told["limit"]) == ([], [], None)
    assert told["records"]["PERSON"]["new"] == 96
    assert told["numbers"]


def test_hostile_names_stay_names() -> None:
    """A class of rows is named by the file."""
    comparison = compare((_shot(records={}), _shot(records={HOSTILE: 1})))
    assert "\x1b" not in "".join(as_comparison.as_text(said(comparison, RULES, "nb")))
