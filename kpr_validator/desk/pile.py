"""The files on a desk, and what each is used for."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.desk.errors import DeskError
from kpr_validator.desk.given import Kind, Problem, given
from kpr_validator.desk.roles import SEVERAL, Role, may_be, roles
from kpr_validator.desk.unpack import MembersError, unpack
from kpr_validator.read import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kpr_validator.desk.given import Given

MOST_FILES = 100


class Pile:
    """Files in the order they came; those that lie in `folder` itself are removed when let go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, Given] = {}
        self._chosen: dict[str, Role] = {}

    def __iter__(self) -> Iterator[Given]:
        """Yield the files."""
        return iter([*self._files.values()])

    def __getitem__(self, id: str) -> Given:
        """Return a file by its id; raises DeskError when there is none."""
        if id not in self._files:
            raise DeskError("no_file")
        return self._files[id]

    def place(self) -> Path:
        """Return a path in the folder where nothing lies yet."""
        return self._folder / secrets.token_hex(16)

    def add(self, name: str, path: Path) -> Given:
        """Take a file; a zip of several files becomes those files too."""
        if len(self._files) >= MOST_FILES:
            self._unlink(path)
            raise DeskError("files", most=MOST_FILES)
        file = self._take(name, path, None)
        if file.kind is Kind.ZIP:
            self._open(file)
        return self[file.id]

    def _take(self, name: str, path: Path, inside: str | None) -> Given:
        file = replace(given(secrets.token_hex(8), name, path), inside=inside)
        self._files[file.id] = file
        return file

    def _open(self, file: Given) -> None:
        """Take what is in a zip, all of it or nothing."""
        placed: list[Path] = []

        def place() -> Path:
            placed.append(self.place())
            return placed[-1]

        try:
            members = list(unpack(file.path, place, MOST_FILES - len(self._files)))
        except (ReadingError, MembersError) as error:
            problem = Problem("desk.problem.members", 1, {})
            if isinstance(error, ReadingError):
                problem = Problem(error.rule, error.line, error.values)
            self._files[file.id] = replace(file, problem=problem)
            for path in placed:
                path.unlink(missing_ok=True)
            return
        for name, path in members:
            self._take(name, path, file.id)
        self._unlink(file.path)

    def within(self, id: str) -> list[str]:
        """Return the ids of a file and of those that came in it."""
        return [self[id].id, *(file.id for file in self if file.inside == id)]

    def drop(self, id: str) -> None:
        """Let a file go."""
        self._chosen.pop(id, None)
        self._unlink(self._files.pop(id).path)

    def _unlink(self, path: Path) -> None:
        if path.parent == self._folder:
            path.unlink(missing_ok=True)

    def choose(self, id: str, role: str) -> None:
        """Use a file for something else; another that had a role alone gives way."""
        if role not in may_be(self[id]):
            raise DeskError("role")
        wanted = Role(role)
        if wanted not in SEVERAL:
            self._chosen = {one: had for one, had in self._chosen.items() if had is not wanted}
        self._chosen[id] = wanted

    def roles(self) -> Mapping[str, Role]:
        """Return what each file is used for, by its id."""
        return roles(list(self._files.values()), self._chosen)

    def of(self, role: Role) -> list[Given]:
        """Return the files that are used for something."""
        return [self[id] for id, has in self.roles().items() if has is role]
