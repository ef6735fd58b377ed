"""Generated deliveries on disk, and what is found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.generate.delivery import Delivery, Extras
from kpr_validator.generate.files import IDENT, LAST_YEAR, SENDING, UNITS
from kpr_validator.generate.submission import Wish, version_of
from kpr_validator.pipeline import Options, check_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kpr_validator.model import Verdict


class Judged(NamedTuple):
    """The verdict, and the rule and person of each finding."""

    verdict: Verdict
    findings: list[tuple[str, str | None]]


def wish(year: int, persons: int, seed: int, municipality: str = "1820") -> Wish:
    """Return a wish in the format of its year."""
    return Wish(municipality, year, persons, seed, version_of(year))


def delivered(folder: Path, wanted: Wish, extras: Extras) -> Mapping[str, Path]:
    """Write a delivery; return its files by kind."""
    return {made.kind: folder / made.name for made in Delivery(wanted, folder).write(extras)}


def judged(files: Mapping[str, Path], kind: str = SENDING) -> Judged:
    """Judge one of the messages with everything that belongs to it."""
    is_sending = kind == SENDING
    options = Options(
        units=str(files[UNITS]),
        ident=str(files[IDENT]) if is_sending and IDENT in files else None,
        last_year=str(files[LAST_YEAR]) if is_sending and LAST_YEAR in files else None,
        test_data=True,
    )
    with check_file(str(files[kind]), options) as report:
        found = [(finding.rule, finding.person) for finding in report.findings()]
        return Judged(report.verdict, found)
