"""What lies in an inbox: a folder, a zip file, or an address that fsspec knows."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kpr_validator.read import ReadingError, members, unpacked
from kpr_validator.triage.model import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ADDRESS = "://"
_ZIP = b"PK\x03\x04"


class InboxError(ValueError):
    """An inbox that can't be used; says why by a text's key."""


def find(inbox: str, work: Path, left_out: Path) -> list[Found]:
    """Return the files of the inbox in order of name.

    What has to be fetched or unpacked is put into `work`, under names of ours; what lies
    under `left_out`, or begins with a dot, is not looked at.
    """
    number = count(1)

    def place() -> Path:
        return work / f"{next(number):06}"

    if _ADDRESS in inbox:
        entries = _fetched(inbox, place)
    elif Path(inbox).is_dir():
        entries = _lying(Path(inbox), left_out.resolve())
    elif Path(inbox).is_file():
        entries = iter([(Path(inbox).name, Path(inbox))])
    else:
        raise FileNotFoundError(inbox)
    found = [each for name, path in entries for each in _opened(name, path, place)]
    return sorted(found, key=lambda one: one.name)


def glimpse(inbox: str, left_out: Path) -> object:
    """Return something that changes when the inbox does, without reading any file."""
    if _ADDRESS in inbox:
        system, root = _address(inbox)
        return _asked(system.find, root, detail=True)
    if Path(inbox).is_dir():
        return sorted((name, *_stamp(path)) for name, path in _lying(Path(inbox), left_out))
    return _stamp(Path(inbox))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:  # gone meanwhile
        return -1, -1
    return stat.st_size, stat.st_mtime_ns


def _lying(folder: Path, left_out: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts) or not path.is_file():
            continue
        if not path.resolve().is_relative_to(left_out):
            yield name.as_posix(), path


def _fetched(address: str, place: Callable[[], Path]) -> Iterator[tuple[str, Path]]:
    system, root = _address(address)
    for remote in _asked(system.find, root):
        target = place()
        _asked(system.get_file, remote, str(target))
        yield PurePosixPath(remote).relative_to(PurePosixPath(root)).as_posix(), target


def _address(address: str) -> tuple[Any, str]:
    """Return the file system and the place that an address names."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  an extra

        system, root = url_to_fs(address)
    except ImportError as error:
        raise InboxError("triage.no_fsspec") from error
    except ValueError as error:
        raise InboxError("triage.no_protocol") from error
    system.invalidate_cache()  # of an earlier look
    return system, str(root)


def _asked(ask: Callable[..., Any], *given: str, **wish: bool) -> Any:  # noqa: ANN401  its answer
    """Return what an address answers; whatever else its own library raises, it can't be used."""
    try:
        return ask(*given, **wish)
    except OSError:
        raise
    except Exception as error:
        raise InboxError("triage.no_contact") from error


def _opened(name: str, path: Path, place: Callable[[], Path]) -> Iterator[Found]:
    """Yield a file, or each file of a zip that holds several; one that is damaged as it is."""
    with suppress(ReadingError):
        if _holds_several(path):
            yield from list(_unpacked(name, path, place))
            return
    yield Found(name, path)


def _unpacked(name: str, path: Path, place: Callable[[], Path]) -> Iterator[Found]:
    """Yield the members of a zip, under the names that they have there."""
    size, total = path.stat().st_size, 0
    with path.open("rb") as file:
        for member in members(file):
            target = place()
            with target.open("xb") as unpacking:
                for block in unpacked(file, size, member, total):
                    total += unpacking.write(block)
            yield Found(f"{name}/{member.filename}", target)


def _holds_several(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP and len(members(file)) > 1
