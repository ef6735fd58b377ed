"""The page under version control is the one that its sources give."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "kpr_validator" / "web" / "static"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_a_fresh_build_gives_the_bytes_that_are_kept(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.fail("npm is missing: the page is built with Node.js 20 or newer")
    page = tmp_path / "page"
    ignored = shutil.ignore_patterns("node_modules")
    shutil.copytree(ROOT / "page", page, ignore=ignored)
    report = tmp_path / "kpr_validator" / "report"
    report.mkdir(parents=True)
    shutil.copy(ROOT / "kpr_validator" / "report" / "report.css", report)
    for command in (["npm", "ci", "--silent", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        done = subprocess.run(command, cwd=page, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
    assert _bytes(tmp_path / "kpr_validator" / "web" / "static") == _bytes(BUILT)


def test_the_page_fetches_nothing_from_elsewhere() -> None:
    """Addresses may stand in texts and namespaces; nothing may be loaded from one."""
    page = (BUILT / "index.html").read_text(encoding="utf-8")
    style = (BUILT / "app.css").read_text(encoding="utf-8")
    assert "http" not in page
    assert "url(http" not in style
    assert "@import" not in style
