"""Concepts about the ident message: whose it is, what each number tells, and how well it fits."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpr_validator import catalogue, concepts, database, reference
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_html import as_html
from kpr_validator.report.as_json import as_json
from kpr_validator.report.as_text import as_text
from kpr_validator.rules import Example, load_page, rule_files
from tests.examples import report_of

if TYPE_CHECKING:
    from kpr_validator.model import Value
    from kpr_validator.rules import Page
    from tests.begreper import Row

PAGES = [load_page(path) for path in rule_files() if path.stem.startswith("IDT")]
WOMAN_1939, MAN_1939 = "01813900048", "01813900129"
YEAR: Row = {"aar": 2019, "fra": "20190101", "til": "20191231", "statusdato": "20191231"}


def told(
    concept: str,
    *identities: tuple[str, str, str],
    people: tuple[Row, ...] = ({"pePeID": "1", "peAlder": "80", "peKjonn": "K"},),
    message: tuple[str, ...] = ("B", "2019-01-01", "2019-12-31", "2020-01-08"),
    info: Row | None = None,
) -> list[Row]:
    """Return a concept's rows; an identity is (pid, fid, typeID), on line 10 and up."""
    about: Row = {"iiFraDato": "20190101", "iiTilDato": "20191231", "iiLagetDato": "20200108"}
    with closing(database.connect()) as con:
        reference.fill_format(con, catalogue.annual()[0])
        rows: list[tuple[str, Row]] = [
            ("innhinfo", {"rad": 0, "iiKomnr": "1820", **about, **(info or {})})
        ]
        rows += [("person", {"rad": n, "person_rad": n, **one}) for n, one in enumerate(people, 1)]
        for table, cells in rows:
            marks = ", ".join("?" for _ in cells)
            con.execute(
                f"INSERT INTO {table} ({', '.join(cells)}) VALUES ({marks})",  # noqa: S608  our own names
                (*cells.values(),),
            )
        con.execute("INSERT INTO ident_melding VALUES (?, ?, ?, ?)", message)
        con.executemany(
            "INSERT INTO ident VALUES (?, ?, '1820', ?, ?, ?, NULL)",
            ((n, 9 + n, *one) for n, one in enumerate(identities, 1)),
        )
        for name in concepts.needed([f"FROM {concept}"]):
            concepts.materialise(con, name, YEAR)
        cursor = con.execute(f"SELECT * FROM {concept}")  # noqa: S608  our own names
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor]


def only(rows: list[Row], *names: str) -> list[tuple[Value, ...]]:
    """Return some columns of the rows."""
    return [tuple(row[name] for name in names) for row in rows]


def test_an_identity_belongs_to_the_first_person_of_its_id() -> None:
    """Zeros in front make no other id, and an identity without a person stays."""
    people: tuple[Row, ...] = ({"pePeID": "17"}, {"pePeID": "0017"}, {"pePeID": "18"})
    given = (("017", "A", "9"), ("170", "B", "9"), ("18", "C", "+4"))
    found = told("identmelding_person", *given, people=people)
    assert only(found, "linje", "rad", "type", "i_innsendingen") == [
        (10, 1, 9, 1),
        (11, None, 9, 0),
        (12, 3, 4, 1),
    ]


def test_every_person_is_counted_with_their_identities() -> None:
    """Twice the same number is one number; who has no id has been told of by the schema."""
    people: tuple[Row, ...] = ({"pePeID": "17"}, {"pePeID": "18"}, {"pePeID": "19"}, {})
    given = (("17", "A", "9"), ("017", "A", "9"), ("18", "B", "9"), ("18", "C", "9"))
    found = told("person_identitet", *given, people=people)
    assert only(found, "rad", "identiteter", "ulike", "linje", "siste_linje") == [
        (1, 2, 1, 10, 11),
        (2, 2, 2, 12, 13),
        (3, 0, 0, None, None),
    ]


@pytest.mark.parametrize(
    ("number", "type_id", "expected"),
    [
        (WOMAN_1939, "1", ("fødselsnummer", "fødselsnummer", 1, 1, 0, 1, 0, 0)),
        (WOMAN_1939, "2", ("D-nummer", "fødselsnummer", 1, 1, 1, 1, 0, 0)),
        (WOMAN_1939, "4", ("", "fødselsnummer", 0, 1, 1, 1, 0, 0)),
        ("01813900049", "2", ("D-nummer", "fødselsnummer", 1, 0, 0, 0, 0, 0)),
        ("01015650180", "1", ("fødselsnummer", "fødselsnummer", 1, 1, 0, 0, 1, 0)),
        ("80000000098", "12", ("FH-nummer", "FH-nummer", 0, 1, 0, 0, 0, 0)),
        ("80000000098", "9", ("", "FH-nummer", 0, 1, 0, 0, 0, 0)),
        ("05061999999", "1", ("fødselsnummer", "erstatningsnummer", 1, 0, 0, 0, 0, 1)),
        ("TEST0000", "4", ("", "", 0, 0, 0, 0, 0, 0)),
    ],
)
def test_an_identity_is_told_by_its_type_and_its_form(
    number: str, type_id: str, expected: tuple[Value, ...]
) -> None:
    found = told("identitet", ("1", number, type_id))
    names = ("oppgitt", "slag", "gir_kpr_id", "gyldig", "feil_type", "er_test", "er_ekte")
    assert only(found, *names, "er_erstatning") == [expected]


def test_an_identity_concept_never_holds_the_number() -> None:
    found = told("identitet", ("1", WOMAN_1939, "1"))
    assert WOMAN_1939 not in repr(found)


