"""Measure the validator against xmllint, and against its own limits.

`python -m tests.bench [--persons 1000 20000] [--quick] [--files DIR]` prints a table and what
has moved since the last time, and keeps the numbers in bench/results/. What is measured, and
the limits, are in maalinger.toml. It ends with 0 when every limit is kept, 1 when one is broken
and 2 when something could not be measured. `python -m tests.bench.inbox` measures the triage of
a whole country.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator.compiled import HAS_SHREDDER
from tests.bench import shown
from tests.bench.cases import plan
from tests.bench.child import ChildFailedError
from tests.bench.figures import MEGABYTES, PROCESSOR, SECONDS, TIMES, TIMES_CLEAN, busy, figures
from tests.bench.kept import keep, moved, previous
from tests.bench.measure import Bench

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.bench.cases import Plan
    from tests.bench.figures import Figure, Sample
    from tests.bench.kept import Slowest

    Facts = Mapping[str, object]

RESULTS = Path(__file__).resolve().parents[2] / "bench" / "results"
UNITS = (SECONDS, TIMES, PROCESSOR, TIMES_CLEAN, MEGABYTES)
NO_XMLLINT = "xmllint is missing: on Debian and Ubuntu, `apt install libxml2-utils` installs it."
NO_WAIT4 = "The measurements need Linux or macOS: this system cannot tell a child's memory."
NO_SHREDDER = "The compiled scanner is not built: `pip install --editable .` with a C compiler."


def main() -> int:
    """Measure, print and keep; return the exit code."""
    given = _arguments()
    if why := missing():
        sys.stderr.write(f"{why}\n")
        return 2
    wanted = _plan(given)
    facts = about() | {"persons": list(wanted.persons), "quick": given.quick}
    say(f"{name}: {value}" for name, value in facts.items())
    kept = nullcontext(given.files) if given.files else tempfile.TemporaryDirectory()
    try:
        with kept as folder:
            bench = Bench(Path(folder), wanted)
            samples = list(bench.measure())
            slowest = bench.slowest()
    except ChildFailedError as failed:
        sys.stderr.write(f"\n{failed}\n")
        return 2
    found = figures(samples, wanted)
    say(["", *shown.matrix([one for one in found if one.persons and not one.stage], UNITS)])
    of_stages = [one for one in found if one.stage]
    names = dict.fromkeys(str(one.stage) for one in of_stages)
    say(["", "of this, x xmllint:", *shown.matrix(of_stages, [*names])])
    say(["", *shown.slowest(slowest, max(wanted.persons))])
    return ended(facts, found, samples, slowest)


def ended(
    facts: Facts, found: Sequence[Figure], samples: Sequence[Sample], slowest: Slowest = ()
) -> int:
    """Tell which limits are kept and what has moved, keep the result, and return the exit code."""
    say(["", *shown.limits(found), *shown.disturbed(busy(samples))])
    if before := previous(RESULTS, facts):
        say(["", *shown.changes(list(moved(before, found)), before["facts"])])
    say(["", str(keep(RESULTS, facts, found, samples, slowest))])
    return int(any(figure.over for figure in found))


def missing() -> str | None:
    """Return what is needed to measure and is not here."""
    if not hasattr(os, "wait4"):
        return NO_WAIT4
    if not shutil.which("xmllint"):
        return NO_XMLLINT
    return None if HAS_SHREDDER else NO_SHREDDER


def say(lines: Iterable[str]) -> None:
    """Print lines at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def about() -> dict[str, object]:
    """Return the facts of the day, this machine and its programs."""
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "xmllint": _first_line("xmllint", "--version"),
        "kpr-validator": _first_line(sys.executable, "-m", "kpr_validator", "--version"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} x {_processor()}",
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=plan().persons)
    parser.add_argument("--quick", action="store_true", help="one round only")
    parser.add_argument("--files", type=Path, help="keep the written submissions in this folder")
    return parser.parse_args()


def _plan(given: argparse.Namespace) -> Plan:
    wanted = replace(plan(), persons=sorted(given.persons))
    if given.quick:
        wanted = replace(wanted, cases=[replace(case, rounds=1) for case in wanted.cases])
    return wanted


def _processor() -> str:
    """Return the processor's name, as the system tells."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def _first_line(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    return lines[0] if lines else f"(no answer, exit code {done.returncode})"
