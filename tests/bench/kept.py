"""Results of earlier benches, kept as JSON, and what has moved since the latest of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.figures import SECONDS, TIMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.bench.figures import Figure, Sample

    Slowest = Sequence[tuple[str, float]]

SAME = (
    "machine",
    "python",
    "xmllint",
    "persons",
    "quick",
    "workers",
)  # facts of results that can be compared
MOVED = 0.10
NOISE = 0.05  # times xmllint: a stage that costs less is too short to tell


class Moved(NamedTuple):
    """A figure that is not what it was."""

    name: str
    before: float
    now: float

    @property
    def change(self) -> float:
        """Return the change as a share of what it was."""
        return self.now / self.before - 1


def keep(
    folder: Path,
    facts: Mapping[str, Any],
    figures: Sequence[Figure],
    samples: Sequence[Sample],
    slowest: Slowest = (),
) -> Path:
    """Write a result; return where."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{str(facts['time']).replace(':', '')}.json"
    content = {
        "facts": facts,
        "figures": [figure.as_dict() for figure in figures],
        "slowest": dict(slowest),
        "runs": [asdict(sample) for sample in samples],
    }
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return path


def previous(folder: Path, facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the latest result of the same machine and sizes, None when there is none."""
    for path in sorted(folder.glob("*.json"), reverse=True):
        told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if all(told["facts"].get(name) == facts.get(name) for name in SAME):
            return told
    return None


def moved(before: Mapping[str, Any], figures: Sequence[Figure]) -> Iterator[Moved]:
    """Yield the figures that have moved more than a tenth; seconds alone tell of the machine."""
    old = {told["name"]: told["value"] for told in before["figures"]}
    for figure in figures:
        was = old.get(figure.name)
        if was is None or figure.unit == SECONDS or _is_noise(figure, was):
            continue
        if abs(figure.value - was) > MOVED * was:
            yield Moved(figure.name, was, figure.value)


def _is_noise(figure: Figure, was: float) -> bool:
    return figure.unit == TIMES and max(figure.value, was) < NOISE
