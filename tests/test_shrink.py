"""A record that is shrunk first is told of as when it is walked whole: rows, values and faults."""

from __future__ import annotations

import random
import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from kpr_validator import catalogue, compiled, database, store
from kpr_validator.explain import Explainer
from kpr_validator.ids import has_odd_ids
from kpr_validator.opening import open_message
from kpr_validator.pattern import is_safe
from kpr_validator.scan import Slice
from tests.documents import RECORD, document
from tests.test_differential import mutant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kpr_validator.shrink import Explained

NEWEST = catalogue.annual()[0]
FUNCTION = RECORD[RECORD.index("<FUNKSJON") : RECORD.index("<TJENESTE")]
SERVICE = RECORD[RECORD.index("<TJENESTE") : RECORD.index("<DIAGNOSE")]
LONG = RECORD.replace(FUNCTION, FUNCTION.replace(">7<", ">8<") + FUNCTION * 3, 1)
WAYS = ("pattern", *(("compiled",) if compiled.HAS_SHREDDER else ()))
TOLD_APART = {"skaarsett", "id_uvanlig"}  # folded, and named, by what each way knows


def _cut(text: str, way: str, tables: store.Tables) -> Slice | None:
    """Return the record as the scanner hands it on, None where the compiled way leaves it."""
    if way == "pattern":
        return Slice(0, len(text), 1, text)
    taker = tables.taker("PERSON", "")
    found = taker.shrink(text, 0) if taker and taker.take(text, 0, 0, 1)[0] == 0 else None
    return found and Slice(0, found[0], 1, text[: found[0]], shrunk=found[1])


def _faults(explained: Explained) -> list[object]:
    return [
        fault._replace(
            values=dict(fault.values),
            row=None if fault.row is None else explained.places[fault.row],
        )
        for fault in explained.faults
    ]


def _told_apart(texts: Iterable[str], way: str) -> tuple[list[str], int]:
    """Return the texts that are told of otherwise when shrunk, and how many were shrunk."""
    opening, _ = open_message(iter([document()]))
    shrinking, whole = (Explainer(opening, "PERSON", fast=fast) for fast in (True, False))
    wrong, shrunk = [], 0
    with closing(database.connect()) as one, closing(database.connect()) as other:
        mine, theirs = (store.Tables(con, "main", NEWEST) for con in (one, other))
        spare = store.Tables(one, "forrige", NEWEST)
        taker = mine.taker("PERSON", "")
        for text in texts:
            cut = _cut(text, way, spare)
            if cut and cut.shrunk and taker:
                cut = cut._replace(shrunk=taker.shrink(text, 0)[1])  # type: ignore[index]
            if cut is None or re.search("[\ud800-\udfff]", cut.text):  # no decoder lets one through
                continue
            found, expected = shrinking.record(cut), whole.record(cut._replace(shrunk=None))
            if _faults(found) != _faults(expected) or found.total != expected.total:
                wrong.append(text)
                continue
            shrunk += found.shrunk is not None
            for tables, explained in ((mine, found), (theirs, expected)):
                tables.add_explained(explained, 0, len(cut.text), 1)
        mine.finish()
        theirs.finish()
        rows, all_rows = _rows(mine), _rows(theirs)
        assert {name: rows[name] for name in rows.keys() - TOLD_APART} == {
            name: all_rows[name] for name in rows.keys() - TOLD_APART
        }
        assert _sets(rows) == _sets(all_rows)
        assert _not_named(rows) == set()
    return wrong, shrunk


def _rows(tables: store.Tables) -> dict[str, list[tuple[Any, ...]]]:
    found = tables.con.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    rows = {
        str(name): sorted(tables.con.execute(f"SELECT * FROM {name}"), key=repr)  # noqa: S608
        for (name,) in found
    }
    return {**rows, "(records)": sorted((+tables.records).items())}


