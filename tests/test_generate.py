"""A generated submission is one that nothing can be said against, the same everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from math import sqrt
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from kpr_validator import catalogue
from kpr_validator.generate.chance import Chance, Deal
from kpr_validator.generate.delivery import Extras
from kpr_validator.generate.files import IDENT, LAST_YEAR, SENDING, UNITS
from kpr_validator.generate.units import Units
from kpr_validator.identity import is_valid, shift_of
from kpr_validator.model import Verdict
from tests.generated_submissions import Judged, delivered, judged, wish

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = Judged(Verdict.ACCEPTED, [])


@pytest.mark.parametrize(("year", "count"), [(2018, 1), (2018, 58), (2018, 150), (2021, 130)])
def test_nothing_is_found_in_a_submission(tmp_path: Path, year: int, count: int) -> None:
    files = delivered(tmp_path, wish(year, count, 19), Extras(ident=True))
    assert NOTHING == judged(files)


@pytest.mark.parametrize("count", [1, 59, 250])
def test_nothing_is_found_beside_the_year_before(tmp_path: Path, count: int) -> None:
    files = delivered(tmp_path, wish(2019, count, 3, "1201"), Extras(ident=True, last_year=True))
    assert NOTHING == judged(files)
    assert NOTHING == judged(files, LAST_YEAR)


@pytest.mark.slow
@pytest.mark.parametrize("year", [2018, 2019, 2021])
@pytest.mark.parametrize(("count", "seeds"), [(1, 40), (20, 40), (60, 20), (300, 6), (20_000, 1)])
def test_nothing_is_found_whatever_the_seed(
    tmp_path: Path, year: int, count: int, seeds: int
) -> None:
    extras = Extras(ident=True, last_year=year > 2018)
    for seed in range(seeds):
        files = delivered(tmp_path, wish(year, count, seed, "0301"), extras)
        assert NOTHING == judged(files), seed
        assert not extras.last_year or NOTHING == judged(files, LAST_YEAR), seed


def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    here = delivered(tmp_path / "here", wish(2019, 40, 7), Extras(ident=True, last_year=True))
    code = (
        "from pathlib import Path; from tests.generated_submissions import *;"
        f"delivered(Path({str(tmp_path / 'there')!r}), wish(2019, 40, 7), Extras(True, True))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "99"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    for path in here.values():
        assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes()


def test_another_seed_gives_other_persons(tmp_path: Path) -> None:
    one, other = (
        delivered(tmp_path / str(seed), wish(2019, 5, seed), Extras())[SENDING].read_bytes()
        for seed in (1, 2)
    )
    assert one != other


def test_a_file_has_the_line_ends_of_no_platform(tmp_path: Path) -> None:
    files = delivered(tmp_path, wish(2019, 5, 1), Extras(ident=True))
    assert not [path for path in files.values() if b"\r" in path.read_bytes()]


def test_a_file_has_as_many_persons_as_wished(tmp_path: Path) -> None:
    files = delivered(tmp_path, wish(2019, 37, 1), Extras(ident=True))
    assert 37 == files[SENDING].read_text("utf-8").count("<PERSON ")
    assert 37 == files[IDENT].read_text("utf-8").count("<PasientIdent ")


def test_every_number_is_of_a_series_that_no_person_gets(tmp_path: Path) -> None:
    files = delivered(tmp_path, wish(2019, 300, 1), Extras(ident=True))
    numbers = re.findall(r'fid="(\d+)"', files[IDENT].read_text("utf-8"))
    assert {80} == {shift_of(number) for number in numbers}
    assert [] == [number for number in numbers if not is_valid(number, "20191231")]
    assert len(numbers) == len(set(numbers))


def test_every_file_says_that_it_is_test_data(tmp_path: Path) -> None:
    files = delivered(tmp_path, wish(2019, 3, 1), Extras(ident=True, last_year=True))
    for kind, path in files.items():
        word = "Syntetisk " if kind == UNITS else "Syntetiske testdata"
        assert word in path.read_text("utf-8")


def test_organisation_numbers_are_valid_by_form_and_of_no_real_unit(tmp_path: Path) -> None:
    files = delivered(tmp_path, wish(2019, 900, 1), Extras())
    numbers = [line[:9] for line in files[UNITS].read_text("utf-8").splitlines()[1:]]
    weights = (3, 2, 7, 6, 5, 4, 3, 2, 1)
    for number in numbers:
        assert 0 == sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11
        assert "3" == number[0]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("year", "unused"), [(2018, {"tjTjenUnderType"}), (2019, set())])
def test_every_field_of_the_format_is_used(tmp_path: Path, year: int, unused: set[str]) -> None:
    files = delivered(tmp_path, wish(year, 600, 1), Extras())
    root = etree.parse(files[SENDING]).getroot()
    used = {etree.QName(element).localname for element in root.iter("{*}*")}
    plan = catalogue.find(etree.QName(root).namespace or "", "IPLOS")
    assert plan
    fields = {row["felt"] for row in plan.fields if row["art"] == "element"}
    assert unused == fields - used


def test_day_activities_and_day_stay_are_never_at_the_same_unit() -> None:
    """With the same days as well it would look like one offer with two codes."""
    units = Units("0301", 20_000)
    assert units.doing(4)
    assert units.doing(17)
    assert set() == {*units.doing(4)} & {*units.doing(17)}


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_many_small_files_together_have_the_shares_of_a_large_one(share: float) -> None:
    """What is rounded for each alike would be far off for a country of small municipalities."""
    files, persons = 1000, 30
    chances = [Chance(seed) for seed in range(files)]
    drawn = sum(chance.evenly("tjeneste", share) for chance in chances for _ in range(persons))
    deals = [Deal(Chance(seed), [1 - share, share, 0]) for seed in range(files)]
    dealt = sum(deal.next() for deal in deals for _ in range(persons))
    for counted in (drawn, dealt):
        assert files * persons * share == pytest.approx(counted, abs=3 * sqrt(files / 4))


def test_a_share_is_held_on_the_way() -> None:
    chance, drawn = Chance(3), 0
    deal, dealt = Deal(chance, [0.7, 0.3]), 0
    for persons in range(1, 500):
        drawn += chance.evenly("tjeneste", 0.3)
        dealt += deal.next()
        assert max(abs(drawn - 0.3 * persons), abs(dealt - 0.3 * persons)) < 2
