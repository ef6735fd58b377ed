"""Accepted findings: still seen, marked with their reason, and counted apart."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.explained import Entry, ExplainedError, explain, read_ledger
from kpr_validator.model import LANGUAGES, Consequence, Pointer, Root, Severity
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_text import as_text
from tests.report_samples import PLAN, START, UNKNOWN, finding, report

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = str(assets.rules().parent / "examples" / "typiske-feil.xml")
WHY = Entry("Brukeren bor på Svalbard", "fagansvarlig")
DATE = {"field": "tjFraDato", "severity": Severity.ERROR}


def _prints(*numbers: int) -> dict[str, Entry]:
    return {f"{number:016x}": WHY for number in numbers}


ROOT = finding(START, 10, fingerprint=f"{1:016x}", **DATE)
NEXT = finding(PLAN, 11, fingerprint=f"{2:016x}", cause=Pointer("KTR-03", 10, ROOT.fingerprint))
LAST = finding(PLAN, 12, fingerprint=f"{3:016x}", cause=Pointer("IP-01", 11, NEXT.fingerprint))
OTHER = finding(PLAN, 20, fingerprint=f"{4:016x}")
CHAIN = replace(
    report([ROOT, NEXT, LAST, OTHER]),
    counts={level: int(level in {Severity.ERROR, Severity.WARNING}) for level in Severity},
    following={level: 2 * (level is Severity.WARNING) for level in Severity},
    roots=(Root("KTR-03", "tjFraDato", 1, 2), Root("IP-01", "poIndPlan", 1, 0)),
)


def test_an_explained_finding_stays_and_is_counted_apart() -> None:
    """Marked where it stands; every other finding is as before."""
    made = explain(CHAIN, _prints(4))
    marks = [found.explained for found in made.findings()]
    assert marks == [None, None, None, "Brukeren bor på Svalbard (fagansvarlig)"]
    assert [f._replace(explained=None) for f in made.findings()] == list(CHAIN.findings())
    assert made.counts[Severity.WARNING] == 0
    assert made.explained is not None
    assert made.explained.counts[Severity.WARNING] == 1
    assert made.roots == (Root("KTR-03", "tjFraDato", 1, 2),)


@pytest.mark.parametrize(
    ("explained", "roots"),
    [
        ((1,), ((0, 2), (1, 0))),
        ((2,), ((1, 1), (1, 0))),
        ((3,), ((1, 1), (1, 0))),  # it follows from the date in the end
        ((2, 3), ((1, 0), (1, 0))),
        ((1, 2, 3), ((1, 0),)),
        ((1, 2, 3, 4), ()),
    ],
)
def test_causes_lose_what_is_explained(
    explained: tuple[int, ...], roots: tuple[tuple[int, int], ...]
) -> None:
    """Own and following, through chains of causes."""
    made = explain(CHAIN, _prints(*explained))
    assert tuple((root.own, root.following) for root in made.roots) == roots
    total = sum(made.counts.values()) + sum(made.following.values())
    assert total == 4 - len(explained)


def test_a_fingerprint_that_no_finding_has_is_told() -> None:
    """The list may be old."""
    made = explain(CHAIN, _prints(4, 9))
    assert made.explained is not None
    assert made.explained.unknown == (f"{9:016x}",)


@pytest.mark.parametrize(
    "change", [{"severity": Severity.FATAL}, {"consequence": Consequence.MESSAGE}]
)
def test_a_refused_message_cannot_be_explained_away(change: dict[str, object]) -> None:
    """It counts, fails and is unmarked; the list's line is told."""
    made = explain(report([finding(UNKNOWN, 1, fingerprint=f"{1:016x}", **change)]), _prints(1))
    assert made.explained is not None
    assert (made.explained.refused, made.explained.unknown) == ((f"{1:016x}",), ())
    assert sum(made.counts.values()) == 1
    assert [found.explained for found in made.findings()] == [None]


