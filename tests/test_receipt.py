"""The receipt: a proof of what was checked, without any person."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.explained import Entry, explain
from kpr_validator.model import LANGUAGES, Rule
from kpr_validator.receipt import as_html, as_json, rule_set
from tests import report_samples as samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kpr_validator.model import Report

NOW = datetime(2020, 1, 9, 13, 5, 7, 123, tzinfo=timezone(timedelta(hours=1)))
SCHEMA = json.loads((assets.schemas() / "receipt.schema.json").read_text("utf-8"))
EXAMPLE = assets.rules().parent / "examples" / "typiske-feil.xml"
SAMPLES: list[Callable[[], Report]] = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_receipt_follows_the_schema(sample: Callable[[], Report]) -> None:
    made = json.loads("".join(as_json(sample(), NOW)))
    checker = Draft202012Validator(SCHEMA)
    assert [error.message for error in checker.iter_errors(made)] == []


def test_a_receipt_says_what_when_with_what_and_how_it_went() -> None:
    made = json.loads("".join(as_json(samples.typical(), NOW)))
    assert made["checked_at"] == "2020-01-09T13:05:07+01:00"
    assert made["sha256"] == "ab" * 32
    assert (made["verdict"], made["counts"]["warning"]) == ("accepted_with_findings", 37)
    assert made["rules"] == {"pass": 1, "violations": 2, "outside": 0, "skipped": 1, "failed": 0}
    assert made["own_rules"] == sorted(samples.RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_receipt_is_read_by_people_and_names_no_person(
    sample: Callable[[], Report], language: str
) -> None:
    report = sample()
    text = "".join(as_html(report, NOW, language))
    assert "13:05:07 (+0100)" in text
    assert f'<html lang="{language}">' in text
    assert all(char in "\n\u00a0" or char.isprintable() for char in text)
    assert "<script" not in text
    persons = {found.person for found in report.findings() if found.person}
    page = text.partition("<body>")[2]
    shown = set(re.findall(r"\w+", page + "".join(as_json(report, NOW))))
    assert not persons & shown


def test_explained_findings_are_on_the_receipt() -> None:
    found = samples.finding(samples.PLAN, 1, fingerprint="0" * 16)
    report = explain(samples.report([found]), {"0" * 16: Entry("riktig", "leder")})
    made = json.loads("".join(as_json(report, NOW)))
    assert (made["counts"]["warning"], made["explained"]["warning"]) == (0, 1)
    page = "".join(as_html(report, NOW, "nb"))
    assert "<dt>Forklart av dere</dt><dd>advarsel 1</dd>" in page


def test_the_rule_set_changes_with_any_page_or_concept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with line endings, and not with what is no rule."""

    def version(**files: bytes) -> str:
        for name, data in files.items():
            path = tmp_path / name.replace("__", "/").replace("_md", ".md").replace("_sql", ".sql")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        rule_set.cache_clear()
        return rule_set()

    monkeypatch.setattr(assets, "rules", lambda: tmp_path)
    pages = {"plan__IP-01_md": b"a\nb\n", "begreper__plan_sql": b"SELECT 1\n"}
    first = version(**pages)
    assert version(**{"plan__IP-01_md": b"a\r\nb\r\n", "README_md": b"x"}) == first
    others = {
        first,
        version(begreper__plan_sql=b"SELECT 2\n"),
        version(**{"plan__IP-01_md": b"a\nc\n"}),
        version(**{"plan__IP-02_md": b"a\nc\n"}),
    }
    assert len(others) == 4
    monkeypatch.undo()
    rule_set.cache_clear()


def test_check_leaves_a_receipt_for_people_and_for_programs(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["check", str(EXAMPLE), "--receipt", str(tmp_path / "ut" / "kvittering.json")]
    )
    assert (done.exit_code, sorted(path.name for path in (tmp_path / "ut").iterdir())) == (
        1,
        ["kvittering.html", "kvittering.json"],
    )
    made = json.loads((tmp_path / "ut" / "kvittering.json").read_text("utf-8"))
    assert made["sha256"] == sha256(EXAMPLE.read_bytes()).hexdigest()
    assert (made["own_rules"], made["rule_set"]) == ([], rule_set())
    assert datetime.fromisoformat(made["checked_at"]).tzinfo is not None


def test_rules_of_ones_own_are_named() -> None:
    """The version speaks for the product's rules only."""
    changed: dict[str, Rule] = {"IP-01": replace(samples.PLAN, is_fixed=True)}
    made = json.loads("".join(as_json(replace(samples.report(), rules=changed), NOW)))
    assert made["own_rules"] == ["IP-01"]


def test_one_receipt_is_for_one_file(tmp_path: Path) -> None:
    path = str(tmp_path / "kvittering")
    done = CliRunner().invoke(app, ["check", str(EXAMPLE), str(EXAMPLE), "--receipt", path])
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
