"""A wheel carries everything: the code, the formats and the rules."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from kpr_validator import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
CARRIED = {
    "kpr_validator": ROOT / "kpr_validator",
    "kpr_validator/_assets/schemas": ROOT / "schemas",
    "kpr_validator/_assets/rules": ROOT / "rules",
}
# Started in the empty environment: says on stderr which files of the checkout it was made to open.
WATCHED = """
import sys

def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith({root!r}):
        print("opened", arguments[0], file=sys.stderr)

sys.addaudithook(watch)
from kpr_validator.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel that was built from the checkout, without network."""
    folder = tmp_path_factory.mktemp("dist")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of an environment with the wheel and what requirements.lock says."""
    folder = tmp_path_factory.mktemp("empty")
    _python("-m", "venv", "--without-pip", folder)
    interpreter = folder / "bin" / "python"
    site = next(folder.glob("lib/python*/site-packages"))
    for name in _locked():
        _copy_distribution(name, site)
    _python("-m", "pip", "--python", interpreter, "install", "--no-deps", "--no-index", wheel)
    return interpreter


def _python(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _locked() -> Iterator[str]:
    """Yield the packages of requirements.lock that this platform needs."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for line in re.findall(r"^[a-z0-9][^\\\n]*", lock, re.MULTILINE):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement.name


def _copy_distribution(name: str, site: Path) -> None:
    """Copy the files of an installed package, so that the test needs no network."""
    for file in distribution(name).files or ():
        if ".." not in file.parts and file.suffix != ".pyc":
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), target)


def _files(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder).as_posix()


def test_a_wheel_holds_every_file_of_code_formats_and_rules(wheel: Path) -> None:
    expected = {f"{name}/{file}" for name, folder in CARRIED.items() for file in _files(folder)}

    carried = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert expected == carried


def test_an_installed_wheel_finds_the_faults_of_an_example_without_the_checkout(
    python: Path, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "examples" / "typiske-feil.xml", tmp_path)
    program = WATCHED.format(root=str(ROOT))

    run = subprocess.run(
        [python, "-I", "-c", program, "check", "typiske-feil.xml"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert (1, b"") == (run.returncode, run.stderr)
    assert b"IP-01" in run.stdout


def test_an_installed_wheel_has_a_command_of_its_own(python: Path) -> None:
    run = subprocess.run(
        [python.parent / "kpr-validator", "--version"], capture_output=True, check=False
    )

    assert (0, True) == (run.returncode, __version__.encode() in run.stdout)
