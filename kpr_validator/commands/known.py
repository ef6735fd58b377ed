"""The baseline of a run: held against each report, or written anew of what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kpr_validator.baseline import BaselineError, Known, hold, read_baseline
from kpr_validator.commands.telling import UNFINISHED, USAGE, leave, say

if TYPE_CHECKING:
    from pathlib import Path

    from kpr_validator.model import Report


class Keeper:
    """Keeps one baseline through a run. One that can't be used ends the program."""

    def __init__(self, path: Path, *, is_update: bool) -> None:
        self._path = path
        self._is_update = is_update
        self._is_whole = True
        self._known = Known() if is_update else _read(path)

    def marked(self, report: Report) -> Report:
        """Return the report with what is known in it marked."""
        if not self._is_update:
            return hold(report, self._known)
        self._is_whole &= report.is_judged
        found = Known()
        found.take(report)
        self._known.take(report)
        return hold(report, found)

    def close(self, code: int) -> int:
        """Write the baseline if that was asked for and all is known; return the exit code."""
        if not self._is_update:
            return code
        if code >= USAGE or not self._is_whole:
            say(f"{self._path} er ikke skrevet, fordi ikke alle filene ble kontrollert")
            return code
        try:
            leave(self._known.pieces(), self._path)
        except OSError as error:
            say(f"kan ikke skrive {self._path} ({error.strerror})")
            return UNFINISHED
        return code


def _read(path: Path) -> Known:
    try:
        return read_baseline(path)
    except FileNotFoundError as error:
        say(f"finner ikke filen {error.filename}; --update-baseline lager den")
    except BaselineError as error:
        say(str(error))
    raise typer.Exit(USAGE)