@pytest.mark.parametrize(
    ("made", "expected"),
    [("20311231", (1, "19390101", "K")), ("20320101", (1, None, None)), ("20310231", (1,))],
)
def test_what_a_number_tells_depends_on_the_day_of_extraction(
    made: str, expected: tuple[Value, ...]
) -> None:
    """A day that is not in the calendar counts as the last of the year."""
    found = told("identitet", ("1", WOMAN_1939, "1"), info={"iiLagetDato": made})
    assert only(found, "gyldig", "fodt", "kjonn")[0][: len(expected)] == expected
    assert found[0]["uttrekk"] == ("20191231" if made == "20310231" else made)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"peAlder": "80", "peKjonn": "K"}, (1, 0, 1, 0)),
        ({"peAlder": "82", "peKjonn": "M"}, (1, 1, 1, 2)),
        ({"peAlder": "78", "peKjonn": ""}, (0, 1, 1, 2)),
        ({"peAlder": "", "peKjonn": "9"}, (0, 1, 0, 0)),
        ({"peAlder": "79", "peKjonn": None, "peDodDato": "20190615"}, (0, 0, 0, 1)),
        ({"peAlder": "79", "peKjonn": None, "peDodDato": "20190631"}, (0, 0, 1, 1)),
    ],
)
def test_a_number_is_compared_with_what_is_said_of_the_person(
    person: Row, expected: tuple[Value, ...]
) -> None:
    people: tuple[Row, ...] = ({"pePeID": "1", **person},)
    found = told("nummer_og_person", ("1", WOMAN_1939, "1"), people=people)
    names = ("kjonn_kjent", "kjonn_avviker", "alder_kjent", "aldersavvik")
    assert only(found, *names) == [expected]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (("B", "2019-01-01", "2019-12-31", "2020-01-08"), (1, 1, 1, 1, 0)),
        (("E", "2019-01-01Z", "2019-12-31+01:00", "2020-01-01"), (0, 1, 1, 1, 7)),
        (("B", "2018-01-01", "2019-12-31", "2020-01-15"), (1, 1, 0, 1, 7)),
        (("B", "12019-01-01", "2019-12-31", "12020-01-08"), (1, 0, 0, 0, None)),
    ],
)
def test_an_ident_message_is_compared_by_its_dates(
    message: tuple[str, ...], expected: tuple[Value, ...]
) -> None:
    found = told("identmelding", message=message)
    names = ("er_hel", "har_perioder", "samme_periode", "har_uttrekk", "dager_mellom")
    assert only(found, *names) == [expected]


def test_the_figures_count_each_identity_once() -> None:
    people: tuple[Row, ...] = tuple({"pePeID": str(n), "peAlder": "70"} for n in range(1, 6))
    given = (
        ("1", WOMAN_1939, "1"),
        ("2", MAN_1939, "1"),
        ("3", "01015650180", "1"),
        ("4", "80000000098", "12"),
        ("9", WOMAN_1939, "1"),
    )
    found = told("identmelding_tall", *given, people=people)
    expected: Row = {
        "personer": 5,
        "uten": 1,
        "numre": 3,
        "test": 2,
        "ekte": 1,
        "forste_ekte": 12,
        "med_form": 4,
        "brukt_som_id": 0,
        "forste_id": None,
        "sammenlignet": 3,
        "avvik": 3,
        "er_hel": 1,
        "mest_test": 1,
    }
    assert found == [expected]


def test_institutions_are_told_once_each() -> None:
    found = told("identmelding_kommune", ("1", "A", "9"), ("2", "B", "9"))
    assert found == [{"kommune": "1820", "egen": "1820", "er_kommunenummer": 1}]


def test_a_message_tells_the_line_in_the_ident_message() -> None:
    folder = Path(__file__).parent.parent / "examples"
    lines = (folder / "typiske-feil-ident.xml").read_text("utf-8").split("\n")
    options = Options(ident=str(folder / "typiske-feil-ident.xml"), select=("IDT-02",))
    with check_file(str(folder / "typiske-feil.xml"), options) as report:
        found = [finding for finding in report.findings() if finding.rule == "IDT-02"]
    at = [number for number, line in enumerate(lines, 1) if 'pid="2999"' in line]
    assert [finding.values["linje"] for finding in found] == at


@pytest.mark.parametrize("age", ["84", "85", "86"])
def test_data_of_a_year_the_format_is_not_documented_for_is_compared_by_its_own_year(
    age: str, tmp_path: Path
) -> None:
    """A person born in 1939, in data for 2024, by the rules of the nearest documented year."""
    page = next(page for page in PAGES if page.rule.id == "IDT-10")
    text = f'<PERSON pePeID="17"><peAlder>{age}</peAlder></PERSON>'
    number = f'<PasientIdent pid="17" fid="{WOMAN_1939}" typeID="1"/>'
    example = Example("ok", 0, text, {"år": "2024"}, {"ident": (number, {})}, 1)
    with report_of(page, example, tmp_path) as report:
        found = [finding.rule for finding in report.findings() if finding.rule == "IDT-10"]
    assert found == ["IDT-10"] * (age != "85")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_no_report_on_an_example_shows_a_number_of_its_ident_message(
    page: Page, tmp_path: Path
) -> None:
    """Ten digits are enough: a zero in front may have been lost."""
    for example in page.examples:
        numbers = re.findall(r'fid="0?([0-9]{10,})"', example.extra.get("ident", ("", {}))[0])
        with report_of(page, example, tmp_path) as report:
            shown = "".join(
                "".join(pieces)
                for pieces in (
                    as_json(report, "nb"),
                    as_html(report, "nn"),
                    as_text(report, "en", 80),
                )
            )
        assert [number for number in numbers if number in shown] == []
