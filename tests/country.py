"""A country on disk with known faults: what the register's inbox holds, scaled down."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from kpr_validator.generate.delivery import Delivery, Extras
from kpr_validator.generate.faults.plan import Chosen
from kpr_validator.generate.faults.table import faults
from kpr_validator.generate.submission import Wish
from kpr_validator.identity import is_identity
from kpr_validator.succession import in_use

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

YEAR = 2019
FAULT = "IP-01"
SYSTEM, VERSION = "FAGSYSTEM-B", "4.2"
_OTHERS = (("FAGSYSTEM-A", "7"), ("FAGSYSTEM-B", "4.1"), ("FAGSYSTEM-C", "1.0"))
_FID = re.compile(r'fid="[0-9]{11}"')
_TWIN = re.compile(r"</PERSON>\s*<PERSON .*?</PERSON>", re.DOTALL)


@dataclass(frozen=True)
class Planted:
    """What is planted where, by municipality."""

    everybody: tuple[str, ...]
    missing: frozenset[str]
    silent: frozenset[str]
    with_fault: frozenset[str]
    corrupt: frozenset[str]
    copied: str
    same_number: str
    suspects: tuple[frozenset[str], ...]

    @property
    def delivered(self) -> frozenset[str]:
        """Return those that a delivery stands for."""
        return frozenset(self.everybody) - self.missing - self.corrupt


def plan(seed: int = 1) -> Planted:
    """Draw who has which fault: the numbers that the register has known."""
    every = tuple(sorted(in_use(YEAR)))
    drawn = Random(seed).sample(every, len(every))  # noqa: S311  a test's own
    missing, corrupt, rest = drawn[:13], drawn[13:18], drawn[18:]
    silent, others = rest[:209], rest[209:]
    return Planted(
        every,
        frozenset(missing),
        frozenset(silent),
        frozenset(others[:41]),
        frozenset(corrupt),
        others[50],
        others[51],
        tuple(frozenset(others[60 + at : 65 + at + at % 3]) for at in range(15)),
    )


def write(folder: Path, planted: Planted, persons: int, workers: int = 2) -> None:
    """Write the inbox."""
    numbers = sorted(set(planted.everybody) - planted.missing)
    with ProcessPoolExecutor(workers) as pool:
        jobs = [pool.submit(_write, folder, number, planted, persons) for number in numbers]
        for job in jobs:
            job.result()


def _write(folder: Path, number: str, planted: Planted, persons: int) -> None:
    """Write the files of one municipality, in a folder of its own."""
    suspect_of = [at for at, places in enumerate(planted.suspects) if number in places]
    wish = Wish(number, YEAR, persons, 1, "3.7", gaps=False)
    own = folder / number
    chosen = _faults(number, planted)
    Delivery(wish, own, chosen).write(Extras(ident=bool(suspect_of)))
    path, ident = own / f"iplos-{number}-{YEAR}.xml", own / f"ident-{number}-{YEAR}.xml"
    text = _with_system(path.read_text("utf-8"), number, planted)
    path.write_text(text, "utf-8")
    if suspect_of:  # the same identity in each place, whoever had the line
        numbers = _FID.findall(ident.read_text("utf-8"))
        for at in suspect_of:
            numbers[at] = f'fid="{_identity(at)}"'
        parts = iter(numbers)
        ident.write_text(_FID.sub(lambda _: next(parts), ident.read_text("utf-8")), "utf-8")
    if number in planted.corrupt:
        path.write_text(text[: len(text) // 2], "utf-8")
    if number == planted.copied:
        (own / "en gang til.xml").write_text(text, "utf-8")
    if number == planted.same_number:
        (own / "a-foer.xml").write_text(_TWIN.sub("</PERSON>", text, count=1), "utf-8")


def _faults(number: str, planted: Planted) -> Sequence[Chosen]:
    name = FAULT if number in planted.with_fault else "REH-09" if number in planted.silent else ""
    return (Chosen(replace(faults()[name], fewest=0), 1),) if name else ()


def _with_system(text: str, number: str, planted: Planted) -> str:
    faulty = number in planted.with_fault
    system, version = (SYSTEM, VERSION) if faulty else _OTHERS[int(number) % len(_OTHERS)]
    text = re.sub("<iiSysID>.*?<", f"<iiSysID>{system}<", text)
    return re.sub("<iiSysVersjon>.*?<", f"<iiSysVersjon>{version}<", text)


def _identity(at: int) -> str:
    """Return a synthetic number (month + 80) that no generated person has."""
    begun = f"{10 + at:02}8150"
    return next(
        number
        for individual in range(900, 999)
        for control in range(100)
        if is_identity(number := f"{begun}{individual}{control:02}")
    )
