"""Concepts about stays and groups of services: one row per person, spells merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import OPEN, Child, Person, Row, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value


def stay(**told: Value) -> Row:
    """Return langtidsopphold's row for a stay since 2018 at one unit, changed as told."""
    row: Row = {
        "person_rad": 1,
        "rad": 2,
        "i_aaret": 1,
        "per_statusdato": 1,
        "fra": "20180101",
        "til": OPEN,
        "siste_dag_i_aaret": "20191231",
        "dager_i_aaret": 365,
        "enhet": None,
        "sykehjem": None,
        "alder": 80,
    }
    return row | told


def ended(day: str, days: int, **told: Value) -> Row:
    """Return the row of a stay that ended on a day of the year and is over at its end."""
    return stay(til=day, siste_dag_i_aaret=day, dager_i_aaret=days, per_statusdato=0) | told


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(service(21, "20180101")), [stay()]),
        (person(service(21, "20180101", None)), [stay()]),
        (person(service(21, "20180101", vedtak=None), alder="12"), [stay(alder=12)]),
        (person(service(21, "20180101", "20191231")), [stay(til="20191231")]),
        (person(service(21, "20180101", "20191230")), [ended("20191230", 364)]),
        (person(service(21, "20180101", "20190101")), [ended("20190101", 1)]),
        (person(service(21, "20180101", "20181231")), []),
        (person(service(21, "20180101"), dod="20190615"), [ended("20190615", 166)]),
        (person(service(21, "20180101"), dod="20191231"), [ended("20191231", 365)]),
        (person(service(21, "20180101"), dod="20181231"), []),
        (person(service(21, "20191231")), [stay(fra="20191231", dager_i_aaret=1)]),
        (person(service(21, "20200102")), []),
        (person(service(21, vedtak="1")), []),
        (person(service(21, None)), []),
        (person(service(20)), []),
        (person(), []),
    ],
)
def test_a_long_stay_is_read_to_its_last_day_in_the_year(
    given: Person, expected: list[Row]
) -> None:
    assert expected == rows("langtidsopphold", given)


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        (
            [service(21, "20190101", "20190131", tjInstOrgnr="A"), service(21, "20191001")],
            stay(rad=3, fra="20190101"),
        ),
        (
            [service(21, "20190101", "20190131"), service(21, "20190301", "20190331")],
            ended("20190331", 90, rad=3, fra="20190101"),
        ),
        (
            [service(21, "20180101", tjInstOrgnr="A"), service(21, "20190301", tjInstOrgnr="B")],
            stay(rad=3, enhet="B"),
        ),
        (
            [service(21, "20190301", tjInstOrgnr="B"), service(21, "20180101", tjInstOrgnr="A")],
            stay(rad=2, enhet="B"),
        ),
        (
            [
                service(21, "20180101", tjInstOrgnr="A"),
                service(21, "20190301", "20190601", tjInstOrgnr="B"),
            ],
            stay(rad=2, enhet="A"),
        ),
        (
            [service(21, "20180101", tjInstOrgnr="A"), service(21, "20180101", tjInstOrgnr="B")],
            stay(rad=3, enhet="B"),
        ),
        (
            [service(21, "20180101"), service(20, "20190601", tjInstOrgnr="K")],
            stay(),
        ),
        (
            [service(21, "20180101"), service(21, "20200102", tjInstOrgnr="B")],
            stay(),
        ),
    ],
)
def test_spells_of_long_stay_are_merged_and_the_last_one_names_the_unit(
    spells: list[Child], expected: Row
) -> None:
    assert [expected] == rows("langtidsopphold", person(*spells))


def test_on_a_trial_extraction_a_long_stay_is_read_to_the_status_day() -> None:
    assert [
        stay(siste_dag_i_aaret="20191120", dager_i_aaret=324),
        stay(
            person_rad=3,
            rad=4,
            fra="20191201",
            per_statusdato=0,
            siste_dag_i_aaret="20191120",
            dager_i_aaret=0,
        ),
    ] == rows(
        "langtidsopphold",
        person(service(21, "20180101")),
        person(service(21, "20191201")),
        status_day="20191120",
    )


