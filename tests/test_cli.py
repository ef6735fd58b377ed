"""The command line: exit codes, where reports go, and what is said when something is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kpr_validator import __version__
from tests.documents import RECORD, document, numbered

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
KARI = EXAMPLES / "brevet-2015-kari.xml"
FINE, FINDINGS, USAGE, UNFINISHED = range(4)


def _run(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, "-m", "kpr_validator", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", EXAMPLES / "feilfri.xml"], FINE),
        (["check", EXAMPLES / "typiske-feil.xml"], FINDINGS),
        (["check", EXAMPLES / "typiske-feil.xml", "--fail-on", "avvist"], FINE),
        (["check", EXAMPLES / "typiske-feil.xml", "--select", "LMG-01"], FINE),
        (["check", EXAMPLES / "typiske-feil.xml", "--select", "LMG-05"], FINDINGS),
        (["check", KARI], FINE),
        (["check", KARI, "--fail-on", "advarsel"], FINDINGS),
        (["check", KARI, "--fail-on", "advarsel", "--ignore", "IP"], FINE),
        (["check", EXAMPLES / "ugyldig-xsd.xml"], FINDINGS),
        (["check", EXAMPLES / "feilfri.xml", EXAMPLES / "ugyldig-xsd.xml"], FINDINGS),
        (["check", "finnes-ikke.xml"], USAGE),
        (["check", EXAMPLES / "feilfri.xml", "--ident", "finnes-ikke.xml"], USAGE),
        (["check", EXAMPLES / "feilfri.xml", "--format", "pdf"], USAGE),
        (["check", EXAMPLES / "feilfri.xml", "--lang", "sv"], USAGE),
        (["check"], USAGE),
        (["rules", "finnes-ikke"], USAGE),
        (["explain", "XX-99"], USAGE),
        (["explain", "ip-01"], FINE),
        (["rules", "--format", "json"], FINE),
    ],
    ids=lambda value: (
        " ".join(Path(str(word)).name for word in value) if isinstance(value, list) else None
    ),
)
def test_the_exit_code_tells_how_it_went(arguments: list[str | Path], code: int) -> None:
    """0 fine, 1 findings, 2 wrong usage; never a count, never a traceback."""
    done = _run(*arguments)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)


def test_the_version_is_said_at_once() -> None:
    """One line, from the front door."""
    assert _run("--version").stdout.decode() == f"kpr-validator {__version__}\n"


def test_the_submission_may_come_on_standard_input() -> None:
    """«-» is judged like a file."""
    by_name = _run("check", EXAMPLES / "typiske-feil.xml", "--format", "json")
    by_stdin = _run(
        "check", "-", "--format", "json", stdin=(EXAMPLES / "typiske-feil.xml").read_bytes()
    )
    assert json.loads(by_stdin.stdout)["findings"] == json.loads(by_name.stdout)["findings"]


def test_several_files_give_one_json_object_per_line() -> None:
    """A program can read the reports one by one."""
    names = ["feilfri.xml", "typiske-feil.xml", "ugyldig-xsd.xml"]
    done = _run("check", *(EXAMPLES / name for name in names), "--format", "json")
    told = [json.loads(line)["submission"]["file"] for line in done.stdout.splitlines()]
    assert told == names


def test_output_leaves_html_and_json_and_says_where(tmp_path: Path) -> None:
    """Without --format the folder gets what a person and a program need."""
    done = _run("check", EXAMPLES / "feilfri.xml", "--output", tmp_path / "rapport")
    left = sorted(path.name for path in (tmp_path / "rapport").iterdir())
    assert left == ["feilfri.html", "feilfri.json"]
    assert str(tmp_path / "rapport" / "feilfri.html") in done.stdout.decode()


def test_output_with_a_format_leaves_just_that_and_is_silent(tmp_path: Path) -> None:
    """A build that asked for a file hears nothing else."""
    done = _run("check", EXAMPLES / "feilfri.xml", "--format", "json", "--output", tmp_path)
    assert ([path.name for path in tmp_path.iterdir()], done.stdout, done.stderr) == (
        ["feilfri.json"],
        b"",
        b"",
    )


def test_two_files_of_one_name_give_two_reports(tmp_path: Path) -> None:
    """No report overwrites another of the same run."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "fil.xml").write_bytes((EXAMPLES / "feilfri.xml").read_bytes())
    _run(
        "check", tmp_path / "a" / "fil.xml", tmp_path / "b" / "fil.xml", "--format", "json",
        "--output", tmp_path / "ut",
    )  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == ["fil-2.json", "fil.json"]


def test_an_output_that_cannot_be_written_is_unfinished(tmp_path: Path) -> None:
    """A plain line, exit code 3, and no half report."""
    blocked = tmp_path / "rapport"
    blocked.write_text("en fil, ikke en mappe", encoding="utf-8")
    done = _run("check", EXAMPLES / "feilfri.xml", "--output", blocked / "under")
    assert (done.returncode, b"kan ikke skrive rapporten" in done.stderr) == (UNFINISHED, True)


def test_a_folder_in_place_of_a_file_is_unfinished(tmp_path: Path) -> None:
    """What can't be opened is said in one line."""
    done = _run("check", tmp_path)
    assert (done.returncode, len(done.stderr.decode().splitlines())) == (UNFINISHED, 1)


def test_a_report_never_stands_half_written(tmp_path: Path) -> None:
    """When writing stops midway, the old report is still there and nothing else."""
    from kpr_validator.rendering import write_whole  # noqa: PLC0415

    target = tmp_path / "fil.json"
    target.write_text("den gamle", encoding="utf-8")

    def stops() -> object:
        yield "halv"
        message = "disken er full"
        raise OSError(message)

    with pytest.raises(OSError, match="disken er full"):
        write_whole(target, stops())  # type: ignore[arg-type]
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "fil.json": "den gamle"
    }


def test_a_file_that_changes_while_it_is_read_is_unfinished(tmp_path: Path) -> None:
    """The report would speak of two different files; none is written."""
    from kpr_validator.pipeline import Options, check_file  # noqa: PLC0415
    from kpr_validator.read import UnfinishedError  # noqa: PLC0415

    path = tmp_path / "fil.xml"
    path.write_text(document(RECORD, numbered(2)), encoding="utf-8")
    with check_file(str(path), Options()) as report:
        path.write_text(document(RECORD), encoding="utf-8")
        with pytest.raises(UnfinishedError, match="endret mens den ble lest"):
            list(report.findings())


def test_messages_come_in_the_language_asked_for() -> None:
    """The same finding in three languages."""
    told = {
        language: json.loads(
            _run(
                "check", EXAMPLES / "brevet-2015-kari.xml", "--format", "json", "--lang", language
            ).stdout
        )["findings"][0]["message"]
        for language in ("nb", "nn", "en")
    }
    assert len(set(told.values())) == len(told)
    assert "ikkje" in told["nn"]
    assert "answer" in told["en"]


def test_explain_shows_the_page_within_80_columns() -> None:
    """A page is read in an ordinary terminal."""
    lines = _run("explain", "IP-01").stdout.decode().splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert any("Hvorfor" in line for line in lines)
