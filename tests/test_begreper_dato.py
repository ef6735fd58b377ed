"""Concepts about dates: the calendar, the order on one row, and the limits of a life."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kpr_validator import catalogue, concepts, database, reference
from tests.begreper import OPEN, Child, Person, Row, info, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

DAYS: dict[str, Value] = {
    "aar": 2019,
    "fra": "20190101",
    "til": "20191231",
    "statusdato": "20191231",
}


def values(
    concept: str, *given: tuple[str, str, str], made: str = "20200108"
) -> list[tuple[Value, ...]]:
    """Return field, value and number of a concept about values, each given three times."""
    with closing(database.connect()) as con:
        reference.fill_format(con, catalogue.annual()[0])
        con.execute("INSERT INTO innhinfo (rad, person_rad, iiLagetDato) VALUES (0, 0, ?)", (made,))
        con.executemany("INSERT INTO verdi VALUES (?, ?, ?, 3)", given)
        for name in concepts.needed([f"FROM {concept}"]):
            concepts.materialise(con, name, DAYS)
        shown = "verdi" if concept != "dato_i_kalenderen" else "''"
        found = con.execute(f"SELECT felt, {shown}, antall FROM {concept} ORDER BY 1, 2")  # noqa: S608  our own names
        return found.fetchall()


def start(*days: str) -> list[tuple[str, str, str]]:
    return [("tjeneste", "tjFraDato", day) for day in days]


@pytest.mark.parametrize("day", ["20190229", "19000229", "20190431", "20191131", "20190230"])
def test_a_day_that_its_month_lacks_is_impossible(day: str) -> None:
    assert [("tjFraDato", day, 3)] == values("dato_umulig", *start(day, "20190228"))
    assert [("tjFraDato", "", 3)] == values("dato_i_kalenderen", *start(day, "20190228"))


@pytest.mark.parametrize(
    "day", ["20160229", "20000229", "20191231", "20190430", OPEN, "18990230", "21000230"]
)
def test_real_days_open_ends_and_years_of_the_wrong_form_are_not_impossible(day: str) -> None:
    assert [] == values("dato_umulig", *start(day))


def test_the_dates_of_the_submission_and_months_are_no_dates_of_persons() -> None:
    others = [("innhinfo", "iiTilDato", "20191131"), ("personoppl", "poVurdLege", "201931")]
    assert [] == values("dato_umulig", *others)
    assert [] == values("dato_i_kalenderen", *others)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("20200108", [("peEndrDato", "20200301", 3)]),
        ("20190201", [("peEndrDato", "20200301", 3)]),
        ("20190131", []),
        ("20200230", []),
        ("", []),
    ],
)
def test_dates_are_held_against_an_extraction_that_can_be_right(
    made: str, expected: list[tuple[Value, ...]]
) -> None:
    assert expected == values("dato_skjedd", ("person", "peEndrDato", "20200301"), made=made)


def test_what_may_be_planned_or_is_no_day_has_not_happened() -> None:
    given = [
        *start("20200301"),
        ("person", "peEndrDato", OPEN),
        ("person", "peFraDato", "20200230"),
        ("person", "peDodDato", "18990101"),
    ]
    assert [] == values("dato_skjedd", *given)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("tjFraDato", "18190401", True),
        ("tjFraDato", "20191231", True),
        ("tjFraDato", "20200101", False),
        ("tjTilDato", "19790101", False),
        ("poVurdLege", "197912", True),
        ("poVurdLege", "112019", False),
    ],
)
def test_values_with_a_disputed_lower_limit(field: str, value: str, *, expected: bool) -> None:
    table = "tjeneste" if field.startswith("tj") else "personoppl"
    assert expected == bool(values("dato_med_grense", (table, field, value)))


def case(
    soknad: str | None = None,
    vedtak_dato: str | None = None,
    mottatt: str | None = None,
    besvart: str | None = None,
    **more: str | None,
) -> Child:
    """Return a service, in force since March, with the given dates."""
    return service(
        int(more.pop("type_", None) or 15),
        tjSoknadDato=soknad,
        tjVedtDato=vedtak_dato,
        tjKlageMottatt=mottatt,
        tjKlageBesvart=besvart,
        **more,
    )


def pairs(*people: Person, year: int = 2019) -> tuple[list[str], dict[Value, Value]]:
    """Return the fields of the pairs in the wrong order, and how many are in the right one."""
    wrong = [row["felt"] for row in rows("dato_feil_rekkefoelge", *people, year=year)]
    right = rows("dato_rett_rekkefoelge", *people, year=year)
    return sorted(map(str, wrong)), {row["felt"]: row["antall"] for row in right if row["antall"]}


APPLIED, COMPLAINED, ANSWERED = "tjVedtDato", "tjKlageMottatt", "tjKlageBesvart"


@pytest.mark.parametrize(
    ("given", "wrong", "right"),
    [
        (case("20190210", "20190209"), [APPLIED], {}),
        (case("20190210", "20190210"), [], {APPLIED: 1}),
        (case("20190210", "20190209", vedtak="1"), [APPLIED], {}),
        (case("20190210", "20190209", fra=None, til="20181231"), [], {}),
        (case("20190210", "20190209", fra=None, til="20190101"), [APPLIED], {}),
        (case("20190210", "20190209", til=None), [APPLIED], {}),
        (case("20190230", "20190209"), [], {}),
        (case("20190210", "18990209"), [], {}),
        (case(OPEN, "20190209"), [], {}),
        (case("20190101", "20190301", "20190228"), [COMPLAINED], {APPLIED: 1}),
        (case(None, "20190301", "20190301", "20190228"), [ANSWERED], {COMPLAINED: 1}),
        (case(None, "20190301", "20190401", OPEN), [], {COMPLAINED: 1}),
        (service(15, "20190301", "20190228"), ["tjTilDato"], {}),
        (service(15, "20190301", "20190301"), [], {"tjTilDato": 1}),
        (service(15, "20190301", "20190228", vedtak="1"), [], {}),
        (service(15, "20190301", "20190401", vedtak="1"), [], {}),
        (service(15, "20190301", "20190228", vedtak=None), ["tjTilDato"], {}),
        (info("20190301", "20190228"), ["poTilDato"], {}),
        (info("20190301", "20190301"), [], {"poTilDato": 1}),
        (info("20190301", OPEN), [], {}),
        (info(None, "20190301"), [], {}),
    ],
)
def test_pairs_of_dates_are_right_or_wrong_or_no_pair(
    given: Child, wrong: list[str], right: dict[str, int]
) -> None:
    assert (wrong, right) == pairs(person(given))


def test_who_died_before_the_year_has_no_pairs() -> None:
    given = [case("20190210", "20190209"), service(15, "20180101", "20180301"), info("20190301")]
    assert ([], {}) == pairs(person(*given, dod="20181231"))


def test_complaints_about_code_16_are_left_to_its_own_concept_in_2018() -> None:
    given = case(None, "20180310", "20180309", "20180308", type_="16", fra="20180301")
    assert ([], {}) == pairs(person(given), year=2018)
    assert ([ANSWERED, COMPLAINED], {}) == pairs(person(given))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(), (0, 0)),
        (person(service(15, "20180101", "20181231")), (1, 1)),
        (person(service(15, "20180101", "20190101")), (1, 0)),
        (person(service(15, "20180301", "20180228")), (1, 0)),
        (person(service(15, "20180101", "20180231")), (1, 0)),
        (person(service(15, "20180101", "20181231", vedtak="1")), (1, 0)),
        (person(service(15, "20180101", "20181231"), dod="20181231"), (1, 0)),
    ],
)
def test_services_that_ended_before_the_year_are_counted(
    given: Person, expected: tuple[int, int]
) -> None:
    [row] = rows("tjeneste_avsluttet", given)
    assert expected == (row["alle"], row["avsluttet"])


@pytest.mark.parametrize(
    ("given", "after"),
    [
        (service(15, "20190611"), [1]),
        (service(15, "20190610"), [0]),
        (service(15, "20190611", vedtak="1"), []),
        (service(15, "20200101"), []),
        (service(15, "20191231"), [1]),
        (service(15, "20190631"), []),
        (service(15, None), []),
    ],
)
def test_a_service_begins_before_or_after_the_day_of_death(given: Child, after: list[int]) -> None:
    dead = person(given, dod="20190610")
    assert after == [row["etter"] for row in rows("tjeneste_hos_doed", dead, person(given))]


def test_rows_after_a_death_are_counted_by_person_and_class() -> None:
    scores = [Child("funksjon", {"fnFraDato": day}) for day in ("20190301", "20190801", "20190701")]
    given = person(
        info("20190610"),
        *scores,
        Child("diagnose", {"diFraDato": "20200101"}),
        Child("dogntilbud", {"dgFraDato": "20190631"}),
        dod="20190610",
    )
    found = [
        (row["felt"], row["rad"], row["dato"], row["etter"])
        for row in rows("rader_hos_doed", given, person(*scores))
    ]
    assert [
        ("poFraDato", 2, None, 0),
        ("fnFraDato", 4, "20190701", 2),
        ("dgFraDato", 7, None, 0),
    ] == found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (person(service(9, "20061231"), alder="12"), ["20061231"]),
        (person(service(9, "20070101"), alder="12"), []),
        (person(service(9, "20061231"), alder=None), []),
        (person(service(9, "19800101"), alder="38"), ["19800101"]),
        (person(service(9, "19791231"), alder="38"), []),
        (person(service(9, "19800101"), alder="39"), []),
        (person(service(9, "20181231"), alder="0"), ["20181231"]),
        (person(service(9, "20061231", vedtak="1"), alder="12"), []),
    ],
)
def test_a_service_from_before_the_year_of_birth(given: Person, expected: list[str]) -> None:
    found: list[Row] = rows("tjeneste_foer_foedsel", given)
    assert expected == [row["dato"] for row in found]
