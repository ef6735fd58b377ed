"""`--format` several times, each with or without a file of its own, and what bounds a list."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kpr_validator.cli import app
from kpr_validator.output import Target, TargetError, targets
from tests.logs import LOGS

ROOT = Path(__file__).parent.parent
CLEAN = str(ROOT / "examples" / "feilfri.xml")
TYPICAL = str(ROOT / "examples" / "typiske-feil.xml")
FINE, FINDINGS, USAGE, UNFINISHED = range(4)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _check(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["check", *words])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["json"], [("json", None)]),
        (["json,html"], [("json", None), ("html", None)]),
        (["json", "html", "json"], [("json", None), ("html", None)]),
        (["sarif=ut/a.sarif", "text"], [("sarif", Path("ut/a.sarif")), ("text", None)]),
        (["text,sarif=a,b=c.sarif"], [("text", None), ("sarif", Path("a,b=c.sarif"))]),
    ],
)
def test_what_is_asked_for_is_read(
    words: list[str], expected: list[tuple[str, Path | None]]
) -> None:
    assert targets(words) == tuple(Target(*one) for one in expected)


@pytest.mark.parametrize("words", [["pdff"], ["json,"], ["sarif="], ["sarif=a", "junit=a"]])
def test_what_makes_no_sense_is_refused(words: list[str]) -> None:
    with pytest.raises(TargetError):
        targets(words)


def test_files_and_the_terminal_in_one_run() -> None:
    code, said, _ = _check(
        TYPICAL, "--format", "sarif=ut/a.sarif", "--format", "junit=a.xml", "--format", "text"
    )
    assert (code, "Neste steg" in said) == (FINDINGS, True)
    assert json.loads(Path("ut/a.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert Path("a.xml").read_text("utf-8").startswith("<?xml")


def test_a_run_that_has_only_files_is_silent() -> None:
    assert _check(CLEAN, "--format", "sarif=a.sarif", "--format", "csv,json", "--output", "ut")[
        1:
    ] == ("", "")
    assert sorted(path.name for path in Path("ut").iterdir()) == ["feilfri.csv", "feilfri.json"]


@pytest.mark.parametrize("format_", LOGS)
def test_a_log_may_go_to_standard_output_and_into_a_folder(format_: str) -> None:
    """The same to both."""
    code, said, _ = _check(TYPICAL, "--format", format_)
    assert code == FINDINGS
    assert _check(TYPICAL, "--format", format_, "--output", "ut") == (FINDINGS, "", "")
    (left,) = Path("ut").iterdir()
    assert left.read_text("utf-8") == said


@pytest.mark.parametrize("words", [("text", "json"), ("text,json",), ("xlsx",)])
def test_several_without_a_place_are_wrong_usage(words: tuple[str, ...]) -> None:
    wishes = [part for word in words for part in ("--format", word)]
    code, said, why = _check(CLEAN, *wishes)
    assert (code, said, "--format FORMAT=FIL" in why) == (USAGE, "", True)


def test_several_submissions_share_a_file_where_the_format_has_room() -> None:
    """One run, one suite, one array, one stream; each under its own name."""
    wishes = [f"--format={name}=ut.{name}" for name in (*LOGS, "json", "text")]
    assert _check(CLEAN, TYPICAL, *wishes)[0] == FINDINGS
    runs = json.loads(Path("ut.sarif").read_text("utf-8"))["runs"]
    names = [run["automationDetails"]["id"] for run in runs]
    assert names == ["kpr-validator/feilfri.xml", "kpr-validator/typiske-feil.xml"]
    assert Path("ut.junit").read_text("utf-8").count("<testsuite ") == 2
    paths = {one["location"]["path"] for one in json.loads(Path("ut.gitlab").read_text("utf-8"))}
    assert "typiske-feil.xml" in paths
    lines = [json.loads(line) for line in Path("ut.ndjson").read_text("utf-8").splitlines()]
    assert [one["type"] for one in lines].count("summary") == 2
    reports = [json.loads(line) for line in Path("ut.json").read_text("utf-8").splitlines()]
    assert [one["submission"]["file"] for one in reports] == ["feilfri.xml", "typiske-feil.xml"]


@pytest.mark.parametrize("format_", ["html", "xlsx", "csv", "pdf"])
def test_a_page_or_a_list_is_of_one_submission(format_: str) -> None:
    code, _, why = _check(CLEAN, TYPICAL, "--format", f"{format_}=ut.{format_}")
    assert (code, "én fil om gangen" in why, [*Path().iterdir()]) == (USAGE, True, [])


def test_a_file_that_can_not_be_judged_leaves_what_stood_there() -> None:
    """No report, no file; one among several leaves the others whole."""
    Path("gammel.sarif").write_text("den gamle", encoding="utf-8")
    assert _check("finnes-ikke.xml", "--format", "sarif=gammel.sarif")[0] == USAGE
    assert Path("gammel.sarif").read_text("utf-8") == "den gamle"
    code, _, _ = _check(CLEAN, "finnes-ikke.xml", "--format", "sarif=ny.sarif")
    runs = json.loads(Path("ny.sarif").read_text("utf-8"))["runs"]
    assert (code, len(runs)) == (USAGE, 1)
    assert sorted(path.name for path in Path().iterdir()) == ["gammel.sarif", "ny.sarif"]


def test_a_place_that_can_not_be_written_is_said_before_the_check() -> None:
    Path("en-fil").write_text("", encoding="utf-8")
    code, said, why = _check(CLEAN, "--format", "sarif=en-fil/a.sarif", "--format", "text")
    assert (code, said, "kan ikke skrive" in why) == (UNFINISHED, "", True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX")
def test_what_is_no_file_is_written_to_and_not_replaced() -> None:
    """A pipe stays a pipe; a folder is refused before the check."""
    os.mkfifo("rør")
    with ThreadPoolExecutor() as pool:
        heard = pool.submit(Path("rør").read_text, "utf-8")
        assert _check(TYPICAL, "--format", "sarif=rør")[0] == FINDINGS
        assert json.loads(heard.result(timeout=60))["version"] == "2.1.0"
    assert Path("rør").is_fifo()
    Path("mappe").mkdir()
    code, _, why = _check(CLEAN, "--format", "sarif=mappe")
    assert (code, "mappe" in why) == (UNFINISHED, True)


def test_the_path_is_told_from_where_the_user_stands(tmp_path: Path) -> None:
    """Inside it as a relative path, elsewhere as the name alone: never this machine's folders."""
    inside = tmp_path / "sendt" / "år.xml"
    inside.parent.mkdir()
    inside.write_bytes(Path(TYPICAL).read_bytes())
    for file, place in ((str(inside), "sendt/år.xml"), (TYPICAL, "typiske-feil.xml")):
        told = json.loads(_check(file, "--format", "gitlab")[1])
        assert {one["location"]["path"] for one in told} == {place}


def test_a_bounded_list_touches_no_number() -> None:
    """JSON, text and HTML list less and count the same."""
    whole = json.loads(_check(TYPICAL, "--format", "json")[1])
    few = json.loads(_check(TYPICAL, "--format", "json", "--max-findings", "7")[1])
    assert len(few["findings"]) == 7
    assert sum(few["left_out"].values()) == len(whole["findings"]) - 7
    for name in ("counts", "following", "causes", "rules", "outcome", "verdict"):
        assert few[name] == whole[name]
    assert {one["fingerprint"] for one in few["findings"]} <= {
        one["fingerprint"] for one in whole["findings"]
    }
    assert {one["severity"] for one in few["findings"]} == {"error"}


def test_a_bounded_text_says_so_and_shows_one_of_each_rule() -> None:
    whole, few = (_check(TYPICAL, *bound)[1] for bound in ((), ("--max-findings", "1")))
    said = "Her er høyst 1 funn listet opp. Tallene gjelder alle."
    assert (said in " ".join(few.split()), said in " ".join(whole.split())) == (True, False)
    rules = [line.split()[1] for line in whole.splitlines() if line.startswith("  ADVARSEL")]
    assert [rule for rule in rules if rule not in few] == []
    assert len(few) < len(whole)
