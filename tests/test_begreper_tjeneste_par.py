"""Concepts about services beside each other, refusals and waits: one row per TJENESTE."""

from __future__ import annotations

import pytest

from tests.begreper import Child, Person, info, person, rows, service

A, B = "310001007", "310002003"


def told(concept: str, *names: str, given: Person, status_day: str | None = None) -> list[object]:
    """Return what a concept tells of each row: row number, then the named columns."""
    found = rows(concept, given, status_day=status_day)
    return [(row["rad"], *(row[name] for name in names)) for row in found]


def overlaps(*services: Child) -> list[object]:
    """Return row, equal, overlap at the same unit, overlap at another only."""
    return told("samme_tjeneste", "lik", "samme_enhet", "annen_enhet", given=person(*services))


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(15), service(1)], []),
        ([service(14), service(14), service(23), service(23)], []),
        ([service(15), service(15, vedtak="1")], []),
        ([service(15), service(15)], [(2, 0, 0, 0), (3, 1, 0, 0)]),
        ([service(15), service(15, til=None)], [(2, 0, 0, 0), (3, 1, 0, 0)]),
        ([service(12), service(29)], [(2, 0, 0, 0), (3, 1, 0, 0)]),
        (
            [service(15, tjInstOrgnr=A), service(15, tjInstOrgnr=f"{A}0")],
            [(2, 0, 0, 0), (3, 1, 0, 0)],
        ),
        (
            [service(15), service(15, til="20190401"), service(15, til="20190301")],
            [(2, 0, 1, 0), (3, 0, 0, 0), (4, 0, 0, 0)],
        ),
        ([service(115), service(115), service(15)], [(2, 0, 0, 0), (3, 1, 0, 0)]),
        ([service(15, tjInstOrgnr=A), service(15)], [(2, 0, 0, 0), (3, 0, 0, 1)]),
        ([service(15, "20180101"), service(15, "20190601")], [(2, 0, 0, 0), (3, 0, 1, 0)]),
        ([service(15, "20190601"), service(15, "20180101")], [(2, 0, 1, 0), (3, 0, 0, 0)]),
        (
            [service(15, "20180101", "20190601"), service(15, "20190601")],
            [(2, 0, 0, 0), (3, 0, 0, 0)],
        ),
        (
            [service(15, "20180101", "20190602"), service(15, "20190601")],
            [(2, 0, 0, 0), (3, 0, 1, 0)],
        ),
        (
            [
                service(15, "20180101", tjInstOrgnr=A),
                service(15, "20180601", "20190201", tjInstOrgnr=A),
                service(15, "20190301", tjInstOrgnr=A),
                service(15, "20190401", tjInstOrgnr=B),
            ],
            [(2, 0, 0, 0), (3, 0, 1, 0), (4, 0, 1, 0), (5, 0, 0, 1)],
        ),
        (
            [service(15, "20180101"), service(15, "20180101"), service(15, "20190301")],
            [(2, 0, 0, 0), (3, 1, 0, 0), (4, 0, 1, 0)],
        ),
    ],
)
def test_rows_of_one_service_are_equal_or_overlap_or_neither(
    services: list[Child], expected: list[object]
) -> None:
    assert expected == overlaps(*services)


@pytest.mark.parametrize(
    ("first", "second", "meets"),
    [
        (("7", "1"), ("7", "2"), 0),
        (("7", "9"), ("7", "10"), 0),
        (("7", "2"), ("7", "1"), 1),
        (("7", "1"), ("7", "1"), 1),
        (("7", "1"), ("8", "2"), 1),
        (("7", None), ("7", "2"), 1),
        ((None, "1"), (None, "2"), 1),
        (("", "1"), ("", "2"), 1),
    ],
)
def test_a_decision_ends_when_the_next_of_its_chain_begins(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None], meets: int
) -> None:
    found = overlaps(
        service(15, "20180101", tjVeID=first[0], tjVeNrID=first[1]),
        service(15, "20190301", tjVeID=second[0], tjVeNrID=second[1]),
    )
    assert [(2, 0, 0, 0), (3, 0, meets, 0)] == found


def test_a_chain_does_not_hide_a_third_decision() -> None:
    found = overlaps(
        service(15, "20180101", tjVeID="7", tjVeNrID="1"),
        service(15, "20190301", tjVeID="7", tjVeNrID="2"),
        service(15, "20190401", tjVeID="8", tjVeNrID="1"),
    )
    assert [(2, 0, 0, 0), (3, 0, 0, 0), (4, 0, 1, 0)] == found


def test_housing_is_named_whatever_its_code() -> None:
    given = person(service(12, "20180101"), service(29), service(9), service(9))
    expected = [(2, 12, 1), (3, 29, 1), (4, 9, 0), (5, 9, 0)]
    assert expected == told("samme_tjeneste", "type", "bolig", given=given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(service(21, None, vedtak="1")), [(2, None)]),
        (person(service(21, vedtak="1")), [(2, "20190301")]),
        (person(service(21, "20190431", vedtak="1")), [(2, None)]),
        (person(service(21, "20180301", "20190101", vedtak="1")), [(2, "20180301")]),
        (person(service(21, "20180301", "20190231", vedtak="1")), [(2, "20180301")]),
        (person(service(21, "20180301", "20181231", vedtak="1")), []),
        (person(service(21, "20200101", vedtak="1")), []),
        (person(service(21, None, vedtak="1", tjVedtDato="20200105")), []),
        (person(service(21)), []),
        (person(service(21, vedtak="1"), dod="20181231"), []),
    ],
)
def test_a_refusal_of_the_year_tells_its_start_date(given: Person, expected: list[object]) -> None:
    assert expected == told("avslag_oppstart", "fra", given=given)