def test_information_is_explained_too_but_was_never_a_cause() -> None:
    """Only its own count goes down."""
    info = finding(PLAN, 1, fingerprint=f"{1:016x}", severity=Severity.INFO)
    made = explain(report([info, OTHER]), _prints(1))
    assert (made.counts[Severity.INFO], made.roots) == (0, (Root("IP-01", "poIndPlan", 1, 0),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_see_the_reason(language: str) -> None:
    """In the text and on the page, with what was not found on the list."""
    made = explain(CHAIN, _prints(4, 9) | {f"{3:016x}": Entry("<b>\x1b[31m", "leder")})
    for shown in ("".join(as_text(made, language, 200)), "".join(as_html(made, language))):
        assert "Svalbard (fagansvarlig)" in shown
        assert f"{9:016x}" in shown
        assert "\x1b" not in shown
    assert "<b>‹" not in "".join(as_html(made, language))


def _ledger(folder: Path, text: str) -> Path:
    path = folder / "forklart.toml"
    path.write_text(text, encoding="utf-8")
    return path


ENTRY = '[[finding]]\nfingerprint = "0123456789abcdef"\nreason = "Riktig"\nrole = "fagansvarlig"\n'


def test_a_ledger_is_read(tmp_path: Path) -> None:
    """By fingerprint; an empty one is one too."""
    assert read_ledger(_ledger(tmp_path, ENTRY)) == {
        "0123456789abcdef": Entry("Riktig", "fagansvarlig")
    }
    assert read_ledger(_ledger(tmp_path, "")) == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("finding = ", "forklart.toml"),
        ("[finding]\nfingerprint = 1\n", "bare tabeller"),
        ("finding = [1]\n", "må ha fingerprint, reason, role"),
        (ENTRY + 'name = "x"\n', "må ha fingerprint, reason, role"),
        (ENTRY + "\n[annet]\n", "bare tabeller"),
        (ENTRY.replace('"Riktig"', "1"), "alle verdier er tekster"),
        (ENTRY.replace("0123456789abcdef", "0123"), "16 tegn"),
        (ENTRY.replace("fagansvarlig", "Kari Nordmann"), "ikke et navn"),
        (ENTRY.replace("fagansvarlig", "a@example.invalid"), "ikke et navn"),
        (ENTRY.replace("Riktig", "x" * 151), "høyst 150 tegn"),
        (ENTRY.replace("Riktig", "  "), "høyst 150 tegn"),
        (ENTRY.replace("Riktig", "gjelder 018880 00050"), "personnummer"),
        (ENTRY + ENTRY, "nr. 2: avtrykket står to ganger"),
    ],
)
def test_a_ledger_that_is_not_understood_is_refused(text: str, why: str, tmp_path: Path) -> None:
    """Never a silent skip."""
    with pytest.raises(ExplainedError) as caught:
        read_ledger(_ledger(tmp_path, text))
    assert why in str(caught.value)


def test_a_run_whose_findings_are_all_explained_does_not_fail(tmp_path: Path) -> None:
    """From the front door: the exit code, and the verdict that stands."""
    chosen = ["check", EXAMPLE, "--format", "json", "--fail-on", "advarsel", "--select", "IP"]
    first = CliRunner().invoke(app, chosen)
    told = json.loads(first.stdout)
    prints = dict.fromkeys(found["fingerprint"] for found in told["findings"])
    ledger = _ledger(tmp_path, "".join(ENTRY.replace("0123456789abcdef", name) for name in prints))
    second = CliRunner().invoke(app, [*chosen, "--explain-ledger", str(ledger)])
    after = json.loads(second.stdout)
    assert (first.exit_code, second.exit_code) == (1, 0)
    assert (after["verdict"], after["causes"]) == (told["verdict"], [])
    assert sum(after["explained"]["counts"].values()) == len(told["findings"])


@pytest.mark.parametrize("text", [None, "finding = "])
def test_a_ledger_that_cannot_be_used_is_wrong_usage(text: str | None, tmp_path: Path) -> None:
    """Nothing is judged."""
    path = tmp_path / "ingen.toml" if text is None else _ledger(tmp_path, text)
    done = CliRunner().invoke(app, ["check", EXAMPLE, "--explain-ledger", str(path)])
    assert (done.exit_code, done.stdout) == (2, "")


def test_the_example_explains_findings_that_are_there() -> None:
    """A list that grew old would teach nothing."""
    ledger = assets.rules().parent / "examples" / "forklart.toml"
    done = CliRunner().invoke(
        app, ["check", EXAMPLE, "--format", "json", "--explain-ledger", str(ledger)]
    )
    told = json.loads(done.stdout)["explained"]
    assert (sum(told["counts"].values()), told["unknown"], told["refused"]) == (2, [], [])
