"""Where reports go: to the terminal, into a folder, or to files that are named."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kpr_validator.rendering import (
    ALONE,
    EVERY,
    ONLY_FILES,
    SUFFIXES,
    frame,
    pieces,
    save,
    whole,
)
from kpr_validator.report.discreet import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType
    from typing import Self, TextIO

    from kpr_validator.model import Report
    from kpr_validator.rendering import Frame, Way

IN_FOLDER = ("html", "json")  # what is left in a folder when nothing else is asked for
_HOMELESS = (
    "flere formater, og xlsx og pdf, trenger et sted: oppgi --output MAPPE"
    " eller --format FORMAT=FIL"
)


class Target(NamedTuple):
    """A format, and the file it is to go to; None is the terminal, or the folder."""

    format: str
    path: Path | None = None


class TargetError(ValueError):
    """What is asked for can't go where it is asked for; says why, in words for the user."""


def targets(words: Sequence[str]) -> tuple[Target, ...]:
    """Return what «json», «json,html» and «sarif=out.sarif» ask for, each once.

    Raises TargetError for a format that is none, and a file that is named twice.
    """
    found = [target for word in words for target in _targets(word)]
    if unknown := [target.format for target in found if target.format not in EVERY]:
        message = f"{unknown[0]} er ikke et format; velg blant {', '.join(EVERY)}"
        raise TargetError(message)
    paths = [target.path for target in found if target.path]
    if twice := [path for path in paths if paths.count(path) > 1]:
        message = f"{twice[0]} er nevnt to ganger"
        raise TargetError(message)
    return tuple(dict.fromkeys(found))


def _targets(word: str) -> Iterator[Target]:
    names, equals, path = word.partition("=")
    *bare, last = names.split(",")
    yield from map(Target, bare)
    if equals and not path:
        message = f"{word} mangler filen etter likhetstegnet"
        raise TargetError(message)
    yield Target(last, Path(path) if path else None)


class Writer:
    """Writes the reports of a run; on leaving the context, files that hold several are closed.

    Raises TargetError when what is asked for has no place to go.
    """

    def __init__(self, wanted: Sequence[Target], folder: Path | None, way: Way) -> None:
        self.way = way
        self.folder = folder
        self.named = [target for target in wanted if target.path]
        self.bare = [target.format for target in wanted if not target.path]
        self.is_default = not self.bare
        if self.is_default and folder:
            self.bare = list(IN_FOLDER)
        elif not wanted:
            self.bare = ["text"]
        if not folder and (len(self.bare) > 1 or ONLY_FILES & {*self.bare}):
            raise TargetError(_HOMELESS)
        if way.several and (alone := [t for t in self.named if t.format in ALONE]):
            message = f"{alone[0].path}: {alone[0].format} gjelder én fil om gangen"
            raise TargetError(message)
        self._used: set[str] = set()
        self._stack = ExitStack()
        self._sinks: list[tuple[str, _Sink]] = []

    def __enter__(self) -> Self:
        """Open what is to hold the reports; a file has another name until all is well."""
        with ExitStack() as stack:
            opened = [
                (target.format, _file(target.path, frame(target.format)))
                for target in self.named
                if target.path and target.format not in ALONE
            ]
            if not self.folder:
                opened += [(format_, _terminal(format_)) for format_ in self.bare]
            elif self.is_default and not self.named:
                opened.append(("text", _terminal("text")))
            self._sinks = [(format_, stack.enter_context(sink)) for format_, sink in opened]
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files. One that got no report at all is left as it was."""
        self._stack.__exit__(kind, error, trace)

    def write(self, report: Report, file: str) -> None:
        """Write one report in the formats that were asked for; `file` is as the user named it."""
        place = place_of(file, report.submission.file)
        for format_, sink in self._sinks:
            sink.add(pieces(report, format_, self.way, place))
        for target in self.named:
            if target.path and target.format in ALONE:
                target.path.parent.mkdir(parents=True, exist_ok=True)
                save(report, target.format, target.path, self.way, place)
        if self.folder:
            self._into_folder(self.folder, report, place)

    def _into_folder(self, folder: Path, report: Report, place: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = self._name(report)
        for format_ in self.bare:
            path = folder / f"{name}{SUFFIXES.get(format_, f'.{format_}')}"
            save(report, format_, path, replace(self.way, several=False), place)
            if self.is_default:
                sys.stdout.write(f"{path}\n")

    def _name(self, report: Report) -> str:
        """Return a file name that no other report of this run has taken."""
        stem = Path(report.submission.file).name.partition(".")[0] or "rapport"
        name, number = stem, 1
        while name in self._used:
            number += 1
            name = f"{stem}-{number}"
        self._used.add(name)
        return name


class _Sink:
    """Takes report after report into one frame."""

    def __init__(self, write: Callable[[str], object], around: Frame) -> None:
        self._write = write
        self._frame = around
        self._before = ""
        self.is_begun = False

    def add(self, report: Iterator[str]) -> None:
        """Take one report; one that says nothing gets no place between the others."""
        first = next(report, None)
        if not self.is_begun:
            self._write(self._frame.opening)
            self.is_begun = True
        if first is None:
            return
        self._write(self._before + first)
        for piece in report:
            self._write(piece)
        self._before = self._frame.between

    def close(self) -> None:
        """Write what comes after the last report, if there was any."""
        if self.is_begun:
            self._write(self._frame.closing)


class _FileSink(_Sink):
    """A file, which takes a report whole or not at all."""

    def __init__(self, file: TextIO, around: Frame) -> None:
        super().__init__(file.write, around)
        self._file = file

    def add(self, report: Iterator[str]) -> None:
        """Take one report; if it stops midway, the file is as it was before."""
        mark, before, was_begun = self._file.tell(), self._before, self.is_begun
        try:
            super().add(report)
        except BaseException:
            self._file.seek(mark)
            self._file.truncate()
            self._before, self.is_begun = before, was_begun
            raise


class _NothingError(Exception):
    """No report was written."""


@contextmanager
def _file(path: Path, around: Frame) -> Iterator[_Sink]:
    """Give a file's sink; the file is there when all went well and it got a report."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        suppress(_NothingError),
        whole(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        sink = _FileSink(file, around)
        yield sink
        if not sink.is_begun:
            raise _NothingError
        sink.close()


@contextmanager
def _terminal(format_: str) -> Iterator[_Sink]:
    """Give standard output: text as the terminal takes it, the other formats as UTF-8."""
    if format_ == "text":
        with suppress(AttributeError, ValueError):
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        sink = _Sink(sys.stdout.write, frame(format_))
    else:
        out = sys.stdout.buffer
        sink = _Sink(lambda text: out.write(text.encode()), frame(format_))
    yield sink
    sink.close()
    sys.stdout.flush()
