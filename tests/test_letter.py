"""The letter: what a municipality should look at, in numbers, and in whose name it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.explained import Entry, explain
from kpr_validator.figures import Count, Figure, Figures, Part
from kpr_validator.letter import REHABILITATION, NoLetterError, letter
from kpr_validator.model import LANGUAGES, Severity, Status, Tally, Text, Verdict
from tests import report_samples as samples
from tests.report_samples import PLAN, RULES, START, SUBMISSION, finding, report, saying

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpr_validator.model import Report

EXAMPLES = assets.rules().parent / "examples"
NAME = Text("x", "x", "x")


def _told(made: Report, language: str = "nb", small: int = 10) -> str:
    return " ".join("".join(letter(made, language, small)).split())


def _with(violations: int, population: int, found: int = 1) -> Report:
    plans = [finding(PLAN, n + 1) for n in range(found)]
    return report(plans, [Tally("IP-01", None, Status.VIOLATIONS, None, population, violations)])


@pytest.mark.parametrize(
    ("violations", "population", "said"),
    [
        (37, 412, "37 av 412"),
        (10, 412, "10 av 412"),
        (9, 412, "under 10 av 412"),
        (402, 412, "402 av 412"),
        (403, 412, "nesten alle 412"),
        (412, 412, "alle 412"),
        (9, 9, "under 10"),
        (3, 9, "under 10"),
        (10, 10, "alle 10"),
        (12, 0, "12"),
        (3, 0, "under 10"),
    ],
)
def test_small_numbers_are_not_told_nor_all_but_a_small_number(
    violations: int, population: int, said: str
) -> None:
    text = _told(_with(violations, population))
    assert f"- Mangler status for individuell plan (IP-01): {said} Opplysningene" in text


def test_the_limit_is_the_users_own() -> None:
    """With 1 all numbers are told, and nothing is said of a limit."""
    assert "under 5 av 412" in _told(_with(4, 412), small=5)
    assert "(IP-01): 5 av 412" in _told(_with(5, 412), small=5)
    text = _told(_with(3, 412), small=1)
    assert "(IP-01): 3 av 412" in text
    assert "er ikke vist" not in text


def test_what_explains_most_comes_first_and_the_rest_is_counted() -> None:
    rules = {f"LMG-{n:02}": saying(PLAN, id=f"LMG-{n:02}") for n in range(1, 15)}
    found = [finding(rule, n + 1) for n, rule in enumerate(rules.values())]
    found += [finding(rules["LMG-12"], 50), finding(samples.UNKNOWN, 60)]
    text = "".join(letter(replace(report(found), rules=rules | RULES), "nb"))
    named = re.findall(r"\(([A-Z]+-\d\d)\)", text)
    assert named == ["XSD-01", "LMG-12", *(f"LMG-{n:02}" for n in range(1, 9))]
    assert "- og 5 forhold til, som står i rapporten\n" in text


def test_information_and_what_is_explained_is_not_written_about() -> None:
    info = finding(START, 1, severity=Severity.INFO, fingerprint="1" * 16)
    plan = finding(PLAN, 2, fingerprint="2" * 16)
    assert "(KTR-03)" not in _told(report([info, plan]))
    text = _told(explain(report([info, plan]), {"2" * 16: Entry("riktig", "leder")}))
    assert "Kontrollen fant verken feil eller advarsler." in text
    assert "Vi ber kommunen" not in text


def test_a_finding_on_the_whole_message_is_no_number_of_persons() -> None:
    whole = finding(PLAN, 1, person=None)
    one = report([whole], [Tally("IP-01", None, Status.VIOLATIONS, None, 1, 1)])
    some = report([whole], [Tally("IP-01", None, Status.VIOLATIONS, None, 26, 2)])
    assert "individuell plan (IP-01) Opplysningene" in _told(one)
    assert "individuell plan (IP-01): 2 av 26 Opplysningene" in _told(some)


def _figures(count: int, last_year: Figures | None = None) -> Figures:
    part = Part("del", NAME, Count(count, 0))
    figure = Figure(REHABILITATION, NAME, NAME, "persons", 2019, (part,), (), (), False, 5)  # noqa: FBT003
    return Figures((figure,), (), last_year, {})


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (_figures(0), "ingen mottakere av habilitering"),
        (_figures(0, _figures(40)), "ingen mottakere av habilitering"),
        (_figures(25), "utenfor institusjon er 25."),
        (_figures(3), "utenfor institusjon er under 10."),
        (_figures(25, _figures(34)), "er 25. Året før var det 34."),
    ],
)
def test_recipients_of_rehabilitation_are_told_as_in_the_letter_of_2015(
    figures: Figures, said: str
) -> None:
    assert said in _told(replace(report(), figures=lambda: figures))


@pytest.mark.parametrize(("year", "said"), [(2018, "tjeneste (16)"), (2019, "(poHab)")])
def test_how_it_is_registered_follows_the_year(year: int, said: str) -> None:
    """And is said only when the findings are about it."""
    submission = replace(SUBMISSION, year=year)
    assert said in _told(replace(_with(37, 412), submission=submission))
    other = finding(START, 1, severity=Severity.ERROR)
    assert said not in _told(replace(report([other]), submission=submission))


def test_what_would_be_lost_is_told_of_a_message_that_is_received() -> None:
    lost = "Rader som faller ut: under 10. Verdier som blir tømt: under 10."
    assert lost in _told(samples.typical())
    assert "Rader som faller ut" not in _told(report())
    assert "blir ikke tatt imot" in _told(replace(report(), verdict=Verdict.REJECTED))


def test_without_a_certain_answer_there_is_no_letter() -> None:
    with pytest.raises(NoLetterError):
        list(letter(samples.undecided(), "nb"))


SAMPLES: list[Callable[[], Report]] = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.hostile,
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_no_person_is_in_a_letter(sample: Callable[[], Report], language: str) -> None:
    """Nor a row, a line or anything that acts; every line fits a page."""
    made = replace(sample(), verdict=Verdict.ACCEPTED_WITH_FINDINGS)
    text = "".join(letter(made, language))
    for found in made.findings():
        assert found.record is None or found.record not in text
        assert found.person is None or not re.search(rf"\b{re.escape(found.person)}\b", text)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert "kpr-validator" in text.partition("\n\n")[0]


def test_from_the_front_door(tmp_path: Path) -> None:
    path = tmp_path / "ut" / "brev.txt"
    asked = ["letter", str(EXAMPLES / "typiske-feil.xml"), "--lang", "nn"]
    done = CliRunner().invoke(app, [*asked, "--output", str(path)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert path.read_text("utf-8") == CliRunner().invoke(app, asked).stdout
    assert "Til 1820 Alstahaug" in path.read_text("utf-8")
    assert CliRunner().invoke(app, ["letter", "finnes-ikke.xml"]).exit_code == 2
