"""Individuell plan i barnehabiliteringen: tables made by hand, and every number of them."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kpr_validator.barnehabilitering import CHOICES, Measures, Share, indicator, measure
from kpr_validator.cli import app
from kpr_validator.contacts import Contacts, ContactsError, Problem, read_contacts
from kpr_validator.model import LANGUAGES
from kpr_validator.report.as_contacts import as_json, as_text, refusal

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "pasient;enhet;dato;fagområde;status;rhf;hf;behandlingssted"
NORTH, SOUTH = "Nord;HF Nord;Sykehus A", "Sør;HF Sør;Sykehus B"

# Each patient: (status in March, in June, in October), all at the same place in 2015.
YEAR = {
    "p1": ("", "4", "", NORTH),  # a plan in the making, told once
    "p2": ("5", "5", "5", NORTH),
    "p3": ("31", "31", "", NORTH),
    "p4": ("1", "1", "1", NORTH),  # not entitled: outside 1 and 3
    "p5": ("2", "", "", SOUTH),  # declined: outside 1 and 3
    "p6": ("", "", "", SOUTH),  # never a status: stays in every nevner
    "p7": ("4", "2", "5", SOUTH),  # the latest counts
    "p8": ("", "3", "", SOUTH),  # not on the list
}


def _lines(*lines: str) -> bytes:
    return "\n".join((HEADING, *lines)).encode()


def _year() -> bytes:
    return _lines(
        *(
            f"{patient};e;2015-{month}-01;233;{status};{place}"
            for patient, (*statuses, place) in YEAR.items()
            for month, status in zip(("03", "06", "10"), statuses, strict=True)
        )
    )


def _told(contacts: Contacts, year: int, period: str, choice: str = "given") -> dict[str, object]:
    """Return måltall 1–8 by level and place."""
    return {
        f"{row.level} {row.place}".strip(): (*map(tuple, row.measures.shares), *row.measures.counts)
        for row in measure(contacts, year)
        if (row.period, row.choice) == (period, choice)
    }


def test_a_year_counted_by_hand() -> None:
    """All eight måltall on all four levels."""
    north = ((2, 3), (0, 4), (1, 3), 2, 3, 0, 4, 1)
    south = ((1, 3), (1, 4), (0, 3), 1, 3, 1, 4, 0)
    assert _told(read_contacts(_year()), 2015, "2015") == {
        "country": ((3, 6), (1, 8), (1, 6), 3, 6, 1, 8, 1),
        "rhf Nord": north,
        "rhf Sør": south,
        "hf HF Nord": north,
        "hf HF Sør": south,
        "site Sykehus A": north,
        "site Sykehus B": south,
    }


def test_the_other_ways_to_choose_a_status_are_counted_beside_it() -> None:
    """On the last contact of the year nearly all are missing."""
    contacts = read_contacts(_year())
    assert _told(contacts, 2015, "2015", "last")["country"] == (
        (2, 7), (5, 8), (0, 7), 2, 7, 5, 8, 0,
    )  # fmt: skip
    assert _told(contacts, 2015, "2015", "life") == _told(contacts, 2015, "2015", "given")


def test_a_patient_is_in_a_tertial_from_the_third_contact_in_life() -> None:
    """Two contacts by the end of August are too few; what comes later is not seen."""
    contacts = read_contacts(_year())
    assert [_told(contacts, 2015, f"2015-T{n}").keys() for n in (1, 2)] == [{}.keys()] * 2
    third = _told(contacts, 2015, "2015-T3")
    assert third["country"] == ((2, 7), (5, 8), (0, 7), 2, 7, 5, 8, 0)


@pytest.mark.parametrize(
    ("contacts", "counted"),
    [
        (["2013-01-01", "2014-12-31", "2015-01-01"], True),
        (["2015-12-31", "2015-12-31", "2015-12-31"], True),
        (["2015-01-01", "2015-12-31", "2016-01-01"], False),  # the third comes after the year
        (["2013-01-01", "2014-01-01", "2014-12-31"], False),  # none in the year
        (["2013-01-01", "2015-12-31"], False),
    ],
)
def test_one_contact_in_the_year_and_three_in_life(contacts: list[str], *, counted: bool) -> None:
    """Both limits, on both sides of the year."""
    lines = [f"p;e;{day};233;5;{NORTH}" for day in contacts]
    assert bool(_told(read_contacts(_lines(*lines)), 2015, "2015")) is counted


def test_only_one_fagomraade_counts() -> None:
    """Contacts of other kinds neither make three nor carry a status."""
    told = read_contacts(
        _lines(
            *(f"p;e;2015-0{n}-01;{kind};5;{NORTH}" for n, kind in ((1, 233), (2, 233), (3, 230)))
        )
    )
    assert (_told(told, 2015, "2015"), told.used, told.others) == ({}, 2, 1)


def test_a_patient_of_several_units_is_counted_once_at_the_last() -> None:
    """Contacts in life are counted over all units; on one day the last line counts."""
    told = read_contacts(
        _lines(
            f"p;e;2015-05-01;233;5;{SOUTH}",
            f"p;e;2015-05-01;233;4;{NORTH}",
            f"p;e;2015-01-01;233;1;{SOUTH}",
        )
    )
    one = ((1, 1), (0, 1), (0, 1), 1, 1, 0, 1, 0)
    assert _told(told, 2015, "2015") == dict.fromkeys(
        ["country", "rhf Nord", "hf HF Nord", "site Sykehus A"], one
    )


def test_without_the_further_columns_the_unit_is_the_place() -> None:
    """Norway and the places that are known; the other levels are left out."""
    lines = "\n".join(f"p\te{n}\t0{n}.02.2015\t233\t5" for n in (1, 2, 3))
    told = read_contacts(f"Pasient\tEnhet\tDato\tFagomrade\tStatus\n{lines}".encode("cp1252"))
    assert (told.levels, set(_told(told, 2015, "2015"))) == (
        ("country", "site"),
        {"country", "site e3"},
    )


def test_an_unknown_status_stays_in_the_nevner_and_is_told_apart() -> None:
    """It is no missing status and in no teller."""
    told = Measures({"3": 2, "105": 1, "": 1, "5": 1})
    assert (told.unknown, told.total) == (3, 5)
    assert told.shares == (Share(1, 5), Share(1, 5), Share(0, 5))


def test_every_bad_line_is_told() -> None:
    """What is left out, what is counted still, and where."""
    told = read_contacts(
        _lines(
            f";e;2015-01-01;233;5;{NORTH}",
            f"p;e;2015-02-29;233;5;{NORTH}",
            f"p;e;2015-0228;233;5;{NORTH}",
            f"p;e;2015-01-01;;5;{NORTH}",
            "p;e;2015-01-01;233;5",
            "",
            ";;;;;;;",
            "p;;2015-01-01;233;105;Nord;HF Nord;",
            f"p;e;20111231;233;5;{NORTH}",
            f"p;e;20111231;233;5;{NORTH}",
            f"p;e;;230;;{NORTH}",
        )
    )
    assert told.problems == (
        Problem(2, "patient"),
        Problem(3, "date", "2015-02-29"),
        Problem(4, "date", "2015-0228"),
        Problem(5, "field"),
        Problem(6, "cells"),
        Problem(9, "unit"),
        Problem(9, "status", "105"),
        Problem(10, "early", "20111231"),
        Problem(11, "same", "10"),
        Problem(11, "early", "20111231"),
        Problem(12, "date", ""),
    )
    assert (told.lines, told.used, told.others) == (9, 3, 0)


@pytest.mark.parametrize(
    ("data", "line", "why", "names"),
    [
        (b"", 1, "columns", ("pasient", "enhet", "dato", "fagområde", "status")),
        (b"pasient;enhet;dato;status\n", 1, "columns", ("fagområde",)),
        (f"{HEADING};status\n".encode(), 1, "twice", ("status",)),
        (f'{HEADING}\n"a\n'.encode(), 2, "csv", ()),
        (
            b"\x89PNG\r\n\x1a\n\x00",
            1,
            "columns",
            ("pasient", "enhet", "dato", "fagområde", "status"),
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    data: bytes, line: int, why: str, names: tuple[str, ...]
) -> None:
    """Never half a count."""
    with pytest.raises(ContactsError) as caught:
        read_contacts(data)
    assert (caught.value.line, caught.value.why, caught.value.names) == (line, why, names)
    assert all(refusal(caught.value, language) for language in LANGUAGES)


def test_parts_sum_to_the_whole_whatever_the_table() -> None:
    """Chance tables: places sum to Norway, choices to the same patients."""
    chance = random.Random(233)  # noqa: S311  chance tables, not secrets
    for _ in range(30):
        contacts = read_contacts(
            _lines(
                *(
                    f"p{chance.randint(1, 30)};e;{chance.randint(2013, 2016)}"
                    f"-{chance.randint(1, 12):02}-{chance.randint(1, 28):02};233;"
                    f"{chance.choice(['', '1', '2', '31', '4', '5', '6'])}"
                    f";{chance.choice([NORTH, SOUTH])}"
                    for _ in range(200)
                )
            )
        )
        rows = list(measure(contacts, 2015))
        for period in ("2015", "2015-T1", "2015-T2", "2015-T3"):
            totals = {
                (level, choice): sum(
                    row.measures.total
                    for row in rows
                    if (row.period, row.level, row.choice) == (period, level, choice)
                )
                for level in contacts.levels
                for choice in CHOICES
            }
            assert len(set(totals.values())) == 1


def test_the_result_is_told_without_any_patient(tmp_path: Path) -> None:
    """As text and JSON, in three languages."""
    path = tmp_path / "kontakter.csv"
    path.write_bytes(_year().replace(b"p1;", b"01888000050;").replace(b";3;", b";01888000050;"))
    told = indicator(str(path), None)
    for language in LANGUAGES:
        text = "".join(as_text(told, language))
        written = "".join(as_json(told, language))
        assert json.loads(written)["year"] == 2015
        for shown in (text, written):
            assert not any(name in shown for name in ("p2", "p3", "01888000050"))


def test_the_text_says_what_is_ours_and_that_2012_is_not_published(tmp_path: Path) -> None:
    """The method stands under the numbers."""
    path = tmp_path / "kontakter.csv"
    path.write_bytes(_year().replace(b"2015-", b"2012-"))
    text = " ".join("".join(as_text(indicator(str(path), None), "nb")).split())
    assert "Landet 50,0 % 12,5 % 16,7 % 3 6 1 8 1" in text.replace("\u00a0", " ")
    assert "Tall fra før 2013 publiseres ikke" in text
    assert "Det er vårt valg" in text


def test_from_the_front_door(tmp_path: Path) -> None:
    """A clean table, one with a bad line, one that is none; and a year of one's own."""
    path = tmp_path / "kontakter.csv"
    path.write_bytes(_year().replace(b";3;", b";;"))

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["indicators", *words])
        return done.exit_code, done.stdout

    code, text = run("barnehabilitering", str(path))
    assert (code, "Landet" in text) == (0, True)
    code, text = run("barnehabilitering", str(path), "--format", "json", "--year", "2016")
    assert (code, json.loads(text)["rows"]) == (0, [])
    path.write_bytes(_year())
    assert run("barnehabilitering", str(path))[0] == 1
    path.write_bytes(b"a;b\n")
    for words in (("barnehabilitering", str(path)), ("barnehabilitering",), (str(path), str(path))):
        assert run(*words) == (2, "")
    assert run("barnehabilitering", str(tmp_path / "finnes-ikke.csv")) == (2, "")


def test_a_year_without_patients_is_told(tmp_path: Path) -> None:
    """Also when nothing could be used."""
    path = tmp_path / "kontakter.csv"
    path.write_bytes(_lines(f"p;e;i går;233;5;{NORTH}"))
    told = indicator(str(path), None)
    text = "".join(as_text(told, "en"))
    assert (told.year, told.rows) == (None, ())
    assert "No patient" in text
    assert "Line 2" in text
