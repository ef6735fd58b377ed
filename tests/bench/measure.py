"""The runs that the figures stand on: the whole job and xmllint, turn by turn."""

from __future__ import annotations

import hashlib
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator import generate, pipeline
from tests.bench.cases import CLEAN, VERSION, XMLLINT
from tests.bench.child import run
from tests.bench.figures import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.bench.cases import Case, Plan
    from tests.bench.writer import Wish

VERSION_RUNS = 9
SLOWEST_SHOWN = 10
# exit codes of `check`: 0 nothing serious, 1 findings; both are a finished run
FINISHED = (0, 1)
SCHEMA = Path(__file__).parents[2] / "schemas" / "iplos-3.7" / "iplos.xsd"
LINT = ("xmllint", "--noout", "--stream", "--schema", SCHEMA)
COMMAND = (sys.executable, "-m", "kpr_validator")
_WITHOUT = (
    "import runpy, sys; sys.modules['kpr_validator._shred'] = None; "
    "runpy.run_module('kpr_validator', run_name='__main__', alter_sys=True)"
)
PURE = (sys.executable, "-c", _WITHOUT)


def _sources() -> list[Path]:
    """Return what decides the bytes of a submission."""
    folders = (Path(__file__).parent, Path(generate.__file__).parent)
    return sorted(
        file for folder in folders for file in folder.rglob("*") if file.suffix in {".py", ".toml"}
    )


class Bench:
    """Writes the submissions it needs into `folder` and measures on them."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        """Remember where files lie, and what is wanted."""
        self.folder = folder
        self.plan = plan
        folder.mkdir(parents=True, exist_ok=True)

    def measure(self) -> Iterator[Sample]:
        """Yield every run; a round goes through all sizes, so that a machine's drift is shared."""
        for at in range(VERSION_RUNS):
            yield self._sample(VERSION, None, at, (*COMMAND, "--version"))
        for at in range(max(case.rounds for case in self.plan.cases)):
            for persons in self.plan.persons:
                cases = [case for case in self.plan.cases if case.runs_at(persons, at)]
                yield from self._round(cases, persons, at)

    def slowest(self) -> list[tuple[str, float]]:
        """Return the ten concepts and the ten rules that take most, with their seconds."""
        path = self._file(self._clean.wish(max(self.plan.persons)))
        with closing(pipeline.Run(pipeline.Options())) as line:
            line.report(str(path))
        ranked = sorted(line.seconds.items(), key=lambda item: -item[1])
        concepts = [pair for pair in ranked if pair[0].islower()]
        rules = [pair for pair in ranked if not pair[0].islower()]
        return concepts[:SLOWEST_SHOWN] + rules[:SLOWEST_SHOWN]

    @property
    def _clean(self) -> Case:
        return next(case for case in self.plan.cases if case.name == CLEAN)

    def _round(self, cases: Sequence[Case], persons: int, at: int) -> Iterator[Sample]:
        clean = self._file(self._clean.wish(persons))
        yield self._sample(XMLLINT, persons, at, (*LINT, clean), clean)
        for case in cases:
            path = self._file(case.wish(persons))
            asked = (
                ("indicators", path, "--format", "json")
                if case.indicators
                else ("check", path, "--format", "json", "--output", self.folder)
            )
            command = (*(PURE if case.pure else COMMAND), *asked)
            yield self._sample(case.name, persons, at, command, path)

    def _sample(
        self,
        case: str,
        persons: int | None,
        at: int,
        command: Sequence[str | Path],
        path: Path | None = None,
    ) -> Sample:
        report = path.with_suffix(".json") if path and "check" in command else None
        took = run(command, FINISHED if report else (0,))
        told = f"{took.seconds:.2f} s, {took.peak_mb:.0f} MB"
        sys.stderr.write(f"{at + 1}. {f'{persons:,} ' if persons else ''}{case}: {told}\n")
        return Sample(
            case,
            persons,
            at,
            path.stat().st_size / 1e6 if path else 0.0,
            took.seconds,
            took.cpu,
            took.peak_mb,
            _stages(report) if report else {},
        )

    def _file(self, wish: Wish) -> Path:
        """Return the wished file, written once; a changed writer or wish gives another name."""
        seen = hashlib.sha256(repr(wish).encode())
        for source in _sources():
            seen.update(source.read_bytes())
        path = self.folder / f"bench-{wish.persons}-{seen.hexdigest()[:12]}.xml"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            run((sys.executable, "-m", "tests.bench.writer", unfinished, *wish.as_options()))
            unfinished.replace(path)
        return path


def _stages(report: Path) -> Mapping[str, float]:
    """Return the seconds of each stage, which stand before the long lists of the report.

    What this process holds counts as its children's, so the report isn't read whole.
    """
    with report.open(encoding="utf-8") as file:
        start = file.read(1 << 20).partition('"stages":')[2].lstrip()
    stages, _ = json.JSONDecoder().raw_decode(start)
    return {stage["name"]: stage["seconds"] for stage in stages}