def wait(type_: int = 15, decided: str | None = "20191130", **more: str | None) -> Child:
    """Return a service that is granted without a start date."""
    return service(type_, None, None, tjVedtDato=decided, **more)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(wait()), [(2, 31)]),
        (person(wait(decided="20191231")), [(2, 0)]),
        (person(wait(decided="20200101")), []),
        (person(wait(decided=None)), []),
        (person(wait(16)), []),
        (person(wait(tjFraDato="20190431")), []),
        (person(wait(tjFraDato="99991231")), []),
        (person(wait(tjFraDato="")), [(2, 31)]),
        (person(wait(tjTilDato="20191231")), []),
        (person(wait(tjTilDato="20200101")), [(2, 31)]),
        (person(wait(), dod="20191231"), []),
        (person(wait(), dod="20200101"), [(2, 31)]),
        (person(wait(), service(15, til="20190401")), []),
        (person(wait(), service(1)), [(2, 31)]),
        (person(wait(12), service(29)), []),
        (person(wait(21), info(poVenteliste="1")), []),
        (person(wait(29), info(poVenteliste="1")), []),
        (person(wait(21), info(poVenteliste="2")), [(2, 31)]),
        (person(wait(21), info(til="20191130", poVenteliste="1")), [(2, 31)]),
        (person(wait(20), info(poVenteliste="1")), [(2, 31)]),
    ],
)
def test_who_waits_for_a_service_to_begin(given: Person, expected: list[object]) -> None:
    assert expected == told("venter_paa_oppstart", "dager", given=given)


def test_on_a_trial_extraction_the_wait_is_counted_to_the_status_day() -> None:
    given = person(wait(decided="20191101"), wait(decided="20191121"))
    found = told("venter_paa_oppstart", "dager", given=given, status_day="20191120")
    assert [(2, 19)] == found


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(15)], []),
        ([service(21), service(9), service(29), service(3)], []),
        ([service(20), service(15)], []),
        ([service(21, vedtak="1"), service(15)], []),
        ([service(21, "20191201"), service(15)], [(3, 31)]),
        ([service(21, "20191201", "20191210"), service(15)], [(3, 10)]),
        ([service(21), service(6, "20191222", vedtak=None)], [(3, 10)]),
        ([service(21, "20181222"), service(15, "20100101", "20190110")], [(3, 20)]),
        ([service(21, "20190601"), service(15, "20180101", "20190531")], [(3, 0)]),
        (
            [service(21, "20190501", "20190510"), service(21, "20190511"), service(15)],
            [(4, 245)],
        ),
        (
            [service(21, "20190501", "20190510"), service(21, "20190512", "20190516"), service(1)],
            [(4, 10)],
        ),
        (
            [
                service(21, "20190501", "20190530"),
                service(21, "20190510", "20190512"),
                service(21, "20190520", "20190603"),
                service(2),
            ],
            [(5, 34)],
        ),
    ],
)
def test_services_at_home_are_counted_day_by_day_with_a_long_stay(
    services: list[Child], expected: list[object]
) -> None:
    assert expected == told("hjemmetjeneste_i_opphold", "dager", given=person(*services))


def test_a_stay_that_begins_after_the_status_day_gives_no_days() -> None:
    given = person(service(21, "20191201"), service(15))
    found = told("hjemmetjeneste_i_opphold", "dager", given=given, status_day="20191120")
    assert [(3, 0)] == found


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(4, tjInstOrgnr=A)], []),
        ([service(4, tjInstOrgnr=A), service(17, tjInstOrgnr=A)], [(2, 1)]),
        ([service(4, tjInstOrgnr=A), service(17, til=None, tjInstOrgnr=A)], [(2, 1)]),
        ([service(4, tjInstOrgnr=A), service(17, tjInstOrgnr=f"{A}0")], [(2, 1)]),
        ([service(4, tjInstOrgnr=A), service(17, tjInstOrgnr=B)], [(2, 0)]),
        ([service(4), service(17)], [(2, 0)]),
        (
            [service(4, tjInstOrgnr=A), service(17, tjInstOrgnr=B), service(17, tjInstOrgnr=A)],
            [(2, 1)],
        ),
        ([service(4, tjInstOrgnr=A), service(17, "20190302", tjInstOrgnr=A)], [(2, 0)]),
        ([service(4, tjInstOrgnr=A), service(17, til="20191201", tjInstOrgnr=A)], [(2, 0)]),
    ],
)
def test_day_activities_and_day_stay_are_alike_at_one_unit_with_one_period(
    services: list[Child], expected: list[object]
) -> None:
    assert expected == told("dagaktivitet_og_dagopphold", "likt", given=person(*services))


@pytest.mark.parametrize(
    ("til", "expected"),
    [
        (None, [(2, "20190615", 1)]),
        ("", [(2, "20190615", 1)]),
        ("99991231", [(2, "20190615", 1)]),
        ("20190615", [(2, "20190615", 0)]),
        ("20191231", [(2, "20190615", 0)]),
        ("20190631", [(2, "20190615", 0)]),
    ],
)
def test_a_service_is_open_after_death_when_nobody_has_closed_it(
    til: str | None, expected: list[object]
) -> None:
    given = person(service(21, "20180101", til), dod="20190615")
    assert expected == told("tjeneste_etter_dod", "dod", "aapen", given=given)


@pytest.mark.parametrize(
    "given",
    [
        person(service(21)),
        person(service(21), dod="20200101"),
        person(service(21, "20180101"), dod="20181231"),
        person(service(21, "20190616"), dod="20190615"),
        person(service(21, vedtak="1"), dod="20190615"),
    ],
)
def test_other_services_have_nothing_to_do_with_a_death(given: Person) -> None:
    assert [] == rows("tjeneste_etter_dod", given)
