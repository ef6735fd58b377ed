"""Scores that are taken a run at a time become the same as those that are taken row by row."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kpr_validator import catalogue, database, runs, store
from kpr_validator.pattern import is_safe, make_patterns
from kpr_validator.runs import Cutter, Run
from kpr_validator.scan import Accepted
from tests.documents import RECORD
from tests.stored import Dump, dump
from tests.test_folding import records_with_odd_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

pytestmark = pytest.mark.skipif(not is_safe(), reason="no pattern is used before Python 3.11.5")
NEWEST = catalogue.annual()[0]
ROW = RECORD[RECORD.index("<FUNKSJON") : RECORD.index("<TJENESTE")]


def row(  # noqa: PLR0913, PLR0917  a row's fields
    number: object,
    variable: object,
    score: object,
    begins: str = "20190301",
    ends: str = "99991231",
    owner: str = "1001",
) -> str:
    """Return a row of FUNKSJON as text."""
    return (
        ROW.replace('fnPeID="1001" fnFnID="1"', f'fnPeID="{owner}" fnFnID="{number}"')
        .replace("<fnFunkType>7", f"<fnFunkType>{variable}")
        .replace("<fnFunkVerdi>3", f"<fnFunkVerdi>{score}")
        .replace("20190301", begins)
        .replace("99991231", ends)
    )


def record(*rows: str) -> str:
    """Return a record with these rows of FUNKSJON."""
    return RECORD.replace(ROW, "".join(rows))


def taken(text: str) -> list[Run] | None:
    """Return the runs that are taken of a record, None where its scores are taken row by row."""
    found = make_patterns(NEWEST.plan, "PERSON", "").take(text, 0)
    assert found
    (given,) = (rows[-1] for rows in found.rows if rows[0] == "funksjon")
    return given if isinstance(given[0], Run) else None


def stored(texts: Iterable[str]) -> Dump:
    """Return what becomes of records; all are ordinary."""
    patterns = make_patterns(NEWEST.plan, "PERSON", "")
    with closing(database.connect()) as con:
        tables = store.Tables(con, "main", NEWEST)
        for text in texts:
            found = patterns.take(text, 0)
            assert found
            tables.add_accepted(Accepted(0, found.end, 1, found.rows))
        tables.finish()
        return dump(tables)


def assert_same(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Assert that records become the same when no run is cut."""
    mine = stored(texts)
    with monkeypatch.context() as patch:
        patch.setattr(Cutter, "cut", lambda *_: None)
        assert stored(texts) == mine
    assert mine["funksjon"]


def test_a_set_is_one_run() -> None:
    rows = [row(number, number, 3 + number % 2) for number in range(1, 19)]
    (run,) = taken(record(*rows)) or []
    assert (run.owner, run.begins, run.ends) == ("1001", "20190301", "99991231")
    assert list(zip(run.ids, run.variables, run.scores, strict=True)) == [
        (str(number), str(number), str(3 + number % 2)) for number in range(1, 19)
    ]


