"""What may be shared of barnehabilitering: no patient, and no hidden number that follows."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kpr_validator.barnehabilitering import Result, measure
from kpr_validator.cli import app
from kpr_validator.contacts import read_contacts
from kpr_validator.measures_merged import OTHERS
from kpr_validator.measures_shared import MEASURES, OURS, TOTAL, Net, shared_rows
from kpr_validator.model import LANGUAGES
from kpr_validator.report.as_contacts import as_json, as_text
from kpr_validator.suppress import LIMITS, hidden
from tests.rank import recovered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADING = "pasient;enhet;dato;fagområde;status;rhf;hf;behandlingssted"
STATUSES = ("", "", "4", "5", "5", "31", "1", "2", "9")
YEAR = 2015


def _result(lines: Sequence[str]) -> Result:
    contacts = read_contacts("\n".join((HEADING, *lines)).encode())
    return Result("k.csv", "ab" * 32, YEAR, contacts, tuple(measure(contacts, YEAR)))


def _random(seed: int, patients: int, sites: int) -> Result:
    """Return a table with sites of all sizes, some of which say that they are of another HF."""
    chance = random.Random(seed)  # noqa: S311  test data, not secrets
    lines = []
    for patient in range(patients):
        site = int(sites * chance.random() ** 2)
        for _ in range(chance.randint(2, 6)):
            hf = site // 2 if chance.random() < 0.99 else 0
            day = f"{YEAR}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            place = f"R{hf // 2};H{hf};S{site}"
            lines.append(f"pasient{patient};e;{day};233;{chance.choice(STATUSES)};{place}")
    return _result(lines)


def _attack(seed: int, limit: int) -> None:
    chance = random.Random(seed)  # noqa: S311  test data, not secrets
    result = _random(seed, chance.randint(20, 90), chance.randint(1, 5))
    ours = [row for row in result.rows if row.choice == OURS]
    net = Net(ours, result.contacts, limit)
    numbers = net.numbers()
    for one in numbers.sums:
        assert numbers.values[one.total] == sum(numbers.values[part] for part in one.parts)
    held = hidden(numbers, limit)
    shown = numbers.values.keys() - held - {*numbers.unseen}
    assert [key for key in shown if 0 < numbers.values[key] < limit] == []
    assert recovered(numbers, held) == set()


@pytest.mark.parametrize("seed", [0, 2, 4, 5])
def test_nothing_that_is_held_back_follows_from_what_is_shown(seed: int) -> None:
    """The exact attack, over all places, levels and periods of random tables."""
    _attack(seed, LIMITS[seed // 2 % 2])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 3, *range(6, 60)])
def test_nothing_follows_in_many_more_tables(seed: int) -> None:
    _attack(seed, LIMITS[seed // 2 % 2])


def test_places_with_few_patients_are_one_line() -> None:
    """Twelve at one site, and eight and three at two others, of which the sum is told."""
    sizes = {"A": 12, "B": 8, "C": 3}
    lines = [
        f"{site}{n};e;2015-0{month}-01;233;4;R;H;{site}"
        for site, size in sizes.items()
        for n in range(size)
        for month in (1, 2, 3)
    ]
    rows = [row for row in shared_rows(_result(lines), 10) if row.row.period == "2015"]
    sites = {row.row.place: row.told[TOTAL] for row in rows if row.row.level == "site"}
    assert sites == {"A": 12, OTHERS: 11}
    [country] = [row for row in rows if row.row.level == "country"]
    assert (country.shares, country.counts) == (((23, 23), (0, 23), (0, 23)), (23, 23, 0, 23, 0))


def test_a_rest_that_is_small_is_protected() -> None:
    """Of 23 in an HF twenty are at one site: the other three may not be left over."""
    lines = [
        f"{site}{n};e;2015-0{month}-01;233;4;R;H{site == 'C'};{site}"
        for site, size in {"A": 20, "B": 3, "C": 30}.items()
        for n in range(size)
        for month in (1, 2, 3)
    ]
    rows = {
        (row.row.level, row.row.place): row.told[TOTAL]
        for row in shared_rows(_result(lines), 10)
        if row.row.period == "2015"
    }
    told = [rows["hf", "HFalse"], rows["site", "A"]]
    assert None in told
    assert rows["site", OTHERS] is None


def test_what_is_shown_is_true() -> None:
    """Where a number is shown it is that of the whole table."""
    result = _random(3, 200, 4)
    whole = {
        (row.period, row.level, row.place): row.measures
        for row in result.rows
        if row.choice == OURS
    }
    told = [one for one in shared_rows(result, 5) if one.row.place != OTHERS]
    assert any(None not in one.counts for one in told)
    for one in told:
        measures = whole[one.row.period, one.row.level, one.row.place]
        for number, true in zip(one.counts, measures.counts, strict=True):
            assert number in {None, true}
        for (teller, nevner), share in zip(one.shares, measures.shares, strict=True):
            assert (teller in {None, share.teller}, nevner in {None, share.nevner}) == (True, True)
    assert [*MEASURES] == list(dict.fromkeys(MEASURES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_patient_line_or_unlisted_code_is_shared(language: str) -> None:
    """A place that is called what a patient is called has no name either."""
    lines = [
        f"HEMMELIG{n};e;2015-0{month}-01;233;{'77' if n % 2 else '5'};R;H;HEMMELIG1"
        for n in range(30)
        for month in (1, 2, 3)
    ]
    result = _result([*lines, "HEMMELIG1;e;2015-13-01;233;5;R;H;S"])
    text = "".join(as_text(result, language, 80, 10))
    told = "".join(as_json(result, language, 10))
    for shown in (text, told):
        assert "HEMMELIG" not in shown
        assert "k.csv" not in shown
    assert "77" not in text
    assert json.loads(told)["problems"] == []
    assert {json.loads(told)["mark"]} == {text.splitlines()[1].strip()}
    assert max(map(len, text.splitlines())) <= 80
    [country] = [
        row
        for row in json.loads(told)["rows"]
        if (row["level"], row["period"]) == ("country", "2015")
    ]
    assert (country["statuses"], country["unknown"]) == ({"5": 15}, 15)


def test_from_the_front_door(tmp_path: Path) -> None:
    """The internal form is marked too, and a limit that is not documented is refused."""
    path = tmp_path / "kontakter.csv"
    lines = [f"p{n};e;2015-0{m}-01;233;5;R;H;S" for n in range(4) for m in (1, 2, 3)]
    path.write_text("\n".join((HEADING, *lines)), encoding="utf-8")

    def run(*more: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["indicators", "barnehabilitering", str(path), *more])
        return done.exit_code, done.stdout

    code, internal = run()
    assert (code, "Til egen bruk" in internal, "100,0\u00a0%" in internal) == (0, True, True)
    code, shared = run("--share", "5")
    assert (code, "Kan deles" in shared, "100,0\u00a0%" in shared) == (0, True, False)
    assert json.loads(run("--share", "5", "--format", "json")[1])["limit"] == 5
    assert run("--share", "7")[0] == 2
    refused = CliRunner().invoke(app, ["indicators", str(path), "--share", "5"])
    assert (refused.exit_code, "feedback --share" in refused.stderr) == (2, True)
