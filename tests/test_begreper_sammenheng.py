"""How the rows of one person fit together: order, household, needs and lasting services."""

from __future__ import annotations

import pytest

from kpr_validator import catalogue
from tests.begreper import OPEN, Child, Person, Row, info, person, rows, service


def shift(*infos: Child, services: tuple[Child, ...] = (service(15, "20100101"),)) -> Row:
    """Return the one row that follows another, for a person with these."""
    found = rows("personoppl_rekke", person(*infos, *services))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("20180101", "20190331"), ("20190401", OPEN), (0, None, None)),
        (("20180101", "20190331"), ("20190331", OPEN), (0, None, None)),
        (("20180101", "20190331"), ("20190330", OPEN), (1, None, None)),
        (("20180101", "20190331"), ("20190402", OPEN), (0, "20190401", "20190401")),
        (("20180101", "20190228"), ("20190401", OPEN), (0, "20190301", "20190331")),
        (("20180101", OPEN), ("20190401", OPEN), (1, None, None)),
        (("20180101", None), ("20190401", OPEN), (1, None, None)),
        (("20180101", "20190231"), ("20190401", OPEN), (1, None, None)),
        ((None, "20190331"), (None, OPEN), (1, None, None)),
        (("", "20190331"), ("20190401", OPEN), (0, None, None)),
        (("20190401", "20190401"), ("20190401", OPEN), (0, None, None)),
    ],
)
def test_rows_overlap_or_leave_a_gap(
    first: tuple[str | None, str | None],
    second: tuple[str | None, str | None],
    expected: tuple[int, str | None, str | None],
) -> None:
    row = shift(info(*first), info(*second))
    assert expected == (row["overlapper"], row["hull_fra"], row["hull_til"])


def test_the_row_that_lasts_longest_is_the_one_before() -> None:
    found = rows(
        "personoppl_rekke",
        person(info("20180101"), info("20190201", "20190228"), info("20190501")),
    )
    told = [(row["rad"], row["forrige_rad"], row["overlapper"]) for row in found]
    assert [(3, 2, 1), (4, 2, 1)] == told


@pytest.mark.parametrize(
    "services",
    [
        (service(15, "20190101", "20190331"),),
        (service(15, "20190901"),),
        (service(15, "20190401", "20190831", vedtak="1"),),
        (),
    ],
)
def test_a_gap_without_a_service_is_nothing(services: tuple[Child, ...]) -> None:
    row = shift(info("20180101", "20190331"), info("20190901"), services=services)
    assert ("20190401", 0) == (row["hull_fra"], row["tjeneste_i_hullet"])


@pytest.mark.parametrize(
    "services",
    [
        (service(15, "20190101", "20190401"),),
        (service(15, "20190831"),),
        (service(6, "20190601", "20190601", vedtak=None),),
    ],
)
def test_one_day_with_a_service_in_the_gap_is_enough(services: tuple[Child, ...]) -> None:
    assert shift(info("20180101", "20190331"), info("20190901"), services=services)[
        "tjeneste_i_hullet"
    ]


def test_a_row_that_applies_on_no_day_comes_neither_before_nor_after() -> None:
    backwards = info("20190401", "20190331")
    assert rows("personoppl_rekke", person(info(), backwards)) == []
    assert rows("personoppl_rekke", person(backwards, info("20190601"))) == []
    (row,) = rows("personoppl_rekke", person(info(til="20190331"), backwards, info("20190401")))
    assert (4, 2, 0) == (row["rad"], row["forrige_rad"], row["tjeneste_i_hullet"])


def test_a_service_of_somebody_else_is_not_in_the_gap() -> None:
    gap = person(info("20180101", "20190331"), info("20190901"))
    found = rows("personoppl_rekke", gap, person(service(15), info()))
    assert [0] == [row["tjeneste_i_hullet"] for row in found]


ANSWERS = [
    name
    for name in catalogue.annual()[0].plan.elements["PERSONOPPL"].fields
    if not name.endswith(("Dato", "ID"))
]


@pytest.mark.parametrize("field", ANSWERS)
def test_different_answers_at_the_same_time_contradict_each_other(field: str) -> None:
    assert shift(info(**{field: "1"}), info("20190401", **{field: "2"}))["motsigelse"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (info(poIndPlan="1"), info("20190401", poIndPlan="1", poHusstand="1")),
        (info(poIndPlan="1"), info("20190401", poIndPlan="")),
        (info(poIndPlan=None), info("20190401", poIndPlan="1")),
        (info(til="20190401", poIndPlan="1"), info("20190401", poIndPlan="2")),
        (info(til="20190331", poIndPlan="1"), info("20190401", poIndPlan="2")),
    ],
)
def test_these_do_not_contradict_each_other(first: Child, second: Child) -> None:
    assert shift(first, second)["motsigelse"] == 0


