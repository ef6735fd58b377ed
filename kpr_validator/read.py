"""Path, standard input, zip or gzip becomes decoded text and the facts of its root.

Bytes are decoded once, strictly, and line ends are made one as XML demands.
What can't be read is a `ReadingError` that names the page of the finding; the
parser's own words are never passed on, as they quote the file.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Value

BEGINNING, BLOCK = 1 << 14, 1 << 19
_HELD = 4 * BLOCK  # bytes: more than is let go between two blocks
LARGEST_UNPACKED = 8 << 30
HIGHEST_RATIO = 300
RATIO_FROM = 50_000_000
_GZIP = b"\x1f\x8b"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
ONE_BYTE = frozenset({"iso8859-1", "iso8859-15", "cp1252"})
_KNOWN = frozenset({"utf-8", "ascii", *ONE_BYTE})


class ReadingError(Exception):
    """The file can't be read as a submission: which page says so, where, and its values."""

    def __init__(self, rule: str, line: int = 1, **values: Value) -> None:
        super().__init__(rule)
        self.rule = rule
        self.line = line
        self.values = values


class UnfinishedError(Exception):
    """We could not finish, through no fault in the data: it says what stopped us (exit code 3)."""


class Encoding(NamedTuple):
    """How to read the bytes: Python's codec, its mark's length, the name for a finding."""

    codec: str
    skip: int
    name: str


class Source:
    """One file that can be read several times and is known to stay the same."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name = name
        self._file = file
        self._stamp = self._stat()
        self._opening = self._start(4)
        self.is_zip = self._opening in _ZIPS
        self.is_packed = self.is_zip or self._opening.startswith(_GZIP)
        self._member: zipfile.ZipInfo | None = None
        self._encoding: Encoding | None = None
        self._hash = hashlib.sha256()
        self._hashed = 0

    def prepare(self) -> None:
        """Find the document in a package; raises ReadingError when it can't be used."""
        if self.is_zip:
            self._member = self._only_member()

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def check_unchanged(self) -> None:
        """Raise UnfinishedError if the file was changed while we read it."""
        if self._stat() != self._stamp:
            message = "filen ble endret mens den ble lest"
            raise UnfinishedError(message)

    def is_still_at(self, path: str) -> bool:
        """Tell whether a path leads to this very file, as it was when it was opened."""
        here = os.fstat(self._file.fileno())
        return os.path.samestat(here, Path(path).stat()) and self._stat() == self._stamp

    def _stat(self) -> tuple[int, int] | None:
        try:
            stat = os.fstat(self._file.fileno())
        except (io.UnsupportedOperation, OSError):
            return None
        return stat.st_size, stat.st_mtime_ns

    def _start(self, count: int) -> bytes:
        self._file.seek(0)
        return self._file.read(count)

    def sha256(self) -> str:
        """Return the SHA-256 of the file as it lies on disk; what was read is in it already."""
        self._file.seek(self._hashed)
        while block := self._file.read(BLOCK):
            self._take_in(block, self._hashed)
        return self._hash.hexdigest()

    def _take_in(self, block: bytes, at: int) -> None:
        """Hash what is new of a block of the file, which begins at byte `at`."""
        if at <= self._hashed < at + len(block):
            self._hash.update(memoryview(block)[self._hashed - at :])
            self._hashed = at + len(block)

    def _only_member(self) -> zipfile.ZipInfo:
        found = members(self._file)
        if len(found) != 1:
            raise ReadingError("LES-16", antall=len(found))
        return found[0]

    def blocks(self, first: int = BLOCK) -> Iterator[bytes]:
        """Yield the bytes of the document, unpacked; of a plain one, `first` bytes at first."""
        self._file.seek(0)
        if not self.is_packed:
            at, size = 0, first
            while block := self._file.read(size):
                self._take_in(block, at)
                at += len(block)
                yield block
                size = BLOCK
            return
        size = self._file.seek(0, os.SEEK_END)
        self._file.seek(0)
        yield from unpacked(self._file, size, self._member)

    def encoding(self) -> Encoding:
        """Return how the document is encoded: its mark, then its declaration, then UTF-8.

        Raises ReadingError for an empty file and for an encoding that we don't read.
        """
        if self._encoding is None:
            start = b"".join(_first(self.blocks(BEGINNING), 1024))
            if not _says(start) and not any(_says(block) for block in self.blocks()):
                raise ReadingError("LES-01")
            self._encoding = _sniff(start)
        return self._encoding

    def text(self, first: int = BLOCK) -> Iterator[str]:
        """Yield the document as text with one kind of line end, in blocks as `blocks` has them.

        Raises ReadingError where the bytes are not of the encoding.
        """
        encoding = self.encoding()
        strict = codecs.getincrementaldecoder(encoding.codec)("strict")
        decoder = io.IncrementalNewlineDecoder(strict, translate=True)
        lines, skip = 1, encoding.skip
        _hold_memory()
        try:
            for block in self.blocks(first):
                yield decoder.decode(block[skip:])
                skip = 0
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            lines = self._line_of_bad_byte(encoding)
            raise ReadingError("LES-05", lines, koding=encoding.name) from error

    def _line_of_bad_byte(self, encoding: Encoding) -> int:
        strict = codecs.getincrementaldecoder(encoding.codec)("strict")
        decoder = io.IncrementalNewlineDecoder(strict, translate=True)
        line = 1
        for block in self.blocks():
            for at in range(0, len(block), 64):
                try:
                    line += decoder.decode(block[at : at + 64]).count("\n")
                except UnicodeDecodeError as error:
                    return line + bytes(error.object[: error.start]).count(b"\n")
        return line


