"""Starts the server, tells where it is, opens the browser, and cleans up after itself."""

from __future__ import annotations

import secrets
import signal
import socket
import webbrowser
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn

from kpr_validator.web.app import app
from kpr_validator.web.folder import private_folder
from kpr_validator.web.guard import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kpr_validator.web.guard import Guard

SECONDS_TO_END = 5


def serve(host: str, port: int, tell: Callable[[Place], None], *, opens: bool) -> None:
    """Serve the page until the user stops it; `tell` is given where it is.

    Raises OSError when nothing can listen there.
    """
    with _listening(host, port) as listening, private_folder() as folder:
        place = Place(host, listening.getsockname()[1], secrets.token_urlsafe(32))
        tell(place)
        if opens:
            webbrowser.open(place.url)
        with _ended_softly():
            uvicorn.Server(settings(app(place, folder))).run(sockets=[listening])


def settings(answers: Guard) -> uvicorn.Config:
    """Return how the server is run: nothing of what is asked for is written down."""
    return uvicorn.Config(
        answers,
        http="h11",
        ws="none",
        lifespan="on",
        access_log=False,  # the names of files are nobody's business
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=SECONDS_TO_END,
    )


@contextmanager
def _ended_softly() -> Iterator[None]:
    """Let whatever asks the program to end leave time to clean up.

    uvicorn ends its work on a signal and then raises the same signal again.
    """

    def end(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    def pass_on(_signal: int, _frame: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    if hasattr(signal, "SIGHUP"):  # the window was closed; Windows has no such signal
        signal.signal(signal.SIGHUP, pass_on)
    with suppress(KeyboardInterrupt):
        yield


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)
