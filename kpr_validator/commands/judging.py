"""From a file to an exit code: judge it, tell what was found, and say what went wrong."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpr_validator.commands.telling import FINDINGS, FINE, UNFINISHED, USAGE, hush, say
from kpr_validator.model import Verdict
from kpr_validator.pipeline import check_file
from kpr_validator.read import UnfinishedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpr_validator.model import Report, Severity
    from kpr_validator.pipeline import Options

WORTH_PROGRESS = 20_000_000


def judge(file: str, options: Options, tell: Callable[[Report], int]) -> int:
    """Judge one file and tell what was found; return the exit code, also of what goes wrong."""
    try:
        with (
            _progress(file) as progress,
            check_file(file, replace(options, progress=progress)) as report,
        ):
            progress(-1)
            return tell(report)
    except FileNotFoundError as error:
        say(f"finner ikke filen {error.filename or error.args[0]}")
        return USAGE
    except UnfinishedError as error:
        say(f"{Path(file).name}: {error}")
    except BrokenPipeError:
        hush()
    except OSError as error:
        say(f"{Path(file).name}: kan ikke skrive rapporten ({error.strerror})")
    except Exception as error:
        say(f"{Path(file).name}: intern feil ({type(error).__name__}); resultatet er uavgjort")
        if os.environ.get("KPR_VALIDATOR_DEBUG"):
            raise
    return UNFINISHED


def code(report: Report, level: Severity) -> int:
    """Return the exit code of a report, when findings from this severity on fail the run."""
    if report.verdict is Verdict.UNDECIDED:
        return UNFINISHED
    return FINDINGS if report.reaches(level) else FINE


@contextmanager
def _progress(file: str) -> Iterator[Callable[[int], None]]:
    """Show how far we are on standard error, for long work in a terminal only."""
    size = Path(file).stat().st_size if file != "-" and Path(file).is_file() else 0
    if size < WORTH_PROGRESS or not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich.console import Console  # noqa: PLC0415  slow to import, and seldom needed
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("leser", total=size)

        def tell(count: int) -> None:
            if count < 0:
                bar.update(task, completed=size, description="skriver rapport")
            else:
                bar.update(task, completed=min(count, size))

        yield tell
