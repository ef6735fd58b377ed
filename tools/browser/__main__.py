"""Builds the page: `python -m tools.browser [--output FILE] [--work FOLDER]`."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from kpr_validator.receipt import rule_set
from tools.browser.assemble import archive, own_hash, page
from tools.browser.carry import ROOT, carried

HERE = Path(__file__).resolve().parent
PYODIDE = HERE / "node_modules" / "pyodide"
UNPACKER = HERE / "node_modules" / "fzstd" / "umd" / "index.js"
STATIC = ROOT / "kpr_validator" / "web" / "static"


def build(output: Path, work: Path) -> None:
    """Write the page; `work` is emptied and left with what was made on the way."""
    given, made = work / "given", work / "made"
    for folder in (given, made):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    files = carried()
    index = [(path, len(content)) for path, content in files.items()]
    (given / "files.json").write_text(json.dumps(index), encoding="utf-8")
    (given / "files.bin").write_bytes(b"".join(files.values()))
    _freeze("compile", PYODIDE, given, made)
    _freeze("warm", PYODIDE, made)
    write(output, made)


def write(output: Path, made: Path) -> None:
    """Write the page of what has been frozen."""
    packed, sizes = archive(PYODIDE, made)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    facts = {
        "parts": sizes,
        "heap": json.loads((made / "heap.json").read_text(encoding="utf-8")),
        "info": lock["info"],
    }
    parts = {
        name: (STATIC / name).read_text(encoding="utf-8")
        for name in ("index.html", "app.css", "app.js")
    }
    parts["start.js"] = (HERE / "start.js").read_text(encoding="utf-8")
    unpacker = UNPACKER.read_text(encoding="utf-8")
    parts["worker.js"] = f"{unpacker}\n{(HERE / 'worker.js').read_text(encoding='utf-8')}"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page(parts, packed, facts), encoding="utf-8", newline="\n")


def _freeze(step: str, *folders: Path) -> None:
    command: list[str | Path] = ["node", HERE / "freeze.mjs", step, *folders]
    subprocess.run(command, check=True, env={**os.environ, "TZ": "UTC"})  # noqa: S603  our own


def main() -> None:
    """Build, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tools.browser", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / "kpr-validator.html")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "browser")
    asked = parser.parse_args()
    build(asked.output, asked.work)
    whole = asked.output.read_bytes()
    sys.stdout.write(
        f"{asked.output}: {len(whole) / 1e6:.1f} MB\n"
        f"SHA-256 of the file      {hashlib.sha256(whole).hexdigest()}\n"
        f"SHA-256 told on the page {own_hash(whole.decode())}\n"
        f"rule set                 {rule_set()}\n"
    )


if __name__ == "__main__":
    main()
