"""What holds for every submission that the schema takes, whatever it says."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kpr_validator.identity import is_identity
from kpr_validator.model import Status
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_text import as_text
from tests.generated import document, person, submission
from tests.wrapper import wrapped_ident

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpr_validator.catalogue import Document

Tallies = dict[str, tuple[int, int]]

WHOLE = ("INN", "KOM", "LES", "XSD")  # themes that speak of the submission as a whole
QUICK = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),  # a smaller seed is not a smaller submission
    database=None,
)
THOROUGH = settings(QUICK, max_examples=300)
SEEDS = st.integers(0, 2**32)


def _tallies(document: Document, people: list[str]) -> Tallies:
    """Return each rule's population and violations; a rule that failed has minus one of both."""
    told: Tallies = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sendt.xml"
        path.write_bytes(submission(document, people))
        with check_file(str(path), Options()) as report:
            assert not [found for found in report.findings() if found.rule.startswith("XSD")]
            for tally in report.tallies:
                population, violations = told.get(tally.rule, (0, 0))
                told[tally.rule] = (population + tally.population, violations + tally.violations)
                if tally.status is Status.FAILED:
                    told[tally.rule] = (-1, -1)
    return told


def _drawn(seed: int, most: int) -> tuple[Random, Document, list[str]]:
    chance = Random(seed)  # noqa: S311  no secret
    drawn = document(chance)
    people = [person(chance, drawn, number) for number in range(1, chance.randint(1, most) + 1)]
    return chance, drawn, people


def _nothing_fails(seed: int) -> None:
    _, drawn, people = _drawn(seed, 8)
    tallies = _tallies(drawn, people)
    assert [rule for rule, told in tallies.items() if told == (-1, -1)] == []


def _order_is_nothing(seed: int) -> None:
    chance, drawn, people = _drawn(seed, 6)
    shuffled = chance.sample(people, len(people))
    assert _tallies(drawn, people) == _tallies(drawn, shuffled)


def _outsiders_change_nothing(seed: int) -> None:
    chance, drawn, people = _drawn(seed, 4)
    alone = person(chance, drawn, 99)
    outside = {
        rule
        for rule, (population, _) in _tallies(drawn, [alone]).items()
        if not population and not rule.startswith(WHOLE)
    }
    before, after = _tallies(drawn, people), _tallies(drawn, [*people, alone])
    assert {rule: before[rule] for rule in outside} == {rule: after[rule] for rule in outside}


@QUICK
@given(SEEDS)
def test_no_submission_that_the_schema_takes_makes_a_rule_fail(seed: int) -> None:
    """Whatever codes, dates, hours and gaps it holds."""
    _nothing_fails(seed)


@QUICK
@given(SEEDS)
def test_the_order_of_persons_means_nothing(seed: int) -> None:
    """Every tally is the same."""
    _order_is_nothing(seed)


@QUICK
@given(SEEDS)
def test_who_is_outside_a_rule_leaves_its_tally_alone(seed: int) -> None:
    """For every rule about persons: those of the whole submission may look at everybody."""
    _outsiders_change_nothing(seed)


@pytest.mark.slow
@pytest.mark.parametrize("claim", [_nothing_fails, _order_is_nothing, _outsiders_change_nothing])
def test_it_holds_for_hundreds_of_submissions(claim: Callable[[int], None]) -> None:
    """The same three claims, thoroughly."""
    THOROUGH(given(SEEDS)(claim))()


@QUICK
@given(SEEDS)
def test_no_identity_of_the_ident_message_is_shown(seed: int) -> None:
    """In no format, whatever kind of number and whichever person."""
    chance, drawn, people = _drawn(seed, 4)
    numbers = chance.sample(_SYNTHETIC, 6)
    rows = "".join(
        f'<PasientIdent pid="{at}" fid="{number}" typeID="{chance.choice((1, 2, 3, 9, 10, 12))}"/>'
        for at, number in enumerate(numbers, 1)
    )
    with tempfile.TemporaryDirectory() as folder:
        main, ident = Path(folder) / "sendt.xml", Path(folder) / "ident.xml"
        main.write_bytes(submission(drawn, people))
        ident.write_bytes(wrapped_ident(rows))
        with check_file(str(main), Options(ident=str(ident))) as report:
            told = {tally.rule for tally in report.tallies if tally.population}
            shown = "".join(
                "".join(pieces)
                for pieces in (as_json(report, "nb"), as_html(report, "nb"), as_text(report, "nb"))
            )
    assert any(rule.startswith("IDT") for rule in told)
    assert [number for number in numbers if number in shown] == []


def _synthetic() -> list[str]:
    """Return numbers of the series that are never issued to people (month + 80)."""
    found: Counter[str] = Counter()
    for day in range(1, 29):
        for tail in range(0, 100000, 7):
            number = f"{day:02}8170{tail:05}"
            if is_identity(number):
                found[number] += 1
                break
    return sorted(found)


_SYNTHETIC = _synthetic()
