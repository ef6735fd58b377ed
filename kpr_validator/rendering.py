"""What a report becomes in each format: pieces of text, or a document of its own.

A format is imported when it is asked for. Several reports can stand in one file where
the format has room for them: its frame is then opened once and closed once.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Report
    from kpr_validator.report.carried import Carried

FORMATS = ("text", "json", "html")
LOGS = ("sarif", "junit", "github", "gitlab", "ndjson")
DOCUMENTS = ("xlsx", "csv", "pdf")
EVERY = (*FORMATS, *LOGS, *DOCUMENTS)
ONLY_FILES = frozenset({"xlsx", "pdf"})
ALONE = frozenset({"html", *DOCUMENTS})  # one report to a file
SUFFIXES = {
    "text": ".txt",
    "junit": ".junit.xml",
    "github": ".github.txt",
    "gitlab": ".gitlab.json",
}
WIDEST = 100
_DEVICES = (("/", "dev"), ("/", "proc"))


class Frame(NamedTuple):
    """What stands before, between and after the reports of one file."""

    opening: str = ""
    between: str = ""
    closing: str = ""


_FRAMES = {
    "sarif": Frame(
        '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[\n',
        ",\n",
        "\n]}\n",
    ),
    "gitlab": Frame("[\n", ",\n", "\n]\n"),
    "junit": Frame('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n', "", "</testsuites>\n"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """How reports are told: language, how much is listed, and from what severity a run fails.

    `carried` is what people wrote in earlier work lists, `several` says that more than
    one report is to stand in a place.
    """

    language: str = "nb"
    most: int | None = None
    level: Severity = Severity.ERROR
    carried: Carried | None = None
    several: bool = False


def frame(format_: str) -> Frame:
    """Return what stands around the reports of a file."""
    return _FRAMES.get(format_, Frame())


def pieces(report: Report, format_: str, way: Way, place: str = "") -> Iterator[str]:
    """Return a report piece by piece, without what stands around it; not for workbooks or PDF.

    `place` is the submission as a log may point to it.
    """
    if format_ in LOGS:
        return _logged(report, format_, way, place or report.submission.file)
    if format_ == "json":
        from kpr_validator.report.as_json import as_json  # noqa: PLC0415

        return as_json(report, way.language, compact=way.several, most=way.most)
    if format_ == "html":
        from kpr_validator.report.as_html import as_html  # noqa: PLC0415

        return as_html(report, way.language, most=way.most)
    if format_ == "csv":
        from kpr_validator.report.as_csv import as_csv  # noqa: PLC0415

        return as_csv(report, way.language, way.carried)
    from kpr_validator.report.as_text import as_text  # noqa: PLC0415

    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return as_text(report, way.language, width, colour=colour, most=way.most)


def _logged(report: Report, format_: str, way: Way, place: str) -> Iterator[str]:
    from kpr_validator.report.as_annotations import as_annotations  # noqa: PLC0415
    from kpr_validator.report.as_gitlab import as_gitlab  # noqa: PLC0415
    from kpr_validator.report.as_junit import as_junit  # noqa: PLC0415
    from kpr_validator.report.as_ndjson import as_ndjson  # noqa: PLC0415
    from kpr_validator.report.as_sarif import as_sarif  # noqa: PLC0415
    from kpr_validator.report.discreet import Told  # noqa: PLC0415

    made = {
        "github": as_annotations,
        "gitlab": as_gitlab,
        "junit": as_junit,
        "ndjson": as_ndjson,
        "sarif": as_sarif,
    }
    return made[format_](report, Told(way.language, place, way.most, way.level))


def save(report: Report, format_: str, path: Path, way: Way, place: str = "") -> None:
    """Write one report to a file of its own, whole or not at all."""
    if format_ == "xlsx":
        from kpr_validator.report.as_xlsx import write_xlsx  # noqa: PLC0415  slow to import

        with whole(path) as temporary:
            write_xlsx(temporary, report, way.language, way.carried)
    elif format_ == "pdf":
        from kpr_validator.report.as_pdf import as_pdf  # noqa: PLC0415  an extra

        with whole(path) as temporary:
            temporary.write_bytes(as_pdf(report, way.language))
    else:
        write_whole(path, _framed(report, format_, way, place))


def _framed(report: Report, format_: str, way: Way, place: str) -> Iterator[str]:
    around = frame(format_)
    yield around.opening
    yield from pieces(report, format_, way, place)
    yield around.closing


def write_whole(path: Path, text: Iterator[str]) -> None:
    """Write text as UTF-8, whole or not at all."""
    with whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(text)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary name to write under; it becomes `path` when all went well.

    So half a file never stands there. What is no file, such as a pipe or /dev/stdout,
    is not put aside for one: it gets what was written, all at once.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415  not needed on the terminal

    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.parts[:2] in _DEVICES or (path.exists() and not path.is_file()):
        with TemporaryDirectory() as folder:
            temporary = Path(folder, "rapport")
            yield temporary
            with temporary.open("rb") as made, path.open("ab") as stream:
                shutil.copyfileobj(made, stream)
        return
    temporary = _beside(path)
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _beside(path: Path) -> Path:
    from tempfile import mkstemp  # noqa: PLC0415  not needed on the terminal

    try:
        handle, name = mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    except OSError as error:
        error.filename = str(path)
        raise
    os.close(handle)
    return Path(name)
