"""What is measured, and the limit of each figure."""

from __future__ import annotations

import hashlib
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from kpr_validator import pipeline
from tests.bench.child import Run, run
from tests.bench.writer import Wish, write

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FAULTS = 0.02
FINDINGS_PER_PERSON = 50
VERSION_RUNS = 9
SLOWEST_SHOWN = 10
CLEAN_LIMIT, CLEAN_GOAL = 3.0, 2.0  # times what xmllint takes for the schema alone
FULL_SIZE = 20_000
SMALL_SIZE = 1_000
# exit codes of `check`: 0 nothing serious, 1 findings; both are a finished run
FINISHED = (0, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside its limit; a figure without a limit only informs."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    goal: float | None = None

    @property
    def over(self) -> bool:
        """Return whether the limit is broken."""
        return self.limit is not None and self.value > self.limit

    @property
    def judgement(self) -> str:
        """Return «ok», «over», «ok, over the goal», or nothing without a limit."""
        if self.limit is None:
            return ""
        if self.over:
            return "over"
        return "ok, over the goal" if self.goal is not None and self.value > self.goal else "ok"

    def as_dict(self) -> dict[str, object]:
        """Return the figure as it is written to the results."""
        return asdict(self) | {"judgement": self.judgement}


class Bench:
    """Writes the submissions it needs into `folder` and measures on them."""

    def __init__(self, folder: Path, root: Path, pairs: int) -> None:
        """Remember where files lie and how many times each pair is run."""
        self.folder = folder
        self.schema = root / "schemas" / "iplos-3.7" / "iplos.xsd"
        self.pairs = pairs
        self.runs: list[dict[str, object]] = []
        folder.mkdir(parents=True, exist_ok=True)

    def measure(self, sizes: Sequence[int]) -> list[Figure]:
        """Return all figures for files of `sizes` persons; the faulty files have the largest."""
        figures = [self._version()]
        for size in sizes:
            figures += self._against_xmllint(size)
        figures += self._invalid(sizes[-1])
        figures.append(self._findings(sizes[-1]))
        return figures

    def slowest(self, persons: int) -> list[tuple[str, float]]:
        """Return the ten concepts and the ten rules that take most, with their seconds."""
        with closing(pipeline.Run(pipeline.Options())) as line:
            line.report(str(self._file(Wish(persons, faults=FAULTS))))
        ranked = sorted(line.seconds.items(), key=lambda item: -item[1])
        concepts = [pair for pair in ranked if pair[0].islower()]
        rules = [pair for pair in ranked if not pair[0].islower()]
        return concepts[:SLOWEST_SHOWN] + rules[:SLOWEST_SHOWN]

    def _version(self) -> Figure:
        command = (sys.executable, "-m", "kpr_validator", "--version")
        runs = [self._run("version", command) for _ in range(VERSION_RUNS)]
        return Figure("--version, median", median(r.seconds for r in runs), "s", limit=0.15)

    def _against_xmllint(self, persons: int) -> list[Figure]:
        """Compare the whole job with xmllint's schema check alone, in alternating pairs."""
        path = self._file(Wish(persons, faults=FAULTS))
        ours, theirs = [], []
        for _ in range(self.pairs):
            theirs.append(self._run(f"xmllint {persons}", self._lint(path)).seconds)
            ours.append(self._check(f"check {persons}", path))
        ratio = median(our.seconds / their for our, their in zip(ours, theirs, strict=True))
        seconds = median(our.seconds for our in ours)
        peak = max(our.peak_mb for our in ours)
        name, full, small = f"{persons:,} persons", persons == FULL_SIZE, persons == SMALL_SIZE
        return [
            Figure(f"{name}: xmllint, median", median(theirs), "s"),
            Figure(f"{name}: check, median", seconds, "s", 0.8 if small else None),
            Figure(
                f"{name}: check / xmllint, median", ratio, "x",
                CLEAN_LIMIT if full else None, CLEAN_GOAL if full else None,
            ),
            Figure(f"{name}: peak memory", peak, "MB", 300),
        ]  # fmt: skip

    def _invalid(self, persons: int) -> list[Figure]:
        """Compare files with schema-invalid persons with the clean file, turn by turn.

        The limits are 1.3 and 3 times what a clean file may take: a clean file that takes
        less makes nobody else's slower.
        """
        shares = (0.0, 0.1, 1.0)
        files = [self._file(Wish(persons, faults=FAULTS, invalid=share)) for share in shares]
        times: list[list[float]] = [[] for _ in shares]
        lint = []
        for _ in range(min(self.pairs, 3)):
            lint.append(self._run(f"xmllint {persons}", self._lint(files[0])).seconds)
            for share, path, seconds in zip(shares, files, times, strict=True):
                seconds.append(self._check(f"{share:.0%} invalid {persons}", path).seconds)
        clean, some, every = (median(seconds) for seconds in times)
        most = CLEAN_LIMIT * median(lint)
        return [
            Figure("10 % invalid persons / clean", some / clean, "x"),
            Figure("100 % invalid persons / clean", every / clean, "x"),
            Figure("10 % invalid persons / limit of the clean", some / most, "x", limit=1.3),
            Figure("100 % invalid persons / limit of the clean", every / most, "x", limit=3.0),
        ]

    def _lint(self, path: Path) -> tuple[str | Path, ...]:
        return ("xmllint", "--noout", "--stream", "--schema", self.schema, path)

    def _findings(self, persons: int) -> Figure:
        wish = Wish(persons, findings_per_person=FINDINGS_PER_PERSON)
        measured = self._check(f"findings {persons}", self._file(wish))
        name = f"{persons * FINDINGS_PER_PERSON:,} findings: peak memory"
        return Figure(name, measured.peak_mb, "MB", limit=300)

    def _check(self, name: str, path: Path) -> Run:
        reports = self.folder / "rapport"
        command = (
            sys.executable, "-m", "kpr_validator", "check", path,
            "--format", "json", "--output", reports,
        )  # fmt: skip
        return self._run(name, command, FINISHED)

    def _run(self, name: str, command: Sequence[str | Path], accept: Collection[int] = (0,)) -> Run:
        measured = run(command, accept)
        sys.stderr.write(f"{name}: {measured.seconds:.2f} s, {measured.peak_mb:.0f} MB\n")
        self.runs.append({"name": name} | asdict(measured))
        return measured

    def _file(self, wish: Wish) -> Path:
        """Return the wished file, written once; a changed writer or wish gives another name."""
        sources = sorted(Path(__file__).parent.glob("*.py"))
        seen = hashlib.sha256(repr(wish).encode())
        for source in sources:
            seen.update(source.read_bytes())
        path = self.folder / f"bench-{wish.persons}-{seen.hexdigest()[:12]}.xml"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            write(unfinished, wish)
            unfinished.replace(path)
        return path
