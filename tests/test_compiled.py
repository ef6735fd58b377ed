"""The compiled way takes no more than the pattern, and makes the same rows of it."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import sysconfig
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kpr_validator import catalogue, compiled, database, store
from kpr_validator.intake import load
from kpr_validator.opening import open_message
from kpr_validator.pattern import is_safe, make_patterns
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_json import as_json
from kpr_validator.scan import Accepted
from tests.documents import RECORD, chunked, document, numbered
from tests.stored import Dump, dump, values
from tests.test_differential import mutant
from tests.test_folding import records_with_odd_ids
from tests.test_fuzz import FILE, damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kpr_validator.rows import Rows
    from kpr_validator.shrink import Explained

ROOT = Path(__file__).parent.parent
NEWEST, OLDER = catalogue.annual()[:2]
CAN_BUILD = shutil.which("gcc") and Path(sysconfig.get_path("include"), "Python.h").exists()
pytestmark = [
    pytest.mark.skipif(
        not CAN_BUILD, reason="nothing is compiled here: gcc or the headers of Python are missing"
    ),
    pytest.mark.skipif(
        not is_safe(), reason="this Python's patterns are wrong: nothing to compare with"
    ),
]

LAST_OF_ONE_BYTE = "\xff"  # Python holds a text with any further sign in another way


def test_what_is_compiled_is_here() -> None:
    """Where there is a compiler, the rest of these tests are about something."""
    assert compiled.HAS_SHREDDER


def _is_plain(rows: Iterable[Rows]) -> bool:
    return all(re.fullmatch("[ -~]*", cell or "") for _, row in values(rows) for cell in row)


def _wrong(texts: Iterable[str]) -> list[str]:
    """Return the texts of which other records are taken than the plain ones that the pattern takes.

    All that was taken has become the same rows and values both ways.
    """
    patterns = make_patterns(NEWEST.plan, "PERSON", "")
    wrong = []
    with closing(database.connect()) as one, closing(database.connect()) as other:
        mine, theirs = (store.Tables(con, "main", NEWEST) for con in (one, other))
        taker = mine.taker("PERSON", "")
        assert taker
        for text in texts:
            end, line, _ = taker.take(text, 0, 0, 1)
            at = 0
            while max(text) <= LAST_OF_ONE_BYTE and (found := patterns.take(text, at)):
                if not _is_plain(found.rows):
                    break
                begins = 1 + text.count("\n", 0, at)
                record = Accepted(at, found.end - at, begins, found.rows)
                theirs.add_accepted(record)
                at = found.end
            if (end, line) != (at, 1 + text.count("\n", 0, at)):
                wrong.append(text)
        mine.finish()
        theirs.finish()
        assert dump(mine) == dump(theirs)
        assert one.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return wrong


def test_shrinking_leaves_only_what_is_wrong() -> None:
    """Of a record with one wrong value, the child that holds it is all that must be explained."""
    with closing(database.connect()) as con:
        taker = store.Tables(con, "main", NEWEST).taker("PERSON", "")
        assert taker
        text = RECORD.replace("<tjTjenType>15", "<tjTjenType>femten")
        end, shrunk = taker.shrink(text + "\n  <PERSON", 0) or (0, None)
    assert end == len(text)
    assert shrunk
    assert (shrunk.left, shrunk.has_own) == ([("PERSON", 0), ("TJENESTE", 3)], False)
    assert shrunk.text.count("\n") == text.count("\n")
    assert "<FUNKSJON" not in shrunk.text
    assert "femten" in shrunk.text


def _mutants(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311  mutants, not secrets
    for _ in range(count):
        yield mutant(chance, RECORD) + chance.choice(("", "\n", numbered(2), " x"))


def test_the_plain_records_that_the_pattern_takes_are_taken() -> None:
    """20 000 mutants: the same records, rows, lines and counts of values."""
    assert _wrong(_mutants(1, 20_000)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_the_plain_records_that_the_pattern_takes_are_taken_at_length(seed: int) -> None:
    """A million mutants: the same records, rows, lines and counts of values."""
    assert _wrong(_mutants(seed, 25_000)) == []


def test_many_rows_of_every_size_make_a_whole_database() -> None:
    """Enough for pages above pages; some too long, which are left to the pattern."""
    chance = random.Random(4)  # noqa: S311  lengths, not secrets
    function = RECORD[RECORD.index("<FUNKSJON") : RECORD.index("<TJENESTE")]
    ordinary = [
        numbered(n, RECORD.replace(function, function * chance.choice((1, 2, 30, 300)))).replace(
            "A01", "A" * chance.choice((1, 57, 58, 59, 3000, 4000))
        )
        for n in range(2_000)
    ]
    assert _wrong(["".join(ordinary)]) == []


def test_scores_and_ids_of_every_kind_are_told_alike() -> None:
    """2 000 records: the same folded scores, the same records with odd ids."""
    assert _wrong(records_with_odd_ids(5, 2_000)) == []


def _told(explained: Explained, numbers: Sequence[int], rad: int) -> Iterator[str]:
    """Yield what is told of each fault, with the number of the row that it is in."""
    for fault in explained.faults:
        at = rad if fault.row is None else numbers[fault.row]
        yield repr((at, fault._replace(row=None)))


def _loaded(text: str, size: int) -> tuple[Dump, list[object]]:
    """Return the rows and the faults of a document that is read in blocks of so many signs."""
    opening, rest = open_message(chunked(text, size))
    kept: list[object] = []
    with closing(database.connect()) as con:
        tables = store.Tables(con, "main", opening.document)
        load(opening, rest, tables, lambda *told: kept.extend(_told(*told)), fast=True)
        tables.finish()
        return dump(tables), kept


@pytest.mark.parametrize("size", [1, 13, 100, 1_000, 100_000])
@pytest.mark.parametrize("prefix", ["", "ipl:"])
def test_a_document_is_read_alike_wherever_its_text_is_cut(
    size: int, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = (RECORD.replace("84", "84 år"), "<!-- midt i -->", RECORD.replace("ICPC-2", "ICPC–2"))
    text = document(*(numbered(n) for n in range(5)), *odd, numbered(9), "\n\n", numbered(10))
    if prefix:
        text = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", text).replace("xmlns=", "xmlns:ipl=")
    mine = _loaded(text, size)
    monkeypatch.setattr(compiled, "HAS_SHREDDER", False)
    rows, faults = _loaded(text, 1 << 20)
    assert mine[1] == faults
    assert faults
    assert _without_lengths(mine[0]) == _without_lengths(rows)


def _without_lengths(dump: Dump) -> Dump:
    """Leave out how long a record is: the space after it counts when it is in the same block."""
    return {**dump, "(spans)": [(rad, pos, line) for rad, pos, _, line in dump["(spans)"]]}


@pytest.mark.parametrize("wrong", [None, "tjTjenType", "peAlder", "poFraDato"])
def test_the_older_format_is_read_alike(wrong: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "examples" / "aar-2018.xml").read_text("utf-8")
    if wrong:
        text = re.sub(rf"<{wrong}>[^<]*</{wrong}>", rf"<{wrong}>feil\n</{wrong}>", text)
    mine, told = _loaded(text, 1 << 20)
    monkeypatch.setattr(compiled, "HAS_SHREDDER", False)
    rows, faults = _loaded(text, 1 << 20)
    assert _without_lengths(mine) == _without_lengths(rows)
    assert told == faults
    assert bool(faults) == bool(wrong)
    assert OLDER.name in open_message(iter([text]))[0].document.name


def test_a_field_it_can_not_tell_leaves_the_records_to_the_pattern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = document(*(numbered(n) for n in range(5)))
    mine = _loaded(text, 1 << 20)
    monkeypatch.setattr(compiled, "shape", lambda _kind: None)
    with closing(database.connect()) as con:
        assert store.Tables(con, "main", NEWEST).taker("PERSON", "") is None
    assert mine == _loaded(text, 1 << 20)


def _json(path: Path, options: Options) -> str:
    with check_file(str(path), options) as report:
        return re.sub(r'"seconds": [0-9.e-]+', "", "".join(as_json(report, "nb")))


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*.xml")), ids=lambda path: path.stem
)
def test_every_example_gets_the_same_report(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(last_year=str(ROOT / "examples" / "fjoraaret.xml"))
    mine = _json(path, options)
    monkeypatch.setattr(compiled, "HAS_SHREDDER", False)
    assert mine == _json(path, options)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_gets_the_same_report(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """200 damaged files: the same findings on the same lines."""
    chance, path = random.Random(900 + seed), tmp_path / "fil.xml"  # noqa: S311  no secrets
    options = Options(select=("IP-01", "XSD", "LES", "KTR"))
    for _ in range(50):
        path.write_bytes(damaged(chance, FILE))
        mine = _json(path, options)
        with monkeypatch.context() as patch:
            patch.setattr(compiled, "HAS_SHREDDER", False)
            assert mine == _json(path, options)


@pytest.mark.slow
def test_no_memory_is_touched_that_is_not_its_own(tmp_path: Path) -> None:
    """Under the sanitizers for addresses and undefined behaviour: any fault ends the process."""
    folder = tmp_path / "kpr_validator"
    shutil.copytree(ROOT / "kpr_validator", folder, ignore=shutil.ignore_patterns("*.so", "static"))
    built = folder / f"_shred{sysconfig.get_config_var('EXT_SUFFIX')}"
    flags = ("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    include = f"-I{sysconfig.get_path('include')}"
    source = ROOT / "kpr_validator" / "_shred.c"
    subprocess.run(
        ["gcc", *flags, "-shared", "-fPIC", include, "-o", built, source],  # noqa: S607
        check=True,
    )
    for name in ("schemas", "rules", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    library = subprocess.run(
        ["gcc", "-print-file-name=libasan.so"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    environment = os.environ | {
        "LD_PRELOAD": library,
        "ASAN_OPTIONS": "detect_leaks=0",
        "PYTHONMALLOC": "malloc",
        "PYTHONPATH": str(tmp_path),
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.shred_abuse", built],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "unharmed\n"), run.stderr[-3000:]
