"""What a vendor's build takes in: pre-commit, GitHub, GitLab, Docker; run where it can be."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
FAULTY, CLEAN = EXAMPLES / "typiske-feil.xml", EXAMPLES / "feilfri.xml"
PLANTED = "IP-03"  # in the faulty example, on line 111
LINE = 111


def _bash(script: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the runner does: bash that stops at the first error, our Python first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],  # noqa: S607
        cwd=folder,
        env={**os.environ, "PATH": path, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a folder with a faulty and a clean submission, as a vendor's build makes them."""
    made = tmp_path / "build"
    made.mkdir()
    shutil.copy(FAULTY, made)
    shutil.copy(CLEAN, made)
    return tmp_path


def _action() -> dict[str, Any]:
    whole: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return whole


def test_the_action_marks_the_planted_line_and_fails(repository: Path) -> None:
    check = _action()["runs"]["steps"][-1]
    wanted = {"FILES": "build/*.xml", "ARGUMENTS": "--test-data", "SARIF": "r.sarif", "JUNIT": ""}
    assert check["env"].keys() == wanted.keys()
    done = _bash(check["run"], repository, **wanted)
    assert done.returncode == 1, done.stderr
    marks = [line for line in done.stdout.splitlines() if PLANTED in line]
    assert any(f"line={LINE}," in mark and mark.startswith("::error ") for mark in marks)
    runs = json.loads((repository / "r.sarif").read_text(encoding="utf-8"))["runs"]
    assert PLANTED in {result["ruleId"] for run in runs for result in run["results"]}


def test_the_action_passes_a_clean_file(repository: Path) -> None:
    check = _action()["runs"]["steps"][-1]
    given = {"FILES": "build/feilfri.xml", "ARGUMENTS": "", "SARIF": "", "JUNIT": ""}
    done = _bash(check["run"], repository, **given)
    assert done.returncode == 0
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == ["::notice"]


def test_the_action_takes_every_input_by_environment() -> None:
    action = _action()
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), "an input in a script could run as code"
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(action["runs"])))
    assert used == action["inputs"].keys()


@pytest.mark.parametrize(
    ("version", "installed"), [("", "/the/action"), ("1.2.0", "kpr-validator==1.2.0")]
)
def test_the_action_installs_its_own_version_unless_another_is_named(
    tmp_path: Path, version: str, installed: str
) -> None:
    install = _action()["runs"]["steps"][1]
    (tmp_path / "python").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    (tmp_path / "python").chmod(0o755)
    script = f"PATH={tmp_path}:$PATH\n{install['run']}"
    done = _bash(script, tmp_path, VERSION=version, OWN="/the/action")
    assert done.stdout.splitlines() == ["-m", "pip", "install", "--quiet", installed]


def _component() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the GitLab component's head, and its job with all inputs at their defaults."""
    text = (ROOT / "templates" / "kpr-validator.yml").read_text(encoding="utf-8")
    head = next(yaml.safe_load_all(text))
    values = {name: facts.get("default") for name, facts in head["spec"]["inputs"].items()}
    values["files"] = "build/*.xml"
    body = text.partition("\n---\n")[2]
    filled = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: str(values[found[1]]), body)
    return head, yaml.safe_load(filled)["kpr-validator"]


def test_the_gitlab_job_leaves_both_reports_with_the_planted_fault(repository: Path) -> None:
    _, job = _component()
    done = _bash("\n".join(job["script"]), repository)
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    quality = json.loads((repository / reports["codequality"]).read_text(encoding="utf-8"))
    places = {
        (issue["check_name"], issue["location"]["path"], issue["location"]["lines"]["begin"])
        for issue in quality
    }
    assert (PLANTED, "build/typiske-feil.xml", LINE) in places
    assert PLANTED in (repository / reports["junit"]).read_text(encoding="utf-8")
    assert PLANTED in done.stdout


def test_the_documented_lines_name_what_is_there() -> None:
    page = (ROOT / "docs" / "vendors.md").read_text(encoding="utf-8")
    hook, step, component = map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {one["id"] for one in hook["repos"][0]["hooks"]} == {one["id"] for one in manifest}
    assert step[0]["with"].keys() <= _action()["inputs"].keys()
    head, _ = _component()
    assert component["include"][0]["inputs"].keys() <= head["spec"]["inputs"].keys()


def test_the_pre_commit_manifest_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_pre_commit_stops_the_planted_fault(repository: Path, tmp_path: Path) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q"], cwd=repository, check=True)
    subprocess.run([*git, "add", "build"], cwd=repository, check=True)
    command = [
        sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "kpr-validator", "--all-files",
    ]  # fmt: skip
    home = {"PRE_COMMIT_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        command,
        cwd=repository,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert PLANTED in done.stdout


def _steps(dockerfile: str) -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n", " ", dockerfile)
    lines = (line for line in joined.splitlines() if line and not line.startswith("#"))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_the_image_copies_what_is_there_and_runs_as_nobody() -> None:
    steps = _steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for word, rest in steps:
        if word == "COPY" and not rest.startswith("--from"):
            *sources, _ = rest.split()
            for source in sources:
                assert (ROOT / source).exists(), source
                assert f"!{source}\n" in let_in
    last = max(at for at, (word, _) in enumerate(steps) if word == "FROM")
    words = dict(steps[last:])
    assert words["USER"].isdigit()
    assert int(words["USER"]) > 0
    assert words["ENTRYPOINT"] == '["kpr-validator"]'
    assert {word for word, _ in steps} <= {
        "FROM", "COPY", "RUN", "USER", "ENV", "WORKDIR", "ENTRYPOINT", "CMD",
    }  # fmt: skip


@pytest.mark.slow
def test_the_images_steps_give_a_command_that_works(tmp_path: Path) -> None:
    """Run the build steps in folders of our own, as no engine for images is needed for that."""
    steps = _steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    source, place = tmp_path / "source", tmp_path / "opt"
    for word, rest in steps:
        if word == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for name in sources:
                into = tmp_path / target.lstrip("/")
                if (ROOT / name).is_dir():
                    shutil.copytree(ROOT / name, into, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    into.mkdir(exist_ok=True)
                    shutil.copy(ROOT / name, into)
    build = next(rest for word, rest in steps if word == "RUN")
    build = build.replace("/opt", str(place)).replace("/source", str(source))
    done = _bash(build, tmp_path)
    assert done.returncode == 0, done.stderr
    command = [str(place / "kpr-validator" / "bin" / "kpr-validator"), "check", str(FAULTY)]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 1
    assert PLANTED in checked.stdout
