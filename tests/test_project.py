"""What the project says about itself is true."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "schemas" / "README.md"])
LOCKS = (
    "requirements.lock",
    "requirements-pdf.lock",
    "requirements-web.lock",
    "requirements-triage.lock",
    "requirements-s3.lock",
    "requirements-cluster.lock",
    "requirements-dev.lock",
)
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "node_modules",
    "rapport",
)  # fmt: skip
# Targets that set up an environment, run this very suite, or take minutes: their recipes are read.
ONLY_READ = {"test", "test-slow", "format", "lock", "bench", "bench-national", "browser"}
FETCHING = ("pip ", "docker ")  # need a network or a daemon, and are not run here
IN_ORDER = ("docs/vendors.md", "docs/generert.md")  # pages to be followed from top to end


def _blocks(document: str, language: str) -> Iterator[str]:
    text = (ROOT / document).read_text(encoding="utf-8")
    for block in re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        yield from (line.strip() for line in block.splitlines() if line.strip())


def _commands() -> list[str]:
    """Return every command that the documents show, once."""
    lines = [*_blocks("README.md", "console"), *_blocks("CONTRIBUTING.md", "console")]
    return list(dict.fromkeys(line.removeprefix("$ ") for line in lines))


def _expected_code(command: str) -> int:
    """Return the exit code that a command's own comment promises, 0 without one."""
    said = re.search(r"# exit (\d)", command)
    return int(said[1]) if said else 0


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the project, set up with the environment that runs this test."""
    copy = tmp_path / "kpr-validator"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / ".venv").symlink_to(sys.prefix)
    commands = copy.parent / "bin"
    commands.mkdir()
    _script(commands / "kpr-validator", f'exec "{sys.executable}" -m kpr_validator "$@"')
    _script(
        commands / "make", f'exec {shutil.which("make")} -o .venv/run.stamp -o .venv/dev.stamp "$@"'
    )
    return copy


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def _run(
    command: str | Sequence[str | Path], folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    shell = ["/bin/sh", "-c", command] if isinstance(command, str) else command
    return subprocess.run(
        shell,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _run_as_reader(command: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    command = command.partition(" #")[0]
    if ONLY_READ.intersection(command.split()):
        command = f"{command} --dry-run"
    path = f"{checkout.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return _run(command, checkout, PATH=path, PYTHONPATH=str(checkout))


@pytest.mark.parametrize("command", _commands())
def test_every_command_of_the_documents_ends_as_they_say(command: str, checkout: Path) -> None:
    run = _run_as_reader(command, checkout)

    assert (_expected_code(command), "") == (run.returncode, run.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("document", IN_ORDER)
def test_a_page_can_be_followed_from_top_to_end(document: str, checkout: Path) -> None:
    (checkout / "build").mkdir(exist_ok=True)
    commands = [line.removeprefix("$ ") for line in _blocks(document, "console")]
    run = [line for line in commands if not line.startswith(FETCHING)]
    assert run

    for command in run:
        done = _run_as_reader(command, checkout)
        assert (_expected_code(command), "") == (done.returncode, done.stderr), command


@pytest.mark.parametrize(
    "command", [line for line in _blocks("README.md", "powershell") if "kpr_validator" in line]
)
def test_every_command_for_windows_finds_the_faults_of_its_example(
    command: str, checkout: Path
) -> None:
    arguments = command.replace("\\", "/").split()[1:]

    run = _run([sys.executable, *arguments], checkout, PYTHONPATH=str(checkout))

    assert (1, "") == (run.returncode, run.stderr)


def test_make_run_shows_the_findings_and_leaves_the_report_as_html_and_json(checkout: Path) -> None:
    shutil.rmtree(checkout / "rapport", ignore_errors=True)

    run = _run_as_reader("make run", checkout)

    assert (0, True) == (run.returncode, "IP-01" in run.stdout)
    left = sorted(file.suffix for file in (checkout / "rapport").iterdir())
    assert [".html", ".json"] == left


def test_make_test_runs_every_check_and_leaves_no_test_out(checkout: Path) -> None:
    recipe = _run_as_reader("make test test-slow", checkout).stdout

    expected = ["ruff check", "ruff format --check", "mypy", "lint-imports"]
    expected += ['pytest -n 2 -m "not slow"', "pytest -n 2 -m slow"]
    assert expected == re.findall(r"^\.venv/bin/(.*)$", recipe, re.MULTILINE)


def test_a_page_that_make_rule_began_passes_its_own_tests(checkout: Path) -> None:
    _run_as_reader('make rule ID=IP-90 TITLE="Plan uten dato"', checkout)
    pytest_ = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rp", "-k", "IP-90"]

    run = _run([*pytest_, "tests/test_rules.py", "tests/test_lint.py"], checkout)

    passed = set(re.findall(r"^PASSED .*\[IP-90(?::\d+-)?(\w*)\]", run.stdout, re.MULTILINE))
    assert (0, {"", "brudd", "ok", "utenfor"}) == (run.returncode, passed)


def test_the_build_machine_runs_both_sets_of_tests(tmp_path: Path) -> None:
    _script(tmp_path / "make", 'echo "$@"')
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"

    run = _run([ROOT / ".ci" / "run"], ROOT, PATH=path)

    assert ["test", "test-slow"] == run.stdout.splitlines()[-2:]


TOO_OLD = 'case "$2" in *platform*) echo 3.9.2 ;; *) exit 1 ;; esac'
WITHOUT_VENV = f'case "$2" in *ensurepip*) exit 1 ;; *) exec {sys.executable} "$@" ;; esac'
NOWHERE = "exit 127"
SAID = {
    TOO_OLD: "kpr-validator needs Python 3.11 or newer (found: 3.9.2). "
    "Install it: apt install python3.11 python3.11-venv, or https://www.python.org/downloads/",
    WITHOUT_VENV: f"kpr-validator: Python {platform.python_version()} lacks the module venv. "
    "Install it: apt install python3-venv",
    NOWHERE: "kpr-validator needs Python 3.11 or newer, and none was found. "
    "Install it: apt install python3 python3-venv, or https://www.python.org/downloads/",
}


@pytest.mark.parametrize("python", SAID, ids=["too old", "without venv", "nowhere"])
def test_a_machine_without_a_usable_python_is_told_in_one_line_what_to_install(
    python: str, tmp_path: Path
) -> None:
    _script(tmp_path / "python3", python)

    run = _run([ROOT / ".ci" / "venv"], tmp_path, PATH=str(tmp_path))

    assert (1, "", f"{SAID[python]}\n") == (run.returncode, run.stdout, run.stderr)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_the_lock_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    entries = re.findall(r"^[a-z0-9].*", text.replace("\\\n", ""), re.MULTILINE)
    assert [] == [entry for entry in entries if "--hash=sha256:" not in entry]
    assert [] == re.findall(r"://|--index|--find-links|/tmp", text)


def _locked(lock: str) -> dict[str, list[str]]:
    """Return the locked versions of each package: several where platforms differ."""
    versions: dict[str, list[str]] = {}
    text = (ROOT / lock).read_text(encoding="utf-8")
    for name, version in re.findall(r"^([a-z0-9][\w.-]*)==([^ ;]+)", text, re.MULTILINE):
        versions.setdefault(name, []).append(version)
    return versions


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *groups["build"]]
    extras = project["project"]["optional-dependencies"]
    asked = {
        "requirements.lock": run,
        "requirements-pdf.lock": [*run, *extras["pdf"]],
        "requirements-web.lock": [*run, *extras["web"]],
        "requirements-triage.lock": [*run, *extras["triage"]],
        "requirements-s3.lock": [*run, *extras["s3"]],
        "requirements-cluster.lock": [*run, *extras["cluster"]],
        "requirements-dev.lock": [line for line in groups["dev"] if isinstance(line, str)],
    }

    missing = [
        (lock, line)
        for lock, lines in asked.items()
        for requirement, line in ((Requirement(line), line) for line in lines)
        if not any(map(requirement.specifier.contains, _locked(lock).get(requirement.name, [])))
    ]

    assert [] == missing


def test_the_locks_agree_on_every_package_they_share() -> None:
    run, *extras, dev = (_locked(lock) for lock in LOCKS)

    for extra in extras:
        assert run == {name: extra.get(name) for name in run}
        assert extra == {name: dev.get(name) for name in extra}


def test_the_readme_names_every_theme_of_rules_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## What is checked")[2].partition("## What is not checked")[0]

    expected = {page.name.split("-")[0] for page in (ROOT / "rules").glob("*/*-[0-9][0-9].md")}
    assert expected == set(re.findall(r"^\| ([A-Z]{2,3}) \|", table, re.MULTILINE))


def test_no_rule_page_is_left_half_written() -> None:
    pages = (ROOT / "rules").glob("*/*.md")

    assert [] == [page.name for page in pages if "FYLL UT" in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_in_the_documents_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [] == [link for link in links if not (document.parent / link).exists()]


def test_the_index_of_decisions_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs" / "adr").glob("*.md")} - {"0000-mal.md"}

    assert pages == set(re.findall(r"\]\(adr/([^)]+)\)", index))
