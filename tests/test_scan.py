"""Records are found whole, whatever stands around and inside them."""

from __future__ import annotations

import pytest

from kpr_validator.pattern import Patterns, is_safe
from kpr_validator.scan import Accepted, Slice
from tests.documents import INFO, NAMESPACE, RECORD, document, explainer, numbered, scanned
from tests.stored import values

EVERY_SIZE = (1, 7, 64, 1_000, 1 << 20)


def _kinds(text: str, size: int = 1 << 20) -> list[str]:
    records, _, _ = scanned(text, size=size)
    return [type(record).__name__ for record in records]


def _as_here(*kinds: str) -> list[str]:
    """Return the kinds as this Python gives them: nothing is accepted where patterns are unsafe."""
    return list(kinds) if is_safe() else ["Slice" for _ in kinds]


def _rules(text: str) -> list[tuple[str, int]]:
    """Return rule and line of every fault of a document, in the order of lines."""
    _, faults, _ = scanned(text)
    return sorted(((fault.rule, fault.line) for fault in faults), key=lambda item: item[1])


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_ordinary_records_are_accepted_whatever_the_blocks(size: int) -> None:
    """Where the blocks of text are cut makes no difference."""
    text = document(RECORD, numbered(2), numbered(3))
    records, faults, scanner = scanned(text, size=size)
    found = [(record.line, text[record.pos :].startswith("<PERSON")) for record in records]
    assert (found, faults, scanner.ended) == ([(10, True), (37, True), (64, True)], [], True)


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_a_commented_out_person_is_no_row(size: int) -> None:
    """A PERSON in a comment is passed over, between records and inside one."""
    inside = numbered(3).replace("<peAlder>", "<!-- <PERSON pePeID='9'></PERSON> --><peAlder>")
    text = document(RECORD, f"<!-- {numbered(2)} -->", inside, numbered(4))
    records, faults, _ = scanned(text, size=size)
    assert [type(record).__name__ for record in records] == _as_here(
        "Accepted", "Slice", "Accepted"
    )
    assert [record.line for record in records] == [10, 64, 91]
    assert faults == []


def test_a_person_in_cdata_is_text_and_not_a_row() -> None:
    """CDATA between records is text where only elements may stand."""
    text = document(RECORD, f"<![CDATA[{numbered(2)}]]>", numbered(3))
    assert _kinds(text) == _as_here("Accepted", "Accepted")
    assert [rule for rule, _ in _rules(text)] == ["XSD-10"]


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_a_missing_end_tag_costs_one_record_only(size: int) -> None:
    """The record is told as broken, and those after it are read."""
    text = document(RECORD, numbered(2).replace("</FUNKSJON>", ""), numbered(3))
    assert _kinds(text, size) == _as_here("Accepted", "Slice", "Accepted")
    assert _rules(text)[0][0] == "LES-02"


def test_a_missing_end_tag_of_the_record_itself_costs_that_record_only() -> None:
    """A PERSON that is never closed ends where the next one begins."""
    text = document(RECORD, numbered(2).replace("</PERSON>", ""), numbered(3))
    assert _kinds(text) == _as_here("Accepted", "Slice", "Accepted")
    assert _rules(text)[0][0] == "LES-02"


def test_a_doubled_end_tag_is_told_and_the_rest_is_read() -> None:
    """The stray end tag makes the document no XML; the other records are still rows."""
    text = document(RECORD + "</PERSON>", numbered(2))
    assert _kinds(text) == _as_here("Accepted", "Accepted")
    assert [rule for rule, _ in _rules(text)] == ["LES-02"]


def test_text_between_records_is_told_with_its_line() -> None:
    """Text where only elements may stand has a finding on its own line."""
    text = document(RECORD, "her er det tekst", numbered(2))
    assert _kinds(text) == _as_here("Accepted", "Accepted")
    assert _rules(text) == [("XSD-10", 37)]


def test_a_second_root_makes_the_file_no_xml() -> None:
    """What follows the root's end is told where it begins."""
    first = document()
    assert _rules(first + document()) == [("LES-02", first.count("\n") + 1)]


def test_a_nested_person_is_an_unknown_element_and_not_a_broken_file() -> None:
    """A PERSON inside a PERSON is well-formed, and told as what it is."""
    text = document(RECORD.replace("<peAlder>", f"{numbered(2)}<peAlder>", 1), numbered(3))
    assert _kinds(text) == _as_here("Slice", "Accepted")
    assert _rules(text) == [("XSD-01", 11)]


def test_an_unknown_element_between_records_is_told_and_passed_over() -> None:
    """Another element at the records' level costs no record."""
    text = document(RECORD, "<ANNET><a>1</a></ANNET>", numbered(2))
    assert _kinds(text) == _as_here("Accepted", "Accepted")
    assert _rules(text) == [("XSD-01", 37)]


def test_innhinfo_after_the_records_is_in_the_wrong_order() -> None:
    """The envelope is judged with the records in their place."""
    text = document(INFO, info=RECORD)
    assert _kinds(text) == _as_here("Accepted")
    assert [rule for rule, _ in _rules(text)] == ["XSD-04"]


def test_a_submission_without_persons_is_told() -> None:
    """No PERSON at all is a missing obligatory element of the root."""
    assert _rules(document(" ")) == [("XSD-02", 1)]


