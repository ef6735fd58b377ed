"""A zip of several files becomes files of ours, under names of ours."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kpr_validator.read import members, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class MembersError(ValueError):
    """A zip with more files in it than there is room for."""


def unpack(path: Path, place: Callable[[], Path], most: int) -> Iterator[tuple[str, Path]]:
    """Yield the name and the new path of each file in a zip; `place` gives where one may lie.

    Raises ReadingError for a zip that can't be used, MembersError for one with too many
    files. What has been written is the caller's to remove.
    """
    size, total = path.stat().st_size, 0
    with path.open("rb") as file:
        found = members(file)
        if len(found) > most:
            raise MembersError
        for member in found:
            target = place()
            with target.open("xb") as unpacking:
                for block in unpacked(file, size, member, total):
                    total += unpacking.write(block)
            yield PurePosixPath(member.filename).name, target
