"""Concepts of the work list: whose the person is, and what each row says of its case."""

from __future__ import annotations

import pytest

from tests.begreper import Child, Person, info, person, rows, service

HOME, WARD, ROOM = "974123458", "987654325", "912345678"


def main(*children: Child, dod: str | None = None) -> list[tuple[object, object]]:
    """Return the row and the unit of the person's main service; children are rows 2, 3 …."""
    found = rows("hovedtjeneste", person(*children, dod=dod))
    return [(row["rad"], row["enhet"]) for row in found]


@pytest.mark.parametrize(
    ("first", "second"), [(21, 18), (21, 20), (18, 15), (19, 15), (20, 15), (15, 3), (3, 1), (1, 2)]
)
def test_the_main_service_is_the_first_of_the_row_whatever_the_order(
    first: int, second: int
) -> None:
    one, other = service(first, tjInstOrgnr=WARD), service(second, tjInstOrgnr=HOME)
    assert [(2, WARD)] == main(one, other)
    assert [(3, WARD)] == main(other, one)


def test_of_services_alike_the_latest_begun_is_the_main_one() -> None:
    early, late = service(15, "20190201", tjInstOrgnr=HOME), service(15, tjInstOrgnr=WARD)
    assert [(2, WARD)] == main(late, early)
    assert [(3, WARD)] == main(early, late)
    assert [(3, WARD)] == main(service(18, tjInstOrgnr=HOME), service(20, tjInstOrgnr=WARD))


def test_a_stay_that_is_over_gives_way_to_what_is_in_force() -> None:
    stay = service(21, til="20190630", tjInstOrgnr=WARD)
    assert [(3, HOME)] == main(stay, service(1, tjInstOrgnr=HOME))
    assert [(2, WARD)] == main(stay, service(1, til="20190630", tjInstOrgnr=HOME))
    assert [(3, HOME)] == main(stay, service(1, til="20190701", tjInstOrgnr=HOME))


def test_who_died_belongs_to_the_service_of_the_last_day() -> None:
    stay, help_ = service(21, tjInstOrgnr=WARD), service(15, til="20190501", tjInstOrgnr=HOME)
    assert [(2, WARD)] == main(stay, help_, dod="20190715")


def test_without_a_number_the_next_service_that_has_one_tells_the_unit() -> None:
    assert [(2, HOME)] == main(service(21), service(1), service(15, tjInstOrgnr=HOME))
    assert [(2, None)] == main(service(21), service(15, tjInstOrgnr=""))


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        (HOME, HOME),
        (HOME + "0", HOME),
        ("777777777", None),
        ("7777777770", None),
        ("000000000", None),
        (HOME + "1", None),
        ("97412345", None),
        ("NO974123458", None),
    ],
)
def test_a_unit_is_nine_digits_that_are_not_all_alike(number: str, unit: str | None) -> None:
    assert [(2, unit)] == main(service(21, tjInstOrgnr=number))
    told = rows("rad_i_saken", person(service(21, tjInstOrgnr=number)))
    assert [unit] == [row["enhet"] for row in told]


def test_refused_unstarted_and_ended_services_are_nobodys_main_service() -> None:
    others = (service(21, vedtak="1"), service(21, None), service(21, "20180101", "20181231"))
    assert [] == main(*others)
    assert [(5, None)] == main(*others, service(6, vedtak=None))


def test_a_service_of_after_the_status_day_comes_last() -> None:
    later, now = service(21, "20191101", tjInstOrgnr=WARD), service(1, tjInstOrgnr=HOME)
    found = rows("hovedtjeneste", person(later, now), status_day="20191015")
    assert [(3, HOME)] == [(row["rad"], row["enhet"]) for row in found]
    assert [2] == [row["rad"] for row in rows("hovedtjeneste", person(later))]


def test_every_row_under_a_person_tells_its_own_period() -> None:
    people: list[Person] = [
        person(
            info("20190101", "20190630"),
            Child("funksjon", {"fnFraDato": "20190102", "fnTilDato": "20190702"}),
            service(15, "20190103", "20190703", tjVeID="V7", tjInstOrgnr=HOME),
            Child("diagnose", {"diFraDato": "20190104", "diTilDato": None}),
            Child("dogntilbud", {"dgFraDato": "", "dgTilDato": "x", "dgInstOrgnr": ROOM}),
        )
    ]
    told = [
        tuple(row[name] for name in ("rad", "fra", "til", "vedtak", "tjeneste", "enhet"))
        for row in rows("rad_i_saken", *people)
    ]
    assert told == [
        (2, "20190101", "20190630", None, None, None),
        (3, "20190102", "20190702", None, None, None),
        (4, "20190103", "20190703", "V7", "15", HOME),
        (5, "20190104", None, None, None, None),
        (6, "", "x", None, None, ROOM),
    ]
