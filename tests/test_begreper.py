"""Every concept: what it is about, whom it counts, and what it makes of dates and deaths."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kpr_validator import assets, concepts
from tests.begreper import OPEN, Person, Row, info, person, rows, service

if TYPE_CHECKING:
    from kpr_validator.model import Value

ABOUT_EVERYBODY = frozenset({"person_aar", "gjeldende"})
TELLS_OF_THE_DEAD = ABOUT_EVERYBODY | {
    "ernaering_svar",  # a view of gjeldende: whoever uses it says of whom
    "institusjonsopphold",  # stays of earlier years too
    "lmg_svar",  # a view of gjeldende: whoever uses it says of whom
    "tjeneste_fordelt",  # says of every row what becomes of it
}
_GRAIN = re.compile(r"én rad per (\w+(?: og \w+)?)")


def village() -> list[Person]:
    """Return one person for each case that has been easy to get wrong."""
    return [
        person(),
        person(service(21), info(poIndPlan="1"), dod="20190615"),
        person(service(21), info(poIndPlan="1"), dod="20191231"),
        person(service(21, "20100101"), service(16, "20100101"), info(poHab="1"), dod="20181231"),
        person(service(21, "20180101", "20191231"), service(15, "20180101", "20190101")),
        person(service(21, "20200102"), info(til="20200101"), info("20200102")),
        person(service(21, til="20190401"), service(21, "20190701"), info("20200102")),
        person(service(21), service(20), service(19), service(8), service(25), service(22)),
        person(service(21, vedtak="1"), service(16, vedtak="1"), service(19, vedtak="1")),
        person(service(21, None), service(16, None), service(19, "")),
        person(service(15, til=None), service(1), service(12), service(17), service(2)),
        person(service(6, vedtak=None)),
        person(service(15, "20190801", "20190812", vedtak=None)),
        person(service(16), info(til="20190430", poHab="1"), info("20190501", poHab="2")),
        person(
            service(15),
            service(15),
            info(til="20190331", poIndPlan="1", poHab="1", poHabDato="20190101"),
            info("20190401", "20190831", poIndPlan="", poHab="1"),
            info("20190901", poLegeMiddGj="1", poErnKartlagt="1", poErnPlanDato="20190901"),
        ),
        person(service(15), service(16)),
        person(service(1), service(2), service(9), info(poIndPlan="4"), alder="12"),
    ]


def grains(concept: str) -> list[str]:
    """Return what a concept says that it has one row per."""
    page = (assets.rules() / "begreper" / f"{concept}.sql").read_text(encoding="utf-8")
    head = " ".join(re.findall(r"^-- (.*)$", page, re.MULTILINE))
    return _GRAIN.findall(head)


def concepts_with_one_row_per(*things: str) -> list[str]:
    return [
        name for name in concepts.selects() if grains(name) and set(grains(name)) <= set(things)
    ]


PERSON_CONCEPTS = concepts_with_one_row_per("person")
ROW_CONCEPTS = concepts_with_one_row_per("TJENESTE", "PERSONOPPL")


@pytest.mark.parametrize("year", [2018, 2019])
@pytest.mark.parametrize("concept", PERSON_CONCEPTS)
def test_a_concept_about_persons_has_one_row_per_person(concept: str, year: int) -> None:
    found = Counter(row["person_rad"] for row in rows(concept, *village(), year=year))
    assert {} == {person_rad: n for person_rad, n in found.items() if n > 1}


@pytest.mark.parametrize("year", [2018, 2019])
@pytest.mark.parametrize("concept", ROW_CONCEPTS)
def test_a_concept_about_rows_has_each_row_once(concept: str, year: int) -> None:
    found = Counter(row["rad"] for row in rows(concept, *village(), year=year))
    assert {} == {rad: n for rad, n in found.items() if n > 1}


@pytest.mark.parametrize("concept", sorted(ABOUT_EVERYBODY))
def test_these_concepts_lose_nobody(concept: str) -> None:
    people = village()
    numbers = [1]
    for one in people[:-1]:
        numbers.append(numbers[-1] + 1 + len(one.children))
    assert numbers == [row["person_rad"] for row in rows(concept, *people)]


@pytest.mark.parametrize("concept", sorted({*PERSON_CONCEPTS, *ROW_CONCEPTS} - TELLS_OF_THE_DEAD))
def test_who_died_before_the_year_is_in_no_other_concept(concept: str) -> None:
    dead = person(
        service(15, "20100101"),
        service(16, "20100101"),
        service(21, "20100101"),
        info(poHab="1", poIndPlan="1", poHarKoordinator="1", poLegeMiddGj="1", poErnKartlagt="1"),
        dod="20181231",
    )
    assert [] == rows(concept, dead)


def test_every_concept_says_what_it_means_and_where_it_comes_from() -> None:
    pages = sorted((assets.rules() / "begreper").glob("*.sql"))
    heads = {page.stem: page.read_text(encoding="utf-8").split("\n", 1)[0] for page in pages}
    without = [
        page.stem
        for page in pages
        if not heads[page.stem].startswith("-- ") or "-- Kilde: " not in page.read_text("utf-8")
    ]
    assert [] == without


def test_the_list_of_concepts_names_every_concept() -> None:
    listed = (assets.rules() / "begreper" / "README.md").read_text(encoding="utf-8")
    assert set(concepts.selects()) == set(re.findall(r"^\| `(\w+)` \|", listed, re.MULTILINE))


def state(**told: Value) -> Row:
    """Return person_aar's row for an ordinary person of 80, changed as told."""
    row: Row = {
        "person_rad": 1,
        "rad": 1,
        "alder": 80,
        "dod": None,
        "dod_for_aaret": 0,
        "lever": 1,
    }
    return row | told


