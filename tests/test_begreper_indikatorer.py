"""Whom the indicators count, and what they make of answers, months, diagnoses and scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.begreper import OPEN, Child, Person, Row, info, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

ASSESSED = {"poErnKartlagt": "1", "poErnKartlagtDato": "20190312"}


def score(variable: int, value: str, fra: str) -> Child:
    cells: Row = {"fnFunkType": str(variable), "fnFunkVerdi": value, "fnFraDato": fra}
    return Child("funksjon", {**cells, "fnTilDato": OPEN})


def diagnosis(code: str, system: str = "ICD-10", til: str = OPEN) -> Child:
    cells: Row = {"diKodeVersjon": system, "diDiagKode": code, "diFraDato": "20180101"}
    return Child("diagnose", {**cells, "diTilDato": til})


def stay(fra: str = "20190301", til: str = "20190331") -> Child:
    return service(19, fra, til)


def who(concept: str, *people: Person, year: int = 2019) -> list[Value]:
    return [row["person_rad"] for row in rows(concept, *people, year=year)]


@pytest.mark.parametrize(("age", "expected"), [("66", []), ("67", [1]), ("104", [1]), (None, [])])
def test_older_residents_are_those_of_67_or_more(age: str | None, expected: list[int]) -> None:
    assert expected == who("eldre_paa_langtidsopphold", person(service(21), alder=age))


@pytest.mark.parametrize(
    "services",
    [service(20), service(21, vedtak="1"), service(21, til="20191230"), service(21, None)],
)
def test_older_residents_are_in_a_long_term_stay_on_the_status_day(services: Child) -> None:
    assert [] == who("eldre_paa_langtidsopphold", person(services))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "mangler"),
        ({"poErnKartlagt": ""}, "mangler"),
        ({"poErnKartlagtDato": "20190312"}, "mangler"),
        ({"poErnKartlagt": "1"}, "uten_dato"),
        ({"poErnKartlagt": "1", "poErnKartlagtDato": "20190231"}, "uten_dato"),
        ({"poErnKartlagt": "1", "poErnKartlagtDato": "20181231"}, "annen_dato"),
        ({"poErnKartlagt": "1", "poErnKartlagtDato": "20190101"}, "vurdert"),
        ({"poErnKartlagt": "1", "poErnKartlagtDato": "20191231"}, "vurdert"),
        ({"poErnKartlagt": "1", "poErnKartlagtDato": "20200101"}, "annen_dato"),
        ({"poErnKartlagt": "2", "poErnKartlagtDato": "20190312"}, "ikke_kartlagt"),
        ({"poErnKartlagt": "9"}, "ikke_relevant"),
        ({"poErnKartlagt": "3"}, "ugyldig"),
    ],
)
def test_nutrition_is_assessed_by_an_answer_with_a_date_in_the_year(
    answers: dict[str, str], expected: str
) -> None:
    (found,) = rows("ernaering_kjede", person(service(15), info(**answers)))
    assert ("hjemme", expected) == (found["gruppe"], found["kartlegging"])


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(None, "mangler"), ("1", "ja"), ("2", "nei"), ("9", "ikke_relevant"), ("0", "ugyldig")],
)
def test_risk_and_plan_are_read_for_themselves(answer: str | None, expected: str) -> None:
    given = info(**ASSESSED, poErnRisiko=answer), info("20190701", poErnPlan=answer)
    (found,) = rows("ernaering_kjede", person(service(21), *given))
    assert ("sykehjem", expected, expected) == (found["gruppe"], found["risiko"], found["plan"])


def test_who_has_both_services_is_in_both_groups_of_nutrition() -> None:
    found = rows("ernaering_kjede", person(service(15), service(21)), person(service(1)))
    assert ["hjemme", "sykehjem"] == sorted(str(row["gruppe"]) for row in found)


@pytest.mark.parametrize("alder", ["66", None])
def test_nutrition_is_about_those_of_67_or_more(alder: str | None) -> None:
    assert [] == who("ernaering_kjede", person(service(15), service(21), alder=alder))


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (None, "mangler"),
        ("", "mangler"),
        ("200412", "ugyldig"),
        ("200501", "eldre"),
        ("201812", "eldre"),
        ("201901", "siste_12"),
        ("201912", "siste_12"),
        ("202001", "ugyldig"),
        ("201813", "ugyldig"),
        ("2019", "ugyldig"),
    ],
)
def test_residents_of_all_ages_are_divided_by_month(month: str | None, expected: str) -> None:
    child = person(service(21), info(poVurdLege=month, poVurdTann=month), alder="4")
    found = rows("beboer_vurdert", child)
    assert [expected] * 2 == [row["vurdert"] for row in found]
    assert ["poVurdLege", "poVurdTann"] == sorted(str(row["felt"]) for row in found)


@pytest.mark.parametrize(
    ("code", "system", "is_dementia"),
    [
        ("F00", "ICD-10", 1),
        ("F03.9", "ICD-10", 1),
        ("f019", "icd-10", 1),
        ("G30.1", "ICD-10", 1),
        ("G31", "ICD-10", 0),
        ("F04", "ICD-10", 0),
        ("P70", "ICD-10", 0),
        ("P70", "ICPC-2", 1),
        ("P71", "ICPC-2", 0),
        ("F01", "ICPC-2", 0),
        ("F00", "", 0),
    ],
)
def test_dementia_is_read_in_the_system_that_is_named(
    code: str, system: str, is_dementia: int
) -> None:
    assert [1] * is_dementia == who("demens", person(diagnosis(code, system)))


def test_dementia_has_to_be_there_in_the_year_and_tells_the_age() -> None:
    past = person(diagnosis("F00", til="20181231"))
    twice = person(diagnosis("F00"), diagnosis("P70", "ICPC-2"), alder="91")
    (found,) = rows("demens", past, twice)
    assert (3, 5, 91) == (found["person_rad"], found["rad"], found["alder"])


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([service(15)], [(0, 0)]),
        ([service(4), service(9)], [(1, 1)]),
        ([service(9), service(18)], [(0, 1)]),
        ([service(15), service(4, til="20191230")], [(0, 0)]),
        ([service(15), service(4, vedtak=None)], [(0, 0)]),
        ([service(4), service(21)], []),
        ([service(4, vedtak="1")], []),
    ],
)
def test_those_with_dementia_at_home_have_what_is_running_on_the_status_day(
    services: list[Child], expected: list[tuple[int, int]]
) -> None:
    found = rows("demens_hjemmeboende", person(*services, diagnosis("F00")), person(service(4)))
    assert expected == [(row["dagaktivitet"], row["stoettekontakt"]) for row in found]


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2018, {6, 15, 16, 18}), (2019, {6, 15, 18}), (2020, {6, 15, 18, 22, 26, 27, 28, 29})],
)
def test_care_services_in_kostra_change_with_the_years(year: int, expected: set[int]) -> None:
    types = (6, 14, 15, 16, 18, 21, 22, 23, 24, 25, 26, 27, 28, 29)
    people = [person(service(type_, "20180101")) for type_ in types]
    counted = {
        types[(int(str(at)) - 1) // 2] for at in who("kostra_omsorgstjeneste", *people, year=year)
    }
    assert expected == counted


@pytest.mark.parametrize(
    "services", [service(15, til="20191230"), service(15, vedtak="1"), service(15, vedtak=None)]
)
def test_care_services_in_kostra_run_on_the_status_day_and_count(services: Child) -> None:
    assert [] == who("kostra_omsorgstjeneste", person(services))


def test_welfare_technology_is_told_for_each_kind_and_points_to_its_row() -> None:
    found = rows(
        "velferdsteknologi",
        person(service(6, vedtak=None), service(28), service(15)),
        person(service(15)),
        person(service(15, vedtak=None)),
        person(service(26), service(27)),
    )
    names = ("rad", "alarm", "lokalisering", "medisinering", "tilsyn", "noe")
    assert [(3, 1, 0, 0, 1, 1), (6, 0, 0, 0, 0, 0), (11, 0, 1, 1, 0, 1)] == [
        tuple(row[name] for name in names) for row in found
    ]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        ([score(7, "9", "20190301")], []),
        ([score(7, "4", "20190231")], []),
        ([score(7, "4", "20190301")], [(7, 0, 4, None, None)]),
        ([score(7, "4", "20190316")], [(7, 15, 4, None, None)]),
        ([score(7, "4", "20190317")], [(7, None, None, 14, 4)]),
        ([score(7, "4", "20180301"), score(7, "2", "20190403")], [(7, 365, 4, 3, 2)]),
        ([score(7, "5", "20190227"), score(7, "3", "20190303")], [(7, 2, 3, None, None)]),
        ([score(7, "5", "20190303"), score(7, "3", "20190227")], [(7, 2, 5, None, None)]),
        ([score(7, "5", "20190301"), score(7, "3", "20190301")], [(7, 0, 3, None, None)]),
        ([score(7, "5", "20190301"), score(7, "3", "20190302")], [(7, 0, 5, None, None)]),
        (
            [score(7, "5", "20190301"), score(9, "3", "20190331")],
            [(7, 0, 5, None, None), (9, None, None, 0, 3)],
        ),
    ],
)
def test_a_score_belongs_to_the_nearest_end_of_the_stay(
    scores: list[Child], expected: list[tuple[Value, ...]]
) -> None:
    names = ("variabel", "dager_inn", "skaar_inn", "dager_ut", "skaar_ut")
    found = rows("funksjon_ved_opphold", person(stay(), *scores), person(service(20)))
    assert expected == [tuple(row[name] for name in names) for row in found]


def test_each_stay_has_its_own_scores() -> None:
    later = stay("20191001", "20191031")
    given = person(stay(), later, score(7, "4", "20190301"), score(7, "2", "20191031"))
    found = rows("funksjon_ved_opphold", given)
    assert [(2, 0, 214), (3, 214, 0)] == [
        (row["rad"], row["dager_inn"], row["dager_ut"]) for row in found
    ]


@pytest.mark.parametrize(
    ("decided", "days"),
    [
        ("20190301", 0),
        ("20190214", 15),
        ("20190302", -1),
        ("20200101", -306),
        (None, None),
        ("20190231", None),
    ],
)
def test_days_from_decision_to_start_may_be_negative(decided: str | None, days: int | None) -> None:
    (found,) = rows("iverksetting", person(service(21, tjVedtDato=decided)))
    assert (days, 1) == (found["dager"], found["langtid"])


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        (service(15, "20190101"), 1),
        (service(15, "20181231"), 0),
        (service(15, None), 0),
        (service(15, vedtak="1"), 0),
        (service(15, vedtak=None), 0),
        (service(6), 0),
    ],
)
def test_what_needs_a_decision_and_began_in_the_year_is_counted(
    started: Child, expected: int
) -> None:
    assert expected == len(rows("iverksetting", person(started)))
