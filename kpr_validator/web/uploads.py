"""One file on its way in: to a place of our own, as long as there is room and it keeps coming."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

LARGEST = 2 << 30  # bytes of one file
ROOM_LEFT = 500_000_000  # bytes that the disk must have over
SECONDS_STILL = 60.0
_AT_A_TIME = 1 << 20


class UploadError(Exception):
    """A file that is not taken; `word` is the key of the text that says why."""

    def __init__(self, word: str, status: int) -> None:
        super().__init__(word)
        self.word = word
        self.status = status


def looked_at(name: str, length: str | None, largest: int) -> None:
    """Raise UploadError for a name or a size that no page of ours sends."""
    if not name or name in {".", ".."} or any(c in "/\\" or ord(c) < ord(" ") for c in name):
        raise UploadError("name", 400)
    if length is not None and not (length.isdecimal() and int(length) <= largest):
        raise UploadError("large", 413)


async def take(stream: AsyncIterator[bytes], path: Path, largest: int) -> None:
    """Write what comes to `path`; when it is not taken, nothing stands there.

    Raises UploadError when it is too large, when the disk is full, and when it stops coming.
    """
    with _whole(path) as file:
        held = bytearray()
        async for block in _coming(stream, largest):
            held += block
            if len(held) >= _AT_A_TIME:
                await asyncio.to_thread(_write, file, bytes(held), path)
                held.clear()
        await asyncio.to_thread(_write, file, bytes(held), path)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that is removed again unless all goes well."""
    try:
        with path.open("xb") as file:
            yield file
    except OSError as error:
        path.unlink(missing_ok=True)
        raise UploadError("full", 507) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


async def _coming(stream: AsyncIterator[bytes], largest: int) -> AsyncIterator[bytes]:
    """Yield what comes; raises UploadError when that is too much, or nothing any more."""
    total = 0
    while True:
        try:
            block = await asyncio.wait_for(anext(stream), SECONDS_STILL)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise UploadError("slow", 408) from error
        except ClientDisconnect as error:
            raise UploadError("slow", 400) from error
        total += len(block)
        if total > largest:
            raise UploadError("large", 413)
        yield block


def _write(file: IO[bytes], block: bytes, path: Path) -> None:
    if shutil.disk_usage(path.parent).free < ROOM_LEFT:
        raise UploadError("full", 507)
    file.write(block)
