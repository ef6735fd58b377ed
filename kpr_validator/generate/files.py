"""Files that are whole or not there at all, and what is known of each."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

SENDING, IDENT, LAST_YEAR, PREVIOUS, UNITS = "sending", "ident", "last_year", "previous", "units"


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was written: its `kind` is one of the words above, `size` in bytes."""

    name: str
    kind: str
    municipality: str
    year: int
    persons: int
    records: int
    size: int
    sha256: str

    def as_dict(self) -> dict[str, str | int]:
        """Return it as the manifest says it."""
        return asdict(self)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place when all is written, and leaves nothing when it is not."""
    unfinished = path.with_name(f"{path.name}.tmp")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def put(path: Path, pieces: Iterable[str]) -> tuple[int, str]:
    """Write text as UTF-8 with the line ends it has; return its size in bytes and its SHA-256."""
    size, digest = 0, sha256()
    with whole(path) as file:
        for piece in pieces:
            data = piece.encode()
            digest.update(data)
            size += file.write(data)
    return size, digest.hexdigest()


def remade(path: Path, data: bytes) -> tuple[int, str]:
    """Write a file anew; return its size in bytes and its SHA-256."""
    with whole(path) as file:
        file.write(data)
    return len(data), sha256(data).hexdigest()


def put_json(path: Path, content: Mapping[str, object]) -> None:
    """Write a manifest."""
    put(path, [json.dumps(content, indent=2, ensure_ascii=False) + "\n"])
