"""Measure the triage of a whole country against xmllint over the same files, one after the other.

`python -m tests.bench.inbox FOLDER [--workers 2]`: the folder is what `python -m
tests.bench.national --files` leaves of the country without gaps. The triage begins with nothing
known and leaves the board, the workbook and the tables; then it is run again, when nothing is
new; and anew, with the feedback to every municipality. It ends as `python -m tests.bench` does.

The limit is on the time that passes. Where others use the machine too, the processor's time
tells more: shared by the workers, it is what the triage needs at the least.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator.triage.model import Role
from tests.bench import shown
from tests.bench.cases import XMLLINT, plan
from tests.bench.child import ChildFailedError, run
from tests.bench.figures import MEGABYTES, PROCESSOR, SECONDS, TIMES, Sample, figures
from tests.bench.measure import COMMAND, LINT
from tests.bench.run import about, ended, missing, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

YEAR = "2019"
CASES = (("triage", "board", ()), ("again", "board", ()), ("feedback", "sets", ("--feedback",)))


def main() -> int:
    """Measure, print and keep; return the exit code."""
    given = _arguments()
    if why := missing():
        sys.stderr.write(f"{why}\n")
        return 2
    files = sorted(given.folder.rglob("iplos-*.xml"))
    try:
        with tempfile.TemporaryDirectory() as output:
            samples = list(_samples(given, files, Path(output)))
    except ChildFailedError as failed:
        sys.stderr.write(f"\n{failed}\n")
        return 2
    facts = about() | {
        "files": f"{len(files)}, {samples[0].file_mb:.0f} MB",
        "workers": given.workers,
        "persons": [samples[0].persons],
        "quick": False,
    }
    found = figures(samples, plan())
    say(f"{name}: {value}" for name, value in facts.items())
    say(["", *shown.matrix(found, (SECONDS, TIMES, PROCESSOR, MEGABYTES))])
    return ended(facts, found, samples)


def _samples(given: argparse.Namespace, files: Sequence[Path], output: Path) -> Iterator[Sample]:
    runs = {XMLLINT: run((*LINT, *files))}
    for case, folder, options in CASES:
        command = (
            *COMMAND, "triage", given.folder, "--year", YEAR, "--output", output / folder,
            "--workers", str(given.workers), "--test-data", *options,
        )  # fmt: skip
        runs[case] = run(command)
        sys.stderr.write(f"{case}: {runs[case].seconds:.1f} s\n")
    persons = _persons(output / "board", len(files))
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    for case, took in runs.items():
        yield Sample(case, persons, 0, megabytes, took.seconds, took.cpu, took.peak_mb)


def _persons(board: Path, files: int) -> int:
    """Return how many persons are judged; every file must be."""
    from pyarrow import parquet  # noqa: PLC0415  slow to import

    told = parquet.read_table(board / "parquet" / "deliveries.parquet").to_pylist()
    judged = [row for row in told if row["role"] == Role.STANDS and row["verdict"]]
    if len(judged) != files:
        message = f"{len(judged)} of {files} returns are judged"
        raise ChildFailedError(message)
    return sum(row["persons"] for row in judged)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.inbox", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
