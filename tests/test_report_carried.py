"""What people wrote in a work list is found again in the next one."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from kpr_validator.report.carried import Carried, WorklistError, read_carried
from kpr_validator.report.texts import texts
from kpr_validator.report.worklist import Task
from tests.worklists import HOME, WARD, Line, column, lines, plan, with_cases, written

if TYPE_CHECKING:
    from pathlib import Path

ALL = "Arbeidsliste"
FOUND = (plan(1), plan(2, WARD), plan(3))


def at(name: str) -> int:
    """Return the number of a column, the first being 1."""
    return Task._fields.index(name) + 1


def fill_in(path: Path, *written_: tuple[str, int, str, str | None]) -> Path:
    """Write status or comment in sheets: sheet, line of the submission, column, value."""
    book = load_workbook(path)
    for sheet, line, name, value in written_:
        (row,) = (r for r in book[sheet].iter_rows(min_row=2) if r[at("line") - 1].value == line)
        row[at(name) - 1].value = value
    book.save(path)
    return path


def again(path: Path, folder: Path, language: str = "nb", **changes: Any) -> dict[int, Line]:  # noqa: ANN401
    """Return the lines of the next work list, by line of the submission."""
    book = load_workbook(
        written(with_cases(*changes.get("found", FOUND)), folder, language, read_carried([path]))
    )
    return {line["line"]: line for line in lines(book, texts(language)("worklist.all"))}


def notes(told: dict[int, Line]) -> dict[int, tuple[str | None, str | None]]:
    """Return status and comment of the lines that have one."""
    return {
        line: (one["status"], one["comment"])
        for line, one in told.items()
        if one["status"] or one["comment"]
    }


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Return a first work list, with nothing written in it."""
    folder = tmp_path / "first"
    folder.mkdir()
    return written(with_cases(*FOUND), folder)


@pytest.mark.parametrize("sheet", [ALL, "Hjemmetjenesten", "Individuell plan"])
def test_what_is_written_in_any_sheet_is_carried_over(
    sheet: str, first: Path, tmp_path: Path
) -> None:
    fill_in(first, (sheet, 3, "status", "rettet"), (sheet, 3, "comment", "Gjort i går\nav meg"))
    assert notes(again(first, tmp_path)) == {3: ("rettet", "Gjort i går\nav meg")}


def test_it_stands_in_every_sheet_of_the_next(first: Path, tmp_path: Path) -> None:
    fill_in(first, (ALL, 2, "status", "stemmer"))
    again(first, tmp_path)
    book = load_workbook(tmp_path / "liste.xlsx")
    for sheet in (ALL, "Solbakken sykehjem", "Individuell plan"):
        assert "stemmer" in column(lines(book, sheet), "status")
    assert "stemmer" not in column(lines(book, "Hjemmetjenesten"), "status")


def test_nothing_written_is_nothing_carried(first: Path, tmp_path: Path) -> None:
    assert notes(again(first, tmp_path)) == {}
    told = [*load_workbook(tmp_path / "liste.xlsx").worksheets[0].values]
    said = [str(cell) for row in told for cell in row if cell]
    assert any("ført over for 0 av 3 funn" in line for line in said)
    assert any("0 funn i den forrige listen er borte" in line for line in said)


@pytest.mark.parametrize(("language", "status"), [("nn", "retta"), ("en", "fixed")])
def test_a_status_is_carried_over_into_another_language(
    language: str, status: str, first: Path, tmp_path: Path
) -> None:
    fill_in(first, (ALL, 1, "status", " Rettet "), (ALL, 2, "status", "venter på svar"))
    told = notes(again(first, tmp_path, language))
    assert told == {1: (status, None), 2: ("venter på svar", None)}
    third = tmp_path / "third"
    third.mkdir()
    back = notes(again(tmp_path / "liste.xlsx", third))
    assert back == {1: ("rettet", None), 2: ("venter på svar", None)}


def test_a_change_in_one_sheet_wins_over_what_stood_in_the_others(
    first: Path, tmp_path: Path
) -> None:
    fill_in(first, (ALL, 1, "status", "åpen"), (ALL, 1, "comment", "gammel"))
    again(first, tmp_path)
    second = tmp_path / "liste.xlsx"
    fill_in(
        second,
        ("Hjemmetjenesten", 1, "status", "rettet"),
        ("Individuell plan", 1, "comment", "ny"),
    )
    third = tmp_path / "third"
    third.mkdir()
    assert notes(again(second, third)) == {1: ("rettet", "ny")}


def test_what_is_taken_away_stays_away(first: Path, tmp_path: Path) -> None:
    fill_in(first, (ALL, 1, "status", "åpen"), (ALL, 1, "comment", "x|y"))
    assert notes(again(first, tmp_path)) == {1: ("åpen", "x|y")}
    second = fill_in(tmp_path / "liste.xlsx", (ALL, 1, "status", None), (ALL, 1, "comment", None))
    third = tmp_path / "third"
    third.mkdir()
    assert notes(again(second, third)) == {}


