"""Diagnoses of the year: whether their code system is known, and which are doubled."""

from __future__ import annotations

import pytest

from tests.begreper import OPEN, Child, Row, person, rows


def diagnosis(
    code: str | None,
    system: str | None = "ICPC-2",
    fra: str | None = "20180101",
    til: str | None = OPEN,
) -> Child:
    """Return a DIAGNOSE, open since 2018 unless told otherwise."""
    cells: Row = {"diKodeVersjon": system, "diDiagKode": code, "diFraDato": fra, "diTilDato": til}
    return Child("diagnose", cells)


def told(*given: Child, dod: str | None = None) -> list[Row]:
    return rows("diagnose_i_aaret", person(*given, dod=dod), person(diagnosis("A01")))[:-1]


@pytest.mark.parametrize(
    ("system", "given", "known", "has_form"),
    [
        ("ICPC-2", 1, 1, True),
        ("icpc-2", 1, 1, True),
        ("ICPC-3", 1, 1, True),
        ("ICD-10", 1, 1, True),
        ("ICD-9", 1, 1, False),
        ("ICD-11", 1, 1, False),
        ("ICPC2", 1, 0, False),
        ("ICPC", 1, 0, False),
        ("ICD10", 1, 0, False),
        ("ICPC-2B", 0, 0, False),
        ("", 0, 0, False),
        (None, 0, 0, False),
    ],
)
def test_a_code_system_is_known_by_its_name_and_version(
    system: str | None,
    given: int,
    known: int,
    has_form: bool,  # noqa: FBT001  a claim's answer, not a switch
) -> None:
    (found,) = told(diagnosis("P70", system))
    assert (given, known) == (found["versjon_oppgitt"], found["versjon_kjent"])
    assert has_form == (found["riktig_form"] is not None)


@pytest.mark.parametrize(
    ("fra", "til", "there"),
    [
        ("20180101", "20190101", True),
        ("20180101", "20181231", False),
        ("20191231", OPEN, True),
        ("20200101", OPEN, False),
        (None, None, True),
        ("20180101", "20180231", True),
        ("20200231", None, True),
        ("20190231", "20190101", True),
        (OPEN, OPEN, False),
        ("20190601", "20190501", False),
    ],
)
def test_a_diagnosis_of_the_year_overlaps_it(
    fra: str | None,
    til: str | None,
    there: bool,  # noqa: FBT001  a claim's answer, not a switch
) -> None:
    assert there == bool(told(diagnosis("P70", fra=fra, til=til)))


def test_diagnoses_of_one_who_died_before_the_year_are_left_out() -> None:
    assert [] == told(diagnosis("P70"), dod="20181231")
    assert told(diagnosis("P70"), dod="20190101")


@pytest.mark.parametrize(
    ("given", "doubled"),
    [
        ([diagnosis("P70"), diagnosis("P70")], [0, 1]),
        ([diagnosis("P70"), diagnosis("p70", "icpc-2")], [0, 1]),
        ([diagnosis("F00.9", "ICD-10"), diagnosis("F009", "ICD-10")], [0, 1]),
        ([diagnosis("P70"), diagnosis("P70", "ICD-10")], [0, 0]),
        ([diagnosis("P70"), diagnosis("P20")], [0, 0]),
        ([diagnosis("P70", til="20190601"), diagnosis("P70", fra="20190601")], [0, 0]),
        ([diagnosis("P70", til="20190601"), diagnosis("P70", fra="20190531")], [0, 1]),
        ([diagnosis("P70", fra="20190531"), diagnosis("P70", til="20190601")], [1, 0]),
        ([diagnosis("P70", fra=None, til=None), diagnosis("P70", fra=None, til=None)], [0, 1]),
        (
            [
                diagnosis("P70"),
                diagnosis("P70", fra="20190201", til="20190301"),
                diagnosis("P70", fra="20190501", til="20190601"),
            ],
            [0, 1, 1],
        ),
    ],
)
def test_a_diagnosis_is_doubled_while_the_same_one_lasts(
    given: list[Child], doubled: list[int]
) -> None:
    assert doubled == [row["gjentatt"] for row in told(*given)]
