"""The desk itself: files are put on it, a run is made of them, and questions are answered."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from kpr_validator.desk import told
from kpr_validator.desk.against import comparison, snapshot_of
from kpr_validator.desk.errors import CancelledError, DeskError
from kpr_validator.desk.judged import Judged
from kpr_validator.desk.pile import Pile
from kpr_validator.desk.progress import Progress
from kpr_validator.desk.roles import SEVERAL, Role
from kpr_validator.pipeline import Options, Run
from kpr_validator.read import UnfinishedError
from kpr_validator.rendering import whole
from kpr_validator.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kpr_validator.compare import Snapshot
    from kpr_validator.desk.given import Given
    from kpr_validator.desk.progress import Tell
    from kpr_validator.desk.told import Json


def _go_on(_stage: str, _done: int, _total: int) -> None:
    """Take how far it is, and let it go on."""


class Desk:
    """One user's files and the last run made of them; belongs to the thread it is made in.

    Everything lies in `folder`, which is the desk's own. Methods take and give plain values,
    and raise DeskError for what can't be done.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._pile = Pile(self._folder)
        self._judged: Judged | None = None
        self._snapshots: dict[str, Snapshot] = {}

    def close(self) -> None:
        """Let all files go, and remove those that are the desk's own."""
        self._clear()
        for file in self._pile:
            self._pile.drop(file.id)

    def place(self) -> str:
        """Return a path in the desk's folder where nothing lies yet."""
        return str(self._pile.place())

    def add(self, name: str, path: str, language: str = "nb") -> Json:
        """Take a file and return what it is; a zip of several files becomes those files too."""
        with _told():
            file = self._pile.add(name, Path(path))
        return next(one for one in self.files(language) if one["id"] == file.id)

    def remove(self, id: str, language: str = "nb") -> list[Json]:
        """Let a file go, with what came in it; return those that are left."""
        gone = self._pile.within(id)
        if self._judged and self._judged.file.id in gone:
            self._clear()
        for one in gone:
            self._snapshots.pop(one, None)
            self._pile.drop(one)
        return self.files(language)

    def files(self, language: str = "nb") -> list[Json]:
        """Return the files in the order they came, each with what it is used for."""
        has = self._pile.roles()
        return [told.file(file, has[file.id], language) for file in self._pile]

    def roles(self) -> dict[str, str | list[str] | None]:
        """Return the file of each role, by ids; a list where several can have it."""
        ids = {role: [file.id for file in self._pile.of(role)] for role in Role}
        return {
            role.value: found if role in SEVERAL else next(iter(found), None)
            for role, found in ids.items()
        }

    def set_role(self, id: str, role: str, language: str = "nb") -> list[Json]:
        """Use a file for something else; another that had a role alone gives way."""
        self._pile.choose(id, role)
        return self.files(language)

    def run(self, language: str = "nb", tell: Tell = _go_on, *, test_data: bool = False) -> Json:
        """Judge the submission and return the answer.

        `tell` is given the stage, how much is done and of how much; raises CancelledError
        when it returns False. `test_data` says that the persons are synthetic.
        """
        used = {role: file for role in Role if role not in SEVERAL for file in self._pile.of(role)}
        if Role.SUBMISSION not in used:
            raise DeskError("none")
        self._clear()
        progress = Progress(tell, sum(file.size for file in used.values()), all_rules())
        paths = {role: str(file.path) for role, file in used.items()}
        options = Options(
            ident=paths.get(Role.IDENT),
            last_year=paths.get(Role.LAST_YEAR),
            previous=paths.get(Role.PREVIOUS),
            units=paths.get(Role.UNITS),
            test_data=test_data,
            progress=progress.read,
            begun=progress.begun,
        )
        with _told():
            self._judged = self._judge(used[Role.SUBMISSION], options, progress)
        return self.summary(language)

    def _judge(self, main: Given, options: Options, progress: Progress) -> Judged:
        worklists = tuple(file.path for file in self._pile.of(Role.WORKLIST))
        run = Run(options)
        try:
            judged = Judged(run, run.judge(str(main.path)), main, worklists)
        except BaseException:
            run.close()
            raise
        try:
            judged.prepare(progress)
        except BaseException:
            judged.close()
            raise
        return judged

    def _clear(self) -> None:
        """Let the last run go, with what was written of it."""
        if self._judged:
            self._judged.close()
        self._judged = None
        for folder in self._folder.glob("out-*"):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def _now(self) -> Judged:
        if self._judged is None:
            raise DeskError("no_run")
        return self._judged

    def summary(self, language: str = "nb") -> Json:
        """Return verdict, counts, causes, what the receiver does, submission and versions."""
        return self._now.summary(language)

    def report_json(self, language: str = "nb") -> str:
        """Return the report as `check --format json` writes it."""
        return self._now.json(language)

    def report_html(self, language: str = "nb") -> str:
        """Return the body of the report's own page: no script, all from the file escaped."""
        return self._now.html(language)

    def findings(self, query: Mapping[str, object], language: str = "nb") -> Json:
        """Return how many findings `found.Query` asks for, and the rows of one page."""
        return self._now.findings(query, language)

    def facets(self, language: str = "nb") -> Json:
        """Return what there is to choose among in each filter, with counts."""
        return self._now.facets(language)

    def person(self, id: str, language: str = "nb") -> Json:
        """Return all findings of one pePeID."""
        return self._now.person(id, language)

    def rule(self, id: str, language: str = "nb") -> Json:
        """Return a rule's page as plain text."""
        if id not in all_rules():
            raise DeskError("no_rule")
        return told.rule(all_rules()[id], language)

    def compare(self, id: str, language: str = "nb", tell: Tell = _go_on) -> Json:
        """Return what has changed since another sending, or since a report on one."""
        new, old = self._now, self._pile[id]
        if id not in self._snapshots:
            progress = Progress(tell, old.size, all_rules())
            with _told():
                self._snapshots[id] = snapshot_of(old, self._pile.of(Role.UNITS), progress)
        return comparison(self._snapshots[id], new.snapshot(), language)

    def downloads(self, language: str = "nb") -> list[str]:
        """Return the names of the files that can be fetched; the first holds all the others."""
        return self._now.downloads(language)

    def download(self, name: str, language: str = "nb") -> str:
        """Return the path of one of those files, made when it is first asked for."""
        names = self._now.downloads(language)
        if name not in names:
            raise DeskError("no_download")
        folder = self._folder / f"out-{language}"
        path = folder / name
        with _told():
            folder.mkdir(mode=0o700, exist_ok=True)
            if name == names[0]:
                self._pack(names[1:], language, path)
            elif not path.exists():
                self._now.write(name, language, path)
        return str(path)

    def _pack(self, names: list[str], language: str, path: Path) -> None:
        """Put files into one zip, whole or not at all."""
        paths = [self.download(name, language) for name in names]
        with whole(path) as temporary, ZipFile(temporary, "w", ZIP_DEFLATED) as archive:
            for name, one in zip(names, paths, strict=True):
                archive.write(one, name)

    def words(self, language: str = "nb") -> dict[str, str]:
        """Return the texts that a page needs, by their keys."""
        return told.words(language)


@contextmanager
def _told() -> Iterator[None]:
    """Turn what goes wrong into DeskError, so that it is always told and never kept silent."""
    try:
        yield
    except (DeskError, CancelledError):
        raise
    except (UnfinishedError, OSError) as error:
        raise DeskError("unfinished") from error
    except MemoryError as error:
        raise DeskError("memory") from error
    except Exception as error:
        raise DeskError("internal", kind=type(error).__name__) from error
