"""The generated persons are like the published figures, as near as chance allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kpr_validator.generate import extras
from kpr_validator.generate.chance import Chance
from kpr_validator.generate.delivery import Extras
from kpr_validator.generate.files import LAST_YEAR, SENDING, UNITS
from kpr_validator.generate.municipalities import persons, populations
from kpr_validator.generate.services import Services
from kpr_validator.generate.solve import population
from kpr_validator.generate.targets import NumbersError, count, numbers, share
from kpr_validator.generate.units import Units
from tests.bench.calibration import compared, counts, goals
from tests.generated_submissions import delivered, wish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

YEARS = (2018, 2019, 2020, 2021)
COUNTRY_ONLY = "Hab/rehab utenfor institusjon, som meldt"  # some municipalities report none
ROUNDED = 0.001
OURS = 20  # stays for other reasons: no figure is published


@pytest.mark.parametrize("year", YEARS)
def test_the_numbers_can_be_met_together(year: int) -> None:
    people = population(year)
    assert 1 == pytest.approx(sum(one.share for one in people.situations))
    for code, facts in numbers()["tjeneste"].items():
        if facts.get("fra_aar", year) <= year and int(code) != OURS:
            drawn = people.share_of(lambda one, code=int(code): one.probability(code))  # type: ignore[misc]
            assert share(facts["aaret"], year) == pytest.approx(drawn, abs=1e-6), code


@pytest.mark.parametrize("year", YEARS)
def test_the_published_groups_are_met(year: int) -> None:
    told, people = numbers()["grupper"], population(year)
    for group in ("hjemmeboende", "institusjon"):
        codes = told[group]["koder"]
        drawn = people.share_of(lambda one, codes=codes: one.has_any(codes))  # type: ignore[misc]
        assert share(told[group], year) == pytest.approx(drawn, abs=ROUNDED)
    stays = {code: people.stays_on[code] for code in told["hjemmetjeneste"]["koder"]}
    drawn = people.share_of(lambda one: one.keeps_any(stays))
    assert share(told["hjemmetjeneste"], year) == pytest.approx(drawn, abs=ROUNDED)


@pytest.mark.parametrize("year", YEARS)
def test_as_many_with_dementia_have_a_service_still_as_is_published(year: int) -> None:
    people = population(year)
    ill = next(one for one in people.situations if one.has_dementia)
    told = next(row for row in numbers()["situasjon"] if row["navn"] == ill.name)["fast"]
    still = {code: ill.likely[int(code)] * people.stays_on[int(code)] for code in told}
    wanted = {code: share(published, year) for code, published in told.items()}
    assert wanted == pytest.approx(still, abs=1e-6)


@pytest.mark.parametrize("year", YEARS)
def test_rehabilitation_has_the_published_ages_and_needs_at_once(year: int) -> None:
    people, told = population(year), numbers()["rehabilitering"]
    chance = Chance(1)
    services = Services(people, Units("1820", 100), chance)
    likely = extras.Extras(people, services, chance).rehabilitation
    asked = [one for one in people.situations if one.name in told["situasjoner"]]
    drawn = [
        [sum(one.share * one.ages[a] * one.needs[n] for one in asked) * part for n, part in row]
        for a, row in enumerate(map(enumerate, likely))
    ]
    measure = told["aaret"]["maal"]
    ages = [count({"maal": measure, "gruppe": group}, year) for group in told["alder"]]
    needs = [count({"maal": f"{measure}_andel", "gruppe": group}, year) for group in told["behov"]]
    assert _shares(ages) == pytest.approx(_shares([sum(row) for row in drawn]), abs=1e-6)
    assert _shares(needs) == pytest.approx(
        _shares([sum(of) for of in zip(*drawn, strict=True)]), abs=1e-6
    )
    assert share(told["aaret"], year) == pytest.approx(sum(map(sum, drawn)))


def _shares(counts: Sequence[float]) -> list[float]:
    return [one / sum(counts) for one in counts]


@pytest.mark.parametrize(("year", "nearest"), [(2005, 2018), (2017, 2018), (2022, 2021)])
def test_a_year_outside_the_format_has_the_nearest_shares(year: int, nearest: int) -> None:
    """A fault moves the data year out of the format, where no figures are fitted."""
    assert replace(population(nearest), year=year) == population(year)


def test_a_figure_between_two_years_lies_on_the_line() -> None:
    told = {"maal": "individuell_plan_hjemme", "gruppe": "måltall 1"}
    assert [0.066, 0.089, 0.112] == [pytest.approx(share(told, y)) for y in (2018, 2019, 2020)]


def test_a_break_counts_in_its_own_year_only() -> None:
    told = {"maal": "rehabilitering_utenfor_institusjon", "per": "året"}
    assert 7056 == count(told, 2019)
    assert 30_000 < count({**told, "uten_brudd": True}, 2019)
    assert 30_000 < count(told, 2020)


def test_what_nobody_has_published_is_refused() -> None:
    with pytest.raises(NumbersError, match="ingen publiserte tall"):
        share({"maal": "finnes ikke"}, 2019)


@pytest.mark.parametrize("year", YEARS)
def test_the_country_has_the_published_number_of_recipients(year: int) -> None:
    refused = float(numbers()["mottakere"]["bare_avslag"])
    every = sum(persons(year).values()) * (1 - refused)
    assert count({"maal": "mottakere", "per": "året"}, year) == pytest.approx(every, rel=ROUNDED)


def test_a_municipality_that_is_still_there_has_its_own_population() -> None:
    assert 717_710 == populations(2019)["0301"]
    assert populations(2024) == {number: n for number, n in populations(2024).items() if n > 0}


@pytest.mark.slow
@pytest.mark.parametrize(("year", "seed"), [(2018, 5), (2019, 3), (2021, 4)])
@pytest.mark.parametrize("gaps", [False, True])
def test_twenty_thousand_persons_are_like_the_published_figures(
    tmp_path: Path, year: int, seed: int, *, gaps: bool
) -> None:
    wanted = replace(wish(year, 20_000, seed), gaps=gaps)
    files = delivered(tmp_path, wanted, Extras(last_year=year > 2018))
    last_year = str(files[LAST_YEAR]) if LAST_YEAR in files else None
    counted = counts(str(files[SENDING]), str(files[UNITS]), last_year)
    assert 0 == counted.findings
    rows = compared(counted.tallies, year)
    asked = [row for row in rows if row.goal.is_gap == gaps and row.goal.name != COUNTRY_ONLY]
    assert asked
    assert [] == [(row.goal.name, row.target, row.tally) for row in asked if not row.is_near]


def test_every_goal_has_a_name_of_its_own() -> None:
    assert len(goals()) == len({goal.name for goal in goals()})
