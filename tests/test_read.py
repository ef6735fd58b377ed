"""What a file is called is told of the bytes that were read, whatever is in them."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from kpr_validator import read
from kpr_validator.pipeline import Options, check_file
from kpr_validator.read import ReadingError, open_source
from tests.documents import document, numbered

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = document(*(numbered(number) for number in range(40))).encode()


def _zipped(name: str = "iplos.xml") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, WHOLE)
    return packed.getvalue()


FILES = {
    "plain": WHOLE,
    "marked": b"\xef\xbb\xbf" + WHOLE,
    "gzip": gzip.compress(WHOLE),
    "zip": _zipped(),
    "cut off": WHOLE[: len(WHOLE) // 3],
    "of another encoding": WHOLE.replace(b"ICPC-2", b"ICPC\xff2"),
    "with more after the end": WHOLE + b"<!-- " + b"x" * 30_000 + b" -->",
    "something else": b"<melding/>" + b" " * 30_000,
    "no xml": b"\x00" * 30_000,
    "empty": b"",
}


@pytest.mark.parametrize("block", [1_000, 1 << 18])
@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_called_by_all_its_bytes(
    kind: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read to its end or not, packed or not, and with blocks that end anywhere."""
    monkeypatch.setattr(read, "BLOCK", block)
    path = tmp_path / "fil.xml"
    path.write_bytes(FILES[kind])
    with check_file(str(path), Options()) as report:
        assert report.submission.sha256 == hashlib.sha256(FILES[kind]).hexdigest()


@pytest.mark.parametrize("kind", ["plain", "gzip", "no xml"])
def test_its_name_is_the_same_before_it_is_read_and_after(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "fil.xml"
    path.write_bytes(FILES[kind])
    told = set()
    for reads in range(3):
        source = open_source(str(path), io.BytesIO())
        for _ in range(reads):
            with contextlib.suppress(ReadingError):
                list(source.text(first=700))
        told.add(source.sha256())
        told.add(source.sha256())
        source.close()
    assert told == {hashlib.sha256(FILES[kind]).hexdigest()}
