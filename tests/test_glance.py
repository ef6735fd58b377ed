"""A glance at a record says what the walk says, or nothing."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpr_validator.glance import glance, is_plain
from kpr_validator.opening import Opening, open_message
from kpr_validator.walk import Row, walk
from tests.documents import RECORD, document

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").rglob("*.xml"))
OPENING = open_message(iter([document()]))[0]
PLAN = OPENING.document.plan


def walked(text: str, opening: Opening = OPENING) -> list[Row] | None:
    """Return what the walk says of a record that begins at line 1, None when it is broken."""
    told = walk((opening.tag, text, f"</{opening.name}>"), opening.document.plan, "PERSON")
    return None if told.broken else told.rows


def seen(text: str, opening: Opening = OPENING) -> list[Row] | None:
    """Return the rows that a glance sees of a record, in their order."""
    rows = glance(text, opening.document.plan, "PERSON", 1)
    return None if rows is None else list(rows.values())


def records(path: Path) -> Iterator[tuple[Opening, str]]:
    text = path.read_text("utf-8")
    opening = open_message(iter([text]))[0]
    for part in text.split("<PERSON ")[1:]:
        yield opening, "<PERSON " + part.partition("</PERSON>")[0] + "</PERSON>"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_record_of_an_example_is_seen_as_the_walk_sees_it(path: Path) -> None:
    for opening, text in records(path):
        assert seen(text, opening) in (None, walked(text, opening))


def test_a_plain_record_is_seen() -> None:
    assert is_plain(OPENING.tag, PLAN)
    rows = seen(RECORD)
    assert rows == walked(RECORD)
    assert [row.line for row in rows or ()] == [1, 5, 10, 16, 21]


def test_lines_count_from_where_the_record_begins() -> None:
    rows = glance(RECORD, PLAN, "PERSON", 40)
    assert rows
    first = rows[0]
    assert (first.line, first.lines["peAlder"], first.lines["pePeID"]) == (40, 41, 40)


@pytest.mark.parametrize("wanted", [{0}, {0, 2}, {1, 4}])
def test_rows_are_told_by_their_places_when_few_are_wanted(wanted: set[int]) -> None:
    whole = walked(RECORD) or []
    assert glance(RECORD, PLAN, "PERSON", 1, wanted) == {at: whole[at] for at in wanted}


def test_of_a_record_without_the_row_that_is_wanted_nothing_is_said() -> None:
    """Its file was changed on the way, and who reads on will tell."""
    assert glance(RECORD, PLAN, "PERSON", 1, {0, 5}) is None


ODD = [
    RECORD.replace("<peAlder>", "<!-- 84 --><peAlder>"),
    RECORD.replace("<peAlder>84", "<peAlder><![CDATA[84]]>"),
    RECORD.replace("<peAlder>84", "<peAlder>&#56;4"),
    RECORD.replace("<peAlder>84", "<peAlder>8<!-- -->4"),
    RECORD.replace("<peAlder>84", "<?a b?><peAlder>84"),
    RECORD.replace("<peAlder>84", "<peAlder xmlns='urn:annet'>84"),
    RECORD.replace("<peAlder>84", "<x:peAlder xmlns:x='urn:annet'>84").replace(
        "</peAlder>", "</x:peAlder>"
    ),
    RECORD.replace("<peAlder>84", "<peAlder a='b'>84"),
    RECORD.replace("\n", "\r\n"),
    RECORD.replace('pePeID="1001"', "pePeID='1001'"),
    RECORD.replace('pePeID="1001"', 'pePeID="10\t01"'),
    RECORD.replace('pePeID="1001"', 'pePeID="1&#48;01"'),
    RECORD.replace('pePeID="1001"', 'ukjent="1" pePeID = "1001"'),
    RECORD.replace("<PERSON ", "<PERSON\n\n"),
    RECORD.replace("<peAlder>84</peAlder>", "<peAlder/>"),
    RECORD.replace("<peAlder>84</peAlder>", "<peAlder />"),
    RECORD.replace("<peAlder>84</peAlder>", "<peAlder></peAlder>"),
    RECORD.replace("<peAlder>84</peAlder>", "<peAlder>\n84 \n</peAlder>\n"),
    RECORD.replace("<peAlder>84</peAlder>", "<peAlder>84</peAlder>\n<peAlder>\n85</peAlder>"),
    RECORD.replace("<peAlder>84</peAlder>", "<ukjent>84</ukjent>"),
    RECORD.replace("<peAlder>84</peAlder>", "tekst <peAlder>84</peAlder> tekst"),
    RECORD.replace("<peAlder>84</peAlder>", "<peAlder><a>84</a></peAlder>"),
    RECORD.replace("<poHusstand>1", "<poHusstand> 1 "),
    RECORD.replace("<diDiagKode>A01", "<diDiagKode> A  01 "),
    RECORD.replace("<FUNKSJON ", "<funksjon ").replace("</FUNKSJON>", "</funksjon>"),
    RECORD.replace("<TJENESTE ", "<TJENESTE><TJENESTE ").replace(
        "</TJENESTE>", "</TJENESTE></TJENESTE>"
    ),
    RECORD.replace("\n", ""),
    RECORD.replace("</PERSON>", "</PERSON >"),
    '<PERSON pePeID="1"/>',
    "<PERSON></PERSON>",
    "",
]


@pytest.mark.parametrize("text", ODD)
def test_an_odd_record_is_left_to_the_walk_or_seen_alike(text: str) -> None:
    assert seen(text) in (None, walked(text))


def test_broken_and_mixed_up_records_are_never_seen_otherwise() -> None:
    chance = random.Random(7)  # noqa: S311  only variety
    pieces = ["<", ">", "/", "&amp;", "\n", " ", '"', "a", "<poHab>1</poHab>", "</PERSON>", "<!--"]
    compared = 0
    for _ in range(3_000):
        at, cut = chance.randrange(len(RECORD)), chance.choice((0, 0, 1, 5, 40))
        text = RECORD[:at] + chance.choice(pieces) + RECORD[at + cut :]
        rows, expected = seen(text), walked(text)
        if expected is not None and rows is not None:
            compared += 1
            assert rows == expected, text
    assert compared > 200


@pytest.mark.parametrize(
    "tag",
    [
        '<x:IPLOS xmlns:x="http://www.npr.no/xmlstds/iplos/2019">',
        '<IPLOS xmlns="urn:annet">',
        "<IPLOS>",
    ],
)
def test_names_of_other_places_are_not_plain(tag: str) -> None:
    assert not is_plain(tag, PLAN)