def members(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """Return the files of a zip, without folders and what operating systems leave behind.

    Raises ReadingError when it is no zip, is locked, or names a place outside itself.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            found = [info for info in archive.infolist() if not _is_litter(info.filename)]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadingError("LES-07") from error
    if any(_is_unsafe(info) for info in found):
        raise ReadingError("LES-20")
    if any(info.flag_bits & _ENCRYPTED for info in found):
        raise ReadingError("LES-17")
    return found


def unpacked(
    file: IO[bytes], size: int, member: zipfile.ZipInfo | None, before: int = 0
) -> Iterator[bytes]:
    """Yield what a gzip file, or a member of a zip file, holds.

    `size` is that of the packed file and `before` what other members have held, both in
    bytes. Raises ReadingError for what is damaged, packed twice or far larger than it should be.
    """
    total = before
    for block in _inflated(file, member):
        if total == before and block.startswith((_GZIP, *_ZIPS)):
            raise ReadingError("LES-18")
        total += len(block)
        if total > LARGEST_UNPACKED or (total > RATIO_FROM and total > HIGHEST_RATIO * size):
            raise ReadingError("LES-19")
        yield block


def _inflated(file: IO[bytes], member: zipfile.ZipInfo | None) -> Iterator[bytes]:
    try:
        if member is None:
            with gzip.GzipFile(fileobj=file) as stream:
                yield from iter(lambda: stream.read(BLOCK), b"")
            return
        with zipfile.ZipFile(file) as archive, archive.open(member) as opened:
            yield from iter(lambda: opened.read(BLOCK), b"")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise ReadingError("LES-07") from error


def open_source(path: str, stdin: IO[bytes]) -> Source:
    """Open a file, or standard input for «-».

    Raises FileNotFoundError when there is no such file, UnfinishedError when it
    can't be opened, ReadingError when it is a package that we can't use.
    """
    if path == "-":
        return Source("stdin", io.BytesIO(stdin.read()))
    if not Path(path).exists():
        raise FileNotFoundError(path)
    try:
        file = Path(path).open("rb")  # noqa: SIM115  stays open so that the file can't be swapped
    except OSError as error:
        message = f"filen kan ikke åpnes ({error.strerror})"
        raise UnfinishedError(message) from error
    if not file.seekable():
        with file:
            return Source(Path(path).name, io.BytesIO(file.read()))
    return Source(Path(path).name, file)


@cache
def _hold_memory() -> None:
    """Let go of a large piece of memory: glibc then keeps what is let go of in smaller ones.

    Else it gives them back, and the next block has to ask for each of its pages anew (mallopt(3),
    M_MMAP_THRESHOLD).
    """
    bytes(_HELD)


def _says(data: bytes) -> bool:
    """Tell whether there is more than space and byte order marks."""
    return bool(data.strip(b" \t\r\n\xef\xbb\xbf"))


def _is_litter(name: str) -> bool:
    """Tell whether a zip entry is a folder or what an operating system leaves behind."""
    path = PurePosixPath(name)
    return name.endswith("/") or path.parts[:1] == ("__MACOSX",) or path.name == ".DS_Store"


def _is_unsafe(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename
    return (
        ".." in re.split(r"[\\/]", name) or bool(re.match(r"[\\/]|[A-Za-z]:", name)) or "\\" in name
    )


def _first(blocks: Iterator[bytes], count: int) -> Iterator[bytes]:
    got = 0
    for block in blocks:
        yield block[: max(count - got, 0)]
        got += len(block)
        if got >= count:
            return


def _sniff(start: bytes) -> Encoding:
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return Encoding(codec, len(mark), codec[: len("utf-16")] if "16" in codec else codec)
    for begin, codec in _UNMARKED:
        if start.startswith(begin):
            return Encoding(codec, 0, "utf-16")
    declared = _DECLARED.match(start)
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    if codec not in _KNOWN:
        raise ReadingError("LES-05", koding=name[:40])
    return Encoding(codec, 0, name)
