"""Scores are folded where they follow each other, and odd ids are seen."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from kpr_validator import catalogue, compiled, folding, shrink, store
from kpr_validator.folding import Folder, Stretch
from kpr_validator.ids import has_odd_ids
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_json import as_json
from kpr_validator.runs import Cutter
from tests.documents import RECORD, document, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIELDS = ("fnPeID", "fnFnID", "fnFunkType", "fnFunkVerdi", "fnFraDato", "fnTilDato")
OPEN = "99991231"


def _score(
    rad: int, variable: str | None, score: str | None, begins: str = "20190101"
) -> tuple[int | str | None, ...]:
    return (rad, 1, "17", str(rad), variable, score, begins, OPEN)


def _bits(*numbers: int) -> int:
    return sum(1 << number for number in numbers)


def test_scores_with_the_same_dates_are_one() -> None:
    rows = [_score(3, "1", "4"), _score(4, "13", "9"), _score(5, "18", "4")]
    (fold,) = folding.folds(rows, FIELDS)
    masks = (0, 0, 0, _bits(1, 18), 0, _bits(13), 0)
    assert fold == (3, 5, 1, "20190101", OPEN, 3, _bits(1, 13, 18), _bits(4, 9), *masks)


def test_a_variable_is_in_a_set_once() -> None:
    rows = [_score(3, "1", "4"), _score(4, "2", "x"), _score(5, "01", "4"), _score(6, "2", "")]
    told = [
        (fold.first, fold.last, fold.variables, fold.other) for fold in folding.folds(rows, FIELDS)
    ]
    assert told == [(3, 4, _bits(1, 2), _bits(2)), (5, 6, _bits(1, 2), 0)]


def test_other_dates_another_person_and_a_row_between_begin_anew() -> None:
    rows = [
        _score(3, "1", "4"),
        _score(4, "2", "4", "20190601"),
        _score(5, "3", "4"),
        _score(7, "4", "4"),
        (9, 8, "18", "9", "5", "4", "20190101", OPEN),
    ]
    told = [(fold.first, fold.last, fold.person) for fold in folding.folds(rows, FIELDS)]
    assert told == [(3, 3, 1), (4, 4, 1), (5, 5, 1), (7, 7, 1), (9, 9, 8)]


@pytest.mark.parametrize(
    ("spelled", "bit"),
    [
        ("0", 1),
        ("62", 1 << 62),
        ("63", 0),
        ("05", 1 << 5),
        ("+5", 1 << 5),
        ("-5", 0),
        ("-0", 1),
        ("5x", 1 << 5),
        (" 5", 1 << 5),
        ("x", 1),
        ("0" * 5_000 + "5", 1 << 5),
        ("9" * 5_000, 0),
        ("\u0665", 1),
        ("", 1),
        (None, 0),
    ],
)
def test_a_number_has_a_bit(spelled: str | None, bit: int) -> None:
    (fold,) = folding.folds([_score(2, spelled, spelled)], FIELDS)
    assert (fold.variables, fold.scores) == (bit, bit)


@pytest.mark.parametrize(
    ("own", "rows", "odd"),
    [
        ("17", [("17", "1"), ("17", "2")], False),
        ("17", [("17", "2"), ("17", "1")], False),
        ("17", [("17", "1"), ("17", "1")], True),
        ("17", [("18", "1")], True),
        ("17", [("017", "1")], True),
        ("17", [("", "1")], True),
        ("17", [("17", "")], True),
        ("17", [("17", "1234567890")], False),
        ("17", [("17", "12345678901")], True),
        ("17", [("17", "-1")], True),
        ("17", [("17", "+1")], True),
        ("17", [("17", str(n)) for n in range(2_000)], False),
        ("17", [("17", str(n)) for n in range(999, -1, -1)], False),
        ("17", [("17", str(n)) for n in range(1_000, -1, -1)], True),
        ("1234567890", [("1234567890", "1")], False),
        ("12345678901", [], True),
        ("-17", [], True),
        ("", [], True),
        ("17", [], False),
    ],
)
def test_ids_that_are_not_in_order_are_seen(
    own: str, rows: list[tuple[str, str]], *, odd: bool
) -> None:
    assert has_odd_ids(own, [([], [])]) is (own in {"", "-17", "12345678901"})
    others = (["17"], ["5"]) if own == "17" else ([], [])
    persons, ids = [person for person, _ in rows], [one for _, one in rows]
    assert has_odd_ids(own, [others, (persons, ids)]) is odd


def test_a_row_names_its_person_first_and_then_itself() -> None:
    """What is told of ids rests on it, here and in the compiled way."""
    for form in catalogue.annual():
        for child in form.plan.elements["PERSON"].children:
            if not child.type:
                person, own = (attribute.name for attribute in child.attributes[:2])
                assert person[2:] == "PeID"
                assert own == child.own_id
        assert form.plan.elements["PERSON"].attributes[0].name == "pePeID"


def records_with_odd_ids(seed: int, count: int) -> list[str]:
    """Return records with more scores, some ids exchanged and some dates moved."""
    chance = random.Random(seed)  # noqa: S311  ids, not secrets
    score = RECORD[RECORD.index("<FUNKSJON") : RECORD.index("<TJENESTE")]
    service = RECORD[RECORD.index("<TJENESTE") : RECORD.index("<DIAGNOSE")]
    made = []
    for number in range(count):
        scores = "".join(_changed(chance, score, at) for at in range(chance.randrange(6)))
        services = "".join(_changed(chance, service, at) for at in range(chance.randrange(3)))
        record = RECORD.replace(score, scores).replace(service, services)
        made.append(numbered(number, record))
    return made


def _changed(chance: random.Random, row: str, at: int) -> str:
    row = re.sub(r'(fnFnID|tjTjID)="1"', rf'\1="{at + 1}"', row)
    row = row.replace("<fnFunkType>7", f"<fnFunkType>{chance.choice((1, 7, 13, 18))}")
    if chance.random() < 0.3:
        name = chance.choice(("fnPeID", "fnFnID", "tjPeID", "tjTjID"))
        value = chance.choice(
            ("1", "2", "3", "01001", "1001", "77", "12345678901", "01812090026", "+3")
        )
        row = re.sub(rf'{name}="[^"]*"', f'{name}="{value}"', row)
    if chance.random() < 0.2:
        row = row.replace("20190301", chance.choice(("20190401", "20201231", "20180101")))
    if chance.random() < 0.1:
        row = row.replace("99991231", chance.choice(("20190101", "20190630", "20191231")))
    return row.replace("<fnFunkVerdi>3", f"<fnFunkVerdi>{chance.choice((1, 3, 5, 6, 9))}")


def _told(path: Path) -> str:
    with check_file(str(path), Options()) as report:
        return re.sub(r'"seconds": [0-9.e-]+', "", "".join(as_json(report, "nb")))


def _apart(told: Stretch) -> Iterator[Stretch]:
    rad, person, columns = told
    for at, row in enumerate(zip(*columns, strict=True)):
        yield Stretch(rad + at, person, [[value] for value in row])


def test_what_is_told_beside_the_rows_never_changes_what_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The compiled way, the pattern's, and every score and record looked at by itself."""
    path = tmp_path / "fil.xml"
    path.write_text(document(*records_with_odd_ids(3, 150)), encoding="utf-8")
    mine = _told(path)
    monkeypatch.setattr(compiled, "HAS_SHREDDER", False)
    assert _told(path) == mine
    monkeypatch.setattr(Cutter, "cut", lambda *_: None)
    assert _told(path) == mine
    for module in (shrink, store):
        monkeypatch.setattr(module, "has_odd_ids", lambda *_: True)
    fold = Folder.folds
    monkeypatch.setattr(
        Folder,
        "folds",
        lambda folder, told: (one for row in _apart(told) for one in fold(folder, row)),
    )
    assert _told(path) == mine
    assert {"INN-10", "INN-13", "INN-15", "FUN-05", "KOD-02"} <= set(
        re.findall(r'"rule": "([A-Z]+-[0-9]+)"', mine)
    )
