"""The published figures: each says where it is from, and those that must agree agree."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from itertools import pairwise

import pytest

from kpr_validator import database
from kpr_validator.rules import load_page, rule_files
from tests.schemas_tables import SCHEMAS, Row, codes, table

FIGURES = table(SCHEMAS / "nasjonale-tall.csv")
FIRST_YEAR, LAST_YEAR = 2007, 2024
LEVELS = {"land", "region", "fylke"}
UNITS = {"personer", "prosent", "kommuner", "opphold", "plasser", "innbyggere"}
DAYS = {"", "året", "31.12."}
MARKS = {"", "omtrent", "foreløpig", "ubekreftet", "brudd", "erstattet", "avvik"}
SECOND_OPINIONS = {"erstattet", "avvik"}


def figures(maal: str, **told: str) -> list[Row]:
    """Return the country's rows of a measure, as told."""
    asked = {"maal": maal, "sted": "Norge", **told}
    return [row for row in FIGURES if asked.items() <= row.items()]


def figure(maal: str, aar: int, gruppe: str = "", **told: str) -> float:
    """Return the one figure of a measure that is not marked as somebody else's."""
    found = figures(maal, aar=str(aar), gruppe=gruppe, **told)
    (value,) = (float(row["verdi"]) for row in found if row["merke"] not in SECOND_OPINIONS)
    return value


def total(maal: str, aar: int, *groups: str) -> float:
    """Return the sum of a measure over groups."""
    return sum(figure(maal, aar, group) for group in groups)


@pytest.mark.parametrize("row", FIGURES, ids=map("line {}".format, range(2, len(FIGURES) + 2)))
def test_every_figure_has_a_source_and_a_form(row: Row) -> None:
    assert row["kilde"]
    assert None not in row.values()
    assert FIRST_YEAR <= int(row["aar"]) <= LAST_YEAR
    assert float(row["verdi"]) >= 0
    assert row["benevning"] != "prosent" or float(row["verdi"]) <= 100
    assert row["nivaa"] in LEVELS
    assert row["benevning"] in UNITS
    assert row["per"] in DAYS
    assert row["merke"] in MARKS
    assert not row["tjeneste"] or row["tjeneste"] in codes("9151", 2019)


def test_a_mark_that_a_figure_is_not_to_be_trusted_says_why() -> None:
    doubtful = {"brudd", *SECOND_OPINIONS}
    assert [] == [row for row in FIGURES if row["merke"] in doubtful and not row["merknad"]]


def test_a_measure_has_one_figure_for_each_year_and_place() -> None:
    key = ("maal", "gruppe", "tjeneste", "aar", "sted", "per")
    told = Counter(
        tuple(row[name] for name in key) for row in FIGURES if row["merke"] not in SECOND_OPINIONS
    )
    assert [] == [place for place, count in told.items() if count > 1]


def test_a_second_opinion_stands_beside_a_first() -> None:
    for row in FIGURES:
        if row["merke"] in SECOND_OPINIONS and row["maal"] != "ventetid_sykehjem":
            assert figure(row["maal"], int(row["aar"]), row["gruppe"], tjeneste=row["tjeneste"])


def test_every_year_of_recipients_is_there_and_changes_little() -> None:
    years = range(2012, LAST_YEAR + 1)
    counts = [figure("mottakere", year) for year in years]
    growth = [100 * (after / before - 1) for before, after in pairwise(counts)]
    assert all(0 <= change < 2.9 for change in growth)


def test_rehabilitation_by_age_is_rehabilitation_in_all() -> None:
    ages = ("0–17 år", "18–49 år", "50–66 år", "67–79 år", "80–89 år", "90 år og eldre")
    measure = "rehabilitering_utenfor_institusjon"
    assert figure(measure, 2021) == total(measure, 2021, *ages)


def test_the_fall_that_the_letter_of_2015_speaks_of_is_the_one_in_its_table() -> None:
    before, after = (
        figure("rehabilitering_utenfor_institusjon", year, per="året") for year in (2011, 2013)
    )
    assert (860, 2.9) == (before - after, round(100 * (before - after) / before, 1))


def test_the_waiting_list_is_those_at_home_and_those_on_short_stays() -> None:
    assert figure("venteliste", 2018) == total("venteliste", 2018, "hjemme", "korttidsopphold")


@pytest.mark.parametrize(
    ("maal", "aar", "groups"),
    [
        (
            "funksjonsvurdering_ved_rehabiliteringsopphold",
            2017,
            (
                "verken ved start eller slutt",
                "bare ved start",
                "bare ved slutt",
                "ved start og slutt",
            ),
        ),
        ("lege", 2021, ("siste 12 måneder", "eldre enn 12 måneder", "mangler opplysning")),
        ("tannlege", 2020, ("siste 12 måneder", "eldre enn 12 måneder", "mangler opplysning")),
        (
            "ernaering_hjemme",
            2020,
            ("vurdert", "ikke kartlagt", "ikke relevant", "mangler rapportering"),
        ),
        (
            "rehabilitering_utenfor_institusjon_andel",
            2021,
            ("noe behov", "middels behov", "omfattende behov", "uoppgitt behov"),
        ),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_parts_of_a_whole_make_a_hundred_per_cent(
    maal: str, aar: int, groups: tuple[str, ...]
) -> None:
    assert total(maal, aar, *groups) == pytest.approx(100, abs=1.001)


def test_one_who_has_welfare_technology_has_at_least_one_kind_of_it() -> None:
    for year in (2018, 2019):
        kinds = sum(figure("tjeneste", year, tjeneste=kind) for kind in ("6", "26", "27", "28"))
        assert 0.9 * kinds < figure("tjenestegruppe", year, "velferdsteknologi") <= kinds


def test_services_are_no_more_than_all_recipients() -> None:
    for row in figures("tjeneste"):
        assert float(row["verdi"]) < figure("mottakere", min(max(int(row["aar"]), 2012), 2024))


def test_rules_read_the_figures_as_they_stand_in_the_file() -> None:
    with closing(database.connect()) as con:
        read = con.execute("SELECT maal, aar, verdi, kilde FROM nasjonalt").fetchall()
    told = [(row["maal"], int(row["aar"]), float(row["verdi"]), row["kilde"]) for row in FIGURES]
    assert told == read


def test_the_figures_on_pages_are_the_published_ones() -> None:
    page = next(load_page(path) for path in rule_files() if path.stem == "REH-09")
    measures = {
        "nasjonalt_rehabilitering": "rehabilitering_utenfor_institusjon",
        "nasjonalt_mottakere": "mottakere",
    }
    told = {name: page.rule.parameters[name] for name in measures}
    used = {2018: 2018, 2020: 2021}
    published = {
        name: {year: figure(measure, at) for year, at in used.items()}
        for name, measure in measures.items()
    }
    assert published == told
