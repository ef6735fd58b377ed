"""The user's own choices: rules, severities, limits and further pages, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = str(assets.rules().parent / "examples" / "typiske-feil.xml")
PAGE = (assets.rules() / "individuell-plan" / "IP-01.md").read_text(encoding="utf-8")


def _check(*words: str) -> tuple[int, str, dict[str, set[str]]]:
    done = CliRunner().invoke(app, ["check", EXAMPLE, "--format", "json", *words])
    if not done.stdout.startswith("{"):
        return done.exit_code, done.stderr, {}
    found: dict[str, set[str]] = {}
    for finding in json.loads(done.stdout)["findings"]:
        found.setdefault(finding["rule"], set()).add(finding["severity"])
    return done.exit_code, done.stderr, found


def _written(folder: Path, text: str) -> str:
    path = folder / "kpr.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_configuration_chooses_rules_and_severities(tmp_path: Path) -> None:
    """By id and by theme; the longer name wins."""
    config = _written(
        tmp_path,
        'select = ["IP", "ERN", "KOD"]\nignore = ["KOD-02"]\n'
        '[severity]\nERN = "opplysning"\n"ERN-01" = "feil"\nKOD-01 = "advarsel"\n',
    )
    _, _, everything = _check("--select", "IP,ERN,KOD")
    _, _, found = _check("--config", config)
    assert found.keys() == everything.keys() - {"KOD-02"}
    assert found["ERN-01"] == {"error"}
    assert found["ERN-03"] == {"info"}
    assert found["KOD-01"] == {"warning"}
    assert found["IP-01"] == everything["IP-01"]


def test_what_is_said_on_the_command_line_goes_before(tmp_path: Path) -> None:
    """Other rules may be selected; what is ignored stays ignored."""
    config = _written(tmp_path, 'select = ["KOO"]\nignore = ["IP-01"]\n')
    assert set(_check("--config", config, "--select", "IP")[2]) == set(
        _check("--select", "IP", "--ignore", "IP-01")[2]
    )


def test_a_limit_can_be_changed(tmp_path: Path) -> None:
    """A parameter of a page, by its own name."""
    (tmp_path / "egne").mkdir()
    page = PAGE.replace("IP-01", "EGN-01").replace(
        "NOT g.poIndPlan_besvart AS brudd", "g.rad > :grense AS brudd"
    )
    page = page.replace('en = "Find out', 'en = "Find out', 1).replace(
        "```\n\n```sql", "\n[parametre]\ngrense = {2018 = 0}\n```\n\n```sql"
    )
    (tmp_path / "egne" / "EGN-01.md").write_text(page, encoding="utf-8")
    folder = ("--rules", str(tmp_path / "egne"), "--select", "EGN")
    config = _written(tmp_path, "[parameters.EGN-01]\ngrense = 999999\n")
    assert set(_check(*folder)[2]) == {"EGN-01"}
    both = _written(tmp_path, 'rules = ["egne"]\n[parameters.EGN-01]\ngrense = 999999\n')
    assert set(_check("--config", both, "--select", "EGN")[2]) == set()
    assert config == both


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("select = ", "kpr.toml"),
        ('selekt = ["IP"]', "ukjent nøkkel selekt"),
        ('select = "IP"', "select må være en liste"),
        ('severity = ["IP"]', "severity må være en tabell"),
        ('[severity]\nIP-01 = "alvorlig"', "ukjent alvorlighet alvorlig"),
        ('[severity]\nQQ = "feil"', "ingen regel begynner med QQ"),
        ('[severity]\nXSD-01 = "opplysning"', "XSD-01 avgjør om meldingen kan tas imot"),
        ('[severity]\nINN-01 = "opplysning"', "INN-01 avgjør om meldingen kan tas imot"),
        ("[parameters.QQ-01]\nx = 1", "ingen regel heter QQ-01"),
        ("[parameters.IP-01]\nx = 1", "IP-01 har ikke x"),
        ('rules = ["finnes-ikke"]', "mappen finnes ikke"),
    ],
)
def test_a_configuration_that_is_not_understood_stops_the_program(
    text: str, why: str, tmp_path: Path
) -> None:
    """Never a silent skip: it is said what is wrong, and nothing is judged."""
    code, said, found = _check("--config", _written(tmp_path, text))
    assert (code, found) == (2, {})
    assert why in " ".join(said.split())


def test_a_configuration_that_is_not_there_is_wrong_usage() -> None:
    """As for any file."""
    code, said, _ = _check("--config", "finnes-ikke.toml")
    assert (code, "finnes-ikke.toml" in said) == (2, True)


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("EGN-02.md", ("rehabilitering_kartlegges", "finnes_ikke"), "sql: no such table"),
        ("EGN-02.md", ("SELECT\n", "DELETE FROM person; SELECT\n"), "sql"),
        ("EGN-02.md", ("{felt}", "{felt}"), "må begynne med EGN-02"),
        ("IP-01.md", ("", ""), "IP-01 er brukt av"),
    ],
)
def test_a_further_page_goes_through_the_same_checks(
    name: str, change: tuple[str, str], why: str, tmp_path: Path
) -> None:
    """A page that would go wrong is refused before anything is judged."""
    text = PAGE.replace(*change)
    if change[0] not in {"", "{felt}"}:
        text = text.replace("IP-01", "EGN-02")
    (tmp_path / name).write_text(text, encoding="utf-8")
    code, said, _ = _check("--rules", str(tmp_path))
    assert code == 2
    assert why in " ".join(said.split())
