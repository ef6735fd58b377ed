"""Bytes gone wrong anywhere in a file: no crash, and rejected exactly when the schema says so."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kpr_validator.model import Severity, Verdict
from kpr_validator.pipeline import Options, check_file
from tests.documents import RECORD, document, is_valid_bytes, numbered

if TYPE_CHECKING:
    from pathlib import Path

FILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n' + document(RECORD, numbered(2), numbered(3))
).encode()
_BYTES = (
    *(b"<", b">", b"&", b'"', b"/", b"\r", b"]]>", b"<!--", b"-->"),
    *(b"\x00", b"\xff", b"\xc3", b"\xc3\xa5", b"\xef\xbb\xbf"),
)


def damaged(chance: random.Random, file: bytes) -> bytes:
    """Return a file with one to four places of bytes gone wrong."""
    data = bytearray(file)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(data))
        until = at + chance.choice((0, 1, 1, 3, 40))
        piece = chance.choice(
            (*_BYTES, b"", bytes([chance.randrange(256)]), bytes(data[until : until + 60]))
        )
        data[at:until] = piece
    return bytes(data)


def _wrongly_judged(seed: int, count: int, folder: Path) -> list[bytes]:
    """Return the mutants whose verdict is not what lxml and the schema say."""
    chance = random.Random(seed)  # noqa: S311  mutants, not secrets
    path = folder / "fil.xml"
    wrong = []
    for _ in range(count):
        data = damaged(chance, FILE)
        path.write_bytes(data)
        with check_file(str(path), Options(select=("IP-01",))) as report:
            list(report.findings())
            is_refused = report.verdict is Verdict.REJECTED and report.counts[Severity.FATAL] > 0
        if is_refused == is_valid_bytes(data):
            wrong.append(data)
    return wrong


def test_a_damaged_file_is_rejected_exactly_when_the_schema_refuses_it(tmp_path: Path) -> None:
    """150 damaged files through the whole line."""
    assert _wrongly_judged(1, 150, tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_damaged_file_is_rejected_exactly_when_the_schema_refuses_it_at_length(
    seed: int, tmp_path: Path
) -> None:
    """5 000 damaged files through the whole line."""
    assert _wrongly_judged(10 + seed, 500, tmp_path) == []


def test_the_oracle_knows_valid_from_invalid() -> None:
    """The undamaged file is valid, and half of it is not."""
    assert (is_valid_bytes(FILE), is_valid_bytes(FILE[: len(FILE) // 2])) == (True, False)
