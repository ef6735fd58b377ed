"""Every fault gives the findings that it says, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpr_validator.generate.delivery import Extras
from kpr_validator.generate.faults.plan import (
    Chosen,
    PlanError,
    apart,
    chosen,
    documented,
    together,
)
from kpr_validator.generate.faults.stock import kinds
from kpr_validator.generate.faults.table import faults
from kpr_validator.generate.files import LAST_YEAR
from kpr_validator.rules import all_rules
from tests.generated_submissions import wish
from tests.planted_faults import Outcome, outcome

if TYPE_CHECKING:
    from pathlib import Path

    from kpr_validator.generate.faults.table import Fault

AS_PLANTED = Outcome([], [])
YEARS = (2018, 2019, 2020, 2021)
# Two judges of the schema that disagree are a fault of the program, not of a file.
NO_FAULT = {"XSD-99"}
APART = [(year, fault) for year in YEARS for fault in [*apart(year), *documented(year)]]
IN_A_MOMENT = {"KOM-13", "IDT-20", "KOM-21", "LES-03", "XSD-04", "kommunesammenslaaing"}


def alone(folder: Path, year: int, fault: Fault) -> Outcome:
    """Return what comes of one fault in a submission just large enough for it."""
    persons = max(fault.fewest, fault.count + 20)
    return outcome(folder, wish(year, persons, 3), [Chosen(fault, 1)], Extras())


def named(value: object) -> str:
    """Return what a case is called."""
    return str(getattr(value, "id", value))


def test_every_rule_has_a_fault() -> None:
    rules = {rule for rule in all_rules() if rule not in NO_FAULT}
    assert rules == {fault.id for fault in faults().values() if fault.is_rule}


@pytest.mark.parametrize("year", YEARS)
def test_a_fault_is_made_in_the_years_of_its_rule(year: int) -> None:
    rules = all_rules()
    made = {fault.id for fault in [*together(year), *apart(year)]}
    asked = {
        rule.id
        for rule in rules.values()
        if (rule.since or 0) <= year <= (rule.until or 9999) and rule.id not in NO_FAULT
    }
    without = {rule for rule in asked if year == 2018 and LAST_YEAR in faults()[rule].companions}
    assert asked - without == made


@pytest.mark.parametrize("year", [2018, 2019])
def test_what_is_planted_together_is_found_and_nothing_else(tmp_path: Path, year: int) -> None:
    picked = [Chosen(fault, 1) for fault in together(year)]
    extras = Extras(ident=True, last_year=year > 2018)
    assert AS_PLANTED == outcome(tmp_path, wish(year, len(picked) + 150, 3), picked, extras)


@pytest.mark.parametrize(
    ("year", "fault"),
    [case for case in APART if case[0] == 2019 and case[1].id in IN_A_MOMENT],
    ids=named,
)
def test_what_is_planted_alone_is_found_and_nothing_else(
    tmp_path: Path, year: int, fault: Fault
) -> None:
    assert AS_PLANTED == alone(tmp_path, year, fault)


@pytest.mark.slow
@pytest.mark.parametrize(("year", "fault"), APART, ids=named)
def test_every_fault_is_found_in_every_year(tmp_path: Path, year: int, fault: Fault) -> None:
    assert AS_PLANTED == alone(tmp_path, year, fault)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2020, 2021])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_planted_is_found_whatever_the_seed(tmp_path: Path, year: int, seed: int) -> None:
    picked = [Chosen(fault, 1) for fault in together(year)]
    extras = Extras(ident=True, last_year=True)
    assert AS_PLANTED == outcome(tmp_path, wish(year, 900, seed), picked, extras)


def test_a_rate_plants_a_fault_in_its_share_of_the_persons(tmp_path: Path) -> None:
    picked = chosen("LMG-03:0.1,IP-01:0.05", 2019, 200)
    assert [20, 10] == [one.persons for one in picked]
    assert AS_PLANTED == outcome(tmp_path, wish(2019, 200, 3), picked, Extras())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("IP-99", "unknown"),
        ("IP-06", "year"),
        ("IP-01:mye", "rate"),
        ("IP-01:0", "rate"),
        ("LES-01,IP-01", "alone"),
        ("nesbyen-bpa", "persons"),
    ],
)
def test_a_wish_that_cannot_be_met_says_why(words: str, why: str) -> None:
    with pytest.raises(PlanError, match=why):
        chosen(words, 2019, 100)


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_of_person_is_used(kind: str) -> None:
    assert any(fault.person == kind for fault in faults().values())
