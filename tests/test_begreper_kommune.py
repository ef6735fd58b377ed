"""Concepts about the whole municipality: last year, an earlier sending, the country, each field."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.begreper import OPEN, Person, Row, Sending, info, person, rows, sending, service

if TYPE_CHECKING:
    from collections.abc import Callable

NOW, BEFORE = 2019, 2018
DAYS = (
    *(None, "", "20180231", OPEN, "19791231", "19800101", "20171231", "20180101", "20180615"),
    *("20181231", "20190101", "20190601"),
)
TYPES = (1, 6, 12, 13, 14, 16, 24, 25, 26, 27, 28, 29, 10)


def compared(
    concept: str, this: Sending, last: Sending, *people: Person, status_day: str | None = None
) -> list[Row]:
    """Return a concept's rows when last year's submission is given."""
    others = {"main": this, "fjor": last}
    return rows(concept, *people, status_day=status_day, others=others)


def last_year(*people: Person, **told: str | None) -> Sending:
    return sending(*people, year=BEFORE, **told)


def test_last_years_sending_of_the_same_municipality_is_compared() -> None:
    expected: Row = {
        "aar": BEFORE,
        "fra": "20180101",
        "til": "20181231",
        "statusdato": "20181231",
        "hele_aaret": 1,
    }
    assert [expected] == compared("fjor_innsending", sending(), last_year())


@pytest.mark.parametrize(
    ("made", "status_day", "whole"),
    [("20180930", None, None), ("20181001", "20181001", 0), ("20181231", "20181231", 1)],
)
def test_an_extract_from_before_october_is_not_compared(
    made: str, status_day: str | None, whole: int | None
) -> None:
    found = compared("fjor_innsending", sending(), last_year(iiLagetDato=made))
    told = [(row["statusdato"], row["hele_aaret"]) for row in found]
    assert ([(status_day, whole)] if status_day else []) == told


@pytest.mark.parametrize(("status_day", "count"), [("20190930", 0), ("20191001", 1)])
def test_nor_is_last_year_compared_with_such_an_extract(status_day: str, count: int) -> None:
    found = compared("fjor_innsending", sending(), last_year(), status_day=status_day)
    assert count == len(found)


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ({"iiFraDato": "20170101"}, 0),
        ({"iiFraDato": "20180102"}, 0),
        ({"iiTilDato": "20181130"}, 0),
        ({"iiKomnr": "1813"}, 0),
        ({"iiBydelsnr": "01"}, 0),
        ({"iiBydelsnr": "0"}, 1),
        ({"iiBydelsnr": ""}, 1),
    ],
)
def test_something_else_than_the_year_before_is_not_compared(
    told: dict[str, str], count: int
) -> None:
    assert count == len(compared("fjor_innsending", sending(), last_year(**told)))


@pytest.mark.parametrize(
    ("year", "number", "before", "count"),
    [
        (2020, "3001", "0101", 1),
        (2020, "3001", "0104", 0),
        (2021, "3001", "0101", 0),
    ],
    ids=["Halden renumbered", "another name", "a year too late"],
)
def test_a_municipality_that_got_a_new_number_is_still_itself(
    year: int, number: str, before: str, count: int
) -> None:
    others = {
        "main": sending(year=year, iiKomnr=number),
        "fjor": sending(year=year - 1, iiKomnr=before),
    }
    assert count == len(rows("fjor_innsending", year=year, others=others))


def random_person(chance: random.Random) -> Person:
    services = [
        service(
            chance.choice(TYPES),
            chance.choice(DAYS),
            chance.choice(DAYS),
            vedtak=chance.choice(("1", "2", "2", "", None)),
        )
        for _ in range(chance.randrange(1, 4))
    ]
    alder = chance.choice(("80", "+80", "0", "", None, "x"))
    return person(*services, dod=chance.choice((*DAYS, None, None, None)), alder=alder)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("made", ["20190108", "20181120"])
def test_services_counted_last_year_are_those_that_were_counted_then(seed: int, made: str) -> None:
    chance = random.Random(seed)  # noqa: S311  test data, not secrets
    people = tuple(random_person(chance) for _ in range(40))
    told = ("rad", "person_rad", "type_talt", "alder", "per_statusdato")
    then = rows("aktiv_tjeneste", *people, year=BEFORE, status_day=min(made, "20181231"))
    expected = [[row[name] for name in told] for row in then if row["tellende"]]
    found = compared("fjor_tjeneste", sending(), last_year(*people, iiLagetDato=made))
    assert expected == [[row[name] for name in told] for row in found]


def test_recipients_and_children_are_counted_in_both_years() -> None:
    child = person(service(6), alder="17")
    before = last_year(
        person(service(6, "20180301")), person(service(6, "20180301")), person(service(15))
    )
    found = compared("mottakere_to_aar", sending(), before, child, person(service(6), alder="18"))
    assert [
        {"gruppe": "alle", "naa": 2, "foer": 2},
        {"gruppe": "barn", "naa": 1, "foer": 0},
    ] == found


def test_services_are_counted_in_both_years_and_housing_is_one() -> None:
    before = last_year(
        person(service(12, "20180301"), service(13, "20180301"), service(16, "20180301")),
        person(service(1, "20180301")),
    )
    found = compared("tjeneste_to_aar", sending(), before, person(service(29), service(16)))
    assert [
        {"type": 1, "naa": 0, "foer": 1, "bolig": 0},
        {"type": 29, "naa": 1, "foer": 1, "bolig": 1},
    ] == found


def told_again(**now: str | None) -> Person:
    """Return the person of the test below as this year tells it."""
    cells: Row = {"peAlder": "80", "peKjonn": "K", "peDodDato": None, "pePeID": "0017"}
    return Person({**cells, **now}, (service(15),))


@pytest.mark.parametrize(
    ("now", "found", "same"),
    [
        (told_again(), 1, 1),
        (told_again(pePeID="+17"), 1, 1),
        (told_again(pePeID="18"), 0, 0),
        (told_again(peKjonn="M"), 1, 0),
        (told_again(peKjonn=None), 1, 0),
        (told_again(peAlder="79"), 1, 0),
        (told_again(peAlder=None), 1, 0),
    ],
    ids=["same", "sign", "other id", "other sex", "no sex", "no older", "no age"],
)
def test_a_person_is_found_again_by_id_sex_and_age(now: Person, found: int, same: int) -> None:
    cells: Row = {"peAlder": "79", "peKjonn": "K", "peDodDato": None, "pePeID": "17"}
    then = Person(cells, (service(15, "20180301"), service(6, "20180401")))
    expected: Row = {"fjor_rad": 1, "finnes": found, "samme": same}
    assert [expected] == compared("aapen_i_fjor", sending(), last_year(then), now)


@pytest.mark.parametrize(
    ("then", "made", "count"),
    [
        (person(service(15, "20180301")), "20190108", 1),
        (person(service(15, "20180301", "20181231")), "20190108", 1),
        (person(service(15, "20180301", "20181230")), "20190108", 0),
        (person(service(15, "20180301"), dod="20181231"), "20190108", 0),
        (person(service(15, "20180301", vedtak="1")), "20190108", 0),
        (person(service(15, "20180301")), "20181230", 0),
    ],
    ids=["open", "to the last day", "ended", "dead", "refused", "trial extract"],
)
def test_who_had_a_service_when_last_year_ended(then: Person, made: str, count: int) -> None:
    last = last_year(then, iiLagetDato=made)
    assert count == len(compared("aapen_i_fjor", sending(), last))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"iiLopenr": "7"}, [7]),
        ({"iiLopenr": "07"}, [7]),
        ({"iiLopenr": "A7"}, [None]),
        ({"iiLopenr": "+7"}, [None]),
        ({"iiLopenr": ""}, [None]),
        ({"iiKomnr": "1813"}, []),
        ({"iiBydelsnr": "03"}, []),
        ({"iiFraDato": "20180101"}, []),
        ({"iiLagetDato": "20190103", "iiBydelsnr": "0"}, [1]),
    ],
)
def test_an_earlier_sending_of_the_same_is_compared(
    told: dict[str, str], expected: list[int | None]
) -> None:
    others = {
        "main": sending(iiLopenr="2"),
        "forrige": sending(person(), person(), year=NOW, **told),
    }
    found = rows("forrige_innsending", person(), others=others)
    assert expected == [row["lopenr_foer"] for row in found]
    assert all((row["lopenr"], row["personer"], row["personer_foer"]) == (2, 1, 2) for row in found)


@pytest.mark.parametrize(
    ("year", "source", "share"),
    [(2018, 2018, 9.47), (2019, 2018, 9.47), (2020, 2021, 8.59), (2021, 2021, 8.59)],
)
def test_the_share_with_rehabilitation_is_that_of_the_nearest_year_without_a_break(
    year: int, source: int, share: float
) -> None:
    (found,) = (r for r in rows("nasjonal_andel", year=year) if r["tilbud"] == "rehabilitering")
    assert source == found["aar"]
    assert share == pytest.approx(100 * float(found["andel"] or 0), abs=0.01)


def test_the_other_shares_are_of_2022() -> None:
    found = {row["tilbud"]: row for row in rows("nasjonal_andel")}
    assert {"bpa", "heldoegn", "rehabilitering"} == found.keys()
    assert (2022, 2022) == (found["bpa"]["aar"], found["heldoegn"]["aar"])
    assert pytest.approx(4530 / 390369) == found["bpa"]["andel"]


def resident(**answers: str | None) -> Person:
    return person(service(21, tjInstOrgnr="310000002"), info(**answers))


def at_home(**answers: str | None) -> Person:
    return person(service(6), info(**answers))


@pytest.mark.parametrize(
    ("field", "one", "expected"),
    [
        ("poHusstand", lambda: resident(poHusstand="2"), (1, 1)),
        ("poHusstand", resident, (1, 0)),
        ("poHusstand", at_home, (0, 0)),
        ("poIndPlan", lambda: resident(poIndPlan=""), (1, 0)),
        ("poHarKoordinator", lambda: resident(poHarKoordinator="1"), (1, 1)),
        ("poVurdLege", lambda: resident(poVurdLege="201905"), (1, 1)),
        ("poVurdTann", resident, (1, 0)),
        ("poVurdTann", lambda: person(service(15), info()), None),
        ("poLegeMiddGj", lambda: resident(poLegeMiddGj="2"), (1, 1)),
        ("poLegeMiddGj", at_home, (0, 0)),
        ("poLegeMiddGjDato", lambda: at_home(poLegeMiddGj="1"), (1, 0)),
        ("poLegeMiddGjDato", lambda: at_home(poLegeMiddGj="2"), (0, 0)),
        ("poErnKartlagt", resident, (1, 0)),
        ("poErnKartlagtDato", lambda: at_home(poErnKartlagt="1"), (1, 0)),
        ("poErnRisiko", lambda: at_home(poErnKartlagt="1", poErnRisiko="2"), (1, 1)),
        ("poErnRisiko", lambda: at_home(poErnKartlagt="2"), (0, 0)),
        ("poErnRisikoDato", lambda: at_home(poErnRisiko="2"), (1, 0)),
        ("poErnPlan", lambda: at_home(poErnRisiko="1"), (1, 0)),
        ("poErnPlan", lambda: at_home(poErnRisiko="2"), (0, 0)),
        ("poErnPlanDato", lambda: at_home(poErnPlan="1"), (1, 0)),
        ("poHabDato", lambda: at_home(poHab="1", poHabDato="20190401"), (1, 1)),
        ("poHabDato", lambda: at_home(poHab="2"), (0, 0)),
        ("poVentelisteDato", lambda: at_home(poVenteliste="1"), (1, 0)),
        ("fnFunkVerdi", resident, (1, 0)),
        ("diDiagKode", at_home, (0, 0)),
        ("tjInstOrgnr", resident, (1, 1)),
        ("tjInstOrgnr", lambda: person(service(15)), (1, 0)),
        ("tjInstOrgnr", at_home, (0, 0)),
    ],
)
def test_a_field_is_asked_for_of_those_it_concerns(
    field: str, one: Callable[[], Person], expected: tuple[int, int] | None
) -> None:
    found = {row["felt"]: (row["gjelder"], row["fylt"]) for row in rows("felt_utfylling", one())}
    assert expected == found.get(field)


def test_fields_of_no_figure_are_told_apart() -> None:
    found = {row["felt"]: row["i_statistikk"] for row in rows("felt_utfylling", resident())}
    assert (1, 0) == (found["poIndPlan"], found["poOmsorgBarn"])
