"""Whom the municipality has followed for long enough to have assessed."""

from __future__ import annotations

import pytest

from tests.begreper import Child, info, person, rows, service


def is_long(*services: Child, dod: str | None = None) -> bool:
    """Return whether langvarig_involvert has exactly the person who has these services."""
    found = rows("langvarig_involvert", person(*services, info(), dod=dod), person())
    assert found in ([], [{"person_rad": 1}])
    return bool(found)


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(15)], True),
        ([service(15, vedtak=None)], True),
        ([service(15, "20190801", "20190815")], True),
        ([service(15, "20190801", "20190814")], False),
        ([service(15, "20190801", "20190812", vedtak=None)], False),
        ([service(15, "20181225", "20190108")], True),
        ([service(15, "20191227")], True),
        ([service(15, "20190801", "20190810"), service(1, "20190801", "20190810")], False),
        ([service(15, "20190801", "20190810"), service(1, "20190806", "20190814")], False),
        ([service(15, "20190801", "20190810"), service(1, "20190806", "20190815")], True),
        ([service(15, "20190201", "20190208"), service(15, "20190901", "20190907")], True),
        ([service(15, "20190201", "20190207"), service(15, "20190901", "20190907")], False),
        ([service(4, "20190801", "20190803"), service(1)], True),
        (
            [
                service(15, "20190801", "20190812"),
                service(1, "20190802", "20190803"),
                service(2, "20190804", "20190814"),
            ],
            False,
        ),
        ([service(code) for code in (5, 6, 9, 11, 12, 13, 25, 26, 27, 28, 29)], False),
        ([service(6), service(4)], True),
        ([service(16)], True),
        ([service(21, vedtak="1")], False),
        ([service(21, None)], False),
        ([service(15, "20200102")], False),
        ([service(15, "20180101", "20181231")], False),
        ([], False),
    ],
)
def test_a_person_is_followed_for_long_after_15_days_of_such_services(
    services: list[Child],
    expected: bool,  # noqa: FBT001  a claim's answer, not a switch
) -> None:
    assert expected == is_long(*services)


@pytest.mark.parametrize(
    ("dod", "expected"),
    [("20190314", False), ("20190315", False), ("20190316", True), ("20181231", False)],
)
def test_who_died_within_14_days_of_the_start_was_not_followed_for_long(
    dod: str,
    expected: bool,  # noqa: FBT001  a claim's answer, not a switch
) -> None:
    assert expected == is_long(service(15), dod=dod)


def test_death_soon_after_a_later_service_does_not_hide_a_long_one() -> None:
    assert is_long(service(15, "20180101"), service(1, "20190610"), dod="20190615")
