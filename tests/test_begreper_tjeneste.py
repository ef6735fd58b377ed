"""Concepts about services: which are in force, and which count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import OPEN, Child, Row, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value


def active(**told: Value) -> Row:
    """Return aktiv_tjeneste's row for helsetjenester i hjemmet since March, changed as told."""
    row: Row = {
        "rad": 2,
        "person_rad": 1,
        "type": 15,
        "type_talt": 15,
        "fra": "20190301",
        "til": OPEN,
        "enhet": None,
        "timer": None,
        "per_statusdato": 1,
        "krever_vedtak": 1,
        "tellende": 1,
        "dager": None,
        "alder": 80,
    }
    return row | told


@pytest.mark.parametrize("til", [None, "", "20190231", "2019", OPEN])
def test_a_service_without_a_real_end_is_open(til: str | None) -> None:
    assert [active()] == rows("aktiv_tjeneste", person(service(15, til=til)))


@pytest.mark.parametrize(
    ("til", "expected"),
    [
        ("20181231", []),
        ("20190101", [active(fra="20180101", til="20190101", per_statusdato=0, dager=366)]),
        ("20191230", [active(fra="20180101", til="20191230", per_statusdato=0, dager=729)]),
        ("20191231", [active(fra="20180101", til="20191231", dager=730)]),
        ("20200101", [active(fra="20180101", til="20200101", dager=731)]),
    ],
)
def test_a_service_is_in_force_to_and_including_its_last_day(til: str, expected: list[Row]) -> None:
    assert expected == rows("aktiv_tjeneste", person(service(15, "20180101", til)))


@pytest.mark.parametrize(
    ("fra", "expected"),
    [
        (None, []),
        ("", []),
        ("20190231", []),
        (OPEN, []),
        ("20191231", [active(fra="20191231")]),
        ("20200101", []),
        ("20200102", []),
        ("19980101", [active(fra="19980101")]),
        ("19800101", [active(fra="19800101")]),
        ("19791231", [active(fra="19791231", tellende=0)]),
    ],
)
def test_a_service_has_begun_when_its_start_is_a_real_day_not_after_the_year(
    fra: str | None, expected: list[Row]
) -> None:
    assert expected == rows("aktiv_tjeneste", person(service(15, fra)))


@pytest.mark.parametrize(
    ("dod", "til", "expected"),
    [
        ("20190615", OPEN, [active(til="20190615", per_statusdato=0, dager=107)]),
        ("20190615", "20190601", [active(til="20190601", per_statusdato=0, dager=93)]),
        ("20190301", OPEN, [active(til="20190301", per_statusdato=0, dager=1)]),
        ("20190228", OPEN, []),
        ("20191231", OPEN, [active(til="20191231", per_statusdato=0, dager=306)]),
        ("20200103", OPEN, [active(til="20200103", dager=309)]),
        ("20181231", OPEN, []),
    ],
)
def test_a_service_ends_at_death_at_the_latest(dod: str, til: str, expected: list[Row]) -> None:
    assert expected == rows("aktiv_tjeneste", person(service(15, til=til), dod=dod))


def test_a_service_that_ends_before_it_starts_is_not_in_force() -> None:
    assert [] == rows("aktiv_tjeneste", person(service(15, "20190601", "20190531")))


def test_on_a_trial_extraction_the_status_day_decides_what_is_in_force() -> None:
    people = person(
        service(15),
        service(15, "20191201"),
        service(15, til="20191119"),
        service(15, "20191120", "20191120"),
    )
    assert [
        active(),
        active(rad=3, fra="20191201", per_statusdato=0),
        active(rad=4, til="20191119", per_statusdato=0, dager=264),
        active(rad=5, fra="20191120", til="20191120", dager=1),
    ] == rows("aktiv_tjeneste", people, status_day="20191120")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (service(15), active()),
        (service(15, vedtak=None), active(tellende=0)),
        (service(15, vedtak=""), active(tellende=0)),
        (
            service(6, vedtak=None),
            active(type=6, type_talt=6, krever_vedtak=0),
        ),
        (
            service(25, "20190801", "20190812", vedtak=None),
            active(
                type=25,
                type_talt=25,
                fra="20190801",
                til="20190812",
                per_statusdato=0,
                krever_vedtak=0,
                dager=12,
            ),
        ),
        (
            service(15, "20190801", "20190812", vedtak=None),
            active(fra="20190801", til="20190812", per_statusdato=0, tellende=0, dager=12),
        ),
        (service(12), active(type=12, type_talt=29)),
        (service(13, vedtak=None), active(type=13, type_talt=29, tellende=0)),
        (service(29), active(type=29, type_talt=29)),
        (service(16), active(type=16, type_talt=16, krever_vedtak=0, tellende=0)),
        (service(10), active(type=10, type_talt=10, krever_vedtak=0, tellende=0)),
        (
            service(15, tjTimerUke="4.50", tjInstOrgnr="987654325"),
            active(timer=4.5, enhet="987654325"),
        ),
        (service(15, tjTimerUke="", tjInstOrgnr=""), active()),
    ],
)
def test_statistics_count_valid_codes_that_are_granted_or_need_no_decision(
    given: Child, expected: Row
) -> None:
    assert [expected] == rows("aktiv_tjeneste", person(given))


def counted(year: int) -> list[int]:
    """Return the codes whose services count in the year, each granted and given in it."""
    services = [service(code, f"{year}0301") for code in range(1, 31)]
    found = rows("aktiv_tjeneste", person(*services), year=year)
    return [int(str(row["type"])) for row in found if row["tellende"]]


def test_16_counts_until_2018() -> None:
    assert [*range(1, 10), *range(11, 27)] == counted(2018)


def test_27_28_and_29_count_from_2019() -> None:
    assert [*range(1, 10), 11, 12, 13, 14, 15, *range(17, 30)] == counted(2019)


def test_these_services_need_a_decision_in_all_years() -> None:
    needing = [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 29]
    found = [
        row["type"]
        for row in rows("aktiv_tjeneste", person(*(service(code) for code in range(1, 31))))
        if row["krever_vedtak"]
    ]
    assert needing == found


def test_a_refusal_is_never_in_force_whatever_its_dates() -> None:
    refused = person(
        service(21, vedtak="1", tjVedtDato="20190215"),
        service(16, None, vedtak="1", tjVedtDato="20190231"),
        service(15, vedtak="2", tjVedtDato="20190101"),
    )
    assert [active(rad=4)] == rows("aktiv_tjeneste", refused)
    assert [
        {"rad": 2, "person_rad": 1, "type": 21, "vedtak_dato": "20190215"},
        {"rad": 3, "person_rad": 1, "type": 16, "vedtak_dato": None},
    ] == rows("avslag", refused)


def test_what_is_granted_but_not_started_is_in_a_concept_of_its_own() -> None:
    waiting = person(
        service(21, None, tjVedtDato="20191201"),
        service(16, "", tjVedtDato=""),
        service(19, "20190231"),
        service(15, "20200102"),
        service(15, None, vedtak=None),
        service(15, None, vedtak="1"),
    )
    assert [] == rows("aktiv_tjeneste", waiting)
    assert [
        {"rad": 2, "person_rad": 1, "type": 21, "vedtak_dato": "20191201"},
        {"rad": 3, "person_rad": 1, "type": 16, "vedtak_dato": None},
        {"rad": 4, "person_rad": 1, "type": 19, "vedtak_dato": None},
    ] == rows("innvilget_ikke_startet", waiting)
