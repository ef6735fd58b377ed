"""Where patterns can't be trusted every record goes the exact way, with the same answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kpr_validator.pattern import is_safe
from kpr_validator.pipeline import Options, check_file

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.xml"))


def test_the_guard_knows_which_pythons_are_unsafe() -> None:
    """Possessive groups are right from 3.11.5 on, and only then are they used."""
    assert is_safe() == (sys.version_info >= (3, 11, 5))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_both_ways_find_the_same(path: Path) -> None:
    """Findings, tallies, counts and verdict are those of the fast way."""
    told = []
    for fast in (True, False):
        with check_file(str(path), Options(fast=fast)) as report:
            told.append((report.verdict, report.counts, report.tallies, [*report.findings()]))
    assert told[0] == told[1]


def test_a_report_says_that_the_exact_way_was_taken() -> None:
    """Someone who wonders why it is slow is told."""
    with check_file(str(EXAMPLES[0]), Options(fast=False)) as report:
        assert report.submission.exact_way_only
