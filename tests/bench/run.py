"""Measure the validator against xmllint, and against its own limits.

`python -m tests.bench [--quick] [--persons 1000 20000] [--pairs 5]` prints
a table and writes the numbers to bench/results/. It ends with 0 when every
limit is kept, 1 when one is broken and 2 when something could not be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.child import ChildFailedError
from tests.bench.measure import Bench, Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results"
NO_XMLLINT = "xmllint is missing: on Debian and Ubuntu, `apt install libxml2-utils` installs it."
NO_WAIT4 = "The measurements need Linux or macOS: this system cannot tell a child's memory."


def main() -> int:
    """Measure, print and write; return the exit code."""
    given = _arguments()
    missing = None if shutil.which("xmllint") else NO_XMLLINT
    if not hasattr(os, "wait4"):
        missing = NO_WAIT4
    if missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    facts = _facts()
    _say("\n".join(f"{name}: {value}" for name, value in facts.items()))
    kept = nullcontext(given.files) if given.files else tempfile.TemporaryDirectory()
    try:
        with kept as folder:
            bench = Bench(Path(folder), ROOT, 1 if given.quick else given.pairs)
            figures = bench.measure(sorted(given.persons))
            slowest = bench.slowest(max(given.persons))
    except ChildFailedError as failed:
        sys.stderr.write(f"\n{failed}\n")
        return 2
    _print_table(figures)
    _say(f"\nslowest concepts and rules at {max(given.persons):,} persons, seconds:")
    for name, seconds in slowest:
        _say(f"  {name:28} {seconds:.3f}")
    _say(f"\n{_write(facts, figures, bench.runs)}")
    return int(any(figure.over for figure in figures))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one pair only")
    parser.add_argument("--files", type=Path, help="keep the written submissions in this folder")
    return parser.parse_args()


def _facts() -> dict[str, str]:
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "xmllint": _first_line("xmllint", "--version"),
        "kpr-validator": _first_line(sys.executable, "-m", "kpr_validator", "--version"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
    }


def _first_line(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    return lines[0] if lines else f"(no answer, exit code {done.returncode})"


def _print_table(figures: Sequence[Figure]) -> None:
    width = max(len(figure.name) for figure in figures)
    _say(f"\n{'':{width}}  {'measured':>9}  {'limit':>9}  {'goal':>9}")
    for figure in figures:
        cells = [_cell(value, figure.unit) for value in (figure.value, figure.limit, figure.goal)]
        _say(f"{figure.name:{width}}  {'  '.join(cells)}  {figure.judgement}".rstrip())


def _cell(value: float | None, unit: str) -> str:
    return f"{'' if value is None else f'{value:.2f} {unit}':>9}"


def _write(facts: dict[str, str], figures: Sequence[Figure], runs: list[dict[str, object]]) -> Path:
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{facts['time'].replace(':', '')}.json"
    content = {"facts": facts, "figures": [figure.as_dict() for figure in figures], "runs": runs}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