def test_other_dates_begin_another_run() -> None:
    rows = [
        row(1, 1, 3),
        row(2, 2, 4, "20190601"),
        row(3, 3, 4, "20190601"),
        row(4, 4, 5),
        row(5, 1, 2, ends="20190401"),
        row(6, 2, 2, ends="20190401"),
        row(7, 3, 2, ends="20190401"),
    ]
    told = [(run.begins, run.ends, list(run.ids)) for run in taken(record(*rows)) or ()]
    assert told == [
        ("20190301", "99991231", ["1"]),
        ("20190601", "99991231", ["2", "3"]),
        ("20190301", "99991231", ["4"]),
        ("20190301", "20190401", ["5", "6", "7"]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [row(1, 1, 3), row(2, 1, 4)],
        [row(1, 5, 3), row(2, "05", 4)],
        [row(1, 1, 3), row(2, 2, 6), row(3, 3, 3)],
        [row(1, 1, "tre")],
        [row(1, 63, 3)],
        [row(1, "05", 3)],
        [row(1, 1, 3), row(2, 2, 3, owner="1002")],
        [row(1, 1, 3), row(2, 2, 3).replace("\n", "\n "), row(3, 3, 3)],
        [row(1, 1, 3), row(2, 2, 3).replace("</FUNKSJON>", "</FUNKSJON>\n"), row(3, 3, 3)],
        [row(number, 1 + number % 18, 3) for number in range(1, 91)],
        [row(number, number, 3) for number in range(1, 63)],
    ],
    ids=[
        "a variable twice",
        "a variable twice, spelled otherwise",
        "a score that none has",
        "a score that is no number",
        "a variable without a bit",
        "a variable spelled otherwise",
        "another person's",
        "other white space within",
        "other white space after",
        "variables over and over",
        "more than are looked through",
    ],
)
def test_what_is_no_run_is_taken_row_by_row(
    rows: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert taken(record(*rows)) is None
    assert_same([record(*rows), record(row(1, 1, 3))], monkeypatch)


@pytest.mark.parametrize("count", [1, 2, 17, 40])
def test_a_run_ends_where_its_rows_do(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many they are, whatever stands after them, and however they are spelled."""
    rows = [row(number, number, 3) for number in range(1, count + 1)]
    narrow = [one.replace("\n", "").replace("  ", "") for one in rows]
    other = row(99, 1, 4, "20180101", "20190228")
    texts = [
        record(*rows),
        record(*narrow),
        record(*rows, other),
        record(other, *narrow),
        record(*rows, other, *rows),
    ]
    assert [sum(len(run.ids) for run in taken(text) or ()) for text in texts[:4]] == [
        count,
        count,
        count + 1,
        count + 1,
    ]
    assert_same(texts, monkeypatch)


def test_a_set_is_taken_whole_however_those_before_it_lay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is laid as another set may be longer, shorter, spelled otherwise or have other dates."""

    def told(count: int, start: int = 0, last: str = "20190301") -> list[str]:
        return [
            row(start + number, number, 1 + number % 5, "20190301" if number < 16 else last)
            for number in range(1, count + 1)
        ]

    sets = [
        *(told(count) for count in (18, 17, 18, 5, 18, 19, 2, 3, 2, 1, 4, 18, 6, 7, 8, 18, 12, 18)),
        told(18, 90),
        [one.replace("\n  ", "\n") for one in told(18)],
        told(18),
        told(18, last="20190302"),
        told(18),
    ]
    for kinds in (1, 100):
        monkeypatch.setattr(runs, "_MOST_KINDS", kinds)
        patterns = make_patterns(NEWEST.plan, "PERSON", "")
        taken = [found.rows[2][-1] for rows in sets if (found := patterns.take(record(*rows), 0))]
        assert [[run.ids for run in one] for one in taken[:-2]] == [
            [tuple(str(number) for number in range(start + 1, start + count + 1))]
            for count, start in ((len(rows), 90 if rows == sets[18] else 0) for rows in sets[:-2])
        ]
        assert [[len(run.ids) for run in one] for one in taken[-2:]] == [[15, 3], [18]]
        assert_same([record(*rows) for rows in sets], monkeypatch)


def test_rows_at_the_end_of_the_reach_are_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows grow longer with their numbers: where the reach ends may be in any place of a row."""
    texts = [
        record(*(row(number + start, number, 3) for number in range(1, count)))
        for count in range(38, 50)
        for start in (0, 1, 95, 960, 9_970)
    ]
    assert {True, False} == {taken(text) is not None for text in texts}
    assert_same(texts, monkeypatch)


def any_records(seed: int, count: int) -> Iterator[str]:
    """Yield records whose scores are in all kinds of disorder."""
    chance = random.Random(seed)  # noqa: S311  scores, not secrets
    for _ in range(count):
        rows: list[str] = []
        for _ in range(chance.randrange(1, 4)):
            dates = chance.choice(("20190301", "20190601")), chance.choice(("99991231", "20191101"))
            first = chance.choice((1, 1, 1, 7))
            for variable in range(first, first + chance.randrange(1, 20)):
                rows.append(row(len(rows) + 1, variable, chance.choice("123459"), *dates))
                if chance.random() < 0.02:
                    rows[-1] = chance.choice(
                        (
                            row(len(rows), variable, "6", *dates),
                            row(7, variable, "2", *dates),
                            row(12345678901, variable, "2", *dates),
                            row(len(rows), f"0{variable}", "2", *dates),
                            row(len(rows), variable, "2", *dates, owner="1002"),
                            rows[-1].replace("\n", "\n\t"),
                            rows[-1].strip(),
                        )
                    )
        yield record(*rows)


def test_scores_in_any_disorder_become_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = list(any_records(5, 1_500))
    cut = [taken(text) is not None for text in texts]
    assert {True, False} == set(cut)
    assert_same(texts, monkeypatch)
    ordinary = [
        text for text in records_with_odd_ids(4, 200) if '"+3"' not in text and "<FUNKSJON" in text
    ]
    assert_same(ordinary, monkeypatch)


def test_ids_numbered_through_all_persons_are_taken_row_by_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No more middles are kept than there may be."""
    monkeypatch.setattr(runs, "_MOST_MIDDLES", 30)
    texts = [
        record(*(row(18 * person + number, number, 3) for number in range(1, 19)))
        for person in range(6)
    ]
    patterns = make_patterns(NEWEST.plan, "PERSON", "")
    given = [found.rows[2][-1][0] for text in texts if (found := patterns.take(text, 0))]
    assert [isinstance(one, Run) for one in given] == [True, True, False, False, False, False]
    assert_same(texts, monkeypatch)


def test_a_run_has_the_fields_of_every_format() -> None:
    """Where a format's are others, nothing is cut."""
    for form in catalogue.annual():
        assert form.plan.tables["funksjon"].fields == runs.FIELDS
