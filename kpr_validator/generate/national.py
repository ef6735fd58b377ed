"""The whole country for a year: one delivery for each municipality, made in parallel.

What is there already, whole and of the same wish, is not made again, so that a run that was
stopped goes on.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING

from kpr_validator import __version__
from kpr_validator.generate.delivery import Delivery, Extras
from kpr_validator.generate.files import Made, put_json
from kpr_validator.generate.municipalities import persons
from kpr_validator.generate.submission import Wish, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST = "manifest.json"


def wishes(year: int, seed: int) -> list[Wish]:
    """Return what is wanted of each municipality of the year, the largest first."""
    shares = sorted(persons(year).items(), key=lambda item: (-item[1], item[0]))
    return [Wish(number, year, count, seed, version_of(year)) for number, count in shares]


def write_national(
    year: int, seed: int, folder: Path, extras: Extras, workers: int | None = None
) -> Iterator[list[Made]]:
    """Write every delivery of the year into a folder of its own; yield each as it is done.

    The national manifest is written when all are there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = wishes(year, seed)
    done: list[Made] = []
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        jobs = [pool.submit(write_one, wish, folder / wish.municipality, extras) for wish in wanted]
        for job in jobs:
            made = job.result()
            done += made
            yield made
    put_json(folder / MANIFEST, national_manifest(year, seed, done))


def write_one(wish: Wish, folder: Path, extras: Extras) -> list[Made]:
    """Write one delivery with its manifest, or find that it is there."""
    if (found := _found(wish, folder, extras)) is not None:
        return found
    made = Delivery(wish, folder).write(extras)
    put_json(folder / MANIFEST, manifest(wish, extras, made))
    return made


def manifest(wish: Wish, extras: Extras, made: list[Made]) -> Mapping[str, object]:
    """Return what a delivery's manifest says: how it was made, and each file."""
    return {
        "tool": {"name": "kpr-validator", "version": __version__},
        "test_data": True,
        "wish": asdict(wish),
        "extras": asdict(extras),
        "files": [file.as_dict() for file in made],
    }


def national_manifest(year: int, seed: int, made: list[Made]) -> Mapping[str, object]:
    """Return what the national manifest says."""
    return {
        "tool": {"name": "kpr-validator", "version": __version__},
        "test_data": True,
        "year": year,
        "seed": seed,
        "municipalities": len({file.municipality for file in made}),
        "records": sum(file.records for file in made),
        "files": [
            file.as_dict()
            for file in sorted(made, key=lambda file: (file.municipality, file.kind, file.name))
        ],
    }


def _found(wish: Wish, folder: Path, extras: Extras) -> list[Made] | None:
    """Return the files of a delivery that is there, whole and of this wish."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = [Made(**file) for file in told["files"]]
        whole = all(_digest(folder / file.name) == file.sha256 for file in files)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    same = told == json.loads(json.dumps(manifest(wish, extras, files)))
    return files if whole and same else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        seen = sha256()
        for block in iter(lambda: file.read(1 << 20), b""):
            seen.update(block)
    return seen.hexdigest()
