"""Run one command and say how long it took and how much memory it held."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# ru_maxrss is in kibibytes on Linux and in bytes on macOS
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class ChildFailedError(Exception):
    """A measured command ended in another way than it should."""


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run: wall and processor time in seconds, peak memory in MB (10^6 bytes).

    The processor's time is the command's and that of every process it waited for; the memory
    is resident, and that of the one of them which held most.
    """

    seconds: float
    cpu: float
    peak_mb: float
    code: int


def peak_mb() -> float:
    """Return the most memory that this program has held, in MB (10^6 bytes); on Linux only.

    The system's own peak of a child (ru_maxrss) is never below what its parent held then.
    """
    told = Path("/proc/self/status").read_text("ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


_UNUSUAL = frozenset({"PYTHONDONTWRITEBYTECODE"})  # users run compiled modules, as pip leaves them


def run(command: Sequence[str | Path], accept: Collection[int] = (0,)) -> Run:
    """Run `command`, discard its stdout, and measure the child itself.

    Raises ChildFailedError with the child's own words when the exit code is not
    in `accept`.
    """
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        child = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={name: value for name, value in os.environ.items() if name not in _UNUSUAL},
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in accept:
            errors.seek(0)
            raise ChildFailedError(_story(command, child.returncode, errors.read()))
    cpu = usage.ru_utime + usage.ru_stime
    return Run(seconds, cpu, usage.ru_maxrss * MAXRSS_UNIT / 1e6, child.returncode)


def _story(command: Sequence[str | Path], code: int, errors: bytes) -> str:
    last = errors.decode("utf-8", "replace").splitlines()[-40:]
    shown = " ".join(str(word) for word in command)
    return "\n".join([f"{shown}\nended with {code}; its last words:", *last])