@pytest.mark.parametrize(
    "spelled",
    [
        pytest.param(document(), id="pretty"),
        pytest.param("".join(line.strip() for line in document().splitlines()), id="minified"),
        pytest.param(document().replace("\n", "\n\n  "), id="airy"),
        pytest.param(
            document().replace("<", "<i:").replace("<i:/", "</i:").replace("xmlns=", "xmlns:i="),
            id="prefix",
        ),
        pytest.param(
            '<?xml version="1.0"?>\n<!-- x -->\n' + document() + "<!-- y -->\n", id="prolog"
        ),
        pytest.param(
            document().replace(
                " versjon",
                '\n  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
                f'\n xsi:schemaLocation="{NAMESPACE} iplos.xsd" versjon',
            ),
            id="schema location",
        ),
    ],
)
def test_every_ordinary_spelling_is_taken_by_the_pattern(
    spelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Minified, pretty-printed and with a prefix: accepted, with the same values."""
    monkeypatch.setattr("kpr_validator.scan.is_safe", lambda: True)
    records, faults, _ = scanned(spelled)
    plain, _, _ = scanned(document())
    taken = [record for record in records if isinstance(record, Accepted)]
    expected = [record for record in plain if isinstance(record, Accepted)]
    assert [record.rows for record in taken] == [record.rows for record in expected]
    assert faults == []


@pytest.mark.parametrize(
    "odd",
    [
        RECORD.replace('pePeID="1001"', "pePeID='1001'", 1),
        RECORD.replace('tjPeID="1001" tjTjID="1"', 'tjTjID="1" tjPeID="1001"'),
        RECORD.replace("<poIndPlan>4</poIndPlan>", "<poIndPlan/>"),
        RECORD.replace("<peAlder>84<", "<peAlder> 84 <"),
        RECORD.replace("<peAlder>84<", "<peAlder>+84<"),
        RECORD.replace(">A01<", "><![CDATA[A01]]><"),
        RECORD.replace(">A01<", ">A&amp;B<"),
        RECORD.replace(">3.50<", ">.5<"),
    ],
)
def test_an_odd_but_valid_record_goes_the_exact_way_without_fault(odd: str) -> None:
    """What the pattern does not take is not wrong."""
    text = document(odd, numbered(2))
    assert _kinds(text) == _as_here("Slice", "Accepted")
    assert _rules(text) == []


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u0085"])
def test_a_space_that_is_not_xmls_is_part_of_a_number_and_told(space: str) -> None:
    """Only XML's own spaces are trimmed, as the schema does."""
    text = document(RECORD.replace("<peAlder>84<", f"<peAlder>{space}84<"))
    assert _rules(text) == [("XSD-05", 11)]


def test_the_fast_and_the_exact_way_shred_a_record_into_the_same_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Values, tables and order are the same both ways."""
    monkeypatch.setattr("kpr_validator.scan.is_safe", lambda: True)
    fast, _, _ = scanned(document())
    slow, _, _ = scanned(document(), fast=False)
    record, cut = fast[0], slow[0]
    assert isinstance(record, Accepted)
    assert isinstance(cut, Slice)
    rows = explainer(document(), fast=False).record(cut).rows
    walked = [
        (row.element.table, tuple(row.values.get(name) for name in row.element.fields))
        for row in rows
    ]
    assert list(values(record.rows)) == walked


def test_a_record_that_is_cut_off_is_told_once() -> None:
    """A file that ends inside a record has one finding about that."""
    whole = document(RECORD, numbered(2))
    assert _rules(whole[: whole.rindex("<fnFunkVerdi>")]) == [("LES-03", 48)]


def test_a_root_that_is_never_closed_is_a_cut_off_file() -> None:
    """A file that ends between records is cut off too."""
    assert [rule for rule, _ in _rules(document().replace("</IPLOS>\n", ""))] == ["LES-03"]


@pytest.mark.parametrize("close", ["</PERSON>", "</PERSON\n>"])
def test_a_record_of_many_blocks_is_looked_at_few_times(
    close: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a record of 60 MB would take minutes."""
    looked: list[int] = []
    take = Patterns.take

    def counted(patterns: Patterns, text: str, at: int) -> object:
        looked.append(len(text) - at)
        return take(patterns, text, at)

    monkeypatch.setattr(Patterns, "take", counted)
    row = RECORD[RECORD.index("<DIAGNOSE") : RECORD.index("</PERSON>")]
    long = RECORD.replace(row, row * 2_000).replace("</PERSON>", close)
    records, faults, _ = scanned(document(long, numbered(2)), size=1_000)
    first, second = records
    assert second.line == first.line + long.count("\n") + 1
    assert faults == []
    assert sum(looked) < 4 * len(long)


def test_lines_are_exact_in_a_long_file_and_a_long_record() -> None:
    """Faults around line 65 535 of a file of 300 000 lines, and inside one long record."""
    long = RECORD.replace("</PERSON>", "") + "\n".join(
        f'<DOGNTILBUD dgPeID="1001" dgDgID="{number}">\n\n</DOGNTILBUD>' for number in range(30_000)
    )
    long += "<galt/>\n</PERSON>"
    wrong = numbered(2).replace("<peKjonn>K</peKjonn>", "<peKjonnn>K</peKjonnn>")
    plain = [numbered(number) for number in range(3, 9_000)]
    text = document(wrong, *plain, wrong, long)
    lines = text.split("\n")
    expected = [
        number for number, line in enumerate(lines, 1) if "peKjonnn" in line or "<galt" in line
    ]
    assert len(lines) > 300_000
    assert _rules(text) == [("XSD-01", line) for line in expected]