def test_of_two_new_statuses_the_first_stands_and_the_other_is_not_lost(
    first: Path, tmp_path: Path
) -> None:
    fill_in(
        first,
        (ALL, 1, "status", "rettet"),
        (ALL, 1, "comment", "ja"),
        ("Hjemmetjenesten", 1, "status", "spør leverandør"),
        ("Hjemmetjenesten", 1, "comment", "nei"),
        ("Individuell plan", 1, "comment", "ja"),
    )
    assert notes(again(first, tmp_path)) == {1: ("rettet", "[spør leverandør] ja nei")}
    summary = load_workbook(tmp_path / "liste.xlsx").worksheets[0]
    assert any("1 funn hadde ulik status" in str(cell) for row in summary.values for cell in row)


def test_several_lists_are_read_as_one(first: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    second = written(with_cases(*FOUND), other)
    fill_in(first, ("Hjemmetjenesten", 1, "status", "rettet"))
    fill_in(second, ("Solbakken sykehjem", 2, "status", "stemmer"))
    carried = read_carried([first, second])
    book = load_workbook(written(with_cases(*FOUND), tmp_path, carried=carried))
    assert column(lines(book, ALL), "status") == ["rettet", "stemmer", None]


def test_rows_may_be_sorted_and_columns_moved(first: Path, tmp_path: Path) -> None:
    fill_in(first, (ALL, 2, "status", "rettet"), (ALL, 3, "comment", "se her"))
    book = load_workbook(first)
    rows = [list(row) for row in book[ALL].values]
    order = list(range(len(rows[0])))
    random.Random(5).shuffle(order)  # noqa: S311  only an order
    moved = Workbook()
    sheet = moved.worksheets[0]
    for row in [rows[0], *reversed(rows[1:])]:
        sheet.append([row[n] for n in order] + ["Egen kolonne"])
    moved.save(first)
    assert notes(again(first, tmp_path)) == {2: ("rettet", None), 3: (None, "se her")}


def test_what_is_no_longer_found_is_listed_with_what_was_written(
    first: Path, tmp_path: Path
) -> None:
    fill_in(first, (ALL, 2, "status", "rettet"), (ALL, 2, "comment", "+47 =1"))
    again(first, tmp_path, found=(FOUND[0], plan(9)))
    book = load_workbook(tmp_path / "liste.xlsx")
    gone = lines(book, "Borte siden sist")
    assert column(gone, "case") == ["1002", "1003"]
    assert [(one["status"], one["comment"]) for one in gone] == [("rettet", "+47 =1"), (None, None)]
    assert column(gone, "message") == column(lines(load_workbook(first), ALL), "message")[1:]
    said = [str(cell) for row in book.worksheets[0].values for cell in row if cell]
    assert any("ført over for 0 av 1 funn" in line for line in said)
    assert any("2 funn i den forrige listen er borte" in line for line in said)
    assert "2 linjer" in said


def test_findings_alike_share_what_is_written(tmp_path: Path) -> None:
    same = (plan(1, fingerprint="abcd"), plan(2, WARD, fingerprint="abcd"))
    folder = tmp_path / "first"
    folder.mkdir()
    path = fill_in(written(with_cases(*same), folder), (ALL, 2, "status", "rettet"))
    assert notes(again(path, tmp_path, found=same)) == {1: ("rettet", None), 2: ("rettet", None)}


def test_odd_signs_in_what_is_written_are_spelled_out(first: Path, tmp_path: Path) -> None:
    fill_in(first, (ALL, 1, "comment", "a\u202eb_x000D_\nc" + "y" * 5_000), (ALL, 2, "status", "7"))
    told = notes(again(first, tmp_path))
    assert told == {1: (None, "a‹U+202E›b\nc" + "y" * 5_000), 2: ("7", None)}


def test_a_note_for_one_report_is_not_used_up_by_another(first: Path) -> None:
    carried = read_carried([first])
    carried.take("ip-01-1")
    assert (carried.anew().taken, carried.anew().lines) == (set(), carried.lines)
    assert Carried().take("ip-01-1") is None


def _a_workbook(path: Path) -> None:
    Workbook().save(path)


def _headings_without_our_columns(path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Status", "Kommentar"])
    book.save(path)


def _a_zip(path: Path) -> None:
    with ZipFile(path, "w") as file:
        file.writestr("a.txt", "a")


def _cut(path: Path) -> None:
    whole = path.with_name("hel")
    whole.mkdir()
    data = written(with_cases(*FOUND), whole).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _broken_within(path: Path) -> None:
    whole = path.with_name("hel")
    whole.mkdir()
    with ZipFile(written(with_cases(*FOUND), whole)) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[:200] if "sheet" in name else data)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_text("Sak;Status;Kommentar;Avtrykk"),
        _a_workbook,
        _headings_without_our_columns,
        _a_zip,
        _cut,
        _broken_within,
    ],
    ids=["empty", "csv", "workbook", "headings", "zip", "cut", "broken"],
)
def test_what_is_no_work_list_is_refused(make: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path = tmp_path / "liste.xlsx"
    make(path)
    with pytest.raises(WorklistError, match=r"liste\.xlsx"):
        read_carried([path])


def test_a_list_that_is_not_there_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_carried([tmp_path / "ingen.xlsx"])


def test_the_name_of_the_unit_may_change(first: Path, tmp_path: Path) -> None:
    fill_in(first, ("Hjemmetjenesten", 1, "status", "rettet"))
    renamed = plan(1, HOME._replace(unit="310009999", unit_name="Sone øst"))
    assert notes(again(first, tmp_path, found=(renamed,))) == {1: ("rettet", None)}
