"""Where reports go: to the terminal, or whole or not at all into a folder."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Report
    from kpr_validator.report.carried import Carried

FORMATS = ("text", "json", "html")
DOCUMENTS = ("xlsx", "csv", "pdf")
ONLY_FILES = {"xlsx", "pdf"}
SUFFIXES = {"text": ".txt"}
WIDEST = 100


class Writer:
    """Writes the reports: to the terminal, or whole or not at all into a folder.

    `format_` may be several, with commas. `carried` is what people wrote in earlier work lists.
    """

    carried: Carried | None = None

    def __init__(self, format_: str, output: Path | None, language: str, *, several: bool) -> None:
        self.format = format_
        self.output = output
        self.language = language
        self.several = several
        self.used: set[str] = set()

    def write(self, report: Report) -> None:
        """Write one report in the formats that were asked for."""
        if self.output is None or not self.format:
            self._print(report, self.format or "text")
        if self.output is not None:
            self.output.mkdir(parents=True, exist_ok=True)
            name = self._name(report)
            for format_ in dict.fromkeys((self.format or "html,json").split(",")):
                path = self.output / f"{name}{SUFFIXES.get(format_, f'.{format_}')}"
                self.save(report, format_, path)
                if not self.format:
                    sys.stdout.write(f"{path}\n")

    def save(self, report: Report, format_: str, path: Path) -> None:
        """Write one report to a file, whole or not at all."""
        if format_ == "xlsx":
            from kpr_validator.report.as_xlsx import write_xlsx  # noqa: PLC0415  slow to import

            write_xlsx(path, report, self.language, self.carried)
        elif format_ == "pdf":
            from kpr_validator.report.as_pdf import as_pdf  # noqa: PLC0415  an extra

            with whole(path) as temporary:
                temporary.write_bytes(as_pdf(report, self.language))
        else:
            write_whole(path, self._render(report, format_, compact=False))

    def _print(self, report: Report, format_: str) -> None:
        """Write to standard output: text as the terminal takes it, the other formats as UTF-8."""
        pieces = self._render(report, format_, compact=self.several)
        if format_ != "text":
            sys.stdout.buffer.writelines(piece.encode() for piece in pieces)
            sys.stdout.buffer.flush()
            return
        with suppress(AttributeError, ValueError):
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()

    def _render(self, report: Report, format_: str, *, compact: bool) -> Iterator[str]:
        if format_ == "json":
            from kpr_validator.report.as_json import as_json  # noqa: PLC0415

            return as_json(report, self.language, compact=compact)
        if format_ == "html":
            from kpr_validator.report.as_html import as_html  # noqa: PLC0415

            return as_html(report, self.language)
        if format_ == "csv":
            from kpr_validator.report.as_csv import as_csv  # noqa: PLC0415

            return as_csv(report, self.language, self.carried)
        from kpr_validator.report.as_text import as_text  # noqa: PLC0415

        width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        return as_text(report, self.language, width, colour=colour)

    def _name(self, report: Report) -> str:
        """Return a file name that no other report of this run has taken."""
        stem = Path(report.submission.file).name.partition(".")[0] or "rapport"
        name, number = stem, 1
        while name in self.used:
            number += 1
            name = f"{stem}-{number}"
        self.used.add(name)
        return name


def needs_folder(format_: str) -> bool:
    """Tell whether what is asked for can't go to the terminal: a workbook, or several files."""
    return len(words := {*format_.split(",")}) > 1 or bool(words & ONLY_FILES)


def write_whole(path: Path, pieces: Iterator[str]) -> None:
    """Write text as UTF-8, whole or not at all."""
    with whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a temporary name to write under; it becomes `path` when all went well.

    So half a file never stands there.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
