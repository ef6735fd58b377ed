"""The JSON report: its schema, its structure, and that a million findings are no burden."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from kpr_validator import assets
from kpr_validator.model import LANGUAGES, Severity
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_json import as_json
from kpr_validator.report.phrase import visible
from tests import report_samples as samples
from tests.report_samples import HOSTILE, PLAN, START, finding, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpr_validator.model import Finding, Report

SCHEMA = json.loads((assets.schemas() / "report.schema.json").read_text("utf-8"))
SAMPLES: list[Callable[[], Report]] = [
    samples.report,
    samples.typical,
    samples.unreadable,
    samples.undecided,
    samples.hostile,
]


def _read(made: Report, language: str = "nb", *, compact: bool = False) -> dict[str, Any]:
    read: dict[str, Any] = json.loads("".join(as_json(made, language, compact=compact)))
    return read


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_follows_the_schema(
    sample: Callable[[], Report], language: str, *, compact: bool
) -> None:
    found = Draft202012Validator(SCHEMA).iter_errors(_read(sample(), language, compact=compact))
    assert [error.message for error in found] == []


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def _objects(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if {"type", "enum", "const", "$ref"} & set(schema):
            yield schema
        for part in schema.values():
            yield from _objects(part)


def test_every_part_of_the_schema_is_described() -> None:
    silent = [part for part in _objects(SCHEMA) if not part.get("description", "x").strip()]
    bare = [part for part in _objects(SCHEMA) if "description" not in part and "items" not in part]
    references = [part for part in bare if set(part) != {"$ref"}]
    assert (silent, references) == ([], [])


def test_every_object_of_the_schema_is_closed_and_whole() -> None:
    objects = [part for part in _objects(SCHEMA) if part.get("type") == "object"]
    assert [part for part in objects if part.get("additionalProperties") is not False] == []
    named = [part for part in objects if "properties" in part]
    assert [part for part in named if {*part["properties"]} != {*part["required"]}] == []


def test_a_finding_that_the_schema_does_not_know_is_refused() -> None:
    read = _read(samples.typical())
    read["findings"][0]["name"] = "x"
    assert not Draft202012Validator(SCHEMA).is_valid(read)


def test_a_finding_says_what_where_and_what_to_do() -> None:
    made = finding(
        START, 140, field="tjFraDato", observed="20251231", expected="20190101", element="TJENESTE"
    )
    assert _read(report([made]))["findings"] == [
        {
            "rule": "KTR-03",
            "severity": "error",
            "consequence": "none",
            "consequence_certainty": "documented",
            "line": 140,
            "element": "TJENESTE",
            "field": "tjFraDato",
            "person": "1140",
            "record": "R140",
            "observed": "20251231",
            "expected": "20190101",
            "message": "Startdato (tjFraDato) er 31.12.2025. KPR godtar 20190101.",
            "fix": "Endre ikke en riktig dato. Rett det som er feil i fagsystemet,"
            " og ta nytt uttrekk.",
            "fingerprint": "ktr-03-140",
            "cause": None,
            "explained": None,
            "known": False,
        }
    ]


def test_the_report_says_what_was_checked() -> None:
    read = _read(samples.typical())
    assert read["tool"] == {"name": "kpr-validator", "version": "1.0"}
    assert read["submission"] == {
        "file": "innsending-2019.xml",
        "sha256": "ab" * 32,
        "format": "IPLOS 3.7",
        "year": 2019,
        "rules_year": 2019,
        "municipality": "1820",
        "municipality_name": "Alstahaug",
        "district": "00",
        "extracted": "20200108",
        "status_day": "20191231",
        "persons": 1234,
        "records": {"PERSON": 1234, "PERSONOPPL": 1300, "TJENESTE": 2210},
        "exact_way_only": False,
    }


def test_rules_stages_and_counts_are_told_as_they_went() -> None:
    read = _read(samples.undecided())
    assert read["verdict"] == "undecided"
    assert read["rules"][0] == {
        "id": "IP-01",
        "field": "poIndPlan",
        "status": "failed",
        "reason": "OperationalError: interrupted",
        "population": 0,
        "violations": 0,
    }
    assert read["stages"][0] == {"name": "read", "status": "ok", "seconds": 0.031}
    assert read["counts"] == {"fatal": 0, "error": 0, "warning": 0, "info": 0}


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_report_is_the_same_each_time_compact_or_not(sample: Callable[[], Report]) -> None:
    made = sample()
    assert "".join(as_json(made, "nb")) == "".join(as_json(made, "nb"))
    assert list(_read(made, compact=True).items()) == list(_read(made).items())


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_compact_report_is_one_line(sample: Callable[[], Report]) -> None:
    written = "".join(as_json(sample(), "nb", compact=True))
    assert (written.count("\n"), written[-2:]) == (1, "}\n")


def test_hostile_values_are_harmless_to_show_and_can_be_written() -> None:
    written = "".join(as_json(samples.hostile(), "nb"))
    assert all(c.isprintable() or c == "\n" for c in written)
    found = json.loads(written.encode("utf-8"))["findings"][0]
    told = {name: found[name] for name in ("element", "person", "record", "observed", "expected")}
    assert told == dict.fromkeys(told, visible(HOSTILE))


def _many(n: int, made: Counter[str]) -> Iterator[Finding]:
    """Yield `n` findings, counting them in `made` as they are asked for."""
    one = finding(PLAN, 1)
    for line in range(1, n + 1):
        made["findings"] += 1
        yield one._replace(line=line, fingerprint=f"{line:x}")


def test_findings_are_written_while_they_are_read() -> None:
    made: Counter[str] = Counter()
    endless = replace(report(), findings=lambda: _many(10**9, made))
    head = list(islice(as_json(endless, "nb"), 50))
    assert made["findings"] <= len(head)
    assert '"line": 20,' in "".join(head)


def test_a_hundred_thousand_findings_take_seconds_not_minutes() -> None:
    made: Counter[str] = Counter()
    large = replace(
        report(),
        findings=lambda: _many(100_000, made),
        counts=dict.fromkeys(Severity, 0) | {Severity.WARNING: 100_000},
    )
    begun = time.perf_counter()
    length = sum(len(piece) for piece in as_json(large, "nb"))
    assert time.perf_counter() - begun < 15
    assert (made["findings"], length > 100_000 * 300) == (100_000, True)


def test_json_without_dates_loads_no_heavy_library() -> None:
    program = (
        "import sys; from tests import report_samples as s;"
        "from kpr_validator.report.as_json import as_json;"
        "print(len(''.join(as_json(s.report([s.finding(s.PLAN, 1)]), 'nb'))) > 500,"
        " sorted({'babel', 'rich', 'jinja2', 'lxml'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert told.stdout == "True []\n"


def test_the_figures_are_in_the_report_when_they_are_given() -> None:
    """All of them, with last year's beside; and the report without them says that it has none."""
    examples = assets.rules().parent / "examples"
    options = Options(last_year=str(examples / "fjoraaret.xml"))
    with check_file(str(examples / "feilfri.xml"), options) as made:
        figures = made.figures()
        assert figures
        read = json.loads("".join(as_json(made, "nn", figures)))
        assert json.loads("".join(as_json(made, "nn")))["figures"] is None
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(read)] == []
    indicators = {one["id"]: one for one in read["figures"]["indicators"]}
    assert list(indicators) == [figure.id for figure in figures.indicators]
    doctor = indicators["lege"]
    assert {doctor["this_year"]["year"], doctor["last_year"]["year"]} == {2019, 2018}
    tables = {one["id"]: one for one in read["figures"]["tables"]}
    scores = tables["funksjon"]
    assert [column["name"] for column in scores["columns"]][-1] == "Utan skår"
    assert "samlemål er ikkje rekna ut" in scores["note"]
    recipients = {
        sum(cell["this_year"]["sent"] for cell in line["cells"]) for line in scores["lines"]
    }
    assert recipients == {indicators["venteliste"]["this_year"]["total"]["sent"]}
    first = tables["tjenester"]["lines"][0]["cells"][0]
    assert (first["this_year"]["sent"] > 0, first["last_year"]["sent"] > 0) == (True, True)
