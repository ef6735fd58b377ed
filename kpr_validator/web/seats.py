"""A desk for each page that is open, with a thread of its own, until the page is gone."""

from __future__ import annotations

import secrets
import shutil
from asyncio import get_running_loop, to_thread, wrap_future
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Event
from typing import TYPE_CHECKING, Any

from kpr_validator.desk.calls import LONG, call
from kpr_validator.desk.desk import Desk
from kpr_validator.desk.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MOST_SEATS = 64
MOST_AT_ONCE = 2  # runs: more would only wait for each other
LOOKS_UNHEARD = 20
_SECONDS_BETWEEN_TRIES = 0.2


class FullError(Exception):
    """More pages are open than there are desks for."""


class Seat:
    """One page's desk. All of the desk's work is done in one thread, one thing at a time."""

    def __init__(self, folder: Path, turns: BoundedSemaphore) -> None:
        folder.mkdir(mode=0o700)
        self.folder = folder
        self.progress: tuple[str | int, ...] | None = None
        self.unheard = 0
        self._turns = turns
        self._stops: set[Event] = set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._desk = Desk(folder)

    async def ask(self, method: str, arguments: Mapping[str, object]) -> object:
        """Return what the desk answers, when it is its turn; raises what the desk raises."""
        stop = Event()
        self._stops.add(stop)
        try:
            return await self._do(lambda: self._call(method, arguments, stop))
        finally:
            self._stops.discard(stop)

    async def add(self, name: str, path: Path, language: str) -> object:
        """Put a file on the desk."""
        return await self._do(lambda: self._desk.add(name, str(path), language))

    async def download(self, name: str, language: str) -> str:
        """Return the path of a file to fetch."""
        return str(await self._do(lambda: self._desk.download(name, language)))

    def place(self) -> Path:
        """Return a path for a file to come."""
        return self.folder / secrets.token_hex(16)

    def cancel(self) -> None:
        """Stop what takes long, at the next moment that it tells how far it is."""
        for stop in self._stops:
            stop.set()

    async def close(self) -> None:
        """Stop, and remove everything."""
        self.cancel()
        await self._do(self._desk.close)
        self._thread.shutdown(wait=False)
        await to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    async def _do(self, work: Callable[[], Any]) -> object:
        return await wrap_future(self._thread.submit(work), loop=get_running_loop())

    def _call(self, method: str, arguments: Mapping[str, object], stop: Event) -> object:
        def tell(*told: str | int) -> bool:
            self.progress = told
            return not stop.is_set()

        if method not in LONG:
            return call(self._desk, method, arguments, tell)
        while not self._turns.acquire(timeout=_SECONDS_BETWEEN_TRIES):
            if stop.is_set():
                raise CancelledError
        try:
            return call(self._desk, method, arguments, tell)
        finally:
            self.progress = None
            self._turns.release()


class Seats:
    """The desks of all open pages, by ids that can't be guessed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seats: dict[str, Seat] = {}
        self._turns = BoundedSemaphore(MOST_AT_ONCE)

    def open(self) -> str:
        """Make a desk and return its id; raises FullError when there are too many."""
        if len(self._seats) >= MOST_SEATS:
            raise FullError
        id = secrets.token_urlsafe(16)
        self._seats[id] = Seat(self._folder / secrets.token_hex(16), self._turns)
        return id

    def get(self, id: str) -> Seat | None:
        """Return the desk of a page that is still there."""
        seat = self._seats.get(id)
        if seat:
            seat.unheard = 0
        return seat

    async def leave(self, id: str) -> None:
        """Take a page's desk away, with all that is on it."""
        seat = self._seats.pop(id, None)
        if seat:
            await seat.close()

    async def look(self) -> None:
        """Take away the desks of pages that have not been heard of for many looks."""
        for id, seat in [*self._seats.items()]:
            seat.unheard += seat.progress is None
            if seat.unheard > LOOKS_UNHEARD:
                await self.leave(id)

    async def close(self) -> None:
        """Take all desks away."""
        for seat in self._seats.values():
            seat.cancel()
        for id in [*self._seats]:
            await self.leave(id)
