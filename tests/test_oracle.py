"""Every figure is the same when it is recomputed in plain Python, straight from the XML."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kpr_validator.indicators import all_indicators
from kpr_validator.pipeline import Options, check_file
from tests.bench.writer import Wish, write
from tests.generated import document
from tests.oracle.chance import random_submission
from tests.oracle.checklist import Listed, checklist
from tests.oracle.facts import Facts, Year, year_of
from tests.oracle.indicators import INDICATORS, count
from tests.oracle.reading import lose, read
from tests.oracle.tables import Cells, Number, tabulate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpr_validator.figures import Cell, Figures, Table

PERSONS = 2_000
FAULTY = 0.3
RANDOM_PERSONS = 400
SEEDS = range(10)
UNITS = """orgnr;navn;næringskode
310001007;Et sykehjem;87.102
310002003;En barnebolig;87.901
"""
HOMES = {"310001007": True, "310002003": False}
ONE_YEAR = ("tjenestekoder", "funksjon")
VIEWS = ("sent", "received")

Parts = dict[str, dict[str, int]]


class Account(NamedTuple):
    """One account of a submission, without the 0s: by indicator and part, by table and cell."""

    parts: Parts
    cells: dict[str, Cells]


class Named(NamedTuple):
    """The persons behind each part of the indicators, and the residents of the checklists."""

    parts: dict[tuple[str, str], set[str]]
    residents: list[Listed]


class Counted(NamedTuple):
    """Both accounts of one submission as sent and as received: what is told, and what is read."""

    figures: Figures
    year: Year
    persons: int
    told: dict[str, Account]
    read: dict[str, Account]
    told_by_name: Named
    read_by_name: Named


def _account_told(figures: Figures, view: str) -> Account:
    parts = {
        figure.id: {
            part.id: number for part in figure.parts if (number := getattr(part.count, view))
        }
        for figure in figures.indicators
    }
    return Account(parts, {table.id: dict(_told(table, view)) for table in figures.tables})


def _named_told(figures: Figures) -> Named:
    parts = {key: set(names) for key in figures.persons if (names := figures.persons[key])}
    residents = [
        Listed(one.unit, who.person, who.age, who.since, tuple(mark.word for mark in who.marks))
        for one in figures.checklists()
        for who in one.residents
    ]
    return Named(parts, residents)


def _account_read(people: list[Facts], year: Year) -> Account:
    parts = {
        name: {part: len(persons) for part, persons in found.items()}
        for name, found in count(people).items()
        if INDICATORS[name][0] <= year.number
    }
    return Account(parts, tabulate(people, year))


def _named_read(people: list[Facts]) -> Named:
    found = count(people).items()
    parts = {(name, part): set(who) for name, parts in found for part, who in parts.items()}
    return Named(parts, checklist(people))


def _told(table: Table, view: str) -> Iterator[tuple[tuple[str, int], Number]]:
    """Yield this year's cells; in a table of two years every other column is last year's."""
    step = 1 if table.id in ONE_YEAR else 2
    for line in table.lines:
        this_year = [cell for cell in line.cells if not cell.is_change][::step]
        for column, cell in enumerate(this_year):
            number = _number(cell, view)
            if number.number or number.of is not None:
                yield (line.id, column), number


def _number(cell: Cell, view: str) -> Number:
    number = getattr(cell.count, view) if cell.count else 0
    return Number(number, getattr(cell.of, view) if cell.of else None)


def _counted(path: Path, units: Path | None = None) -> Counted:
    with check_file(str(path), Options(units=str(units) if units else None)) as report:
        figures, findings, outcome = report.figures(), list(report.findings()), report.outcome
        assert figures
        assert outcome
        told_by_name = _named_told(figures)
    text = path.read_bytes()
    roots = {"sent": read(text), "received": read(text)}
    lose(roots["received"], findings, is_received=outcome.received is not False)
    year = year_of(roots["sent"].of("INNHINFO")[0])
    people = {
        view: [Facts(person, year, HOMES if units else None) for person in root.of("PERSON")]
        for view, root in roots.items()
    }
    return Counted(
        figures,
        year,
        persons=len(people["sent"]),
        told={view: _account_told(figures, view) for view in VIEWS},
        read={view: _account_read(people[view], year) for view in VIEWS},
        told_by_name=told_by_name,
        read_by_name=_named_read(people["sent"]),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the submissions are written."""
    return tmp_path_factory.mktemp("oracle")


@pytest.fixture(scope="module", params=[0.0, FAULTY], ids=["clean", "faulty"])
def large(request: pytest.FixtureRequest, folder: Path) -> Counted:
    """Return the accounts of 2 000 persons, without faults or with many."""
    write(folder / "stor.xml", Wish(PERSONS, seed=11, faults=request.param))
    return _counted(folder / "stor.xml")


@pytest.fixture(scope="module")
def scattered(folder: Path) -> list[Counted]:
    """Return the accounts of random submissions with values at the edges.

    With every other one the units of the residents are known.
    """
    found = []
    units = folder / "enheter.csv"
    units.write_text(UNITS, encoding="utf-8")
    for seed in SEEDS:
        chance = random.Random(seed)  # noqa: S311  test data, not secrets
        path = folder / f"{seed}.xml"
        path.write_bytes(random_submission(chance, document(chance), RANDOM_PERSONS))
        found.append(_counted(path, units if seed % 2 else None))
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_the_figures_of_a_municipality_are_the_same_in_plain_python(
    large: Counted, view: str
) -> None:
    assert large.persons == PERSONS
    assert large.told[view].parts == large.read[view].parts
    assert large.told[view].cells == large.read[view].cells


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_of_a_random_submission_are_the_same(
    scattered: list[Counted], seed: int, view: str
) -> None:
    assert scattered[seed].told[view].parts == scattered[seed].read[view].parts
    assert scattered[seed].told[view].cells == scattered[seed].read[view].cells


@pytest.mark.parametrize("seed", SEEDS)
def test_the_persons_behind_the_figures_are_the_same(scattered: list[Counted], seed: int) -> None:
    assert scattered[seed].told_by_name.parts == scattered[seed].read_by_name.parts


@pytest.mark.parametrize("seed", SEEDS)
def test_the_checklists_are_the_same(scattered: list[Counted], seed: int) -> None:
    assert scattered[seed].told_by_name.residents == scattered[seed].read_by_name.residents


def test_every_page_of_an_indicator_is_recomputed() -> None:
    assert all_indicators().keys() == INDICATORS.keys()


def test_the_random_submissions_reach_every_part_of_every_indicator(
    scattered: list[Counted],
) -> None:
    parts = {
        (figure.id, part.id)
        for one in scattered
        for figure in one.figures.indicators
        for part in figure.parts
    }
    reached = {
        (name, part)
        for one in scattered
        for name, found in one.read["sent"].parts.items()
        for part in found
    }
    assert parts - reached == set()


def test_what_is_received_differs_from_what_is_sent_in_most_indicators(
    scattered: list[Counted],
) -> None:
    changed = {
        name
        for one in scattered
        for name, found in one.read["sent"].parts.items()
        if found != one.read["received"].parts[name]
    }
    assert len(changed) > len(INDICATORS) / 2


def test_trials_and_several_years_are_among_the_random_submissions(
    scattered: list[Counted],
) -> None:
    assert {one.year.number for one in scattered} >= {2018, 2019, 2020}
    assert {one.year.status == one.year.last for one in scattered} == {False, True}
