"""Write a large, realistic annual submission (IPLOS 3.7, data year 2019).

`python -m tests.bench.writer --persons 20000 --seed 7 --faults 0.02 OUT.xml`
gives about 113 MB and 540 000 records; the same seed gives the same bytes
everywhere. The persons are those of `kpr-validator generate`; here some are
made invalid by the schema, or get a wished number of findings. The file is
streamed: memory does not grow with the persons.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator.generate import submission
from kpr_validator.generate.chance import Chance, seed_of
from kpr_validator.generate.faults.plan import Chosen
from kpr_validator.generate.faults.planted import Planting
from kpr_validator.generate.faults.table import faults
from kpr_validator.generate.files import put
from kpr_validator.generate.units import Units
from tests.bench.faults import TYPICAL, add_findings, break_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.generate.records import Person

MUNICIPALITY, YEAR, VERSION = "1820", 2019, "3.7"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the file shall hold; the shares are of the persons, 0..1."""

    persons: int
    seed: int = 7
    faults: float = 0.0
    invalid: float = 0.0
    findings_per_person: int = 0

    def as_options(self) -> tuple[str, ...]:
        """Return the options of the command that writes this."""
        told = asdict(self).items()
        return tuple(f"--{name.replace('_', '-')}={value}" for name, value in told)


def write(path: Path, wish: Wish) -> None:
    """Write the wished submission to `path`, with LF line ends on every platform."""
    put(path, pieces(wish))


def pieces(wish: Wish) -> Iterator[str]:
    """Yield the wished submission piece by piece."""
    whole = submission.Wish(MUNICIPALITY, YEAR, wish.persons, wish.seed, VERSION)
    units = Units(MUNICIPALITY, wish.persons)
    planting = Planting(whole, units, _chosen(wish))
    lives = islice(submission.lives(whole, units), planting.others)
    people = planting.people(submission.persons(whole, lives))
    chance = Chance(seed_of(wish.seed, "skjemafeil"))

    def broken(_person: Person, text: str) -> str:
        if not chance.yes(wish.invalid):
            return text
        return "\n".join(break_schema(text.split("\n"), chance))

    return submission.lines(
        submission.sending(whole), _with_findings(people, wish), broken if wish.invalid else None
    )


def _chosen(wish: Wish) -> list[Chosen]:
    """Return the typical faults, as many of each, in the wished share of the persons."""
    wanted = round(wish.faults * wish.persons)
    each, rest = divmod(wanted, len(TYPICAL))
    times = [each + (at < rest) for at in range(len(TYPICAL))]
    return [Chosen(faults()[name], n) for name, n in zip(TYPICAL, times, strict=True) if n]


def _with_findings(people: Iterator[Person], wish: Wish) -> Iterator[Person]:
    for person in people:
        if wish.findings_per_person:
            add_findings(person, wish.findings_per_person)
        yield person


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.writer", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--faults", type=float, default=0.02, help="share with a rule fault")
    parser.add_argument("--invalid", type=float, default=0.0, help="share with a schema fault")
    parser.add_argument("--findings-per-person", type=int, default=0)
    given = vars(parser.parse_args())
    write(given.pop("out"), Wish(**given))


if __name__ == "__main__":
    main()
