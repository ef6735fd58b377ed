"""The library: what `validate` takes and gives, and that its documentation runs."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kpr_validator
from kpr_validator import ConfigError, Severity, UnfinishedError, Verdict, validate
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_json import as_json

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
TYPICAL = EXAMPLES / "typiske-feil.xml"
CLEAN = EXAMPLES / "feilfri.xml"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)

pytest_plugins = ["pytester"]


def _without_times(report: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in report.items() if key != "stages"}


def test_it_says_what_the_command_says() -> None:
    with check_file(str(TYPICAL), Options()) as judged:
        said = json.loads("".join(as_json(judged, "nb")))
    with validate(TYPICAL) as report:
        assert _without_times(report.as_dict()) == _without_times(said)
        listed = [(f.rule, f.line, f.field, f.message, f.fingerprint) for f in report]
    assert listed == [
        (f["rule"], f["line"], f["field"], f["message"], f["fingerprint"]) for f in said["findings"]
    ]


@pytest.mark.parametrize(
    "opened",
    [str, Path, Path.read_bytes, lambda path: io.BytesIO(path.read_bytes())],
    ids=["str", "Path", "bytes", "stream"],
)
def test_a_path_bytes_and_a_stream_give_the_same(opened: Callable[[Path], object]) -> None:
    with validate(opened(TYPICAL)) as report, validate(TYPICAL) as by_path:  # type: ignore[arg-type]
        assert [*report] == [*by_path]
        assert report.submission.sha256 == by_path.submission.sha256


def test_a_report_can_be_read_again_and_outlives_others() -> None:
    first = validate(TYPICAL)
    with validate(CLEAN) as other:
        assert other.verdict is Verdict.ACCEPTED
    assert [*first] == [*first] != []
    first.close()


def test_ok_knows_levels() -> None:
    with validate(TYPICAL) as faulty, validate(CLEAN) as clean:
        assert not faulty.ok()
        assert clean.ok(Severity.INFO)
    with validate(TYPICAL, select=["INN-02"]) as mild:
        grades = {severity for severity, count in mild.counts.items() if count}
        for severity in Severity:
            assert mild.ok(severity) == all(grade.rank > severity.rank for grade in grades)


def test_what_is_no_submission_is_a_report_and_never_ok() -> None:
    with validate(b"not a submission") as report:
        assert report.verdict is Verdict.REJECTED
        assert not report.ok()
        assert [finding.rule for finding in report] == ["LES-02"]


def test_what_lies_outside_the_data_is_an_exception(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        validate(tmp_path / "none.xml")
    with pytest.raises(UnfinishedError):
        validate(tmp_path)
    bad = tmp_path / "kpr.toml"
    bad.write_text("[regler]\nIP-01 = 7\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        validate(CLEAN, config=bad)


def test_choice_and_language() -> None:
    with validate(TYPICAL, select=["IP"], language="en") as report:
        assert {finding.rule.split("-")[0] for finding in report} == {"IP"}
        assert all("individual" in finding.message.lower() for finding in report)


@pytest.mark.parametrize("ending", ["json", "html", "xlsx", "csv"])
def test_writing_follows_the_ending(tmp_path: Path, ending: str) -> None:
    with validate(TYPICAL) as report:
        report.write(tmp_path / f"r.{ending}")
        first = next(iter(report)).fingerprint
    content = (tmp_path / f"r.{ending}").read_bytes()
    begins = {"json": b"{", "html": b"<!DOCTYPE html>", "xlsx": b"PK", "csv": b"\xef\xbb\xbf"}
    assert content.startswith(begins[ending])
    assert ending != "json" or first in content.decode()


def test_an_ending_that_is_no_format_is_refused(tmp_path: Path) -> None:
    with validate(CLEAN) as report, pytest.raises(ValueError, match="docx"):
        report.write(tmp_path / "r.docx")
    assert [*tmp_path.iterdir()] == []


def test_explain_tells_rules_and_lines_but_no_person() -> None:
    with validate(TYPICAL) as report:
        told = report.explain("warning")
        findings = [finding for finding in report if finding.severity.rank <= 2]
    assert findings[0].rule in told
    assert not [f.person for f in findings if f.person and f.person in told]


def test_every_public_name_is_there_and_nothing_else() -> None:
    for name in kpr_validator.__all__:
        assert getattr(kpr_validator, name) is not None
    with pytest.raises(AttributeError, match="valider"):
        _ = kpr_validator.valider


def test_the_documented_lines_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    (tmp_path / "rapport").mkdir()
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    library, _ = BLOCK.findall(page)
    exec(compile(library, "docs/api.md", "exec"), {})  # noqa: S102  our own documentation
    assert "IPLOS 3.7 2019" in capsys.readouterr().out
    assert json.loads((tmp_path / "rapport" / "typiske-feil.json").read_text())["findings"]


def test_the_documented_test_passes_and_fails(pytester: pytest.Pytester) -> None:
    shutil.copytree(EXAMPLES, pytester.path / "examples")
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    _, documented = BLOCK.findall(page)
    pytester.makepyfile(documented)
    pytester.runpytest_subprocess("--kpr-year", "2019").assert_outcomes(passed=1)
    wrong_year = pytester.runpytest_subprocess("--kpr-year", "2018")
    wrong_year.assert_outcomes(failed=1)
    wrong_year.stdout.fnmatch_lines(["*feilfri.xml: data year 2019, expected 2018*"])
    pytester.makepyfile(documented.replace("feilfri.xml", "typiske-feil.xml"))
    faulty = pytester.runpytest_subprocess()
    faulty.assert_outcomes(failed=1)
    faulty.stdout.fnmatch_lines(["*typiske-feil.xml: *", "*IP-03 (1) *PERSONOPPL/poIndPlan:*"])
