"""Generate the whole country, judge it, and lay its figures beside the published ones.

`python -m tests.bench.national [--year 2019] [--workers 2] [--files DIR]` writes the corpus
(2 GB) twice: without a gap, and with those that are published. It ends with 0 when it took
less than the limit, no rule finds anything in the first and the schema nothing in the second,
and every figure is near the published one, and leaves the table in docs/generert.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator.generate.delivery import Extras
from kpr_validator.generate.files import SENDING, UNITS
from kpr_validator.generate.national import wishes, write_national
from kpr_validator.pipeline import NO_RULE
from tests.bench.calibration import compared, counts, together
from tests.bench.side_by_side import put_in, table

if TYPE_CHECKING:
    from kpr_validator.generate.files import Made
    from tests.bench.calibration import Compared, Counted

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "generert.md"
LIMIT = 15 * 60  # seconds to write the country on two cores
SEED = 7


def main() -> int:
    """Write, judge, compare and tell; return the exit code."""
    given = _arguments()
    kept = nullcontext(given.files) if given.files else tempfile.TemporaryDirectory()
    with kept as folder:
        rows: list[Compared] = []
        broken = False
        for gaps in (False, True):
            began = time.perf_counter()
            made = _written(Path(folder) / ("hull" if gaps else "uten"), given, gaps=gaps)
            seconds = time.perf_counter() - began
            records = sum(file.records for files in made for file in files)
            _say(f"{len(made)} kommuner, {records} poster på {seconds:.0f} s")
            found = _judged(Path(folder) / ("hull" if gaps else "uten"), made, given, gaps=gaps)
            judged = time.perf_counter() - began - seconds
            _say(f"kontrollert på {judged:.0f} s: {found.findings} funn")
            broken |= bool(found.findings) or seconds > LIMIT
            rows += [row for row in compared(found.tallies, given.year) if row.goal.is_gap == gaps]
    put_in(DOCUMENT, table(rows, given.year))
    _say(table(rows, given.year))
    return int(broken or not all(row.is_near for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.national", description=__doc__)
    parser.add_argument("--year", type=int, default=2019)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--files", type=Path, help="keep the written corpus in this folder")
    return parser.parse_args()


def _written(folder: Path, given: argparse.Namespace, *, gaps: bool) -> list[list[Made]]:
    wanted = wishes(given.year, SEED, gaps=gaps)
    return [*write_national(wanted, folder, Extras(), workers=given.workers)]


def _judged(
    folder: Path, made: list[list[Made]], given: argparse.Namespace, *, gaps: bool
) -> Counted:
    """Return what the country has of each goal; gaps give findings, so only the schema judges."""
    paths = [tuple(str(folder / file.municipality / file.name) for file in files) for files in made]
    kinds = [[file.kind for file in files] for files in made]
    select = (NO_RULE,) if gaps else ()
    with ProcessPoolExecutor(given.workers) as pool:
        jobs = [
            pool.submit(counts, names[of.index(SENDING)], names[of.index(UNITS)], None, select)
            for names, of in zip(paths, kinds, strict=True)
        ]
        return together(job.result() for job in jobs)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