@pytest.mark.parametrize(
    ("dod", "expected"),
    [
        (None, state()),
        ("", state()),
        ("20190231", state()),
        (OPEN, state()),
        ("20181231", state(dod="20181231", dod_for_aaret=1, lever=0)),
        ("20190101", state(dod="20190101", lever=0)),
        ("20190615", state(dod="20190615", lever=0)),
        ("20191231", state(dod="20191231", lever=0)),
        ("20200103", state(dod="20200103")),
    ],
)
def test_a_person_lives_until_a_real_day_of_death(dod: str | None, expected: Row) -> None:
    assert [expected] == rows("person_aar", person(dod=dod))


def test_a_person_lives_on_the_day_of_a_trial_extraction_when_death_comes_later() -> None:
    assert [state(dod="20191201")] == rows(
        "person_aar", person(dod="20191201"), status_day="20191120"
    )


@pytest.mark.parametrize(
    ("alder", "expected"),
    [
        ("12", state(alder=12)),
        ("0", state(alder=0)),
        ("+80", state()),
        ("080", state()),
        (None, state(alder=None)),
        ("", state(alder=None)),
        ("+", state(alder=None)),
        ("-3", state(alder=None)),
        ("åtti", state(alder=None)),
    ],
)
def test_an_age_that_is_no_whole_number_is_unknown(alder: str | None, expected: Row) -> None:
    assert [expected] == rows("person_aar", person(alder=alder))


def test_each_check_of_a_field_has_a_row_with_the_severity_of_its_consequence() -> None:
    wanted = {"poIndPlan", "tjFraDato", "iiKomnr", "peKjonn", "tjTimerUke", "poHusstand"}
    told = ("felt", "kontroll", "krav", "konsekvens", "alvorlighet")
    found = {
        tuple(row[name] for name in told)
        for row in rows("felt_kontroll")
        if row["felt"] in wanted and row["kontroll"] != "datatype"
    }
    assert {
        ("iiKomnr", "obligatorisk", "", "melding", "avvist"),
        ("peKjonn", "kodeverk", "3100", "rad", "feil"),
        ("poHusstand", "kodeverk", "9335", "verdi", "advarsel"),
        ("poIndPlan", "kodeverk", "9336", "verdi", "feil"),
        ("tjFraDato", "omraade", "20050101..iiTilDato", "rad", "opplysning"),
        ("tjTimerUke", "obligatorisk", "tjTjenType:1 2 3 4 7 9 11 15 17 22", "ingen", "opplysning"),
        ("tjTimerUke", "omraade", "0.01..168", "ingen", "opplysning"),
    } == found


def test_a_disputed_consequence_is_told_for_each_end_of_the_range() -> None:
    wanted = {"tjFraDato", "poVurdLege", "poErnPlanDato"}
    certainty = ("sikkerhet", "alvorlighet", "maks_sikkerhet", "maks_alvorlighet")
    told = {
        row["felt"]: tuple(row[name] for name in certainty)
        for row in rows("felt_kontroll")
        if row["felt"] in wanted and row["kontroll"] == "omraade"
    }
    assert {
        "poErnPlanDato": ("dokumentert", "feil", "dokumentert", "feil"),
        "poVurdLege": ("omstridt", "opplysning", "omstridt", "opplysning"),
        "tjFraDato": ("omstridt", "opplysning", "dokumentert", "feil"),
    } == told