def _sets(rows: dict[str, list[tuple[Any, ...]]]) -> dict[tuple[Any, ...], list[int]]:
    """Return what is folded of each person and dates, however many sets it is told in."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for _, _, person, begins, ends, count, *masks in rows["skaarsett"]:
        told = found.setdefault((person, begins, ends), [0] * (1 + len(masks)))
        told[:] = [
            told[0] + count,
            *(one | other for one, other in zip(told[1:], masks, strict=True)),
        ]
    return found


def _not_named(rows: dict[str, list[tuple[Any, ...]]]) -> set[int]:
    """Return the records whose ids are not in order, and that no one has named."""
    own = {row[0]: row[2] or "" for row in rows["person"]}
    children: dict[int, list[list[list[str]]]] = {rad: [] for rad in own}
    for table in ("personoppl", "funksjon", "tjeneste", "diagnose", "dogntilbud"):
        by_person: dict[int, list[list[str]]] = {}
        for _, person, *cells in rows[table]:
            for ids, cell in zip(by_person.setdefault(person, [[], []]), cells, strict=False):
                ids.append(cell or "")
        for person, found in by_person.items():
            children[person].append(found)
    odd = {rad for rad, name in own.items() if has_odd_ids(name, children[rad])}
    return odd - {rad for (rad,) in rows["id_uvanlig"]}


def _mutants(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311  mutants, not secrets
    return (mutant(chance, LONG).replace("\r", "\n") for _ in range(count))


@pytest.mark.parametrize("way", WAYS)
def test_a_shrunk_record_is_explained_like_the_whole_record(way: str) -> None:
    """1 500 mutants with repeated children: the same rows, and faults on the same lines."""
    wrong, shrunk = _told_apart(_mutants(5, 1_500), way)
    assert wrong == []
    # Where this Python's patterns can't be trusted, they take nothing.
    assert (shrunk > 300) is (way == "compiled" or is_safe())


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(6))
def test_a_shrunk_record_is_explained_like_the_whole_record_at_length(seed: int, way: str) -> None:
    """30 000 mutants with repeated children: the same rows and faults."""
    assert _told_apart(_mutants(500 + seed, 5_000), way)[0] == []


def _with(old: str, new: str) -> Callable[[str], str]:
    return lambda record: record.replace(old, new, 1)


ODD_RECORDS: dict[str, Callable[[str], str]] = {
    "a child in the order of another class": lambda record: (
        record.replace(SERVICE, "", 1).replace("<FUNKSJON", SERVICE + "<FUNKSJON", 1)
    ),
    "an own field after children": _with("<TJENESTE", "<peAlder>84</peAlder><TJENESTE"),
    "good children inside an unknown element": lambda record: record.replace(
        SERVICE, f"<UKJENT>{SERVICE}</UKJENT>"
    ),
    "good children behind a tag in a value": lambda record: record.replace(
        SERVICE, f'<UKJENT a="/>">{SERVICE}</UKJENT>'
    ),
    "a good child in a child": lambda record: record.replace(
        "<tjTjenType>15", FUNCTION + "<tjTjenType>15", 1
    ),
    "a child of no namespace": _with("<FUNKSJON ", '<FUNKSJON xmlns="" '),
    "a record of another namespace": _with("<PERSON ", '<PERSON xmlns="urn:x" '),
    "an empty child": _with("<TJENESTE", "<FUNKSJON/><TJENESTE"),
    "text between children, twice": lambda record: record.replace("<TJENESTE", "a\n<TJENESTE")
    .replace("<DIAGNOSE", "\nb\n<DIAGNOSE"),
    "lines inside a tag": _with("<TJENESTE ", "<TJENESTE\n\n  ukjent='1'\n  "),
    "the same id, once where it is refused": lambda record: record.replace(
        FUNCTION, FUNCTION + FUNCTION.replace(">3<", ">tre<"), 1
    ),
    "a refused child of another person": _with('tjPeID="1001" tjTjID="1"', 'tjPeID="7" tjTjID=""'),
    "own fields in another order": _with("<peKjonn>K</peKjonn>", "<peDodDato>20190101</peDodDato>"),
    "an unknown own field": _with("<peKjonn>", "<peUkjent>1</peUkjent>\n<peKjonn>"),
    "no children": lambda record: record[: record.index("<PERSONOPPL")] + "</PERSON>",
    "an end tag too few": _with("</TJENESTE>", ""),
    "an end tag too many": _with("</TJENESTE>", "</TJENESTE></TJENESTE>"),
    "a space in the last end tag": _with("</PERSON>", "</PERSON >"),
    "a comment": _with("<TJENESTE", "<!-- <FUNKSJON> --><TJENESTE"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ODD_RECORDS)
def test_what_stands_where_it_should_not_is_not_taken(name: str, way: str) -> None:
    odd = ODD_RECORDS[name](LONG)
    assert odd != LONG
    assert _told_apart([odd, LONG.replace("84", "84 år"), odd], way)[0] == []