def one(concept: str, *children: Child) -> Row | None:
    """Return the concept's row of a person aged 80 with these, if there is one."""
    found = rows(concept, person(*children), Person({"peAlder": "80"}, ()))
    return next((row for row in found if row["person_rad"] == 1), None)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([info(poHusstand="1")], "alene"),
        ([info(poHusstand="2")], "sammen med andre"),
        ([info(poHusstand="3")], "med foreldre"),
        ([info(poHusstand="4")], "annet svar"),
        ([info(poHusstand="")], "ikke besvart"),
        ([], "ikke besvart"),
        ([info(til="20190331", poHusstand="1"), info("20190401")], "alene"),
    ],
)
def test_household_in_words(answers: list[Child], expected: str) -> None:
    row = one("husstand_svar", *answers)
    assert row is not None
    assert (expected, 0, 80) == (row["husstand"], row["i_institusjon"], row["alder"])


def test_who_moved_out_before_the_reference_day_is_not_in_an_institution() -> None:
    still = one("husstand_svar", service(21, til="20191231"))
    moved = one("husstand_svar", service(21, til="20191230"))
    assert (1, 0) == (still and still["i_institusjon"], moved and moved["i_institusjon"])


@pytest.mark.parametrize("pair", ["poArbBist", "poArbTransp", "poFriBist", "poFriTransp"])
@pytest.mark.parametrize(
    ("behov", "mottar", "expected"),
    [
        ("1", "1", ("ja", "ja", 1, 1)),
        ("1", "2", ("ja", "ja", 1, 1)),
        ("1", "", ("ja", "ikke besvart", 1, 0)),
        ("2", "3", ("nei", "nei", 0, 1)),
        ("9", "4", ("ikke relevant", "annet svar", 0, 1)),
        ("4", "3", ("annet svar", "nei", 0, 1)),
        (None, "1", ("ikke besvart", "ja", 0, 1)),
    ],
)
def test_need_and_receipt_in_words(
    pair: str, behov: str | None, mottar: str | None, expected: tuple[str, str, int, int]
) -> None:
    answers = {f"{pair}Behov": behov, f"{pair}Mottar": mottar}
    (row,) = rows("behov_og_mottar", person(info(**answers)))
    names = ("behov", "mottar", "behov_ja_her", "mottar_besvart_her")
    assert (f"{pair}Behov", f"{pair}Mottar") == (row["behovfelt"], row["mottarfelt"])
    assert expected == tuple(row[name] for name in names)


def test_a_need_that_is_not_there_awaits_no_answer() -> None:
    answers = {"poArbBistBehov": "2", "poFriBistBehov": "9", "poFriTranspBehov": "4"}
    assert rows("behov_og_mottar", person(info(**answers))) == []


def test_an_empty_half_is_what_applies_to_the_person() -> None:
    found = rows(
        "behov_og_mottar",
        person(
            info(til="20190331", poFriBistBehov="1"),
            info("20190401", poFriBistMottar="3", poArbBistBehov=""),
        ),
    )
    told = [(row["rad"], row["behov"], row["mottar"], row["behov_ja_her"]) for row in found]
    assert [(2, "ja", "nei", 1), (3, "ja", "nei", 0)] == told


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(15, "20191003")], 1),
        ([service(15, "20191004")], None),
        ([service(15, "20180101", "20191231"), service(1, "20180101", "20191230")], 1),
        ([service(15, "20180101"), service(15, "20180101"), service(9, "20180101")], 2),
        ([service(15, "20180101", vedtak=None), service(1, "20180101", vedtak="1")], None),
        ([service(code, "20180101") for code in (5, 6, 12, 14, 18, 19, 20, 21, 25, 29)], None),
        ([service(code, "20180101") for code in (1, 2, 3, 4, 7, 8, 9, 11, 15, 17, 22)], 11),
    ],
)
def test_lasting_services_are_those_of_90_days(services: list[Child], expected: int | None) -> None:
    row = one("langvarige_tjenester", *services)
    assert expected == (row and row["antall"])


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([info(poHusstand="1", poBoligTilr="1")], (1, 0)),
        ([info(til="20190331", poHusstand="1", poPrivHjelp="6"), info("20190401")], (1, 2)),
        ([info(til="20190331", poHusstand="1"), info("20190401", poHusstand="2")], (1, 0)),
        ([info(til="20190331", poOmsorgBarn="1", poBoligTilr="1"), info("20190401")], (1, 2)),
        ([info(poIndPlan="1")], (0, 0)),
    ],
)
def test_answers_that_only_an_earlier_row_has(
    answers: list[Child], expected: tuple[int, int]
) -> None:
    row = one("faste_opplysninger", *answers)
    assert row is not None
    assert expected == (row["besvart"], row["svar"])


def test_without_a_row_in_force_nothing_is_said_of_earlier_rows() -> None:
    assert one("faste_opplysninger", info(til="20190331", poHusstand="1")) is None
    assert one("faste_opplysninger") is None


@pytest.mark.parametrize(
    ("alder", "svar", "expected"),
    [("95", "1", [95]), ("0", "1", [0]), (None, "1", []), ("95", "2", [])],
)
def test_care_for_children_is_told_with_the_age(
    alder: str | None, svar: str, expected: list[int]
) -> None:
    found = rows("omsorg_for_barn", person(info(poOmsorgBarn=svar), alder=alder))
    assert expected == [row["alder"] for row in found]
