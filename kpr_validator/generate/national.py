"""The whole country for a year: one delivery for each municipality, made in parallel.

What is there already, whole and of the same wish, is not made again: a run that was stopped
goes on.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

from kpr_validator.generate.delivery import Delivery, Extras
from kpr_validator.generate.faults.plan import PlanError, chosen
from kpr_validator.generate.files import Made, put_json
from kpr_validator.generate.manifest import MANIFEST, about, manifest
from kpr_validator.generate.municipalities import persons
from kpr_validator.generate.submission import Wish, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kpr_validator.generate.faults.plan import Chosen


def wishes(year: int, seed: int, *, gaps: bool = False) -> list[Wish]:
    """Return what is wanted of each municipality of the year, the largest first."""
    shares = sorted(persons(year).items(), key=lambda item: (-item[1], item[0]))
    version = version_of(year)
    return [Wish(number, year, count, seed, version, gaps) for number, count in shares]


def write_national(
    wanted: Sequence[Wish],
    folder: Path,
    extras: Extras,
    faults: str = "",
    workers: int | None = None,
) -> Iterator[list[Made]]:
    """Write every wished delivery into a folder of its own; yield each as it is done.

    A municipality too small for the faults gets none. The national manifest is written when
    all are there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done: list[Made] = []
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        jobs = [
            pool.submit(_write, wish, folder / wish.municipality, extras, faults) for wish in wanted
        ]
        for job in jobs:
            made = job.result()
            done += made
            yield made
    put_json(folder / MANIFEST, national_manifest(wanted, faults, done))


def _write(wish: Wish, folder: Path, extras: Extras, faults: str) -> list[Made]:
    try:
        picked = chosen(faults, wish.year, wish.persons)
    except PlanError:
        picked = ()
    return write_one(wish, folder, extras, picked)


def write_one(
    wish: Wish, folder: Path, extras: Extras, faults: Sequence[Chosen] = ()
) -> list[Made]:
    """Write one delivery with its manifest, or find that it is there."""
    delivery = Delivery(wish, folder, faults)
    if (found := _found(delivery, extras)) is not None:
        return found
    made = delivery.write(extras)
    put_json(folder / MANIFEST, manifest(delivery, extras, made))
    return made


def national_manifest(
    wanted: Sequence[Wish], faults: str, made: Sequence[Made]
) -> Mapping[str, object]:
    """Return what the national manifest says."""
    return {
        **about(),
        "year": wanted[0].year,
        "seed": wanted[0].seed,
        "gaps": wanted[0].gaps,
        "faults": faults,
        "municipalities": len({file.municipality for file in made}),
        "records": sum(file.records for file in made),
        "files": [
            file.as_dict()
            for file in sorted(made, key=lambda file: (file.municipality, file.kind, file.name))
        ],
    }


def _found(delivery: Delivery, extras: Extras) -> list[Made] | None:
    """Return the files of a delivery that is there, whole and of this wish."""
    try:
        told = json.loads((delivery.folder / MANIFEST).read_text(encoding="utf-8"))
        files = [Made(**file) for file in told["files"]]
        whole = all(_digest(delivery.folder / file.name) == file.sha256 for file in files)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    same = json.loads(json.dumps(manifest(delivery, extras, files)))
    return files if whole and {**told, "planted": []} == {**same, "planted": []} else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        seen = sha256()
        for block in iter(lambda: file.read(1 << 20), b""):
            seen.update(block)
    return seen.hexdigest()
