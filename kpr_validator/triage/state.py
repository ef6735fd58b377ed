"""The state: a result for each return and rule set that was judged, in one SQLite file.

A result is written whole or not at all, and the same result twice is the same result: runs
that are stopped anywhere go on, and two at once do each other no harm.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Self

from kpr_validator.triage.model import Hit, Part, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.triage.work import Done

_WAIT = 600.0  # seconds for another run to let go
_KEY_BYTES = 32


class State:
    """The results that are kept in a folder; close it when done."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.secret = _secret(folder / "hash.key")
        self._con = sqlite3.connect(
            folder / "tilstand.sqlite3", timeout=_WAIT, isolation_level=None
        )
        self._con.execute(
            "CREATE TABLE IF NOT EXISTS result (key TEXT PRIMARY KEY, told BLOB, findings BLOB)"
        )

    def __enter__(self) -> Self:
        """Return the state."""
        return self

    def __exit__(self, *_about: object) -> None:
        """Let the file go."""
        self._con.close()

    def result(self, key: str) -> Result | None:
        """Return what was found, None when it was not judged yet."""
        row = self._con.execute("SELECT told FROM result WHERE key = ?", (key,)).fetchone()
        return _result(row[0]) if row else None

    def has(self, key: str) -> bool:
        """Tell whether a return is judged."""
        row = self._con.execute("SELECT 1 FROM result WHERE key = ?", (key,)).fetchone()
        return row is not None

    def findings(self, key: str) -> bytes:
        """Return the findings of a result, as Parquet."""
        row = self._con.execute("SELECT findings FROM result WHERE key = ?", (key,)).fetchone()
        return bytes(row[0])

    def keep(self, done: Done) -> None:
        """Keep a result; one that is there already stays."""
        if done.result:
            told = zlib.compress(json.dumps(done.result._asdict()).encode())
            self._con.execute(
                "INSERT OR IGNORE INTO result VALUES (?, ?, ?)", (done.key, told, done.findings)
            )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold other runs off while the outputs are written."""
        self._con.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._con.execute("ROLLBACK")


def _result(told: bytes) -> Result:
    fields = json.loads(zlib.decompress(told))
    lists = {
        "hits": tuple(Hit(*hit) for hit in fields["hits"]),
        "parts": tuple(Part(*part) for part in fields["parts"]),
        "identities": tuple(map(tuple, fields["identities"])),
    }
    return Result(**{**fields, **lists})


def _secret(path: Path) -> bytes:
    """Return the key that identities are hashed with, made once; whoever is first decides it."""
    if not path.exists():
        handle, name = mkstemp(dir=path.parent, prefix=".")
        try:
            os.write(handle, secrets.token_bytes(_KEY_BYTES))
            os.close(handle)
            with suppress(FileExistsError):
                path.hardlink_to(name)
        finally:
            Path(name).unlink(missing_ok=True)
    return path.read_bytes()
