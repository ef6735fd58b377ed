"""The work list in Excel: what stands where, as text, complete, and whole or not at all."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from kpr_validator.model import LANGUAGES, Cause, Pointer
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report import as_xlsx, sheets
from kpr_validator.report.as_xlsx import write_xlsx
from kpr_validator.report.digest import theme
from kpr_validator.report.phrase import phrases
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import Task
from tests.report_samples import (
    HOSTILE,
    PLAN,
    RULES,
    START,
    finding,
    hostile,
    report,
    saying,
    typical,
    undecided,
    unreadable,
)
from tests.worklists import HOME, NOWHERE, WARD, column, lines, opened, plan, with_cases, written

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from kpr_validator.model import Report

EXAMPLES = Path(__file__).parent.parent / "examples"
HEADINGS = [
    "Sak (pePeID)",
    "Periode",
    "Melding",
    "Felt",
    "Verdi",
    "Slik retter du",
    "Årsak",
    "Hvem retter",
    "Enhet (orgnr.)",
    "Enhetens navn",
    "Radens id",
    "Vedtak (tjVeID)",
    "Tjeneste",
    "Startdato",
    "Alder",
    "Kan rettes nå?",
    "Alvorlighet",
    "Regel",
    "Linje i filen",
    "Følger av (regel:linje)",
    "Forklart",
    "Status",
    "Kommentar",
    "Avtrykk",
    "Ført over",
]


def said(book: Workbook) -> list[tuple[object, ...]]:
    """Return the lines of the summary, without empty cells."""
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [tuple(cell for cell in row if cell is not None) for row in rows]


def test_the_columns_stand_in_the_order_that_coordinators_work(tmp_path: Path) -> None:
    sheet = opened(with_cases(plan(10)), tmp_path)["Arbeidsliste"]
    assert HEADINGS == [cell.value for cell in sheet[1]]


def test_a_line_tells_all_that_it_takes_to_mend_the_finding(tmp_path: Path) -> None:
    book = opened(with_cases(plan(10, person="007", record="012")), tmp_path)
    assert lines(book, "Arbeidsliste") == [
        {
            "case": "007",
            "period": "01.01.2019–åpen",
            "message": "Personen har rehabilitering i året, men Individuell plan (poIndPlan)"
            " er ikke besvart.",
            "field": "Individuell plan (poIndPlan)",
            "value": "(mangler)",
            "fix": "Registrer status for individuell plan på personen, og ta nytt uttrekk.",
            "cause": "Registrering",
            "owner": "Kommunen",
            "unit": "310002003",
            "unit_name": "Hjemmetjenesten",
            "record": "012",
            "decision": "V-0071",
            "service": "15 Helsetjenester i hjemmet",
            "started": datetime(2018, 3, 12),  # noqa: DTZ001  a day, as Excel keeps it
            "age": 84,
            "when": "Kan rettes nå",
            "severity": "advarsel",
            "rule": "IP-01",
            "line": 10,
            "follows": None,
            "explained": None,
            "status": None,
            "comment": None,
            "fingerprint": "ip-01-10",
            "before": None,
        }
    ]


def test_the_lines_stand_by_case_and_period(tmp_path: Path) -> None:
    late = HOME._replace(since="20190701")
    found = [
        plan(9, person="10"),
        plan(8, person="9"),
        plan(3, late, person="2"),
        plan(4, person="2"),
        plan(2, person="2"),
        plan(1, NOWHERE, person=None, record=None),
        plan(7, person="2A"),
    ]
    told = lines(opened(with_cases(*found), tmp_path), "Arbeidsliste")
    assert column(told, "line") == [1, 2, 4, 3, 8, 9, 7]


def test_every_finding_stands_in_the_list_in_one_unit_and_in_one_theme(tmp_path: Path) -> None:
    with check_file(
        str(EXAMPLES / "typiske-feil.xml"), Options(units=str(EXAMPLES / "enheter.csv"))
    ) as made:
        expected = sorted(found.fingerprint for found in made.findings())
        themes = {texts("nb")(f"theme.{theme(found.rule)}") for found in made.findings()}
        book = opened(made, tmp_path)
    names = book.sheetnames
    assert names[:2] == ["Sammendrag", "Arbeidsliste"]
    by_unit, by_theme = names[2 : -len(themes)], names[-len(themes) :]
    assert {"Solbakken sykehjem (testdata)", "Uten enhet"} <= set(by_unit)
    assert set(by_theme) == themes
    for group in (["Arbeidsliste"], by_unit, by_theme):
        told = [line for name in group for line in lines(book, name)]
        assert sorted(column(told, "fingerprint")) == expected
    assert len(expected) > 90


def test_a_unit_has_its_own_lines_only(tmp_path: Path) -> None:
    unnamed = HOME._replace(unit="310003004", unit_name=None)
    found = [plan(1), plan(2, WARD), plan(3, unnamed), plan(4, NOWHERE), plan(5)]
    book = opened(with_cases(*found), tmp_path)
    assert book.sheetnames[2:6] == [
        "Hjemmetjenesten",
        "Solbakken sykehjem",
        "310003004",
        "Uten enhet",
    ]
    assert [column(lines(book, name), "line") for name in book.sheetnames[2:6]] == [
        [1, 5],
        [2],
        [3],
        [4],
    ]


def test_small_units_share_a_sheet_when_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_xlsx, "UNIT_SHEETS", 2)
    units = [HOME._replace(unit=f"31000{n}", unit_name=f"Enhet {n}") for n in range(5)]
    found = [plan(10 * n + m, units[n]) for n in range(5) for m in range(n + 1)]
    book = opened(with_cases(*found), tmp_path)
    assert book.sheetnames[2:5] == ["Enhet 3", "Enhet 4", "Andre enheter"]
    assert len(lines(book, "Andre enheter")) == 6
    assert ("Arket «Andre enheter» samler de 3 enhetene med færrest linjer.",) in said(book)


@pytest.mark.parametrize("rows", [2, 4, 5, 6, 100])
def test_a_list_too_long_for_a_sheet_goes_on_in_the_next_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr(sheets, "ROWS_A_SHEET", rows)
    book = opened(with_cases(*(plan(n) for n in range(1, 6))), tmp_path)
    parts = [name for name in book.sheetnames if name.startswith("Arbeidsliste")]
    assert len(parts) == -(-5 // (rows - 1))
    told = [line for name in parts for line in lines(book, name)]
    assert column(told, "line") == [1, 2, 3, 4, 5]
    assert max(book[name].max_row for name in book.sheetnames[1:]) <= rows
    sums = [line[1] for line in said(book) if line[:1] == (parts[-1],)]
    last = {2: "1 linje, nummer 5 til 5 av 5", 4: "2 linjer, nummer 4 til 5 av 5"}
    assert sums == [last.get(rows, "5 linjer" if rows > 5 else "1 linje, nummer 5 til 5 av 5")]


def test_the_summary_tells_verdict_counts_causes_losses_and_sheets(tmp_path: Path) -> None:
    told = said(opened(typical(), tmp_path))
    assert ("Arbeidsliste: 1820 Alstahaug, 2019",) == told[0]
    assert "enkeltpersoner" in str(told[1][0])
    assert "Godkjent med funn" in [line[0] for line in told if line]
    assert ("feil", "data går tapt eller er sikkert feil", 3, 0, 3) in told
    assert ("I alt", 40, 0, 40) in told
    assert ("KPR sletter 2 av 2\u00a0210 rader i TJENESTE.",) in told
    assert ("IP-01", "Mangler status for individuell plan: Individuell plan (poIndPlan)") in {
        line[:2] for line in told
    }
    assert ("Arbeidsliste", "40 linjer") in told


@pytest.mark.parametrize("made", [typical(), unreadable(), undecided(), hostile(), report()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_report_in_any_language_can_be_written(
    made: Report, language: str, tmp_path: Path
) -> None:
    book = opened(made, tmp_path, language)
    words = texts(language)
    assert book.sheetnames[:2] == [words("worklist.summary"), words("worklist.all")]
    assert "None" not in str(said(book)).replace("None,", "")


def test_in_english_no_norwegian_is_said(tmp_path: Path) -> None:
    book = opened(with_cases(plan(1), plan(2, NOWHERE)), tmp_path, "en")
    text = " ".join(str(cell) for name in book for row in name.values for cell in row if cell)
    for word in ("Hjemmetjenesten", "fagsystem", "individuell plan", "Individuell plan"):
        text = text.replace(word, "")
    for word in (" og ", " er ", " ikke ", "rettes", "enhet ", "Enhet", "Sak", "å", "ø", "æ"):
        assert word not in text.replace("Alstahaug", ""), word


HOSTILE_VALUES = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+47",
    "-1",
    "@SUM(A1)",
    "http://ond.invalid/",
    "mailto:a@b.invalid",
    "{=1}",
    "007",
    "1E5",
    "12345678901234567890",
    "TRUE",
    "#N/A",
    "_x0041_",
    "_xyz_",
    "<r><t>x</t></r>",
    '<r></r></is></c><c r="A9"><f>1+1</f></c>',
    "]]>&amp;<!--",
    "{0}",
    " foran og bak ",
    "'",
    "x" * 200,
]


@pytest.mark.parametrize("value", HOSTILE_VALUES)
def test_whatever_a_value_is_it_stands_as_text(value: str, tmp_path: Path) -> None:
    case = HOME._replace(
        since=value, until=value, decision=value, service=value, started=value, age=value,
        unit=value, unit_name=value,
    )  # fmt: skip
    found = finding(
        START, 5, field=value, person=value, record=value, observed=value, explained=value,
        fingerprint=value,
    )  # fmt: skip
    book = opened(with_cases((found, case)), tmp_path)
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    (told,) = lines(book, "Arbeidsliste")
    for name in ("case", "value", "record", "decision", "unit", "unit_name", "explained"):
        assert told[name] == value
    assert str(told["period"]) == f"{value}–{value}"


def test_signs_that_act_or_hide_are_spelled_out(tmp_path: Path) -> None:
    made = hostile()
    book = opened(made, tmp_path)
    (told,) = lines(book, "Arbeidsliste")
    shown = phrases(made.rules, "nb").value(HOSTILE)
    assert (told["case"], told["value"], told["record"]) == (shown, shown, shown)
    assert "‹U+001B›" in shown
    assert len(shown) == 200


def test_a_sheet_holds_what_the_file_format_can_hold(tmp_path: Path) -> None:
    odd = "a\x00\x0b\x1e\ud800\uffffb\tc\nd"
    with sheets.Book(tmp_path / "x.xlsx") as book:
        cells = [(sheets.TEXT, odd), (sheets.COMMON, odd), (sheets.TEXT, "y" * 40_000)]
        book.row(book.sheet("x"), 0, cells)
    first, second, last = next(load_workbook(tmp_path / "x.xlsx")["x"].values)
    assert first == second == "a\ufffd\ufffd\ufffd\ufffd\ufffdb\tc\nd"
    assert len(str(last)) == sheets.LONGEST_CELL


def test_texts_that_are_too_many_to_be_kept_once_stand_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "DIFFERENT_TEXTS", 3)
    found = [plan(n, HOME._replace(unit_name=f"Enhet {n}")) for n in range(1, 9)]
    told = lines(opened(with_cases(*found), tmp_path), "Arbeidsliste")
    assert column(told, "unit_name") == [f"Enhet {n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("Solbakken sykehjem", "Solbakken sykehjem"),
        ("x" * 40, "x" * 31),
        ("A/B: [C]*?\\", "A B C"),
        ("'sitat'", "sitat"),
        ("History", "History (2)"),
        ("", "-"),
        ("///", "-"),
        ("a\x00b\nc", "a b c"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(wanted: str, given: str, tmp_path: Path) -> None:
    assert sheets.Book(tmp_path / "x.xlsx").free_name(wanted) == given


def test_no_two_sheets_have_one_name(tmp_path: Path) -> None:
    book = sheets.Book(tmp_path / "x.xlsx")
    long = "y" * 40
    names = [book.free_name(name) for name in ("Enhet", "enhet", "ENHET", long, long, long)]
    assert names == [
        "Enhet",
        "enhet (2)",
        "ENHET (3)",
        long[:31],
        "y" * 27 + " (2)",
        "y" * 27 + " (3)",
    ]
    assert len({name.casefold() for name in names}) == 6


@pytest.mark.parametrize(
    ("started", "shown"),
    [
        ("20190228", datetime(2019, 2, 28)),  # noqa: DTZ001
        ("19000301", datetime(1900, 3, 1)),  # noqa: DTZ001
        ("19000228", "19000228"),
        ("20190231", "20190231"),
        ("2019", "2019"),
        ("", None),
        (None, None),
    ],
)
def test_a_start_is_a_date_when_it_is_one(
    started: str | None, shown: object, tmp_path: Path
) -> None:
    book = opened(with_cases(plan(1, HOME._replace(started=started))), tmp_path)
    assert column(lines(book, "Arbeidsliste"), "started") == [shown]


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("20190101", "20190630", "01.01.2019–30.06.2019"),
        ("20190101", "99991231", "01.01.2019–åpen"),
        ("20190101", None, "01.01.2019–(mangler)"),
        (None, "20190630", "(mangler)–30.06.2019"),
        ("", "", None),
        (None, None, None),
    ],
)
def test_a_period_is_told_as_far_as_the_row_tells_it(
    since: str | None, until: str | None, shown: str | None, tmp_path: Path
) -> None:
    book = opened(with_cases(plan(1, HOME._replace(since=since, until=until))), tmp_path)
    assert column(lines(book, "Arbeidsliste"), "period") == [shown]


@pytest.mark.parametrize(
    ("cause", "told", "owner"),
    [
        (Cause.REGISTRATION, "Registrering", "Kommunen"),
        (Cause.SERVICE_CODE, "Tjenestekode", "Kommunen"),
        (Cause.EXTRACTION, "Uttrekk", "Leverandøren"),
    ],
)
def test_the_cause_tells_who_mends(cause: Cause, told: str, owner: str, tmp_path: Path) -> None:
    rules = {**RULES, "IP-01": saying(PLAN, cause=cause)}
    (line,) = lines(opened(with_cases(plan(1), rules=rules), tmp_path), "Arbeidsliste")
    assert (line["cause"], line["owner"]) == (told, owner)


def test_what_follows_from_another_finding_says_from_which(tmp_path: Path) -> None:
    found = plan(9, cause=Pointer("KTR-03", 140, "ab"), explained="Sett på (fagleder)")
    (line,) = lines(opened(with_cases(found), tmp_path), "Arbeidsliste")
    assert (line["follows"], line["explained"]) == ("KTR-03:140", "Sett på (fagleder)")


def test_a_finding_on_the_whole_submission_has_no_value_of_its_own(tmp_path: Path) -> None:
    (line,) = lines(
        opened(with_cases(plan(1, NOWHERE, person=None, record=None)), tmp_path), "Arbeidsliste"
    )
    assert (line["case"], line["value"], line["unit"], line["age"]) == (None, None, None, None)


def test_the_sheets_are_ready_to_be_worked_in(tmp_path: Path) -> None:
    book = opened(with_cases(plan(1), plan(2), plan(3)), tmp_path)
    for sheet in book.worksheets[1:]:
        assert sheet.dimensions == "A1:Y4"
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == "A1:Y4"
        hidden = sheet.column_dimensions["X"]
        assert (hidden.hidden, hidden.min, hidden.max) == (True, 24, 25)
        assert not sheet.column_dimensions["W"].hidden
        assert sheet.column_dimensions["C"].width > 50
        (choice,) = sheet.data_validations.dataValidation
        assert str(choice.sqref) == "V2:V4"
        assert choice.formula1 == '"åpen,rettet,stemmer,spør leverandør"'
        assert sheet.print_title_rows == "$1:$1"
        to_fill_in = [sheet[f"{letter}2"] for letter in "VW"]
        assert [(cell.value, cell.fill.fgColor.rgb) for cell in to_fill_in] == [
            (None, "FFFFF9E0")
        ] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choice_of_statuses_is_short_enough_for_excel(language: str) -> None:
    words = texts(language)
    chosen = [words(f"worklist.status.{name}") for name in ("open", "fixed", "correct", "ask")]
    assert len(",".join(chosen)) <= 255
    assert not any("," in word for word in chosen)
    assert len(words("worklist.status_help")) <= 255
    assert len(words("worklist.column.status")) <= 32


def test_a_column_is_set_for_every_part_of_a_line() -> None:
    assert tuple(as_xlsx._WIDTHS) == Task._fields  # noqa: SLF001


def test_the_file_is_for_its_owner_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = written(with_cases(plan(1)), tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*tmp_path.iterdir()] == [path]


def test_a_workbook_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def stops() -> object:
        yield plan(1)
        raise RuntimeError

    path = tmp_path / "liste.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_xlsx(path, report(cases=stops), "nb")
    assert [*tmp_path.iterdir()] == [path]
    assert path.read_bytes() == b"old"


def test_the_file_names_nobody_who_wrote_it(tmp_path: Path) -> None:
    with ZipFile(written(with_cases(plan(1)), tmp_path)) as file:
        core = file.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
