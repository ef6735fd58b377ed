"""The indicators on the command line: what a coordinator reads, and what a program reads."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kpr_validator.cli import app
from kpr_validator.commands.telling import FINE, UNFINISHED, USAGE
from kpr_validator.figures import Count, Figure, Figures, Part, Published
from kpr_validator.model import LANGUAGES, Text, Verdict
from kpr_validator.report.as_figures import as_json, as_text, nearest
from tests import report_samples as samples

EXAMPLES = Path(__file__).parent.parent / "examples"
TYPICAL = str(EXAMPLES / "typiske-feil.xml")
RUN = CliRunner()


def _said(text: str) -> Text:
    return Text(text, f"{text} (nn)", f"{text} (en)")


def _value(year: int, place: str = "Norge") -> Published:
    return Published(year, place, year / 100, "percent", "kilde")


PLAN = Figure(
    id="plan",
    title=_said("Individuell plan"),
    definition=_said("Andelen med plan."),
    unit="persons",
    year=2019,
    parts=(
        Part("ja", _said("Har plan"), Count(1000, 998), is_teller=True),
        Part("nei", _said("Har ikke plan"), Count(500, 500)),
        Part("mangler", _said("Mangler"), Count(500, 502), is_missing=True),
    ),
    published=(_value(2018), _value(2020), _value(2019, "Oslo")),
    sources=("kilde",),
    is_ours=True,
    smallest=10,
)
NOBODY = replace(PLAN, id="ingen", title=_said("Ingen her"), parts=(), published=())
LAST = replace(PLAN, year=2018, parts=(Part("ja", _said("Har plan"), Count(3, 3), is_teller=True),))
FIGURES = Figures((PLAN, NOBODY), (), Figures((LAST,), (), None, {}), {})


def _text(figures: Figures | None, verdict: Verdict = Verdict.ACCEPTED) -> str:
    report = replace(samples.typical(), verdict=verdict)
    return "".join(as_text(report, figures, "nb"))


def test_an_indicator_tells_parts_shares_span_and_the_country_beside() -> None:
    told = _text(FIGURES).replace("\u00a0", " ")
    block = told[told.index("Individuell plan [plan]") :]
    assert [" ".join(line.split()) for line in block.splitlines()[:13]] == [
        "Individuell plan [plan]",
        "Antall Andel KPR 2018",
        "Har plan 1 000 50 % 998 3",
        "Har ikke plan 500 25 % 500 –",
        "Mangler 500 25 % 502 –",
        "I alt 2 000 2 000 3",
        "2019: 50 % (1 000 av 2 000)",
        "Slik KPR ser det: 49,9 % (998 av 2 000)",
        "2018: 100 % (3 av 3)",
        "Var alle svar som mangler, kjent, ville andelen ligget mellom 50 % og 75 %.",
        "Norge 2020: 20,2 %",
        "Definisjonen er vår egen.",
        "",
    ]
    assert "Ingen å telle:\n  Ingen her\n" in told
    assert max(map(len, told.splitlines())) <= 80


def test_without_a_difference_there_is_no_column_for_it() -> None:
    same = replace(PLAN, parts=tuple(replace(p, count=Count(1, 1)) for p in PLAN.parts))
    told = _text(Figures((same,), (), None, {}))
    assert "KPR ser" not in told
    assert "2018:" not in told.replace("Norge 2018", "")


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.REJECTED, "KPR ser derfor ingenting"),
        (Verdict.UNDECIDED, "er usikre"),
        (Verdict.ACCEPTED, "Små tall er ikke skjult"),
    ],
)
def test_what_to_know_of_all_numbers_stands_first(verdict: Verdict, said: str) -> None:
    assert said in " ".join(_text(FIGURES, verdict).partition("[plan]")[0].split())


def test_a_file_that_was_not_read_to_its_end_has_none() -> None:
    assert "ingenting er talt" in " ".join(_text(None).split())
    assert json.loads("".join(as_json(samples.typical(), None, "nb")))["indicators"] is None


def test_of_two_years_as_near_the_later_is_shown() -> None:
    assert [value.year for value in nearest(PLAN)] == [2020]
    assert [value.year for value in nearest(replace(PLAN, year=2010))] == [2018]
    assert list(nearest(NOBODY)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_reads_the_same_numbers(language: str) -> None:
    told = json.loads("".join(as_json(samples.typical(), FIGURES, language)))
    plan, nobody = told["indicators"]
    assert plan["title"] == PLAN.title.in_language(language)
    assert (plan["total"], plan["share"]["sent"]) == ({"sent": 2000, "received": 2000}, 0.5)
    assert plan["span"] == {"sent": [0.5, 0.75], "received": [0.499, 0.75]}
    assert [(part["id"], part["sent"], part["received"]) for part in plan["parts"]] == [
        ("ja", 1000, 998),
        ("nei", 500, 500),
        ("mangler", 500, 502),
    ]
    assert plan["last_year"]["total"] == {"sent": 3, "received": 3}
    assert (nobody["share"]["sent"], nobody["last_year"]) == (None, None)


def test_the_command_counts_a_file_beside_last_years() -> None:
    last_year = str(EXAMPLES / "fjoraaret.xml")
    run = RUN.invoke(app, ["indicators", TYPICAL, "--last-year", last_year])
    assert run.exit_code == FINE
    assert "[individuell-plan-hjemme]" in run.stdout
    assert "ikke kontrollert på nytt" in run.stdout
    wrong = RUN.invoke(app, ["indicators", TYPICAL, "--last-year", TYPICAL])
    assert "kunne ikke brukes" in wrong.stdout


def test_the_command_tells_the_persons_behind_a_part() -> None:
    run = RUN.invoke(app, ["indicators", TYPICAL, "--persons", "individuell-plan-hjemme:ugyldig"])
    assert (run.exit_code, run.stdout) == (FINE, "2002\n")
    run = RUN.invoke(app, ["indicators", TYPICAL, "--persons", "individuell-plan-hjemme:alle"])
    assert (run.exit_code, run.stdout) == (USAGE, "")


def test_the_command_writes_json_in_the_language_asked_for() -> None:
    run = RUN.invoke(app, ["indicators", TYPICAL, "--format", "json", "--lang", "en"])
    told = json.loads(run.stdout)
    assert (run.exit_code, told["year"], told["municipality"]) == (FINE, 2019, "1820")
    assert {one["id"] for one in told["indicators"]} >= {"individuell-plan-hjemme"}


def test_the_command_fails_for_what_can_not_be_counted(tmp_path: Path) -> None:
    empty = tmp_path / "tom.xml"
    empty.write_bytes(b"")
    assert RUN.invoke(app, ["indicators", str(empty)]).exit_code == UNFINISHED
    assert RUN.invoke(app, ["indicators", str(tmp_path / "borte.xml")]).exit_code == USAGE
