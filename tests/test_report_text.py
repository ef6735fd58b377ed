"""The report in a terminal: what it says, and that a file cannot speak through it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from kpr_validator.model import (
    LANGUAGES,
    Root,
    Severity,
    Status,
    Tally,
    Text,
    Verdict,
)
from kpr_validator.report.as_text import as_text
from tests import report_samples as samples
from tests.report_samples import PLAN, START, UNKNOWN, finding, report, saying

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from kpr_validator.model import Report

SAMPLES: list[Callable[[], Report]] = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def _text(made: Report, language: str = "nb", width: int = 80, *, colour: bool = False) -> str:
    return "".join(as_text(made, language, width, colour=colour))


def _flowed(made: Report, language: str = "nb") -> str:
    """Return the report as one line, so that a sentence can be looked for."""
    return " ".join(_text(made, language).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", [s for s in SAMPLES if s is not samples.hostile])
def test_the_text_reads_as_before(
    sample: Callable[[], Report], language: str, snapshot: SnapshotAssertion
) -> None:
    assert _text(sample(), language) == snapshot


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("sample", SAMPLES)
def test_no_line_is_wider_than_the_terminal_or_ends_in_spaces(
    sample: Callable[[], Report], width: int
) -> None:
    lines = _text(sample(), width=width).splitlines()
    assert [line for line in lines if len(line) > width or line != line.rstrip()] == []


@pytest.mark.parametrize("colour", [False, True])
def test_a_file_cannot_write_to_the_terminal(*, colour: bool) -> None:
    written = COLOUR.sub("", _text(samples.hostile(), colour=colour))
    assert {c for c in written if not c.isprintable()} <= {"\n", "\u00a0"}


def test_markup_in_a_value_is_shown_as_it_stands() -> None:
    made = finding(START, 1, field="tjFraDato", observed="[bold red]x[/]", expected=":smile:")
    assert "er [bold red]x[/]. KPR godtar :smile:." in _flowed(report([made]))


def test_colours_only_add_colour() -> None:
    made = samples.typical()
    assert COLOUR.sub("", _text(made, colour=True)) == _text(made)
    assert "\x1b[" in _text(made, colour=True)
    assert "\x1b" not in _text(made)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.ACCEPTED, "GODKJENT"),
        (Verdict.ACCEPTED_WITH_FINDINGS, "GODKJENT MED FUNN"),
        (Verdict.REJECTED, "AVVIST"),
        (Verdict.UNDECIDED, "UAVGJORT"),
    ],
)
def test_the_answer_is_the_first_line(verdict: Verdict, expected: str) -> None:
    assert _text(report(verdict=verdict)).splitlines()[0] == expected


def test_the_worst_theme_and_the_worst_rule_come_first() -> None:
    second = replace(PLAN, id="IP-02", severity=Severity.INFO)
    found = [
        *(finding(second, line) for line in range(1, 9)),
        finding(PLAN, 10),
        finding(START, 11, field="tjFraDato", observed="1", expected="2"),
        finding(UNKNOWN, 12),
    ]
    made = report(found)
    text = _text(replace(made, rules={**made.rules, "IP-02": second}, roots=()))
    ids = re.findall(r"[A-Z]{2,3}-\d\d", text)
    assert ids == ["XSD-01", "KTR-03", "IP-01", "IP-02"]


def test_a_rule_with_many_findings_shows_the_first_lines_and_how_many_more() -> None:
    assert "Linje 100, 107, 114, 121, 128 og 32 til" in _flowed(samples.typical())


def test_a_million_findings_are_counted_exactly() -> None:
    tally = Tally("IP-01", "poIndPlan", Status.VIOLATIONS, None, 1_200_000, 1_000_000)
    many = {Severity.WARNING: 1_000_000}
    made = report((), [tally], counts=many)
    made = replace(made, findings=lambda: repeat(finding(PLAN, 7), 1_000_000))
    shown = _flowed(made)
    assert "1 000 000 av 1 200 000 (83 %)" in shown
    assert "Linje 7, 7, 7, 7, 7 og 999 995 til" in shown
    assert "advarsel 1 000 000" in shown


def test_what_kpr_does_is_counted_apart_where_sources_disagree() -> None:
    told = _flowed(samples.typical())
    assert (
        "KPR sletter 2 av 2 210 rader i TJENESTE. 1 person mister alle tjenestene sine."
        " KPR tømmer 1 verdi, men beholder radene."
        " KTR-03 TJENESTE, Startdato (tjFraDato): 2 rader, 1 av dem bare på grunn av dette feltet"
        " IP-01 Individuell plan (poIndPlan): 1 verdi tømmes"
        " Kildene er uenige om 1 rad til. De er ikke regnet med." in told
    )


def test_the_causes_that_explain_most_come_first_with_their_share() -> None:
    made = report(
        [finding(PLAN, line) for line in range(1, 5)],
        roots=(
            Root("IP-01", "poIndPlan", 2, 1),
            Root("KTR-03", None, 1, 0),
            *(Root("XSD-01", f"x{n}", 1, 0) for n in range(4)),
        ),
    )
    told = _flowed(
        replace(
            made, findings=lambda: iter([finding(PLAN, 1), finding(START, 2), finding(UNKNOWN, 3)])
        )
    )
    assert (
        "Rett disse 5 årsakene: 88 % av funnene."
        " IP-01 Mangler status for individuell plan [poIndPlan] 3 funn"
        " KTR-03 Dato utenfor perioden 1 funn XSD-01 Ukjent element [x0] 1 funn" in told
    )


def test_what_follows_is_told_under_its_cause_and_not_counted() -> None:
    told = _flowed(samples.typical())
    assert "Fører også til: IP-01 (1)" in told
    assert "Følger av: KTR-03 (1)" in told


def test_pages_about_the_schema_have_no_share() -> None:
    made = replace(samples.unreadable(), roots=())
    line = next(line for line in _text(made).splitlines() if "XSD-01" in line)
    assert line.split() == ["AVVIST", "XSD-01", "Ukjent", "element", "1", "funn"]


def test_a_rule_that_failed_is_told_before_everything_else() -> None:
    blocks = _text(samples.undecided()).split("\n\n")
    assert blocks[1].split("\n")[0] == "Derfor er svaret uavgjort"
    assert "IP-01 [poIndPlan] Mangler status for individuell plan: OperationalError" in blocks[1]


def test_other_rules_than_those_of_the_data_year_are_named() -> None:
    submission = replace(samples.SUBMISSION, year=2026, rules_year=2025)
    assert "Reglene for 2025 er brukt" in _flowed(report(submission=submission))


def test_a_message_without_persons_says_so() -> None:
    submission = replace(samples.SUBMISSION, persons=0, records={})
    assert "Ingen personer ble lest i meldingen." in _flowed(report(submission=submission))


def test_the_reasons_of_rules_that_did_not_run_are_in_words() -> None:
    tally = Tally("LMG-01", None, Status.SKIPPED, "fjor, ident", 0, 0)
    told = "Ikke kontrollert: LMG-01 A: krever fjorårets fil, krever identmeldingen"
    assert told in _flowed(report((), [tally]))


def test_an_example_is_called_one_where_messages_differ() -> None:
    same = [finding(PLAN, 1), finding(PLAN, 2)]
    assert "Eksempel fra linje" not in _text(report(same))
    rule = saying(PLAN, message=Text(*["Linjen sier {x}."] * 3))
    differing = [finding(rule, n, values={"x": n}) for n in (8, 9)]
    made = report(differing, rules={rule.id: rule})
    assert "Eksempel fra linje 8: Linjen sier 8." in _flowed(made)