MERGED = {
    "person_rad": 1,
    "rad": 3,
    "fra": "20190201",
    "til": "20190630",
    "per_statusdato": 0,
    "enhet": "B",
    "alder": 80,
}


@pytest.mark.parametrize(
    ("concept", "codes"),
    [
        ("tidsbegrenset_opphold", (18, 20)),
        ("tidsbegrenset_opphold", (19, 19)),
        ("avlastning_institusjon", (8, 8)),
        ("ohjelp_dogn", (25, 25)),
        ("nattopphold", (22, 22)),
        ("dagopphold", (17, 17)),
        ("kostra_sykehjemsbeboer", (18, 21)),
        ("kostra_tidsbegrenset_opphold", (8, 20)),
        ("kostra_hjemmetjeneste", (11, 15)),
        ("hd_hjemmegruppe", (4, 9)),
    ],
)
def test_a_person_has_one_row_however_many_spells(concept: str, codes: tuple[int, int]) -> None:
    spells = person(
        service(codes[0], "20190201", "20190210", tjInstOrgnr="A"),
        service(codes[1], "20190601", "20190630", tjInstOrgnr="B"),
        service(codes[1], "20190601", vedtak="1"),
        service(codes[1], None),
    )
    assert [MERGED] == rows(concept, spells, person(service(6)))


@pytest.mark.parametrize(
    ("concept", "codes"),
    [
        ("langtidsopphold", {21}),
        ("tidsbegrenset_opphold", {18, 19, 20}),
        ("opphold_rehabilitering", {19}),
        ("avlastning_institusjon", {8}),
        ("ohjelp_dogn", {25}),
        ("nattopphold", {22}),
        ("dagopphold", {17}),
        ("helsetjenester_hjemme", {15}),
        ("kostra_sykehjemsbeboer", {18, 19, 20, 21}),
        ("kostra_tidsbegrenset_opphold", {8, 18, 19, 20}),
        ("kostra_hjemmetjeneste", {1, 2, 3, 7, 11, 15}),
        ("hd_hjemmegruppe", {1, 2, 3, 4, 5, 7, 9, 11, 15}),
    ],
)
def test_a_group_of_services_holds_these_codes_and_no_others(concept: str, codes: set[int]) -> None:
    people = [person(service(code)) for code in range(1, 31)]
    found = {(int(str(row["person_rad"])) + 1) // 2 for row in rows(concept, *people)}
    assert codes == found


def test_a_person_who_came_back_is_on_a_stay_on_the_status_day() -> None:
    spells = person(service(20, "20190201", "20190210"), service(20, "20191201"))
    expected = MERGED | {"til": OPEN, "per_statusdato": 1, "enhet": None}
    assert [expected] == rows("tidsbegrenset_opphold", spells)


@pytest.mark.parametrize("concept", ["kostra_sykehjemsbeboer", "kostra_tidsbegrenset_opphold"])
def test_statistics_leave_out_stays_that_lack_a_decision(concept: str) -> None:
    assert [] == rows(concept, person(service(20, vedtak=None)))


def test_every_rehabilitation_stay_is_listed_but_no_refused_or_waiting_one() -> None:
    people = person(
        service(19, "20190201", "20190220"),
        service(19, "20190601", None),
        service(19, "20190301", vedtak="1"),
        service(19, None),
        service(20),
    )
    assert [
        {"rad": 2, "person_rad": 1, "fra": "20190201", "til": "20190220"},
        {"rad": 3, "person_rad": 1, "fra": "20190601", "til": "20190805"},
    ] == rows(
        "opphold_rehabilitering", Person(people.cells | {"peDodDato": "20190805"}, people.children)
    )
