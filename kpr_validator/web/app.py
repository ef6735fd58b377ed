"""The server's answers: the page, its desk's methods, files in and files out."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from kpr_validator import __version__
from kpr_validator.desk.calls import CallError
from kpr_validator.desk.errors import CancelledError, DeskError
from kpr_validator.model import LANGUAGES
from kpr_validator.receipt import rule_set
from kpr_validator.report.texts import texts
from kpr_validator.web.guard import HANG_UP, TOKEN_HEADER, Guard
from kpr_validator.web.seats import FullError, Seat, Seats
from kpr_validator.web.uploads import LARGEST, UploadError, looked_at, take

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.requests import Request

    from kpr_validator.web.guard import Place

DESK_HEADER = "X-Kpr-Desk"
LARGEST_CALL = 1_000_000  # bytes of JSON
SECONDS_BETWEEN_LOOKS = 30.0
_STATIC = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/app.css": ("app.css", "text/css; charset=utf-8"),
    "/app.js": ("app.js", "text/javascript; charset=utf-8"),
}


class RefusedError(Exception):
    """A request that no page of ours makes, or makes no more; `word` says why."""

    def __init__(self, word: str, status: int) -> None:
        super().__init__(word)
        self.word = word
        self.status = status


_FAILURES = (RefusedError, UploadError, CallError, DeskError, CancelledError, Exception)


def app(place: Place, folder: Path, largest: int = LARGEST) -> Guard:
    """Return the server for one start; everything that is kept lies in `folder`."""
    server = _Server(place, Seats(folder), largest)
    answers = Starlette(
        routes=[
            *(Route(path, _static(*told)) for path, told in _STATIC.items()),
            Route("/api/open", server.open, methods=["POST"]),
            Route("/api/leave", server.leave, methods=["POST"]),
            Route("/api/files", server.add, methods=["PUT"]),
            Route("/api/download/{name}", server.download),
            Route("/api/progress", server.progress, methods=["POST"]),
            Route("/api/cancel", server.cancel, methods=["POST"]),
            Route("/api/{method}", server.call, methods=["POST"]),
        ],
        exception_handlers=dict.fromkeys(_FAILURES, _failed),
        lifespan=server.lifespan,
    )
    return Guard(answers, place)


def _static(name: str, kind: str) -> Any:  # noqa: ANN401  an endpoint
    content = files("kpr_validator.web").joinpath("static", name).read_bytes()

    async def answer(_request: Request) -> Response:
        return Response(content, media_type=kind)

    return answer


class _Server:
    """The pages' desks and what is answered for them."""

    def __init__(self, place: Place, seats: Seats, largest: int) -> None:
        self._place = place
        self._seats = seats
        self._largest = largest

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Look after the desks while the server runs, and take them away when it ends."""
        looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            await self._seats.close()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            await self._seats.look()

    async def open(self, _request: Request) -> Response:
        """Give a page a desk."""
        try:
            desk = self._seats.open()
        except FullError as error:
            raise RefusedError("many", 503) from error
        about = {"tool": __version__, "rule_set": rule_set(), "sha256": None}
        return JSONResponse({"desk": desk, "about": about, "largest": self._largest})

    async def leave(self, request: Request) -> Response:
        """Take a page's desk away; the token may stand in the message itself."""
        named = await _named(request)
        token = request.headers.get(TOKEN_HEADER) or str(named.get("token", ""))
        if not self._place.is_token(token):
            return Response(status_code=401)
        return JSONResponse(
            {}, background=BackgroundTask(self._seats.leave, str(named.get("desk")))
        )

    def _seat(self, request: Request) -> Seat:
        seat = self._seats.get(request.headers.get(DESK_HEADER, ""))
        if seat is None:
            raise RefusedError("gone", 410)
        return seat

    async def add(self, request: Request) -> Response:
        """Take a file in, and tell what it is."""
        seat, name = self._seat(request), request.query_params.get("name", "")
        looked_at(name, request.headers.get("Content-Length"), self._largest)
        path = seat.place()
        await take(request.stream(), path, self._largest)
        return JSONResponse(await seat.add(name, path, _language(request)))

    async def call(self, request: Request) -> Response:
        """Ask the desk what a method of it answers."""
        seat, named = self._seat(request), await _named(request)
        request.state.language = named.get("language")
        return JSONResponse(await seat.ask(request.path_params["method"], named))

    async def progress(self, request: Request) -> Response:
        """Tell how far the desk has come with what takes long; null when there is none."""
        told = self._seat(request).progress
        return JSONResponse(
            dict(zip(("stage", "done", "total"), told, strict=True)) if told else None
        )

    async def cancel(self, request: Request) -> Response:
        """Stop what takes long."""
        self._seat(request).cancel()
        return JSONResponse({})

    async def download(self, request: Request) -> Response:
        """Give a file; it is never shown as a page of ours."""
        seat, name = self._seat(request), request.path_params["name"]
        path = await seat.download(name, _language(request))
        headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
        return FileResponse(
            path, headers=headers, media_type="application/octet-stream", filename=name
        )


async def _named(request: Request) -> dict[str, Any]:
    """Return the named arguments of a call."""
    held = bytearray()
    async for block in request.stream():
        held += block
        if len(held) > LARGEST_CALL:
            raise RefusedError("call", 413)
    try:
        named = json.loads(held)
        json.dumps(named, ensure_ascii=False).encode()  # half a character can't be looked up
    except (ValueError, RecursionError) as error:
        raise RefusedError("call", 400) from error
    if not isinstance(named, dict):
        raise RefusedError("call", 400)
    return named


def _language(request: Request) -> str:
    """Return the language of the answer, the first of ours when none is asked for."""
    asked = getattr(request.state, "language", None) or request.query_params.get("language")
    return asked if asked in LANGUAGES else LANGUAGES[0]


async def _failed(request: Request, error: Exception) -> Response:
    """Tell why not, in the user's words; nothing of the program is told."""
    language = _language(request)
    words = texts(language)
    if isinstance(error, CancelledError):
        return JSONResponse({"cancelled": True}, 409)
    if isinstance(error, DeskError):
        return JSONResponse({"error": error.told(language)}, 409)
    if isinstance(error, (RefusedError, UploadError)):
        told = {"error": words(f"web.error.{error.word}")}
        return JSONResponse(told, error.status, HANG_UP)
    if isinstance(error, CallError):
        return JSONResponse({"error": words("web.error.call")}, 400)
    return JSONResponse({"error": words("desk.error.internal", kind=type(error).__name__)}, 500)
