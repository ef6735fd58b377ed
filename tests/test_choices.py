"""The kpr.toml that is found without being named, and what it may say besides the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kpr_validator.cli import app
from kpr_validator.commands.chosen import nearest

ROOT = Path(__file__).parent.parent
TYPICAL = str(ROOT / "examples" / "typiske-feil.xml")
FINE, FINDINGS, USAGE, UNFINISHED = range(4)
ONLY_IP = 'select = ["IP"]\n'


@pytest.fixture
def below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand three folders down in a repository; return its root."""
    root = tmp_path / "arkiv"
    (root / "a" / "b").mkdir(parents=True)
    (root / ".git").mkdir()
    monkeypatch.chdir(root / "a" / "b")
    return root


def _check(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["check", TYPICAL, *words])
    return done.exit_code, done.stdout, done.stderr


def _rules(*words: str) -> set[str]:
    told = json.loads(_check("--format", "json", *words)[1])
    return {found["rule"].split("-")[0] for found in told["findings"]} - {"INN", "LES", "XSD"}


def test_the_nearest_one_in_the_repository_is_used_and_said(below: Path) -> None:
    (below / "kpr.toml").write_text(ONLY_IP, encoding="utf-8")
    assert _rules() == {"IP"}
    assert "Egne valg          ../../kpr.toml" in _check()[1]
    (below / "a" / "kpr.toml").write_text('select = ["KOO"]\n', encoding="utf-8")
    assert _rules() == {"KOO"}


def test_one_that_is_named_wins(below: Path) -> None:
    (below / "kpr.toml").write_text(ONLY_IP, encoding="utf-8")
    other = below / "annen.toml"
    other.write_text('select = ["LMG"]\n', encoding="utf-8")
    assert _rules("--config", str(other)) == {"LMG"}
    assert _rules("--select", "ERN") == {"ERN"}


def test_what_lies_above_the_repository_is_somebody_elses(below: Path) -> None:
    (below.parent / "kpr.toml").write_text(ONLY_IP, encoding="utf-8")
    assert nearest(below / "a" / "b") is None


def test_outside_a_repository_only_the_folder_itself_counts(tmp_path: Path) -> None:
    under = tmp_path / "under"
    under.mkdir()
    (tmp_path / "kpr.toml").write_text(ONLY_IP, encoding="utf-8")
    assert nearest(under) is None
    assert nearest(tmp_path) == tmp_path / "kpr.toml"


def test_a_report_made_without_one_says_nothing_of_it(below: Path) -> None:
    assert below.is_dir()
    assert "Egne valg" not in _check()[1]


def test_one_that_is_not_understood_stops_the_program(below: Path) -> None:
    """Found or named, it is never skipped in silence."""
    (below / "kpr.toml").write_text('selekt = ["IP"]\n', encoding="utf-8")
    code, said, why = _check()
    assert (code, said, "ukjent nøkkel selekt" in why) == (USAGE, "", True)


def test_it_may_say_what_fails_and_where_the_baseline_is(below: Path) -> None:
    """Files are found from where it lies, and the command line goes before."""
    text = 'fail_on = "opplysning"\nbaseline = "kjent/b.json"\nmax_findings = 3\n'
    (below / "kpr.toml").write_text(text, encoding="utf-8")
    assert _check("--update-baseline")[0] == FINE
    assert (below / "kjent" / "b.json").is_file()
    code, said, _ = _check("--format", "json")
    told = json.loads(said)
    assert (code, len(told["findings"]), told["baseline"]["gone"]) == (FINE, 3, 0)
    (below / "kpr.toml").write_text('fail_on = "opplysning"\n', encoding="utf-8")
    assert (_check()[0], _check("--fail-on", "avvist")[0]) == (FINDINGS, FINE)


def test_it_may_name_the_explained_findings(below: Path) -> None:
    (below / "kpr.toml").write_text('explain_ledger = "forklart.toml"\n', encoding="utf-8")
    ledger = ROOT / "examples" / "forklart.toml"
    (below / "forklart.toml").write_bytes(ledger.read_bytes())
    told = json.loads(_check("--format", "json")[1])
    assert sum(told["explained"]["counts"].values()) > 0
    words = ["compare", TYPICAL, TYPICAL, "--select", "LMG-07", "--format", "json"]
    compared = json.loads(CliRunner().invoke(app, words).stdout)
    assert [step["explained"] for step in compared["series"]] == [1, 1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('fail_on = "alvorlig"', "ukjent alvorlighet alvorlig"),
        ("fail_on = 1", "fail_on må være en tekst"),
        ("max_findings = 0", "max_findings må være et tall fra 1"),
        ("max_findings = true", "max_findings må være et tall fra 1"),
        ('baseline = ["a"]', "baseline må være en tekst"),
    ],
)
def test_a_choice_of_another_kind_is_refused(text: str, why: str, below: Path) -> None:
    (below / "kpr.toml").write_text(text, encoding="utf-8")
    code, _, said = _check()
    assert (code, why in " ".join(said.split())) == (USAGE, True)
