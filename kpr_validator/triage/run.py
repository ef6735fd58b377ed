"""The straight line of the triage: find, recognise, pair, judge, settle, gather, show."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kpr_validator import __version__, assets
from kpr_validator.feedback import Wish
from kpr_validator.triage import inbox, workers
from kpr_validator.triage.calendar import Calendar
from kpr_validator.triage.pairing import pair
from kpr_validator.triage.parquet import gather
from kpr_validator.triage.recognise import recognise
from kpr_validator.triage.ruleset import RuleSet
from kpr_validator.triage.settle import Outcome, settle
from kpr_validator.triage.state import State
from kpr_validator.triage.supplied import Supplied
from kpr_validator.triage.work import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kpr_validator.triage.model import Found, Known, Settled
    from kpr_validator.triage.pairing import Pair, Recognised
    from kpr_validator.triage.work import Done

STATE, TABLES, FEEDBACK = "tilstand", "parquet", "tilbakemelding"
_FORM = "2"  # of what is kept; a new one makes all old results unknown


@dataclass(frozen=True)
class Order:
    """What the user asked for. `wish` is None when no feedback sets are wanted.

    `scheduler` is the address of a Dask cluster; `progress` is told how many of how many
    returns are judged.
    """

    inbox: str
    year: int
    output: Path
    rules: RuleSet = field(default_factory=RuleSet)
    supplied: Supplied = field(default_factory=Supplied)
    wish: Wish | None = None
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    scheduler: str | None = None
    progress: Callable[[int, int], None] = lambda _done, _all: None


@dataclass(frozen=True, slots=True)
class Triaged:
    """An inbox that was gone through; `judged` returns were not known from before."""

    settled: Settled
    judged: int


def triage(order: Order, show: Callable[[Settled], None]) -> Triaged:
    """Go through the inbox, leave the Parquet tables, and have the board shown.

    Raises FileNotFoundError for an inbox that is not there, and OSError or sqlite3.Error
    when nothing can be written: the next run then goes on from there.
    """
    with opened(order) as state:
        done = go_through(order, state)
        with state.alone():
            calendar = Calendar(order.year, order.supplied.arrived)
            gather(done.settled, calendar, state.findings, order.output / TABLES)
            show(done.settled)
    return done


def opened(order: Order) -> State:
    """Return the state of the output, made when there is none."""
    order.output.mkdir(parents=True, exist_ok=True, mode=0o700)
    return State(order.output / STATE)


def go_through(order: Order, state: State) -> Triaged:
    """Find, recognise, pair, judge and settle."""
    with TemporaryDirectory() as work:
        files = _recognised(order, Path(work))
        pairs = pair(files, order.year)
        outcomes, judged = _judged(order, state, pairs)
    return Triaged(settle(files, outcomes, order.year, order.supplied.choices), judged)


def _recognised(order: Order, work: Path) -> Sequence[Recognised]:
    found = inbox.find(order.inbox, work, order.output)
    return list(workers.each(recognise, found, order.workers))


def _judged(order: Order, state: State, pairs: Sequence[Pair]) -> tuple[list[Outcome], int]:
    """Judge what is not known yet; return what came of every return, and how many were judged."""
    version = rules_version(order.rules, state.secret)
    keys = [one.key(version) for one in pairs]
    by_key = dict(zip(keys, pairs, strict=True))
    jobs = [
        _job(order, key, one, state.secret)
        for key, one in sorted(by_key.items(), key=lambda item: (-item[1].found.size, item[0]))
        if not _is_done(order, state, key, one.known)
    ]
    problems: dict[str, str | None] = {}
    for count, done in enumerate(_results(order, jobs), 1):
        state.keep(done)
        problems[done.key] = done.problem
        order.progress(count, len(jobs))
    outcomes = [
        Outcome(one, key, state.result(key), problems.get(key))
        for key, one in zip(keys, pairs, strict=True)
    ]
    return outcomes, len(jobs)


def _results(order: Order, jobs: Sequence[Job]) -> Iterator[Done]:
    if not jobs:
        return iter(())
    if order.scheduler and not order.rules.concepts():  # a cluster's processes have read ours
        return workers.on_cluster(jobs, order.scheduler)
    return workers.on_processes(jobs, min(order.workers, len(jobs)))


def _is_done(order: Order, state: State, key: str, known: Known) -> bool:
    folder = feedback_folder(order, key, known)
    return state.has(key) and (folder is None or folder.is_dir())


def feedback_folder(order: Order, key: str, known: Known) -> Path | None:
    """Return where a return's feedback lies, None when none is wanted."""
    if order.wish is None:
        return None
    wished = sha256(repr((key, order.wish)).encode()).hexdigest()
    return order.output / FEEDBACK / f"{known.municipality or 'ukjent'}-{wished[:12]}"


def _job(order: Order, key: str, one: Pair, secret: bytes) -> Job:
    folder = feedback_folder(order, key, one.known)
    return Job(
        key=key,
        path=str(one.found.path.absolute()),
        sha256=one.found.sha256,
        ident=_told(one.ident),
        last_year=_told(one.last_year),
        units=_told(one.units),
        joined=tuple(map(_file, one.joined)),
        rules=order.rules,
        secret=secret,
        feedback=str(folder.absolute()) if folder else None,
        wish=order.wish or Wish(),
    )


def _told(found: Found | None) -> tuple[str, str] | None:
    return _file(found) if found else None


def _file(found: Found) -> tuple[str, str]:
    return str(found.path.absolute()), found.sha256


def rules_version(rules: RuleSet, secret: bytes) -> str:
    """Return a hash of all that decides a result besides the files: program, rules and key."""
    whole = sha256(f"{_FORM} {__version__} {rules.test_data}".encode() + sha256(secret).digest())
    folders = (assets.rules(), assets.schemas(), *map(Path, rules.folders))
    given = [*folders, *([Path(rules.instead)] if rules.instead else [])]
    paths = [
        (f"{at} {path.relative_to(folder).as_posix()}", path)
        for at, folder in enumerate(given)
        for path in folder.rglob("*")
        if path.is_file()
    ]
    if rules.config:
        paths.append(("config", rules.config))
    for name, path in sorted(paths):
        data = path.read_bytes()
        whole.update(f"{name}\n{len(data)}\n".encode() + data)
    return whole.hexdigest()
