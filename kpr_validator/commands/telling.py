"""What the commands say: exit codes, severities, messages, and pieces of text to their place."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from kpr_validator.model import Severity
from kpr_validator.rendering import WIDEST, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FINE, FINDINGS, USAGE, UNFINISHED = range(4)
LEVELS = {
    "avvist": Severity.FATAL,
    "feil": Severity.ERROR,
    "advarsel": Severity.WARNING,
    "opplysning": Severity.INFO,
}
DEFAULT_LEVEL = "feil"


def say(message: str) -> None:
    """Tell the user something that is no part of a report."""
    sys.stderr.write(f"kpr-validator: {message}\n")


def width() -> int:
    """Return how many columns a text may take."""
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST)


def put(pieces: Iterable[str]) -> None:
    """Write to standard output as UTF-8, whatever the terminal takes."""
    sys.stdout.buffer.writelines(piece.encode() for piece in pieces)
    sys.stdout.buffer.flush()


def leave(pieces: Iterable[str], path: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if path is None:
        put(pieces)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, iter(pieces))


def hush() -> None:
    """Let nothing more be written to standard output, whose reader has gone."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
